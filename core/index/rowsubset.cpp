// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "rowsubset.h"

#include "core/base/partitionpoint.h"
#include "core/base/workerpool.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

constexpr qint64 BatchNanoseconds = 10'000'000;
constexpr int Workers = 2;

DerivingPool &workers()
{
    static DerivingPool pool("filter", "filter-idle", Workers);
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
    workers().start(m_log->file()->isGrowing(), [weak = weak_from_this()] {
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
        if (auto added = m_rows.append(m_other->at(m_rows.written())); !added) {
            return added;
        }
    }
    const bool isAll = end == count;
    if (isAll) {
        takenOver(*m_other, m_otherEnd);
    }
    auto shown = publishUpTo(isAll ? m_otherEnd : m_other->at(end));
    if (shown && isAll) {
        m_other.reset();
    }
    return shown;
}

Result<void> RowSubset::publishUpTo(qint64 row)
{
    auto shown = publish();
    shown = shown ? m_rows.publish() : shown;
    if (shown) {
        published();
        m_examined.store(row, std::memory_order_release);
    }
    return shown;
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
            if (auto added = add(row); !added) {
                return added;
            }
            if (auto added = m_rows.append(row); !added) {
                return added;
            }
        }
    } while (row < end && timer.nsecsElapsed() < BatchNanoseconds);
    return publishUpTo(row);
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
    // The rows have to tell how many the expression lets through. They do not where not all connections are wanted, nor
    // where more was counted before than has been looked at.
    const bool isCountOfRows = other->m_choice.connections.isAll() && other->matches().examined <= other->examined();
    if (isCountOfRows) {
        subset->takeOver(std::move(other), changed);
    }
    return subset;
}

/// Counts what the other one counted, less what it let through from `end` on: those rows are asked again.
void MessageSubset::takenOver(const RowSubset &other, qint64 end)
{
    m_counts = static_cast<const MessageSubset &>(other).matches();
    for (qint64 index = other.lowerBound(end); index < other.count() && other.at(index) < m_counts.examined; ++index) {
        m_counts.remove(m_table->at(other.at(index)).connection);
    }
    m_counts.examined = end;
}

/// Not before the rows can be seen, so that takenOver() finds all that was counted.
void MessageSubset::published()
{
    MatchCounts counts = m_counts; // Copied without the lock, which the window takes too
    const std::lock_guard lock(m_countsMutex);
    std::swap(m_published, counts);
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
