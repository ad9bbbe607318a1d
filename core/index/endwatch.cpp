// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "endwatch.h"

#include "core/index/logsubject.h"

#include <algorithm>
#include <unordered_set>

namespace Sidewire {

namespace {

constexpr qint64 MaxEventsBack = 100'000; // Behind them asking all messages again is no loss

} // namespace

std::optional<qint64> EndWatch::firstChanged(const MessageTable &table)
{
    const auto &events = m_log->events();
    std::unordered_set<quint32> ended;
    for (const qint64 count = events.count(); m_seenEvents < count; ++m_seenEvents) {
        const EventRow &event = events.at(m_seenEvents);
        if (event.type == EventType::Closed && event.connection != EventRow::NoConnection
            && LogSubject::isWithoutClose(m_log->connection(ConnectionId{event.connection}))) {
            ended.insert(event.connection);
        }
    }
    if (ended.empty()) {
        return std::nullopt;
    }
    qint64 record = 0; // Before the first record of all of them
    const qint64 last = std::max<qint64>(0, m_seenEvents - MaxEventsBack);
    for (qint64 row = m_seenEvents - 1; row >= last && !ended.empty(); --row) {
        const EventRow &event = events.at(row);
        if (event.type == EventType::Opened && ended.erase(event.connection) > 0) {
            record = event.recordsBefore;
        }
    }
    return ended.empty() ? table.firstEndingAtOrAfter(record) : 0;
}

} // namespace Sidewire
