// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "searchtask.h"

#include "core/base/partitionpoint.h"
#include "core/base/workerpool.h"

#include <algorithm>

namespace Sidewire {

namespace {

DerivingPool &workers()
{
    static DerivingPool pool("search", "search-idle");
    return pool;
}

} // namespace

qint64 SearchTask::lowerBound(const SearchHit::Key &key) const
{
    return partitionPoint(0, m_hits.count(), [&](qint64 hit) { return m_hits.at(hit).key() < key; });
}

void SearchTask::update()
{
    if (isOver() || isUpToDate()) {
        return;
    }
    const int wanted = std::min(wantedWorkers(), QThread::idealThreadCount());
    while (m_workers < wanted) {
        ++m_workers;
        start();
    }
}

/// A task for each step, so that several searches take turns.
void SearchTask::start()
{
    workers().start(m_log->file()->isGrowing(), [weak = weak_from_this()] {
        if (const std::shared_ptr<SearchTask> self = weak.lock(); self && self->work()) {
            self->start();
        }
    });
}

int SearchTask::workersFor(qint64 bytes)
{
    constexpr qint64 WorthTwo = 8 * 1024 * 1024;
    return bytes > WorthTwo ? QThread::idealThreadCount() : 1;
}

QString SearchTask::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

bool SearchTask::work()
{
    Result<bool> isMore = isOver() ? Result<bool>(false) : step();
    if (!isMore) {
        const std::lock_guard lock(m_mutex);
        m_error = isMore.error().detail;
        m_hasFailed = true;
    }
    const bool goesOn = isMore && *isMore;
    if (!goesOn) {
        --m_workers;
    }
    m_log->ringDoorbell();
    if (goesOn || isOver() || isUpToDate()) {
        return goesOn;
    }
    // What came just before this had no effect on update(): looked for again, by the last one to go.
    int none = 0;
    return m_workers.compare_exchange_strong(none, 1);
}

} // namespace Sidewire
