// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <map>
#include <optional>
#include <vector>

namespace Sidewire {

/// A captured TCP segment with payload; the payload itself stays in the file.
struct TcpSegment
{
    quint32 sequence = 0;
    quint32 size = 0; ///< On the wire
    quint32 stored = 0; ///< In the file
    qint64 fileOffset = 0;
    qint64 time = 0;
};

/// What a segment meant for the stream.
struct TcpOutcome
{
    enum class Kind : quint8 {
        Data, ///< The next bytes of the stream
        Retransmitted, ///< Bytes that had been there before
        Missing, ///< Bytes that the capture does not hold; Data with a gap before it follows
        TooEarly, ///< Bytes from before the first ones that were captured
        Fin, ///< The end of the stream
    };
    Kind kind = Kind::Data;
    bool hasGapBefore = false;
    quint32 stored = 0; ///< Data: bytes in the file, from the front
    ByteSpan span; ///< Of the stream
    qint64 fileOffset = 0; ///< Data
    qint64 time = 0;
};

/// Puts the captured segments of one direction of a TCP conversation in order.
///
/// A segment that comes early waits until the hole before it is filled, or until MaxWaiting segments wait: then the hole is
/// told as missing. Only positions are held, never payloads. Nothing is given twice: of a segment that repeats old bytes
/// and brings new ones, only the new ones are data.
class TcpReassembly
{
public:
    static constexpr std::size_t MaxWaiting = 1000;

    /// The sequence number of the first byte. Without it the first segment decides.
    void start(quint32 sequence);
    bool isStarted() const { return m_first.has_value(); }
    std::optional<quint32> firstSequence() const { return m_first; }

    void add(const TcpSegment &segment, std::vector<TcpOutcome> &outcomes);

    /// A FIN whose own sequence number is `sequence`: the stream ends before it.
    void finish(quint32 sequence, qint64 time, std::vector<TcpOutcome> &outcomes);

    /// Nothing more will come: gives what waits, with its holes.
    void flush(std::vector<TcpOutcome> &outcomes);

    std::size_t waiting() const { return m_waiting.size(); }

private:
    qint64 offsetOf(quint32 sequence) const;
    void take(const TcpSegment &segment, qint64 begin, bool hasGapBefore, std::vector<TcpOutcome> &outcomes);
    void drain(std::vector<TcpOutcome> &outcomes);
    void giveUpHole(std::vector<TcpOutcome> &outcomes);
    void tellFin(std::vector<TcpOutcome> &outcomes);

    std::optional<quint32> m_first;
    qint64 m_next = 0; ///< Offset of the next byte of the stream
    std::multimap<qint64, TcpSegment> m_waiting; ///< By offset
    std::optional<qint64> m_end;
    qint64 m_endTime = 0;
    bool m_isEndTold = false;
};

} // namespace Sidewire
