// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagetable.h"

#include "core/base/partitionpoint.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxRowsToSearch = 100'000;

} // namespace

std::vector<Message> MessageTable::unfinished() const
{
    const std::lock_guard lock(m_mutex);
    return m_unfinished;
}

Lens::Decision MessageTable::decision() const
{
    const std::lock_guard lock(m_mutex);
    return m_decision;
}

qint64 MessageTable::firstEndingAtOrAfter(qint64 record) const
{
    const qint64 count = m_rows.count();
    if (count == 0) {
        return 0;
    }
    // The last stretch of rows before which all messages end earlier.
    const qint64 stretches = (count - 1) / RowsPerCheckpoint + 1;
    const qint64 low = partitionPoint(1, stretches, [&](qint64 index) { return m_highest.at(index) < record; }) - 1;
    const qint64 end = std::min(count, (low + 1) * RowsPerCheckpoint);
    for (qint64 row = low * RowsPerCheckpoint; row < end; ++row) {
        if (m_rows.at(row).lastRecord >= record) {
            return row;
        }
    }
    return end;
}

qint64 MessageTable::find(const Position &position, qint64 record) const
{
    const qint64 first = firstEndingAtOrAfter(record);
    const qint64 end = std::min(m_rows.count(), first + MaxRowsToSearch);
    // A control frame between the fragments of a message ends before the message does, so it is found first.
    for (qint64 row = first; row < end; ++row) {
        const Message &message = m_rows.at(row);
        if (message.connection == position.connection && message.direction == position.direction
            && message.firstRecord <= record && message.span().contains(position.offset)) {
            return row;
        }
    }
    return -1;
}

std::optional<qint64> MessageTable::latency(qint64 row) const
{
    const qint64 count = m_latencies.count();
    const qint64 found = partitionPoint(0, count, [&](qint64 index) { return m_latencies.at(index).row < row; });
    const bool isTimed = found < count && m_latencies.at(found).row == row;
    return isTimed ? std::optional(m_latencies.at(found).nanoseconds) : std::nullopt;
}

qint64 MessageTable::newestReply() const
{
    const qint64 count = m_latencies.count();
    return count == 0 ? -1 : m_latencies.at(count - 1).row;
}

Result<void> MessageTable::noteRow(std::optional<qint64> latency)
{
    const qint64 row = m_rows.written();
    if (latency) {
        if (auto added = m_latencies.append({row, *latency}); !added) {
            return added;
        }
    }
    if (row % RowsPerCheckpoint == 0 && row / RowsPerCheckpoint == m_highest.written()) {
        return m_highest.append(m_highestRecord);
    }
    return {};
}

Result<void> MessageTable::publish(qint64 recordsDone, std::vector<Message> unfinished, Lens::Decision decision)
{
    {
        const std::lock_guard lock(m_mutex);
        m_unfinished = std::move(unfinished);
        m_decision = std::move(decision);
    }
    auto published = m_contents.publish();
    published = published ? m_latencies.publish() : published;
    published = published ? m_highest.publish() : published;
    published = published ? m_rows.publish() : published;
    if (published) {
        m_recordsDone.store(recordsDone, std::memory_order_release);
    }
    return published;
}

} // namespace Sidewire
