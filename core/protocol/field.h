// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QtGlobal>

#include <vector>

namespace Sidewire {

/// Bits [begin, end) of a stream: 8 * offset + bit, where bit 0 is the most significant one of its byte, as the diagrams
/// of the RFCs count (RFC 6455, 5.2).
struct BitSpan
{
    qint64 begin = 0;
    qint64 end = 0;

    static BitSpan ofBytes(qint64 begin, qint64 end) { return {8 * begin, 8 * end}; }

    bool isEmpty() const { return begin == end; }
    bool contains(qint64 bit) const { return bit >= begin && bit < end; }
    bool contains(const BitSpan &other) const { return other.begin >= begin && other.end <= end; }
    bool overlaps(const BitSpan &other) const { return begin < other.end && other.begin < end; }

    qint64 firstByte() const { return begin / 8; } ///< That holds the first bit
    qint64 endByte() const { return (end + 7) / 8; } ///< One past the one that holds the last bit
    bool isWholeBytes() const { return begin % 8 == 0 && end % 8 == 0; }

    friend bool operator==(const BitSpan &, const BitSpan &) = default;
};

/// A part of a message in words, with its place on the wire, so that it can be marked there. Parts have parts.
struct Field
{
    QString name; ///< "FIN", "Masking key", "Sec-WebSocket-Accept"
    QString value; ///< In words; may hold what a peer sent: plain text only
    QString remark; ///< A check and its result, or the broken rule with its section
    bool isBroken = false; ///< The remark names a broken rule
    BitSpan bits; ///< Empty for what is computed and stands nowhere
    std::vector<Field> children;

    friend bool operator==(const Field &, const Field &) = default;
};

} // namespace Sidewire
