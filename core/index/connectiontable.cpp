// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectiontable.h"

#include <algorithm>
#include <iterator>

namespace Sidewire {

qint64 ConnectionTable::count() const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<qint64>(m_infos.size());
}

ConnectionInfo ConnectionTable::at(ConnectionId id) const
{
    const std::lock_guard lock(m_mutex);
    return toNumber(id) < m_infos.size() ? m_infos[toNumber(id)] : ConnectionInfo{};
}

ConnectionInfo ConnectionTable::totals() const
{
    const std::lock_guard lock(m_mutex);
    ConnectionInfo totals = m_infos.empty() ? ConnectionInfo{} : m_infos.back();
    totals.bytes = m_sums.bytes;
    totals.records = m_sums.records;
    totals.lastTimes = m_sums.lastTimes;
    totals.messages = m_sums.messages;
    totals.violations = m_sums.violations;
    totals.discarded = m_sums.discarded;
    return totals;
}

qint64 ConnectionTable::dropped(QByteArrayView where) const
{
    const std::lock_guard lock(m_mutex);
    return where == "kernel" ? m_droppedByKernel : where == "capture" ? m_droppedByCapture : 0;
}

SessionInfo ConnectionTable::session() const
{
    const std::lock_guard lock(m_mutex);
    return m_session;
}

ConnectionChanges ConnectionTable::changedSince(quint64 generation, qsizetype limit) const
{
    ConnectionChanges changes;
    changes.generation = generation;
    const std::lock_guard lock(m_mutex);
    auto change = m_changes.upper_bound(generation);
    for (; change != m_changes.end() && std::ssize(changes.rows) < limit; ++change) {
        changes.rows.emplace_back(m_infos[change->second]);
        changes.generation = change->first;
    }
    changes.hasMore = change != m_changes.end();
    return changes;
}

void ConnectionTable::touch(quint32 number)
{
    quint64 &changedIn = m_changedIn[number];
    auto node = m_changes.extract(changedIn);
    changedIn = ++m_generation;
    if (node.empty()) {
        m_changes.emplace_hint(m_changes.end(), changedIn, number);
        return;
    }
    node.key() = changedIn;
    m_changes.insert(m_changes.end(), std::move(node));
}

void ConnectionTable::addEvent(const Event &event)
{
    if (event.type == EventType::Opened && event.connection && toNumber(*event.connection) == m_flows.size()) {
        m_flows.emplace_back();
    }
    m_events.push_back(event);
}

void ConnectionTable::setMessages(ConnectionId id, const MessageCounts &counts)
{
    const std::lock_guard lock(m_mutex);
    ConnectionInfo &info = m_infos[toNumber(id)];
    for (std::size_t direction = 0; direction < DirectionCount; ++direction) {
        m_sums.messages[direction] += counts.messages[direction] - info.messages[direction];
    }
    m_sums.violations += counts.violations - info.violations;
    info.messages = counts.messages;
    info.violations = counts.violations;
    touch(toNumber(id));
}

void ConnectionTable::clearMessages()
{
    for (std::size_t number = 0; number < m_infos.size(); ++number) {
        setMessages(ConnectionId(number), {});
    }
}

void ConnectionTable::publish()
{
    // A lock for each step: a reader in between never waits for the whole batch.
    for (const Event &event : m_events) {
        apply(event);
    }
    m_events.clear();
    for (const quint32 number : m_dirty) {
        publishFlow(number);
    }
    m_dirty.clear();
}

void ConnectionTable::apply(const Event &event)
{
    const std::lock_guard lock(m_mutex);
    if (event.type == EventType::Dropped) {
        const auto count = std::max<qint64>(0, event.data.value(QLatin1String("count")).toInteger());
        const bool isByKernel = event.data.value(QLatin1String("where")).toString() == QLatin1String("kernel");
        (isByKernel ? m_droppedByKernel : m_droppedByCapture) += count;
    }
    m_session.apply(event);
    if (!event.connection) {
        return;
    }
    const quint32 number = toNumber(*event.connection);
    if (event.type == EventType::Opened && number == m_infos.size()) {
        m_infos.emplace_back().id = *event.connection;
        m_changedIn.push_back(0);
    }
    if (number < m_infos.size()) {
        ConnectionInfo &info = m_infos[number];
        const qint64 discarded = info.discarded;
        info.apply(event);
        m_sums.discarded += info.discarded - discarded;
        touch(number);
    }
}

void ConnectionTable::publishFlow(quint32 number)
{
    Flow &flow = m_flows[number];
    flow.isDirty = false;
    const std::lock_guard lock(m_mutex);
    ConnectionInfo &info = m_infos[number];
    for (std::size_t direction = 0; direction < DirectionCount; ++direction) {
        m_sums.bytes[direction] += flow.bytes[direction] - info.bytes[direction];
        m_sums.records[direction] += flow.records[direction] - info.records[direction];
        m_sums.lastTimes[direction] = std::max(m_sums.lastTimes[direction], flow.lastTimes[direction]);
    }
    info.bytes = flow.bytes;
    info.records = flow.records;
    info.lastTimes = flow.lastTimes;
    touch(number);
}

} // namespace Sidewire
