// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bytegrid.h"

#include <algorithm>

namespace Sidewire {

int ByteGrid::byteAt(qreal x) const
{
    if (x >= textX() - cell) {
        return std::clamp(static_cast<int>((x - textX()) / cell), 0, bytes() - 1);
    }
    const qreal cells = std::max(0.0, (x - hexX()) / cell);
    constexpr int CellsOfEight = 8 * 3 + 1;
    const int group = static_cast<int>(cells) / CellsOfEight;
    const int inGroup = std::min(7, static_cast<int>((cells - group * CellsOfEight + 0.5) / 3)); // Half of the gap each
    return std::clamp(group * 8 + inGroup, 0, bytes() - 1);
}

ByteGrid ByteGrid::fitting(int pixels, qreal cell, int offsetDigits)
{
    using enum RecordLayout::Width;
    ByteGrid grid{Bytes32, offsetDigits, cell};
    for (const RecordLayout::Width width : {Bytes32, Bytes16, Bytes8}) {
        grid.width = width;
        if (grid.endX() + Margin <= pixels) {
            break;
        }
    }
    return grid;
}

} // namespace Sidewire
