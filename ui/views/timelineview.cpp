// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "timelineview.h"

#include "core/payload/text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace Sidewire {

using Theme::Tone;

namespace {

constexpr int Margin = 8;
constexpr int TypeCells = 19;
constexpr int MaxChars = 400;

Tone toneOf(Event::Severity severity)
{
    switch (severity) {
    case Event::Severity::Error:
        return Tone::Error;
    case Event::Severity::Warning:
        return Tone::Warning;
    case Event::Severity::Info:
        break;
    }
    return Tone::Text;
}

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : LogScrollArea(parent)
    , m_text(Theme::fixedFont())
{
    setObjectName(QStringLiteral("timelineView"));
    setAccessibleName(tr("Timeline"));
    applyFont();
}

void TimelineView::applyFont()
{
    m_text = FixedText(Theme::fixedFont());
    const int line = qCeil(m_text.height()) + 2;
    setLineMetrics(line, line + 4);
}

void TimelineView::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    m_events = 0;
    refresh();
    scrollToEnd();
}

void TimelineView::refresh()
{
    const bool wasAtEnd = isAtEnd();
    m_events = m_log ? m_log->events().count() : 0;
    m_timeFormat.origin = m_events > 0 ? m_log->events().at(0).time : 0;
    updateLines();
    if (wasAtEnd) {
        scrollToEnd();
    }
}

void TimelineView::setTimeStyle(TimeStyle style)
{
    m_timeFormat.style = style;
    viewport()->update();
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::color(Tone::Base));
    const qint64 end = std::min(m_events, lineAt(viewport()->height()) + 1);
    for (qint64 row = topLine(); row < end; ++row) {
        paintRow(painter, row, yOf(row));
    }
    const QRect bar(0, 0, viewport()->width(), headerHeight());
    painter.fillRect(bar, Theme::color(Tone::Header));
    painter.fillRect(0, bar.bottom(), bar.width(), 1, Theme::color(Tone::Line));
    painter.setPen(Theme::color(Tone::Muted));
    const qreal baseline = 2 + m_text.ascent();
    m_text.draw(painter, Margin, baseline, tr("time"));
    m_text.draw(painter, Margin + (m_timeFormat.width() + 2) * m_text.cell(), baseline, tr("event"));
}

void TimelineView::paintRow(QPainter &painter, qint64 row, int y)
{
    const EventRow &stamp = m_log->events().at(row);
    const Event event = m_log->event(row);
    const qreal baseline = y + 1 + m_text.ascent();
    const qreal cell = m_text.cell();
    qreal x = Margin;
    painter.setPen(Theme::color(Tone::Muted));
    const qint64 before = row > 0 ? m_log->events().at(row - 1).time : stamp.time;
    m_text.draw(painter, x, baseline, m_timeFormat.toString(stamp.time, before));
    x += (m_timeFormat.width() + 2) * cell;
    m_text.draw(painter, x, baseline, QString::fromLatin1(toString(stamp.type)));
    x += TypeCells * cell;
    if (stamp.connection != EventRow::NoConnection && m_log->connectionCount() > 1) {
        painter.fillRect(QRectF(x, y + 2, 3, lineHeight() - 4), Theme::connectionColor(stamp.connection));
        const QString number = QStringLiteral("#%1").arg(stamp.connection);
        m_text.draw(painter, x + cell, baseline, number);
        x += static_cast<qreal>(std::max<qsizetype>(number.size(), 4) + 2) * cell;
    }
    painter.setPen(Theme::color(toneOf(stamp.severity)));
    // A peer may have written parts of the sentence (a close reason, an HTTP status line).
    const QString sentence = Text::preview(event.message.toUtf8(), MaxChars);
    m_text.drawElided(painter, x, baseline, sentence, viewport()->width() - x - Margin);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        scrollByUser(topLine() - 1);
        break;
    case Qt::Key_Down:
        scrollByUser(topLine() + 1);
        break;
    case Qt::Key_PageUp:
        scrollByUser(topLine() - visibleLines());
        break;
    case Qt::Key_PageDown:
        scrollByUser(topLine() + visibleLines());
        break;
    case Qt::Key_Home:
        scrollByUser(0);
        break;
    case Qt::Key_End:
        scrollByUser(maximumTopLine());
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void TimelineView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        applyFont();
    }
    LogScrollArea::changeEvent(event);
}

} // namespace Sidewire
