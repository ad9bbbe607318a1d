// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/appendtable.h"
#include "core/index/inflatedcontents.h"
#include "core/lens/lensspec.h"
#include "core/lens/message.h"

#include <QString>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace Sidewire {

/// What one lens made of a session's records. The index of a row is the message's number.
///
/// Another choice of lens makes another table; a view that holds the old one keeps it alive.
class MessageTable
{
public:
    explicit MessageTable(LensSpec lens, const NoRoomHandler &noRoom = {})
        : m_lens(std::move(lens))
        , m_rows(noRoom)
        , m_latencies(noRoom)
        , m_contents(noRoom)
        , m_highest(noRoom)
    {}

    const LensSpec &lens() const { return m_lens; } ///< As chosen

    qint64 count() const { return m_rows.count(); }
    const Message &at(qint64 row) const { return m_rows.at(row); }

    /// How long a reply took, in nanoseconds (see LatencyTracker); nothing for a message that is none.
    std::optional<qint64> latency(qint64 row) const;

    /// The newest reply that was timed; -1: none.
    qint64 newestReply() const;

    /// What a compressed message inflates to, at most `limit` bytes of it. It must be of this table.
    QByteArray inflated(const Message &message, qint64 limit) const
    {
        return m_contents.read(message.contentOffset, limit);
    }

    /// The messages that have begun and not ended, at most one a direction of each connection and at most
    /// MaxUnfinished, newest last. A copy: safe on any thread.
    std::vector<Message> unfinished() const;
    static constexpr int MaxUnfinished = 64;

    /// The lens that really cuts connection 0 ("lines" while auto decided so) and why; empty while it is open.
    Lens::Decision decision() const;

    /// How many records have been cut.
    qint64 recordsDone() const { return m_recordsDone.load(std::memory_order_acquire); }

    /// The first message whose last record is `record` or a later one; count() if there is none.
    qint64 firstEndingAtOrAfter(qint64 record) const;

    /// The message that holds `position`, which lies in `record`; -1 if none does (yet). Looks at no more than 100,000 rows.
    qint64 find(const Position &position, qint64 record) const;

    // For the indexer.
    [[nodiscard]] Result<void> append(const Message &message, std::optional<qint64> latency = {})
    {
        if (latency || m_rows.written() % RowsPerCheckpoint == 0) [[unlikely]] {
            if (auto noted = noteRow(latency); !noted) {
                return noted;
            }
        }
        m_highestRecord = std::max(m_highestRecord, message.lastRecord);
        return m_rows.append(message);
    }
    InflatedContents &contents() { return m_contents; }
    [[nodiscard]] Result<void> publish(qint64 recordsDone, std::vector<Message> unfinished, Lens::Decision decision);

private:
    static constexpr qint64 RowsPerCheckpoint = 64;

    Result<void> noteRow(std::optional<qint64> latency); ///< What stands beside the next one

    struct Latency
    {
        qint64 row = 0;
        qint64 nanoseconds = 0;
    };

    LensSpec m_lens;
    AppendTable<Message> m_rows;
    AppendTable<Latency> m_latencies; ///< Of the replies only, in the order of the rows
    InflatedContents m_contents;
    // A message that was cut off is numbered when that is known, which may be long after its last record. So that rows can
    // still be found by a binary search: the highest last record before row 64 * index.
    AppendTable<qint64> m_highest;
    qint64 m_highestRecord = -1;
    std::atomic<qint64> m_recordsDone = 0;
    mutable std::mutex m_mutex;
    std::vector<Message> m_unfinished;
    Lens::Decision m_decision;
};

} // namespace Sidewire
