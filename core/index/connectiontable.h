// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturereader.h"
#include "core/capture/connectioninfo.h"
#include "core/capture/sessioninfo.h"
#include "core/index/connectionrow.h"

#include <array>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace Sidewire {

/// What the messages of one connection add up to.
struct MessageCounts
{
    std::array<qint64, DirectionCount> messages{};
    qint64 violations = 0;
};

/// All connections of a log. One writer (the indexer), any number of readers, each of which waits for microseconds at most.
///
/// The writer counts without a lock and hands over what changed once a batch.
class ConnectionTable
{
public:
    // For readers; thread-safe.
    qint64 count() const;
    ConnectionInfo at(ConnectionId id) const; ///< A default one if there is none
    ConnectionInfo totals() const; ///< Counters of all; the rest is that of the newest connection
    qint64 dropped(QByteArrayView where) const;
    SessionInfo session() const;

    /// What changed after `generation` (0: everything), at most `limit` rows, so that the lock is held for an instant.
    ConnectionChanges changedSince(quint64 generation, qsizetype limit) const;

    // For the writer.

    /// Counts a record and gives the one before it in its direction, -1 for the first. Nothing when it belongs to no
    /// connection that was opened.
    std::optional<qint64> addRecord(const CaptureRecord &record)
    {
        const quint32 number = toNumber(record.connection);
        if (number >= m_flows.size()) {
            return {};
        }
        Flow &flow = m_flows[number];
        const std::size_t direction = indexOf(record.direction);
        const qint64 previous = flow.lastRecord[direction];
        flow.lastRecord[direction] = m_records++;
        flow.bytes[direction] += record.length;
        ++flow.records[direction];
        flow.lastTimes[direction] = record.time;
        if (!flow.isDirty) {
            flow.isDirty = true;
            m_dirty.push_back(number);
        }
        return previous;
    }

    /// Keeps the event until publish(), so that nobody sees a connection end before its last records.
    void addEvent(const Event &event);

    void setMessages(ConnectionId id, const MessageCounts &counts);
    void clearMessages(); ///< Before the counts of another lens are set

    void publish();

    /// What a lens must know, without a lock: for the writing thread only, after publish().
    const ConnectionInfo &writtenAt(ConnectionId id) const { return m_infos[toNumber(id)]; }
    std::size_t writtenCount() const { return m_infos.size(); }

private:
    struct Flow
    {
        std::array<qint64, DirectionCount> lastRecord{-1, -1};
        std::array<qint64, DirectionCount> bytes{};
        std::array<qint64, DirectionCount> records{};
        std::array<qint64, DirectionCount> lastTimes{};
        bool isDirty = false;
    };

    void apply(const Event &event);
    void publishFlow(quint32 number);
    void touch(quint32 number); ///< Under the lock

    // Of the writer alone
    std::vector<Flow> m_flows;
    std::vector<quint32> m_dirty;
    std::vector<Event> m_events;
    qint64 m_records = 0;

    mutable std::mutex m_mutex;
    std::deque<ConnectionInfo> m_infos; ///< Changed by the writer under the lock
    std::map<quint64, quint32> m_changes; ///< Generation of the last change of each connection: its number
    std::deque<quint64> m_changedIn; ///< The same by number
    quint64 m_generation = 0;
    ConnectionInfo m_sums; ///< Counters only
    SessionInfo m_session;
    qint64 m_droppedByKernel = 0;
    qint64 m_droppedByCapture = 0;
};

} // namespace Sidewire
