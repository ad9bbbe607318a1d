// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <array>
#include <optional>
#include <vector>

namespace Sidewire {

/// Times the replies of one connection.
///
/// The first message that begins after bytes of the other direction is a reply, and took the time from the last of those
/// bytes to its own first one. A pong took the time since the ping that carried the same (RFC 6455, 5.5.3); neither is a
/// reply to anything else.
class LatencyTracker
{
public:
    /// `asker` is the side of which only pongs are replies: a client asks when it likes.
    explicit LatencyTracker(std::optional<Direction> asker = {})
        : m_asker(asker)
    {}

    /// A record with bytes, in the order of the log, before the messages that it completes.
    void addRecord(Direction direction, qint64 record, qint64 time);

    /// Whether addMessage() has to know of it: most messages are no reply.
    bool wants(const Message &message) const
    {
        return message.kind == MessageKind::Ping || message.kind == MessageKind::Pong
            || !m_turns[indexOf(message.direction)].empty();
    }

    /// A message that was found, and the time of its first record: how long it took in nanoseconds, if it is a reply.
    std::optional<qint64> addMessage(const Message &message, qint64 begin);

    static constexpr std::size_t MaxPings = 64; ///< Without an answer, a direction; the oldest is forgotten
    static constexpr std::size_t MaxTurns =
        64; ///< While a message does not end; the newest counts for those that follow

private:
    /// Where a direction began to speak after the other one.
    struct Turn
    {
        qint64 record = 0;
        qint64 asked = 0; ///< When the other one had last spoken
        bool isAnswered = false;
    };
    struct Ping
    {
        quint32 checksum = 0;
        qint64 time = 0;
    };

    std::optional<qint64> answerPing(const Message &pong, qint64 begin);
    std::optional<qint64> takeTurn(const Message &message, qint64 begin);

    std::array<std::vector<Turn>, DirectionCount> m_turns;
    std::array<std::vector<Ping>, DirectionCount> m_pings;
    std::optional<Direction> m_asker;
    std::optional<Direction> m_speaker;
    qint64 m_spoke = 0;
};

} // namespace Sidewire
