// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/appendtable.h"
#include "core/index/logsubject.h"
#include "core/index/messagechoice.h"
#include "core/index/messagetable.h"
#include "core/index/recordlayout.h"
#include "core/index/sessionlog.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace Sidewire {

/// Of a table that only grows, the rows that a filter lets through: a table of row numbers, ascending, that grows too.
///
/// Filled on a worker, a batch of some milliseconds at a time; each batch rings the log's doorbell. It does nothing by
/// itself: whoever shows it calls update() when the log has something new. What was found stays, so any place in it is one step away however
/// long the log is. Readers are on any thread; update() is for one.
class RowSubset : public std::enable_shared_from_this<RowSubset>
{
    Q_DISABLE_COPY_MOVE(RowSubset)

public:
    virtual ~RowSubset() = default;

    qint64 count() const { return m_rows.count(); }
    qint64 at(qint64 index) const { return m_rows.at(index); } ///< The number of a row

    /// The first index whose row is `row` or a later one; count() if there is none (yet).
    qint64 lowerBound(qint64 row) const;

    /// How many rows of the table have been looked at: below that nothing will be added any more.
    qint64 examined() const { return m_examined.load(std::memory_order_acquire); }
    bool isUpToDate() const { return examined() >= sourceCount(); }

    /// Looks at what has come to the table, in the background, until that is done or nobody holds the subset any more.
    void update();

    /// A disk that is full or broken ended it; empty when all is well.
    QString error() const;

protected:
    explicit RowSubset(std::shared_ptr<const SessionLog> log)
        : m_log(std::move(log))
    {}

    /// Rows below `end` need not be asked: they are in here as they are in `other`, which has looked at them. Before update().
    void takeOver(std::shared_ptr<const RowSubset> other, qint64 end);

    const SessionLog &log() const { return *m_log; }
    std::shared_ptr<const SessionLog> sharedLog() const { return m_log; }
    const AppendTable<qint64> &rows() const { return m_rows; }

    virtual qint64 sourceCount() const = 0;
    // On the worker:
    virtual bool accepts(qint64 row) const = 0;
    virtual Result<void> add(qint64) { return {}; } ///< A row that was let through, not one that was taken over
    [[nodiscard]] virtual Result<void> publish() { return {}; } ///< Before its number can be seen
    virtual void published() {} ///< After that
    virtual void takenOver(const RowSubset &, qint64) {} ///< All rows of the other one below that one
    virtual qint64 rowsAtOnce() const { return 4096; } ///< That are looked at in less than a millisecond

private:
    void start(); ///< One batch, on a worker
    bool step(); ///< False when there is no more to do
    Result<void> take();
    Result<void> look(qint64 end);
    Result<void> publishUpTo(qint64 row);

    std::shared_ptr<const SessionLog> m_log;
    AppendTable<qint64> m_rows;
    std::shared_ptr<const RowSubset> m_other; ///< Until its rows are taken over
    qint64 m_otherEnd = 0;
    std::atomic<qint64> m_examined = 0;
    std::atomic<bool> m_isWorking = false;
    std::atomic<bool> m_hasFailed = false;
    mutable std::mutex m_mutex;
    QString m_error;
};

/// The messages that are wanted, and how many of each connection the expression lets through.
class MessageSubset final : public RowSubset
{
public:
    /// `counted` is what is known of the same expression in the same table: it is not counted again.
    MessageSubset(std::shared_ptr<const SessionLog> log, std::shared_ptr<const MessageTable> table,
                  MessageChoice choice, MatchCounts counted = {});

    /// What `other` would be if it looked again at the messages from `changed` on.
    static std::shared_ptr<MessageSubset> renewed(std::shared_ptr<const MessageSubset> other, qint64 changed);

    const MessageChoice &choice() const { return m_choice; }

    /// Of the expression alone, whichever connections are wanted. A copy; any thread.
    MatchCounts matches() const;

private:
    qint64 sourceCount() const override { return m_table->count(); }
    bool accepts(qint64 row) const override;
    void published() override;
    void takenOver(const RowSubset &other, qint64 end) override;
    qint64 rowsAtOnce() const override;

    std::shared_ptr<const MessageTable> m_table;
    const MessageChoice m_choice;
    mutable LogSubject m_subject; ///< Of the worker, like the next one
    mutable MatchCounts m_counts;
    mutable std::mutex m_countsMutex;
    MatchCounts m_published;
};

/// The records that a filter lets through, and where they stand in a byte view that shows no others.
class RecordSubset final : public RowSubset
{
public:
    using Filter = std::function<bool(const RecordRow &)>;
    RecordSubset(std::shared_ptr<const SessionLog> log, Filter filter);

    /// Its record numbers are places in the subset.
    const RecordLayout &layout() const { return m_layout; }

private:
    qint64 sourceCount() const override { return log().records().count(); }
    bool accepts(qint64 row) const override { return m_filter(log().records().at(row)); }
    Result<void> add(qint64 row) override { return m_layout.append(log().records().at(row).length); }
    Result<void> publish() override { return m_layout.publish(); }

    Filter m_filter;
    RecordLayout m_layout;
};

} // namespace Sidewire
