// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

namespace Sidewire {

/// Where the columns of a message view stand, in pixels. The content comes first: where it would get too narrow, the
/// time goes (the byte view has it as well), then the time of the reply.
struct MessageColumns
{
    static constexpr int Margin = 8;
    static constexpr int MinContentCells = 18;

    struct Needs
    {
        int numberDigits = 0;
        int connectionDigits = 0; ///< 0 for a log of one connection, which needs no column for it
        int timeCells = 0;
    };

    qreal numberEnd = 0; ///< Numbers end here
    qreal connection = 0;
    qreal time = 0;
    qreal arrow = 0;
    qreal kind = 0;
    qreal lengthEnd = 0; ///< Lengths end here
    qreal content = 0;
    qreal end = 0;
    bool hasTime = true;
    bool hasReply = true;

    static MessageColumns fitting(int pixels, qreal cell, const Needs &needs);

    /// The width that leaves enough content beside the columns that never go.
    static int minimumWidth(qreal cell);
};

} // namespace Sidewire
