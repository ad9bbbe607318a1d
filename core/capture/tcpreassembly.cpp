// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tcpreassembly.h"

#include <algorithm>

namespace Sidewire {

void TcpReassembly::start(quint32 sequence)
{
    m_first = sequence;
}

void TcpReassembly::add(const TcpSegment &segment, std::vector<TcpOutcome> &outcomes)
{
    if (!m_first) {
        start(segment.sequence);
    }
    const qint64 begin = offsetOf(segment.sequence);
    if (begin > m_next) {
        m_waiting.emplace(begin, segment);
        if (m_waiting.size() > MaxWaiting) {
            giveUpHole(outcomes);
        }
        return;
    }
    take(segment, begin, false, outcomes);
    drain(outcomes);
}

void TcpReassembly::finish(quint32 sequence, qint64 time, std::vector<TcpOutcome> &outcomes)
{
    if (m_end) {
        return;
    }
    if (!m_first) {
        start(sequence);
    }
    m_end = offsetOf(sequence);
    m_endTime = time;
    tellFin(outcomes);
}

void TcpReassembly::flush(std::vector<TcpOutcome> &outcomes)
{
    while (!m_waiting.empty()) {
        giveUpHole(outcomes);
    }
    if (m_end && *m_end > m_next) {
        outcomes.push_back({.kind = TcpOutcome::Kind::Missing, .span = {m_next, *m_end}, .time = m_endTime});
        m_next = *m_end;
    }
    tellFin(outcomes);
}

/// The offset nearest to where the stream stands: sequence numbers come again every 4 GiB.
qint64 TcpReassembly::offsetOf(quint32 sequence) const
{
    const quint32 expected = *m_first + static_cast<quint32>(m_next);
    return m_next + static_cast<qint32>(sequence - expected);
}

/// A segment that begins at or before where the stream stands, or right after a hole that was given up.
void TcpReassembly::take(const TcpSegment &segment, qint64 begin, bool hasGapBefore, std::vector<TcpOutcome> &outcomes)
{
    const qint64 end = begin + segment.size;
    const qint64 oldEnd = std::min(end, m_next);
    if (begin < 0) {
        outcomes.push_back(
            {.kind = TcpOutcome::Kind::TooEarly, .span = {begin, std::min<qint64>(end, 0)}, .time = segment.time});
    }
    if (const qint64 oldBegin = std::max<qint64>(begin, 0); oldBegin < oldEnd) {
        outcomes.push_back({.kind = TcpOutcome::Kind::Retransmitted, .span = {oldBegin, oldEnd}, .time = segment.time});
    }
    if (end <= m_next) {
        return;
    }
    const qint64 skipped = m_next - begin;
    outcomes.push_back({
        .kind = TcpOutcome::Kind::Data,
        .hasGapBefore = hasGapBefore,
        .stored = static_cast<quint32>(std::max<qint64>(0, segment.stored - skipped)),
        .span = {m_next, end},
        .fileOffset = segment.fileOffset + skipped,
        .time = segment.time,
    });
    m_next = end;
}

void TcpReassembly::drain(std::vector<TcpOutcome> &outcomes)
{
    while (!m_waiting.empty() && m_waiting.begin()->first <= m_next) {
        const auto first = m_waiting.extract(m_waiting.begin());
        take(first.mapped(), first.key(), false, outcomes);
    }
    tellFin(outcomes);
}

void TcpReassembly::giveUpHole(std::vector<TcpOutcome> &outcomes)
{
    const auto first = m_waiting.extract(m_waiting.begin());
    outcomes.push_back({.kind = TcpOutcome::Kind::Missing, .span = {m_next, first.key()}, .time = first.mapped().time});
    m_next = first.key();
    take(first.mapped(), first.key(), true, outcomes);
    drain(outcomes);
}

void TcpReassembly::tellFin(std::vector<TcpOutcome> &outcomes)
{
    if (m_end && !m_isEndTold && m_next >= *m_end) {
        m_isEndTold = true;
        outcomes.push_back({.kind = TcpOutcome::Kind::Fin, .span = {m_next, m_next}, .time = m_endTime});
    }
}

} // namespace Sidewire
