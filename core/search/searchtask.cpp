// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "searchtask.h"

#include "core/index/platform.h"

#include <QThreadPool>

#include <algorithm>

namespace Sidewire {

namespace {

/// Threads of their own, so that a long search keeps no export, copy or filter waiting.
QThreadPool &searchPool()
{
    static QThreadPool pool;
    return pool;
}

} // namespace

qint64 SearchTask::lowerBound(const SearchHit::Key &key) const
{
    qint64 low = 0;
    qint64 high = m_hits.count();
    while (low < high) {
        const qint64 middle = low + (high - low) / 2;
        if (m_hits.at(middle).key() < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void SearchTask::update()
{
    if (isOver() || isUpToDate()) {
        return;
    }
    const int wanted = std::min(wantedWorkers(), searchPool().maxThreadCount());
    while (m_workers < wanted) {
        ++m_workers;
        searchPool().start([weak = weak_from_this()] {
            Platform::lowerThreadPriority();
            bool isMore = true;
            while (isMore) {
                const std::shared_ptr<SearchTask> self = weak.lock();
                isMore = self && self->work();
            }
        });
    }
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
