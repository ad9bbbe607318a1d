// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/recordlayout.h"

#include <QtGlobal>

#include <optional>

namespace Sidewire {

/// Where the columns of a byte view stand: offset, hex (a gap after each eight bytes), text. All in cells of the fixed
/// font, except the margin.
struct ByteGrid
{
    static constexpr int Margin = 8; ///< Pixels left of the offsets

    RecordLayout::Width width = RecordLayout::Width::Bytes16;
    int offsetDigits = 8;
    qreal cell = 8;

    int bytes() const { return RecordLayout::bytesPerLine(width); }
    int hexCells() const { return bytes() * 3 + bytes() / 8 - 2; } ///< From the first digit to the last one
    int hexCell(int byte) const { return byte * 3 + byte / 8; } ///< From the start of the hex column

    qreal offsetX() const { return Margin; }
    qreal hexX() const { return Margin + (offsetDigits + 2) * cell; }
    qreal textX() const { return hexX() + (hexCells() + 2) * cell; }
    qreal endX() const { return textX() + bytes() * cell; }

    qreal hexX(int byte) const { return hexX() + hexCell(byte) * cell; }
    qreal textX(int byte) const { return textX() + byte * cell; }

    /// The byte of a line under `x`, clamped to the line; a place left of the hex column is the first byte.
    int byteAt(qreal x) const;

    /// The widest grid that fits into `pixels`; the narrowest if none does.
    static ByteGrid fitting(int pixels, qreal cell, int offsetDigits);
};

} // namespace Sidewire
