// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/appendtable.h"
#include "core/index/mergehead.h"
#include "core/index/messagetable.h"
#include "core/index/sessionlog.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace Sidewire {

/// The messages of several logs on one time axis: a table of (log, number of the message) that grows as they do.
///
/// Filled on a worker, a batch at a time. A row never moves once it is there, so a message waits until no other log can
/// give an earlier one: until that was read to the end, and for a running session a moment more, in which what was stamped
/// earlier gets into its log. A message that is numbered late (it was cut off, say) comes where it was numbered.
/// Readers are on any thread; update() is for one.
class MergedMessages : public std::enable_shared_from_this<MergedMessages>
{
public:
    struct Source
    {
        std::shared_ptr<const SessionLog> log;
        std::shared_ptr<const MessageTable> table;
    };

    struct Row
    {
        qint64 number = 0; ///< Of the message in its table
        qint64 time = 0; ///< Never less than that of the row before
        quint32 source = 0;
        quint32 reserved = 0;
    };

    /// How long a message waits for a running session that has nothing to show.
    static constexpr qint64 Grace = 100'000'000; // ns

    /// `changed` is called on a worker after each batch.
    explicit MergedMessages(std::vector<Source> sources, std::function<void()> changed = {});
    Q_DISABLE_COPY_MOVE(MergedMessages)

    const std::vector<Source> &sources() const { return m_sources; }

    qint64 count() const { return m_rows.count(); }
    const Row &at(qint64 row) const { return m_rows.at(row); }
    const Message &messageAt(qint64 row) const;

    qint64 rowAtOrAfter(qint64 time) const; ///< count() if there is none (yet)

    /// The row of a message; where it would be when it is not there (yet).
    qint64 rowOf(quint32 source, qint64 number) const;

    /// Takes over what has come, in the background. `now` is the time of the clock that stamps records.
    void update(qint64 now);

    /// Messages are there that wait for the time to pass: update() has to be called again after Grace.
    bool isWaiting() const { return m_isWaiting.load(std::memory_order_acquire); }

    QString error() const; ///< A disk that is full or broken ended it; empty when all is well

private:
    bool step(); ///< One batch; false when there is no more to do now
    Result<bool> merge(); ///< Whether the batch was full
    MergeHead headOf(std::size_t source) const;
    qint64 horizonOf(const Source &source) const;

    std::vector<Source> m_sources;
    std::function<void()> m_changed;
    AppendTable<Row> m_rows;
    std::vector<qint64> m_taken; ///< Messages, of each source; of the worker
    qint64 m_lastTime = 0;
    std::atomic<qint64> m_now = 0;
    std::atomic<bool> m_isWorking = false;
    std::atomic<bool> m_isDue = false; ///< update() was called while the worker was at it
    std::atomic<bool> m_isWaiting = false;
    std::atomic<bool> m_hasFailed = false;
    mutable std::mutex m_mutex;
    QString m_error;
};
static_assert(sizeof(MergedMessages::Row) == 24);

} // namespace Sidewire
