// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// What the message view marks beside the selection: what a search has found, and bookmarks.

#include "messageview.h"

#include "ui/theme/markcolors.h"
#include "ui/views/messagepreview.h"

#include <QPainter>

#include <algorithm>
#include <limits>

namespace Sidewire {

void MessageView::paintFound(QPainter &painter, qint64 row, const Message &message, const QRectF &room,
                             const QString &preview)
{
    if (!m_marks || !m_marks->hasSearch()) {
        return;
    }
    const bool isGrid = FixedText::isGrid(preview); // Otherwise the text is laid out as a whole
    const QFontMetricsF metrics(m_text.font());
    const auto x = [&](qsizetype character) {
        const qsizetype place = std::min(character, preview.size());
        return room.left()
            + (isGrid ? static_cast<qreal>(place) * m_text.cell() : metrics.horizontalAdvance(preview.left(place)));
    };
    const std::optional<QByteArray> bytes = MessagePreview(*m_log).bytesOf(message);
    qint64 seen = std::numeric_limits<qint64>::max(); // In the content: what begins there is further right
    bool isBeyond = false;
    bool isCurrentBeyond = false;
    for (const TrafficMarks::Found &found : m_marks->foundInMessage(isUnfinished(row) ? -1 : numberOf(row), message)) {
        const auto place =
            bytes && found.span.begin < seen ? MessagePreview::placeIn(*bytes, message, found.span) : std::nullopt;
        if (!place || place->first >= preview.size() || x(place->first) >= room.right()) {
            seen = place ? std::min(seen, found.span.begin) : seen;
            isBeyond = true;
            isCurrentBeyond |= found.isCurrent;
            continue;
        }
        const qreal width = found.isCurrent ? 2 : 1;
        const qreal inset = width / 2;
        painter.setPen(QPen(Theme::markColor(Theme::Mark::MatchLine), width));
        painter.setBrush(found.isCurrent ? Theme::color(Theme::Tone::Selection) : Theme::markColor(Theme::Mark::Match));
        const qreal end = std::max(x(place->first) + m_text.cell() / 2, std::min(x(place->second), room.right()));
        painter.drawRect(QRectF(QPointF(x(place->first), room.top()), QPointF(end, room.bottom()))
                             .adjusted(inset, inset, -inset, -inset));
    }
    if (isBeyond) {
        // In what the row does not show: a bar before its content.
        const int width = isCurrentBeyond ? 4 : 3;
        painter.fillRect(QRectF(room.left() - m_text.cell() / 2 - 1, room.top() + 2, width, room.height() - 4),
                         Theme::markColor(Theme::Mark::MatchLine));
    }
}

void MessageView::paintBookmark(QPainter &painter, const Message &message, int y)
{
    const Bookmark *bookmark = m_marks ? m_marks->bookmarkOf(message) : nullptr;
    if (!bookmark) {
        return;
    }
    const QColor color = Theme::markColor(Theme::Mark::Bookmark);
    const QPolygonF flag({{1.5, y + 2.5}, {8.5, y + 5.5}, {1.5, y + 8.5}});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.2));
    painter.setBrush(bookmark->text.isEmpty() ? Qt::NoBrush : QBrush(color));
    painter.drawPolygon(flag);
    painter.drawLine(QPointF(1.5, y + 2), QPointF(1.5, y + lineHeight() - 2));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace Sidewire
