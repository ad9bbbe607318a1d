// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagecolumns.h"

#include <QtMath>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int MinNumberDigits = 3;
constexpr int LengthCells = 8; // "9999999" and a gap
constexpr int KindCells = 8; // "response"

MessageColumns columnsWith(int pixels, qreal cell, const MessageColumns::Needs &needs, bool hasTime)
{
    MessageColumns at;
    at.hasTime = hasTime;
    at.numberEnd = MessageColumns::Margin + std::max(MinNumberDigits, needs.numberDigits) * cell;
    at.connection = at.numberEnd + cell;
    at.time = at.connection + (needs.connectionDigits > 0 ? (needs.connectionDigits + 3) * cell : cell / 2);
    at.arrow = at.time + (hasTime ? (needs.timeCells + 0.5) * cell : 0);
    at.kind = at.arrow + 2.5 * cell;
    at.lengthEnd = at.kind + (KindCells + LengthCells) * cell;
    at.content = at.lengthEnd + 1.5 * cell;
    at.end = pixels - MessageColumns::Margin;
    at.hasReply = at.end - at.content >= MessageColumns::MinContentCells * cell;
    return at;
}

} // namespace

MessageColumns MessageColumns::fitting(int pixels, qreal cell, const Needs &needs)
{
    const MessageColumns whole = columnsWith(pixels, cell, needs, true);
    return whole.hasReply ? whole : columnsWith(pixels, cell, needs, false);
}

int MessageColumns::minimumWidth(qreal cell)
{
    const MessageColumns at = columnsWith(0, cell, {}, false);
    return qCeil(at.content + MinContentCells * cell) + Margin;
}

} // namespace Sidewire
