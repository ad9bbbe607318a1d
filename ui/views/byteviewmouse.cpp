// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "byteview.h"

#include "ui/views/names.h"
#include "ui/views/streamwalk.h"

#include <QHelpEvent>
#include <QToolTip>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int DragInterval = 40; // Milliseconds between two lines while dragging past an edge

} // namespace

BytePlace ByteView::placeAt(QPoint pos) const
{
    const qint64 line = lineAt(pos.y());
    BytePlace place = placeOfLine(line);
    if (!place.isValid()) {
        return {};
    }
    const qint64 end = m_log->records().at(place.record).span().end;
    const bool isPastTheEnd = line >= m_lines;
    const bool isHeader = !isPastTheEnd && m_shown.at(line, m_grid.width).line == 0;
    if (isPastTheEnd) {
        place.offset = end - 1;
    } else if (!isHeader) {
        place.offset = std::min(place.offset + m_grid.byteAt(pos.x()), end - 1);
    }
    return place;
}

void ByteView::mousePressEvent(QMouseEvent *event)
{
    const BytePlace place = placeAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !place.isValid() || event->position().y() < headerHeight()) {
        return;
    }
    const bool isExtending = event->modifiers().testFlag(Qt::ShiftModifier) && m_anchor.isValid();
    const qint64 line = lineAt(event->position().toPoint().y());
    if (isExtending) {
        select(m_anchor, StreamWalk(*m_log).towards(place, m_anchor));
    } else if (line >= m_lines || m_shown.at(line, m_grid.width).line == 0) {
        selectRecord(place.record);
        return;
    } else {
        select(place, place);
    }
    m_isDragging = true;
}

void ByteView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isDragging) {
        return;
    }
    m_dragPos = event->position().toPoint();
    const bool isInside = m_dragPos.y() >= headerHeight() && m_dragPos.y() < viewport()->height();
    if (isInside) {
        m_dragTimer.stop();
    } else if (!m_dragTimer.isActive()) {
        m_dragTimer.start(DragInterval, this);
    }
    dragTo(m_dragPos);
}

void ByteView::dragTo(QPoint pos)
{
    const BytePlace place = placeAt(pos);
    if (place.isValid() && m_anchor.isValid()) {
        const BytePlace cursor = StreamWalk(*m_log).towards(place, m_anchor);
        if (cursor != m_cursor) {
            select(m_anchor, cursor);
        }
    }
}

void ByteView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_dragTimer.timerId()) {
        LogScrollArea::timerEvent(event);
        return;
    }
    scrollByUser(topLine() + (m_dragPos.y() < headerHeight() ? -1 : 1));
    dragTo(m_dragPos);
}

void ByteView::mouseReleaseEvent(QMouseEvent *)
{
    m_isDragging = false;
    m_dragTimer.stop();
}

void ByteView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const BytePlace place = placeAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && place.isValid() && event->position().y() >= headerHeight()) {
        selectRecord(place.record);
    }
}

bool ByteView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip) {
        return LogScrollArea::viewportEvent(event);
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(toolTipAt(help->pos())), this);
    return true;
}

QString ByteView::toolTipAt(QPoint pos) const
{
    const qint64 line = lineAt(pos.y());
    if (pos.y() < headerHeight() || line >= m_lines) {
        return {};
    }
    const RecordLayout::Place place = m_shown.at(line, m_grid.width);
    if (place.line == 0) {
        return TimeFormat::full(m_log->records().at(place.record).time);
    }
    const bool isAtByte = pos.x() >= m_grid.hexX() - m_grid.cell && pos.x() < m_grid.endX();
    return isAtByte && m_names ? m_names(placeAt(pos)) : bookmarkText(place, pos.x());
}

} // namespace Sidewire
