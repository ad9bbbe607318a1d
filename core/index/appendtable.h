// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/index/chunkfile.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace Sidewire {

/// A table that only grows: fixed-size rows in chunks of an unlinked file that are preallocated and then mapped, so that
/// memory does not grow with the log and a full disk is an Error, not a SIGBUS.
///
/// One writer appends and publishes; any number of readers see the rows below count(), which never change. Rows wait in a
/// buffer of at most 64 KiB and are then written to the file: that costs half of what it does to touch new pages.
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
        return *reinterpret_cast<const T *>(m_file.at(row, sizeof(T)));
    }

    /// How many rows from `row` on lie side by side in memory, published or not.
    static qint64 runFrom(qint64 row) { return ChunkFile::rowsFrom(row, sizeof(T)); }

    // For the writer.

    /// Appends without publishing. Fails when the disk is full; nothing is appended then.
    [[nodiscard]] Result<void> append(const T &row)
    {
        if (auto room = makeRoom(); !room) {
            return room;
        }
        m_rows[m_waiting++] = row;
        return {};
    }

    /// The same, made in its place: no copy for each of millions.
    template<typename... Members>
    [[nodiscard]] Result<void> emplace(const Members &...members)
    {
        if (auto room = makeRoom(); !room) {
            return room;
        }
        new (&m_rows[m_waiting]) T{members...};
        ++m_waiting;
        return {};
    }

    /// Many rows. When it fails some of them may have been appended.
    [[nodiscard]] Result<void> append(std::span<const T> rows)
    {
        while (!rows.empty()) {
            if (auto room = makeRoom(); !room) {
                return room;
            }
            const std::size_t run = std::min(rows.size(), RowsAtOnce - m_waiting);
            std::memcpy(&m_rows[m_waiting], rows.data(), run * sizeof(T));
            m_waiting += run;
            rows = rows.subspan(run);
        }
        return {};
    }

    qint64 written() const { return m_stretch + static_cast<qint64>(m_waiting); }

    /// Shows all rows to readers, or none of the new ones when the disk fails.
    [[nodiscard]] Result<void> publish()
    {
        if (auto stored = store(); !stored) {
            return stored;
        }
        m_published.store(written(), std::memory_order_release);
        return {};
    }

private:
    /// All chunks hold a multiple of it.
    static constexpr std::size_t RowsAtOnce = ChunkFile::rowsInFirstChunk(sizeof(T));

    Result<void> makeRoom() { return m_rows && m_waiting < RowsAtOnce ? Result<void>() : beginStretch(); }

    /// Makes room for one more row, in the file and in the buffer.
    Result<void> beginStretch()
    {
        if (auto stored = store(); !stored) {
            return stored;
        }
        if (auto reserved = m_file.reserve(written(), sizeof(T)); !reserved) {
            return reserved;
        }
        if (!m_rows) {
            m_rows = std::make_unique_for_overwrite<T[]>(RowsAtOnce);
        }
        m_stretch += static_cast<qint64>(m_waiting);
        m_waiting = 0;
        m_stored = 0;
        return {};
    }

    Result<void> store()
    {
        if (m_stored < m_waiting) {
            auto written = m_file.write(m_stretch + static_cast<qint64>(m_stored), sizeof(T), &m_rows[m_stored],
                                        static_cast<qint64>(m_waiting - m_stored));
            if (!written) {
                return written;
            }
            m_stored = m_waiting;
        }
        return {};
    }

    ChunkFile m_file;
    std::unique_ptr<T[]> m_rows; ///< RowsAtOnce of them, from row m_stretch on
    qint64 m_stretch = 0;
    std::size_t m_waiting = 0; ///< How many are there; published ones too, until the buffer is full
    std::size_t m_stored = 0; ///< How many of them are in the file
    std::atomic<qint64> m_published = 0;
};

} // namespace Sidewire
