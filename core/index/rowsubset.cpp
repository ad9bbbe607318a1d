// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "rowsubset.h"

#include <QThreadPool>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 BatchRows = 256 * 1024; // Some milliseconds

} // namespace

qint64 RowSubset::lowerBound(qint64 row) const
{
    qint64 low = 0;
    qint64 high = count();
    while (low < high) {
        const qint64 middle = low + (high - low) / 2;
        if (m_rows.at(middle) < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void RowSubset::update()
{
    if (isUpToDate() || m_hasFailed || m_isWorking.exchange(true)) {
        return;
    }
    QThreadPool::globalInstance()->start([weak = weak_from_this()] {
        bool isMore = true;
        while (isMore) {
            const std::shared_ptr<RowSubset> self = weak.lock();
            isMore = self && self->step();
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
    if (const Result<void> looked = look(std::min(sourceCount(), examined() + BatchRows)); !looked) {
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

Result<void> RowSubset::look(qint64 end)
{
    for (qint64 row = examined(); row < end; ++row) {
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
    publish();
    m_rows.publish();
    m_examined.store(end, std::memory_order_release);
    return {};
}

MessageSubset::MessageSubset(std::shared_ptr<const SessionLog> log, std::shared_ptr<const MessageTable> table,
                             Filter filter)
    : RowSubset(std::move(log))
    , m_table(std::move(table))
    , m_filter(std::move(filter))
{}

RecordSubset::RecordSubset(std::shared_ptr<const SessionLog> log, Filter filter)
    : RowSubset(std::move(log))
    , m_filter(std::move(filter))
    , m_layout(RowSubset::log().records(), &rows())
{}

} // namespace Sidewire
