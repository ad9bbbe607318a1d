// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logscrollarea.h"

#include "ui/theme/theme.h"
#include "ui/views/logaccessible.h"

#include <QApplication>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace Sidewire {

namespace {

constexpr qint64 MaxBarValue = 1 << 30; // QScrollBar counts in int; half of it leaves room for its own sums

} // namespace

LogScrollArea::LogScrollArea(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    LogAccessible::install();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // Columns do not jump when the first page fills
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setCursor(Qt::ArrowCursor);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &LogScrollArea::onBarAction);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogScrollArea::onBarValue);
}

qint64 LogScrollArea::maximumTopLine() const
{
    return std::max(firstLine(), lineCount() - visibleLines());
}

int LogScrollArea::visibleLines() const
{
    return std::max(1, (viewport()->height() - m_headerHeight) / m_lineHeight);
}

qint64 LogScrollArea::lineAt(int y) const
{
    return m_top + std::max(0, y - m_headerHeight) / m_lineHeight;
}

int LogScrollArea::yOf(qint64 line) const
{
    // Clamped so that a line a million rows away does not overflow; still outside of the viewport.
    constexpr qint64 Far = 100'000;
    return m_headerHeight + static_cast<int>(std::clamp(line - m_top, -Far, Far)) * m_lineHeight;
}

void LogScrollArea::scrollTo(qint64 line)
{
    moveTo(line);
}

void LogScrollArea::ensureVisible(qint64 first, qint64 last)
{
    if (last >= m_top + visibleLines()) {
        moveTo(last - visibleLines() + 1);
    }
    if (first < m_top || first >= m_top + visibleLines()) {
        moveTo(first);
    }
}

void LogScrollArea::setLineMetrics(int lineHeight, int headerHeight)
{
    m_lineHeight = std::max(1, lineHeight);
    m_headerHeight = headerHeight;
    updateLines();
}

void LogScrollArea::updateLines()
{
    m_top = std::clamp(m_top, firstLine(), maximumTopLine());
    updateBar();
    viewport()->update();
    Q_EMIT scrolled();
}

void LogScrollArea::moveTo(qint64 line)
{
    line = std::clamp(line, firstLine(), maximumTopLine());
    if (line == m_top) {
        return;
    }
    m_top = line;
    updateBar();
    viewport()->update();
    Q_EMIT scrolled();
}

void LogScrollArea::scrollByUser(qint64 line)
{
    const qint64 before = m_top;
    moveTo(line);
    if (m_top != before) {
        Q_EMIT scrolledByUser();
    }
}

void LogScrollArea::tellSpokenText()
{
    if (!QAccessible::isActive()) {
        return;
    }
    const QString before = std::exchange(m_told, spokenText());
    if (before != m_told) {
        QAccessibleTextUpdateEvent event(this, 0, before, m_told);
        QAccessible::updateAccessibility(&event);
    }
}

void LogScrollArea::paintEmptyText(QPainter &painter) const
{
    if (lineCount() <= firstLine()) {
        painter.setFont(font());
        painter.setPen(Theme::color(Theme::Tone::Muted));
        painter.drawText(viewport()->rect().adjusted(0, m_headerHeight, 0, 0), Qt::AlignCenter, emptyText());
    }
}

void LogScrollArea::paintRest(QPainter &painter, qint64 end) const
{
    const int top = std::max(headerHeight(), yOf(end));
    if (top < viewport()->height()) {
        painter.fillRect(0, top, viewport()->width(), viewport()->height() - top, Theme::color(Theme::Tone::Base));
    }
}

bool LogScrollArea::isRushing()
{
    return std::abs(std::exchange(m_paintedTop, m_top) - m_top) >= visibleLines();
}

void LogScrollArea::updateBar()
{
    const QScopedValueRollback guard(m_isUpdatingBar, true);
    const qint64 range = maximumTopLine() - firstLine();
    m_scale = range / MaxBarValue + 1;
    QScrollBar *bar = verticalScrollBar();
    bar->setRange(0, static_cast<int>(range / m_scale));
    bar->setPageStep(static_cast<int>(std::max<qint64>(1, visibleLines() / m_scale)));
    bar->setValue(m_top >= maximumTopLine() ? bar->maximum() : static_cast<int>((m_top - firstLine()) / m_scale));
}

void LogScrollArea::onBarAction(int action)
{
    switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
        scrollByUser(m_top + 1);
        break;
    case QAbstractSlider::SliderSingleStepSub:
        scrollByUser(m_top - 1);
        break;
    case QAbstractSlider::SliderPageStepAdd:
        scrollByUser(m_top + visibleLines());
        break;
    case QAbstractSlider::SliderPageStepSub:
        scrollByUser(m_top - visibleLines());
        break;
    default:
        return;
    }
    // The bar sets its value from its position next: that must be the place where the lines already are.
    verticalScrollBar()->setSliderPosition(verticalScrollBar()->value());
}

void LogScrollArea::onBarValue(int value)
{
    if (!m_isUpdatingBar) {
        scrollByUser(value == verticalScrollBar()->maximum() ? maximumTopLine() : firstLine() + value * m_scale);
    }
}

void LogScrollArea::wheelEvent(QWheelEvent *event)
{
    const bool isByPixel = !event->pixelDelta().isNull();
    m_wheelRest += isByPixel ? event->pixelDelta().y() : event->angleDelta().y() * QApplication::wheelScrollLines();
    const int unit = isByPixel ? m_lineHeight : QWheelEvent::DefaultDeltasPerStep;
    const int lines = m_wheelRest / unit;
    m_wheelRest -= lines * unit;
    if (lines != 0) {
        scrollByUser(m_top - lines);
    }
    event->accept();
}

void LogScrollArea::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateLines();
    Q_EMIT resized();
}

void LogScrollArea::scrollContentsBy(int, int)
{}

void LogScrollArea::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    Q_EMIT activated();
}

void LogScrollArea::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace Sidewire
