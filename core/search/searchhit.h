// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <compare>

namespace Sidewire {

/// A match: bytes on the wire, or bytes of a message's content that do not stand there as they are. A row of a table.
struct SearchHit
{
    qint64 order =
        0; ///< Rows ascend by it: the record with the last byte (of a message, or of one with an earlier number)
    qint64 begin = 0; ///< First byte in the stream; of a content the first byte of the message
    qint64 message = -1; ///< Number of the message in whose content it is; -1: on the wire
    quint32 contentOffset = 0; ///< In that content
    quint32 length = 0; ///< Bytes, of the stream or of the content
    ConnectionId connection{};
    Direction direction = Direction::In;

    bool isInContent() const { return message >= 0; }
    ByteSpan span() const { return {begin, begin + length}; } ///< On the wire

    /// Where it stands among all hits of a log.
    struct Key
    {
        qint64 order = 0;
        qint64 message = -1;
        qint64 begin = 0;
        quint32 contentOffset = 0;

        friend auto operator<=>(const Key &, const Key &) = default;
    };
    Key key() const { return {order, message, begin, contentOffset}; }
};
static_assert(sizeof(SearchHit) == 40);

} // namespace Sidewire
