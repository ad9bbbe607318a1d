// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/index/appendtable.h"
#include "core/index/sessionlog.h"
#include "core/search/searchhit.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace Sidewire {

/// A search through a table that grows, a bounded step at a time on workers: a table of hits in their order, that grows too.
///
/// It does nothing by itself: whoever shows it calls update() when the log has something new. Each step rings the log's
/// doorbell. Readers are on any thread; update() is for one. It ends within a step when it is cancelled or nobody holds it.
class SearchTask : public std::enable_shared_from_this<SearchTask>
{
    Q_DISABLE_COPY_MOVE(SearchTask)

public:
    virtual ~SearchTask() = default;

    const AppendTable<SearchHit> &hits() const { return m_hits; }

    /// The first hit whose key is `key` or a later one; the count if there is none (yet).
    qint64 lowerBound(const SearchHit::Key &key) const;

    void update();
    void cancel() { m_isCancelled = true; }
    bool isCancelled() const { return m_isCancelled; }

    virtual bool isUpToDate() const = 0;
    bool isWorking() const { return m_workers > 0; }
    QString error() const; ///< A disk that is full or broken ended it; empty when all is well

protected:
    explicit SearchTask(std::shared_ptr<const SessionLog> log)
        : m_log(std::move(log))
    {}

    const SessionLog &log() const { return *m_log; }

    /// For wantedWorkers(): as many as there are cores, but one where so few bytes of the file are left.
    static int workersFor(qint64 bytes);

    // On the workers:
    virtual int wantedWorkers() const { return 1; } ///< Also on the thread of update()
    virtual Result<bool> step() = 0; ///< False when there is nothing more for this worker
    Result<void> add(const SearchHit &hit) { return m_hits.append(hit); } ///< One worker at a time
    [[nodiscard]] Result<void> publish() { return m_hits.publish(); }

private:
    bool isOver() const { return m_isCancelled || m_hasFailed; }
    void start(); ///< One step, on a worker
    bool work(); ///< One step; false when this worker has no more to do

    std::shared_ptr<const SessionLog> m_log;
    AppendTable<SearchHit> m_hits;
    std::atomic<int> m_workers = 0;
    std::atomic<bool> m_isCancelled = false;
    std::atomic<bool> m_hasFailed = false;
    mutable std::mutex m_mutex;
    QString m_error;
};

} // namespace Sidewire
