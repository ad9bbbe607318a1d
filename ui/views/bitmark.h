// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/protocol/field.h"

#include <QString>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace Sidewire {

struct ByteGrid;

/// A field marked in the byte view: bits of one direction of a connection.
struct BitMark
{
    ConnectionId connection{};
    Direction direction = Direction::In;
    BitSpan bits;
    bool isBroken = false;
    QString words; ///< For those who do not see it

    bool isOf(ConnectionId otherConnection, Direction otherDirection) const
    {
        return connection == otherConnection && direction == otherDirection;
    }

    friend bool operator==(const BitMark &, const BitMark &) = default;
};

/// Under the hex digits of the marked bytes a bar, an eighth of a byte's width for each bit, with a tick up where the
/// field begins and where it ends; the bits of such a byte that are not the field's have a thin line. Under the text
/// another bar. It leaves the colours behind the bytes to the selection.
class BitMarkPainter
{
public:
    BitMarkPainter(QPainter &painter, const ByteGrid &grid, const BitMark &mark)
        : m_painter(painter)
        , m_grid(grid)
        , m_mark(mark)
    {}

    /// What of the mark lies in a line that shows `bytes` and ends above `bottom`.
    void paint(const ByteSpan &bytes, int bottom);

    /// Where a bit begins in the width of the two digits of its byte; bit 8 is where they end.
    static int bitX(const ByteGrid &grid, int byte, int bit);

private:
    QPainter &m_painter;
    const ByteGrid &m_grid;
    const BitMark &m_mark;
};

} // namespace Sidewire
