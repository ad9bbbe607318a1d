// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bitmark.h"

#include "ui/theme/theme.h"
#include "ui/views/bytegrid.h"

#include <QPainter>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int BarHeight = 3;
constexpr int TickHeight = 6;
constexpr int MinWidth = 2; // Of one bit in a small font
constexpr int Bits = 8;

} // namespace

int BitMarkPainter::bitX(const ByteGrid &grid, int byte, int bit)
{
    return qRound(grid.hexX(byte) + bit * 2 * grid.cell / Bits);
}

void BitMarkPainter::paint(const ByteSpan &bytes, int bottom)
{
    const BitSpan line = BitSpan::ofBytes(bytes.begin, bytes.end);
    if (m_mark.bits.isEmpty() || !m_mark.bits.overlaps(line)) {
        return;
    }
    const QColor ink = Theme::color(m_mark.isBroken ? Theme::Tone::Violation : Theme::Tone::Text);
    const qint64 begin = std::max(m_mark.bits.begin, line.begin);
    const qint64 end = std::min(m_mark.bits.end, line.end);
    const int first = static_cast<int>(begin / Bits - bytes.begin);
    const int last = static_cast<int>((end - 1) / Bits - bytes.begin);
    const int firstBit = static_cast<int>(begin % Bits);
    const int endBit = static_cast<int>((end - 1) % Bits) + 1;

    // From the first bit to the last one in one stroke, over the gaps between bytes; what is left of their bytes thinly.
    const int left = bitX(m_grid, first, firstBit);
    const int right = std::max(bitX(m_grid, last, endBit), left + MinWidth);
    const int lineLeft = bitX(m_grid, first, 0);
    m_painter.fillRect(lineLeft, bottom - 1, bitX(m_grid, last, Bits) - lineLeft, 1, Theme::color(Theme::Tone::Muted));
    m_painter.fillRect(left, bottom - BarHeight, right - left, BarHeight, ink);
    if (begin == m_mark.bits.begin) {
        m_painter.fillRect(left, bottom - TickHeight, 1, TickHeight, ink);
    }
    if (end == m_mark.bits.end) {
        m_painter.fillRect(right - 1, bottom - TickHeight, 1, TickHeight, ink);
    }
    m_painter.fillRect(QRectF(QPointF(m_grid.textX(first), bottom - 2), QPointF(m_grid.textX(last + 1), bottom)), ink);
}

} // namespace Sidewire
