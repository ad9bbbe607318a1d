// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <vector>

namespace Sidewire {

/// What is selected, in both views at once: bytes of one direction of one connection.
///
/// Held as positions, so that it means the same bytes under any lens. The records are where they lie: records never
/// change their numbers either.
struct TrafficSelection
{
    ConnectionId connection{};
    Direction direction = Direction::In;
    std::vector<ByteSpan> spans; ///< Ascending; more than one only for a message with others inside it
    qint64 firstRecord = 0; ///< Holds the first byte
    qint64 lastRecord = 0; ///< Holds the last one

    bool isEmpty() const { return spans.empty(); }
    qint64 begin() const { return spans.front().begin; }
    qint64 end() const { return spans.back().end; }

    /// Bytes in all spans.
    qint64 size() const
    {
        qint64 sum = 0;
        for (const ByteSpan &span : spans) {
            sum += span.size();
        }
        return sum;
    }

    bool isOf(ConnectionId otherConnection, Direction otherDirection) const
    {
        return !isEmpty() && connection == otherConnection && direction == otherDirection;
    }

    bool overlaps(const ByteSpan &other) const
    {
        for (const ByteSpan &span : spans) {
            if (span.overlaps(other)) {
                return true;
            }
        }
        return false;
    }

    friend bool operator==(const TrafficSelection &, const TrafficSelection &) = default;
};

/// A byte on the wire and the record that holds it.
struct BytePlace
{
    qint64 record = -1;
    qint64 offset = 0; ///< Of the record's stream

    bool isValid() const { return record >= 0; }

    friend bool operator==(const BytePlace &, const BytePlace &) = default;
};

} // namespace Sidewire
