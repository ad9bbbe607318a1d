// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "byteview.h"

#include "ui/views/streamwalk.h"

#include <QKeyEvent>

#include <algorithm>

namespace Sidewire {

void ByteView::selectStream()
{
    const BytePlace place = m_cursor.isValid() ? m_cursor : placeOfLine(topLine());
    if (place.isValid() && m_log->records().at(place.record).length > 0) {
        const StreamWalk walk(*m_log);
        select(walk.first(place), walk.last(place));
    }
}

BytePlace ByteView::verticallyMoved(BytePlace place, qint64 lines) const
{
    const qint64 column = (place.offset - m_log->records().at(place.record).streamOffset) % m_grid.bytes();
    const qint64 from = lineOf(place);
    qint64 line = std::clamp(from + lines, firstLine(), m_lines - 1);
    // A header row holds no byte: go on in the same direction, and back where there is nothing more.
    const auto hasBytes = [this](qint64 candidate) {
        return m_shown.at(candidate, m_grid.width).line > 0;
    };
    const qint64 step = lines < 0 ? -1 : 1;
    while (line > firstLine() && line < m_lines - 1 && !hasBytes(line)) {
        line += step;
    }
    if (!hasBytes(line)) {
        line = from;
    }
    BytePlace moved = placeOfLine(line);
    moved.offset = std::min(moved.offset + column, m_log->records().at(moved.record).span().end - 1);
    return moved;
}

std::optional<BytePlace> ByteView::moved(QKeyEvent *event) const
{
    const StreamWalk walk(*m_log);
    const bool isCtrl = event->modifiers().testFlag(Qt::ControlModifier);
    const RecordRow &row = m_log->records().at(m_cursor.record);
    const qint64 inLine = (m_cursor.offset - row.streamOffset) % m_grid.bytes();
    switch (event->key()) {
    case Qt::Key_Left:
        return walk.previous(m_cursor).value_or(m_cursor);
    case Qt::Key_Right:
        return walk.next(m_cursor).value_or(m_cursor);
    case Qt::Key_Up:
        return verticallyMoved(m_cursor, -1);
    case Qt::Key_Down:
        return verticallyMoved(m_cursor, 1);
    case Qt::Key_PageUp:
        return verticallyMoved(m_cursor, -visibleLines());
    case Qt::Key_PageDown:
        return verticallyMoved(m_cursor, visibleLines());
    case Qt::Key_Home:
        return isCtrl ? verticallyMoved(m_cursor, -m_lines) : BytePlace{m_cursor.record, m_cursor.offset - inLine};
    case Qt::Key_End:
        return isCtrl
            ? verticallyMoved(m_cursor, m_lines)
            : BytePlace{m_cursor.record, std::min(m_cursor.offset - inLine + m_grid.bytes(), row.span().end) - 1};
    default:
        return {};
    }
}

void ByteView::keyPressEvent(QKeyEvent *event)
{
    if (m_lines == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectStream();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_selection) {
        m_anchor = m_cursor;
        Q_EMIT selectionRequested({});
        return;
    }
    if (event->key() == Qt::Key_End && event->modifiers() == Qt::ControlModifier) {
        Q_EMIT endRequested();
        return;
    }
    if (!m_cursor.isValid() || !m_shown.shows(m_cursor.record)) {
        m_cursor = verticallyMoved(placeOfLine(topLine()), 0);
        m_anchor = m_cursor;
    }
    const std::optional<BytePlace> target = moved(event);
    if (!target) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const bool isExtending = event->modifiers().testFlag(Qt::ShiftModifier);
    const BytePlace cursor = isExtending ? StreamWalk(*m_log).towards(*target, m_anchor) : *target;
    select(isExtending ? m_anchor : cursor, cursor);
    ensureVisible(lineOf(m_cursor), lineOf(m_cursor));
}

} // namespace Sidewire
