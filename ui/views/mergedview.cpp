// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "mergedview.h"

#include "ui/theme/theme.h"
#include "ui/views/arrow.h"
#include "ui/views/messagepreview.h"
#include "ui/views/names.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace Sidewire {

using Theme::Tone;

namespace {

constexpr int Margin = 8;
constexpr int NameCells = 18;
constexpr int NarrowNameCells = 10;
constexpr int RoomyCells = 100;

} // namespace

struct MergedView::Columns
{
    qreal name = 0;
    qreal nameWidth = 0;
    qreal numberEnd = 0;
    qreal connection = 0;
    qreal time = 0;
    qreal arrow = 0;
    qreal kind = 0;
    qreal lengthEnd = 0;
    qreal content = 0;
    qreal end = 0;
};

MergedView::MergedView(QWidget *parent)
    : LogScrollArea(parent)
    , m_text(Theme::fixedFont())
    , m_previews(1024)
{
    setObjectName(QStringLiteral("mergedView"));
    setAccessibleName(tr("Messages of several sessions"));
    connect(&m_images, &TextImages::found, viewport(), qOverload<>(&QWidget::update));
    applyFont();
}

void MergedView::applyFont()
{
    m_text = FixedText(Theme::fixedFont());
    const int line = qCeil(m_text.height()) + 2;
    setLineMetrics(line, line + 4);
}

void MergedView::setMerged(std::shared_ptr<const MergedMessages> merged, std::vector<Label> labels)
{
    m_merged = std::move(merged);
    m_labels = std::move(labels);
    m_previews.clear();
    m_current = -1;
    refresh();
}

void MergedView::refresh()
{
    m_count = m_merged ? m_merged->count() : 0;
    m_hasConnections = false;
    if (m_merged) {
        m_timeFormat.origin = m_count > 0 ? m_merged->at(0).time : 0;
        for (const MergedMessages::Source &source : m_merged->sources()) {
            m_hasConnections = m_hasConnections || source.log->connectionCount() > 1;
        }
    }
    updateLines();
}

void MergedView::setTimeStyle(TimeStyle style)
{
    m_timeFormat.style = style;
    viewport()->update();
}

void MergedView::setCurrent(qint64 row)
{
    if (row != m_current) {
        m_current = row;
        viewport()->update();
        tellSpokenText();
    }
}

QString MergedView::emptyText() const
{
    return tr("No messages yet");
}

QString MergedView::textOf(qint64 row) const
{
    const MergedMessages::Row &merged = m_merged->at(row);
    const Message &message = m_merged->messageAt(row);
    const MergedMessages::Source &source = m_merged->sources()[merged.source];
    const QString direction = message.direction == Direction::In ? tr("in", "direction") : tr("out", "direction");
    //: For assistive tools: session, number, direction, kind, size and content of a message
    return tr("%1, no. %2, %3, %4, %5 bytes: %6")
        .arg(m_labels[merged.source].name, QString::number(merged.number), direction, toQString(toString(message.kind)),
             QString::number(message.contentLength), MessagePreview(*source.log).of(message).value_or(QString()));
}

QString MergedView::spokenText() const
{
    return m_current >= 0 && m_current < m_count ? textOf(m_current) : tr("no message selected");
}

QSize MergedView::sizeHint() const
{
    return {qCeil(100 * m_text.cell()), 30 * lineHeight()};
}

MergedView::Columns MergedView::columns() const
{
    const qreal cell = m_text.cell();
    const bool isNarrow = viewport()->width() < RoomyCells * cell;
    qint64 highest = 0;
    if (m_merged) {
        for (const MergedMessages::Source &source : m_merged->sources()) {
            highest = std::max(highest, source.table->count());
        }
    }
    Columns at;
    at.name = Margin + Theme::LaneWidth + cell / 2;
    at.nameWidth = (isNarrow ? NarrowNameCells : NameCells) * cell;
    at.numberEnd =
        at.name + at.nameWidth + static_cast<qreal>(1 + std::max<qsizetype>(3, QString::number(highest).size())) * cell;
    at.connection = at.numberEnd + cell;
    at.time = at.connection + (m_hasConnections ? 6 * cell : 0);
    at.arrow = at.time + (m_timeFormat.width() + 1) * cell;
    at.kind = at.arrow + 3 * cell;
    at.lengthEnd = at.kind + 17 * cell;
    at.content = at.lengthEnd + 2 * cell;
    at.end = viewport()->width() - Margin;
    return at;
}

void MergedView::paintRight(QPainter &painter, qreal right, qreal baseline, const QString &text) const
{
    m_text.draw(painter, right - static_cast<qreal>(text.size()) * m_text.cell(), baseline, text);
}

void MergedView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::color(Tone::Base));
    const Columns at = columns();
    const qint64 end = std::min(lineCount(), lineAt(viewport()->height()) + 1);
    for (qint64 row = topLine(); row < end; ++row) {
        paintRow(painter, at, row, yOf(row));
    }
    paintTitles(painter, at);
    paintEmptyText(painter);
    m_images.look(isRushing() ? TextImages::When::Still : TextImages::When::Now);
}

