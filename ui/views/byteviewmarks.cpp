// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// What the byte view marks beside the selection: what a search has found, and bookmarks.

#include "byteview.h"

#include "ui/theme/markcolors.h"

#include <QPainter>

#include <algorithm>

namespace Sidewire {

void ByteView::paintFound(QPainter &painter, qint64 record, ByteSpan span, int y)
{
    if (!m_marks || !m_marks->hasSearch()) {
        return;
    }
    const qreal half = m_text.cell() / 2;
    for (const TrafficMarks::Found &found : m_marks->foundInBytes(record, span)) {
        const int first = static_cast<int>(std::max(found.span.begin, span.begin) - span.begin);
        const int last = static_cast<int>(std::min(found.span.end, span.end) - span.begin) - 1;
        if (last < first) {
            continue;
        }
        const qreal width = found.isCurrent ? 2 : 1;
        const qreal inset = width / 2;
        painter.setPen(QPen(Theme::markColor(Theme::Mark::MatchLine), width));
        painter.setBrush(found.isCurrent ? Theme::color(Theme::Tone::Selection) : Theme::markColor(Theme::Mark::Match));
        const QRectF hex(QPointF(m_grid.hexX(first) - half, y),
                         QPointF(m_grid.hexX(last) + 2 * m_text.cell() + half, y + lineHeight()));
        const QRectF text(QPointF(m_grid.textX(first), y), QPointF(m_grid.textX(last + 1), y + lineHeight()));
        painter.drawRect(hex.adjusted(inset, inset, -inset, -inset));
        painter.drawRect(text.adjusted(inset, inset, -inset, -inset));
    }
}

void ByteView::paintBookmark(QPainter &painter, qint64 record, ByteSpan span, int y)
{
    const Bookmark *bookmark = m_marks ? m_marks->bookmarkInBytes(record, span) : nullptr;
    if (!bookmark) {
        return;
    }
    // A flag in the margin, filled where there is a note; a line below its first byte.
    const QColor color = Theme::markColor(Theme::Mark::Bookmark);
    const qreal left = 1.5;
    const QPolygonF flag({{left, y + 2.5}, {ByteGrid::Margin - 0.5, y + 5.5}, {left, y + 8.5}});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(bookmark->text.isEmpty() ? Qt::NoBrush : QBrush(color));
    painter.drawPolygon(flag);
    painter.drawLine(QPointF(left, y + 2), QPointF(left, y + lineHeight() - 2));
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int byte = static_cast<int>(bookmark->position.offset - span.begin);
    painter.fillRect(QRectF(m_grid.hexX(byte), y + lineHeight() - 2, 2 * m_text.cell(), 2), color);
    painter.fillRect(QRectF(m_grid.textX(byte), y + lineHeight() - 2, m_text.cell(), 2), color);
}

/// What the flag in the margin stands for.
QString ByteView::bookmarkText(RecordLayout::Place place, int x) const
{
    if (!m_marks || x >= m_grid.hexX()) {
        return {};
    }
    const qint64 begin = m_log->records().at(place.record).streamOffset + (place.line - 1) * m_grid.bytes();
    const Bookmark *bookmark = m_marks->bookmarkInBytes(place.record, {begin, begin + m_grid.bytes()});
    if (!bookmark) {
        return {};
    }
    return bookmark->text.isEmpty() ? tr("Bookmark") : bookmark->text;
}

} // namespace Sidewire
