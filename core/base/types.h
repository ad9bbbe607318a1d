// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <compare>
#include <cstddef>

namespace Sidewire {

/// As seen from this program: In came from the peer, Out went to it. In a capture made by another
/// program, Out is what the side that opened the conversation sent.
enum class Direction : quint8 { In = 0, Out = 1 };

constexpr int DirectionCount = 2;

constexpr Direction opposite(Direction direction)
{
    return direction == Direction::In ? Direction::Out : Direction::In;
}

/// For arrays with one element a direction.
constexpr std::size_t indexOf(Direction direction)
{
    return static_cast<std::size_t>(direction);
}

/// What carries the bytes. WebSocket and TLS are layers above Tcp.
enum class Transport : quint8 { Tcp, Udp };

/// A session of this process, dense from 0, never used again.
enum class SessionId : quint32 {};

/// A connection of one session, dense from 0 in the order of the Opened events in its log.
enum class ConnectionId : quint32 {};

constexpr quint32 toNumber(SessionId id)
{
    return static_cast<quint32>(id);
}

constexpr quint32 toNumber(ConnectionId id)
{
    return static_cast<quint32>(id);
}

/// Bytes [begin, end) of one direction of a connection; offsets count from the first byte after opening.
struct ByteSpan
{
    qint64 begin = 0;
    qint64 end = 0;

    qint64 size() const { return end - begin; }
    bool contains(qint64 offset) const { return offset >= begin && offset < end; }
    bool overlaps(const ByteSpan &other) const { return begin < other.end && other.begin < end; }

    friend bool operator==(const ByteSpan &, const ByteSpan &) = default;
};

/// A place on the wire that stays the same whatever lens or filter is chosen.
struct Position
{
    ConnectionId connection{};
    Direction direction = Direction::In;
    qint64 offset = 0; ///< In bytes of that direction's stream

    friend auto operator<=>(const Position &, const Position &) = default;
};

} // namespace Sidewire
