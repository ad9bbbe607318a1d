// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "rowsubset.h"

#include "core/base/partitionpoint.h"

#include <QElapsedTimer>
#include <QThreadPool>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 BatchNanoseconds = 10'000'000;
constexpr int Workers = 2;

/// Not the global ones: an export or a copy never waits until a long log was looked through.
QThreadPool &workers()
{
    static QThreadPool pool;
    static const bool isReady = [] {
        pool.setMaxThreadCount(Workers);
        return true;
    }();
    Q_UNUSED(isReady);
    return pool;
}

} // namespace

qint64 RowSubset::lowerBound(qint64 row) const
{
    return partitionPoint(0, count(), [&](qint64 index) { return m_rows.at(index) < row; });
}

void RowSubset::update()
{
    if (isUpToDate() || m_hasFailed || m_isWorking.exchange(true)) {
        return;
    }
    start();
}

void RowSubset::start()
{
    // A task for each batch, so that several logs take turns.
    workers().start([weak = weak_from_this()] {
        if (const std::shared_ptr<RowSubset> self = weak.lock(); self && self->step()) {
            self->start();
        }
    });
}

QString RowSubset::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

bool RowSubset::step()
{
    if (const Result<void> looked = m_other ? take() : look(sourceCount()); !looked) {
        const std::lock_guard lock(m_mutex);
        m_error = looked.error().detail;
        m_hasFailed = true;
    }
    m_log->ringDoorbell();
    if (m_hasFailed) {
        return false;
    }
    if (!isUpToDate()) {
        return true;
    }
    // Rows that came just before this had no effect on update(): looked for again.
    m_isWorking = false;
    return !isUpToDate() && !m_isWorking.exchange(true);
}

void RowSubset::takeOver(std::shared_ptr<const RowSubset> other, qint64 end)
{
    m_otherEnd = std::min(end, other->examined());
    m_other = std::move(other);
}

/// Some of the rows that are taken over.
Result<void> RowSubset::take()
{
    constexpr qint64 RowsAtOnce = 256 * 1024;
    const qint64 count = m_other->lowerBound(m_otherEnd);
    const qint64 end = std::min(count, m_rows.written() + RowsAtOnce);
    while (m_rows.written() < end) {
        if (auto added = append(m_other->at(m_rows.written())); !added) {
            return added;
        }
    }
    const bool isAll = end == count;
    publishUpTo(isAll ? m_otherEnd : m_other->at(end));
    if (isAll) {
        m_other.reset();
    }
    return {};
}

Result<void> RowSubset::append(qint64 row)
{
    const Result<void> added = add(row);
    return added ? m_rows.append(row) : added;
}

void RowSubset::publishUpTo(qint64 row)
{
    publish();
    m_rows.publish();
    m_examined.store(row, std::memory_order_release);
}

Result<void> RowSubset::look(qint64 end)
{
    QElapsedTimer timer;
    timer.start();
    qint64 row = examined();
    const qint64 stride = rowsAtOnce();
    do {
        for (const qint64 stop = std::min(end, row + stride); row < stop; ++row) {
            if (!accepts(row)) {
                continue;
            }
            if (auto added = append(row); !added) {
                return added;
            }
        }
    } while (row < end && timer.nsecsElapsed() < BatchNanoseconds);
    publishUpTo(row);
    return {};
}

MessageSubset::MessageSubset(std::shared_ptr<const SessionLog> log, std::shared_ptr<const MessageTable> table,
                             MessageChoice choice, MatchCounts counted)
    : RowSubset(std::move(log))
    , m_table(std::move(table))
    , m_choice(std::move(choice))
    , m_subject(RowSubset::log(), m_table)
    , m_counts(std::move(counted))
    , m_published(m_counts)
{}

bool MessageSubset::accepts(qint64 row) const
{
    const Message &message = m_table->at(row);
    const bool isWanted = m_choice.connections.accepts(message.connection);
    const bool isCounted = row < m_counts.examined;
    if (isCounted && !isWanted) {
        return false;
    }
    m_subject.set(message, row);
    const bool isMatch = m_choice.expression.matches(m_subject);
    if (!isCounted) {
        m_counts.examined = row + 1;
        if (isMatch) {
            m_counts.add(message.connection);
        }
    }
    return isMatch && isWanted;
}

std::shared_ptr<MessageSubset> MessageSubset::renewed(std::shared_ptr<const MessageSubset> other, qint64 changed)
{
    auto subset = std::make_shared<MessageSubset>(other->sharedLog(), other->m_table, other->m_choice);
    // Where not all connections are wanted, the rows do not tell how many the expression lets through.
    if (other->m_choice.connections.isAll()) {
        subset->takeOver(std::move(other), changed);
    }
    return subset;
}

Result<void> MessageSubset::add(qint64 row)
{
    if (row >= m_counts.examined) { // Taken over: nobody asked accepts()
        m_counts.examined = row + 1;
        m_counts.add(m_table->at(row).connection);
    }
    return {};
}

void MessageSubset::publish()
{
    const std::lock_guard lock(m_countsMutex);
    m_published = m_counts;
}

qint64 MessageSubset::rowsAtOnce() const
{
    return m_choice.expression.needsContent() ? 1 : RowSubset::rowsAtOnce();
}

MatchCounts MessageSubset::matches() const
{
    const std::lock_guard lock(m_countsMutex);
    return m_published;
}

RecordSubset::RecordSubset(std::shared_ptr<const SessionLog> log, Filter filter)
    : RowSubset(std::move(log))
    , m_filter(std::move(filter))
    , m_layout(RowSubset::log().records(), &rows())
{}

} // namespace Sidewire
