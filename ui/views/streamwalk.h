// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "ui/views/trafficselection.h"

#include <optional>

namespace Sidewire {

/// Steps through the bytes of one direction of a connection, over whatever lies between its records.
///
/// Records know the one before them but not the one after, so forward steps look along the table: no further than
/// MaxLook records, so that a key press never takes long.
class StreamWalk
{
public:
    static constexpr qint64 MaxLook = 1'000'000;

    explicit StreamWalk(const SessionLog &log)
        : m_log(log)
    {}

    bool isSameStream(qint64 record, qint64 other) const;

    /// The next byte of the stream; nothing at its end.
    std::optional<BytePlace> next(BytePlace place) const;
    std::optional<BytePlace> previous(BytePlace place) const;

    /// The byte at `offset`, at or after `from` in the same stream; nothing where the log does not hold it.
    std::optional<BytePlace> find(BytePlace from, qint64 offset) const;

    /// The first and the last byte of the stream that `place` lies in.
    BytePlace first(BytePlace place) const;
    BytePlace last(BytePlace place) const;

    /// `place` itself if it is of the anchor's stream; otherwise the byte of that stream nearest to it on the way to
    /// the anchor.
    BytePlace towards(BytePlace place, BytePlace anchor) const;

    /// What lies between two places of one stream, both included.
    TrafficSelection between(BytePlace one, BytePlace other) const;

private:
    std::optional<qint64> nextRecord(qint64 record) const;
    std::optional<qint64> previousRecord(qint64 record) const;

    const SessionLog &m_log;
};

} // namespace Sidewire
