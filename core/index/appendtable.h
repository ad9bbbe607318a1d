// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/index/chunkfile.h"

#include <atomic>
#include <cstring>
#include <type_traits>
#include <utility>

namespace Sidewire {

/// A table that only grows: fixed-size rows in chunks of an unlinked file that are preallocated and then mapped, so that
/// memory does not grow with the log and a full disk is an Error, not a SIGBUS.
///
/// One writer appends and publishes; any number of readers see the rows below count(), which never change.
template<typename T>
class AppendTable
{
    static_assert(std::is_trivially_copyable_v<T>);

public:
    explicit AppendTable(NoRoomHandler noRoom = {})
        : m_file(std::move(noRoom))
    {}

    /// Rows that readers may see.
    qint64 count() const { return m_published.load(std::memory_order_acquire); }

    /// A row below count(). The reference stays valid as long as the table.
    const T &at(qint64 row) const
    {
        Q_ASSERT(row >= 0 && row < m_published.load(std::memory_order_relaxed));
        return *reinterpret_cast<const T *>(m_file.constAt(row, sizeof(T)));
    }

    // For the writer.

    /// Appends without publishing. Fails when the disk is full; nothing is appended then.
    [[nodiscard]] Result<void> append(const T &row)
    {
        auto place = m_file.place(m_written, sizeof(T));
        if (!place) {
            return place.error();
        }
        std::memcpy(*place, &row, sizeof(T));
        ++m_written;
        return {};
    }

    qint64 written() const { return m_written; }

    /// Any row that was appended, published or not.
    const T &writtenAt(qint64 row) const
    {
        Q_ASSERT(row >= 0 && row < m_written);
        return *reinterpret_cast<const T *>(m_file.constAt(row, sizeof(T)));
    }

    void publish() { m_published.store(m_written, std::memory_order_release); }

private:
    ChunkFile m_file;
    qint64 m_written = 0;
    std::atomic<qint64> m_published = 0;
};

} // namespace Sidewire
