// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "mergedmessages.h"

#include "core/base/backgroundpool.h"
#include "core/base/partitionpoint.h"

#include <QThreadPool>

#include <algorithm>
#include <limits>

namespace Sidewire {

namespace {

constexpr int BatchRows = 64 * 1024; // Some milliseconds

} // namespace

MergedMessages::MergedMessages(std::vector<Source> sources, std::function<void()> changed)
    : m_sources(std::move(sources))
    , m_changed(std::move(changed))
    , m_taken(m_sources.size(), 0)
{}

const Message &MergedMessages::messageAt(qint64 row) const
{
    const Row &merged = at(row);
    return m_sources[merged.source].table->at(merged.number);
}

qint64 MergedMessages::rowAtOrAfter(qint64 time) const
{
    return partitionPoint(0, count(), [&](qint64 row) { return at(row).time < time; });
}

qint64 MergedMessages::rowOf(quint32 source, qint64 number) const
{
    const MessageTable &table = *m_sources[source].table;
    if (number < 0 || number >= table.count()) {
        return count();
    }
    // Its time is at most that of its row, which is later only for one that was numbered late: those are few.
    for (qint64 row = rowAtOrAfter(table.at(number).time); row < count(); ++row) {
        if (at(row).source == source && at(row).number >= number) {
            return row;
        }
    }
    return count();
}

void MergedMessages::update(qint64 now)
{
    m_now.store(now);
    m_isDue = true;
    if (m_hasFailed || m_isWorking.exchange(true)) {
        return;
    }
    backgroundPool().start([weak = weak_from_this()] {
        bool isMore = true;
        while (isMore) {
            const std::shared_ptr<MergedMessages> self = weak.lock();
            isMore = self && self->step();
        }
    });
}

QString MergedMessages::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

bool MergedMessages::step()
{
    m_isDue = false;
    const Result<bool> isMore = merge();
    if (!isMore) {
        const std::lock_guard lock(m_mutex);
        m_error = isMore.error().detail;
        m_hasFailed = true;
    }
    if (m_changed) {
        m_changed();
    }
    if (!isMore) {
        return false;
    }
    if (*isMore) {
        return true;
    }
    // An update() that came meanwhile had no effect: looked for again.
    m_isWorking = false;
    return m_isDue && !m_isWorking.exchange(true);
}

Result<bool> MergedMessages::merge()
{
    std::vector<MergeHead> heads;
    for (std::size_t source = 0; source < m_sources.size(); ++source) {
        heads.push_back(headOf(source));
    }
    int merged = 0;
    for (; merged < BatchRows; ++merged) {
        const int first = firstInTime(heads);
        if (first < 0) {
            break;
        }
        const auto source = static_cast<std::size_t>(first);
        m_lastTime = std::max(m_lastTime, heads[source].time);
        const Row row{m_taken[source], m_lastTime, static_cast<quint32>(first), 0};
        if (auto appended = m_rows.append(row); !appended) {
            return appended.error();
        }
        ++m_taken[source];
        heads[source] = headOf(source);
    }
    if (auto published = m_rows.publish(); !published) {
        return published.error();
    }
    const bool isLeft = std::ranges::any_of(heads, &MergeHead::hasMessage);
    m_isWaiting.store(isLeft && merged < BatchRows, std::memory_order_release);
    return merged == BatchRows;
}

MergeHead MergedMessages::headOf(std::size_t source) const
{
    // The horizon before the count: what is counted after it was looked at is all that lies before it.
    const Source &its = m_sources[source];
    if (m_taken[source] < its.table->count()) {
        return {true, its.table->at(m_taken[source]).time, 0};
    }
    const qint64 horizon = horizonOf(its);
    return m_taken[source] < its.table->count() ? MergeHead{true, its.table->at(m_taken[source]).time, 0}
                                                : MergeHead{false, 0, horizon};
}

qint64 MergedMessages::horizonOf(const Source &source) const
{
    const SessionLog::Progress progress = source.log->progress();
    if (progress.isComplete && progress.isCaughtUp) {
        return std::numeric_limits<qint64>::max();
    }
    const qint64 done = source.table->recordsDone();
    const qint64 lastRecord = done > 0 ? source.log->records().at(done - 1).time : 0;
    return progress.isCaughtUp ? std::max(lastRecord, m_now.load() - Grace) : lastRecord;
}

} // namespace Sidewire