void MergedView::paintTitles(QPainter &painter, const Columns &at)
{
    const QRect bar(0, 0, viewport()->width(), headerHeight());
    painter.fillRect(bar, Theme::color(Tone::Header));
    painter.fillRect(0, bar.bottom(), bar.width(), 1, Theme::color(Tone::Line));
    painter.setPen(Theme::color(Tone::Muted));
    const qreal baseline = 2 + m_text.ascent();
    m_text.draw(painter, at.name, baseline, tr("session"));
    paintRight(painter, at.numberEnd, baseline, tr("no."));
    m_text.draw(painter, at.time, baseline, tr("time"));
    m_text.draw(painter, at.kind, baseline, tr("kind"));
    paintRight(painter, at.lengthEnd, baseline, tr("bytes"));
    m_text.draw(painter, at.content, baseline, tr("content"));
}

void MergedView::paintRow(QPainter &painter, const Columns &at, qint64 row, int y)
{
    const MergedMessages::Row &merged = m_merged->at(row);
    const Message &message = m_merged->messageAt(row);
    const bool isIn = message.direction == Direction::In;
    const QRect bar(0, y, viewport()->width(), lineHeight());
    painter.fillRect(bar, Theme::color(row == m_current ? Tone::Selection : isIn ? Tone::InTint : Tone::OutTint));
    const Label &label = m_labels[merged.source];
    const qreal baseline = y + 1 + m_text.ascent();
    painter.fillRect(QRectF(Margin, y, Theme::LaneWidth, lineHeight()), Theme::connectionColor(label.color));
    painter.setPen(Theme::color(Tone::Text));
    m_text.drawElided(painter, at.name, baseline, label.name, at.nameWidth);
    painter.setPen(Theme::color(Tone::Muted));
    paintRight(painter, at.numberEnd, baseline, QString::number(merged.number));
    if (m_hasConnections) {
        m_text.draw(painter, at.connection, baseline, QStringLiteral("#%1").arg(toNumber(message.connection)));
    }
    const qint64 before = row > 0 ? m_merged->messageAt(row - 1).time : message.time;
    m_text.draw(painter, at.time, baseline, m_timeFormat.toString(message.time, before));
    const QColor ink = Theme::color(isIn ? Tone::In : Tone::Out);
    drawArrow(painter, QRectF(at.arrow, y, 2 * m_text.cell(), lineHeight()), message.direction, ink);
    painter.setPen(ink);
    m_text.draw(painter, at.kind, baseline, toQString(toString(message.kind)));
    painter.setPen(Theme::color(Tone::Text));
    paintRight(painter, at.lengthEnd, baseline, QString::number(message.contentLength));
    qreal left = at.content;
    if (message.violations != 0) {
        const int side = lineHeight() - 4;
        Theme::icon(Theme::Icon::Violation).paint(&painter, qRound(left), y + 2, side, side);
        left += side + m_text.cell() / 2;
    }
    m_images.drawElided(painter, m_text, left, baseline, previewOf(row), at.end - left);
    if (row == m_current && hasFocus()) {
        painter.setPen(Theme::color(Tone::Focus));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    }
}

QString MergedView::previewOf(qint64 row)
{
    if (const QString *known = m_previews.object(row)) {
        return *known;
    }
    const SessionLog &log = *m_merged->sources()[m_merged->at(row).source].log;
    const std::optional<QString> preview = MessagePreview(log).of(m_merged->messageAt(row));
    if (preview) {
        m_previews.insert(row, new QString(*preview));
    }
    return preview.value_or(QStringLiteral("\u2026"));
}

void MergedView::keyPressEvent(QKeyEvent *event)
{
    const qint64 last = lineCount() - 1;
    const qint64 from = m_current >= 0 ? m_current : topLine();
    qint64 row = from;
    switch (event->key()) {
    case Qt::Key_Up:
        row = m_current >= 0 ? from - 1 : from;
        break;
    case Qt::Key_Down:
        row = m_current >= 0 ? from + 1 : from;
        break;
    case Qt::Key_PageUp:
        row = from - visibleLines();
        break;
    case Qt::Key_PageDown:
        row = from + visibleLines();
        break;
    case Qt::Key_Home:
        row = 0;
        break;
    case Qt::Key_End:
        row = last;
        break;
    case Qt::Key_Escape:
        Q_EMIT currentRequested(-1);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (last >= 0) {
        row = std::clamp<qint64>(row, 0, last);
        ensureVisible(row, row);
        Q_EMIT currentRequested(row);
    }
}

void MergedView::mousePressEvent(QMouseEvent *event)
{
    const qint64 row = lineAt(event->position().toPoint().y());
    if (event->position().y() >= headerHeight() && row < lineCount() && event->button() != Qt::MiddleButton) {
        Q_EMIT currentRequested(row);
    }
}

void MergedView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        applyFont();
    }
    LogScrollArea::changeEvent(event);
}

} // namespace Sidewire
