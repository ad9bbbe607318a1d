// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "latencytracker.h"

#include <algorithm>

namespace Sidewire {

void LatencyTracker::addRecord(Direction direction, qint64 record, qint64 time)
{
    if (m_speaker && *m_speaker != direction) {
        std::vector<Turn> &turns = m_turns[indexOf(direction)];
        if (turns.size() == MaxTurns) {
            turns.pop_back();
        }
        turns.push_back({record, m_spoke});
    }
    m_speaker = direction;
    m_spoke = time;
}

std::optional<qint64> LatencyTracker::addMessage(const Message &message, qint64 begin)
{
    if (message.kind == MessageKind::Ping) {
        std::vector<Ping> &pings = m_pings[indexOf(message.direction)];
        if (pings.size() == MaxPings) {
            pings.erase(pings.begin());
        }
        pings.push_back({message.contentOffset, message.time});
        return {};
    }
    return message.kind == MessageKind::Pong ? answerPing(message, begin) : takeTurn(message, begin);
}

std::optional<qint64> LatencyTracker::answerPing(const Message &pong, qint64 begin)
{
    std::vector<Ping> &pings = m_pings[indexOf(opposite(pong.direction))];
    const auto ping = std::find_if(pings.begin(), pings.end(),
                                   [&pong](const Ping &each) { return each.checksum == pong.contentOffset; });
    if (ping == pings.end() || pong.has(MessageFlag::Unterminated)) {
        return {}; // unsolicited, which is allowed
    }
    const qint64 latency = begin - ping->time;
    pings.erase(pings.begin(), ping + 1); // Older ones need no answer any more
    return latency < 0 ? std::nullopt : std::optional(latency);
}

std::optional<qint64> LatencyTracker::takeTurn(const Message &message, qint64 begin)
{
    std::vector<Turn> &turns = m_turns[indexOf(message.direction)];
    const auto later = std::find_if(turns.begin(), turns.end(),
                                    [&message](const Turn &turn) { return turn.record > message.firstRecord; });
    if (later == turns.begin()) {
        return {};
    }
    const auto turn = turns.erase(turns.begin(), later - 1); // Messages come in order, so nobody asks for those again
    if (turn->isAnswered) {
        return {};
    }
    turn->isAnswered = true;
    const qint64 latency = begin - turn->asked;
    return latency < 0 || m_asker == message.direction ? std::nullopt : std::optional(latency);
}

} // namespace Sidewire
