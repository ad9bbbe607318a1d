// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QtGlobal>

#include <array>
#include <atomic>
#include <bit>
#include <functional>
#include <memory>
#include <vector>

namespace Sidewire {

/// Asked by a table that finds no room to grow, on the thread that writes it: true to try again, after some waiting, false
/// to make it an error.
using NoRoomHandler = std::function<bool(const Error &)>;

/// An unlinked file in the cache folder that grows in chunks: preallocated, then mapped for readers.
///
/// Chunks double from 64 KiB to 64 MiB and hold whole rows only, a power of two of them. So a small session costs
/// little, an empty file nothing, and a log of 100 million rows needs some hundred mappings. A place never moves once it
/// was given. All rows of one file have the same size.
class ChunkFile
{
public:
    explicit ChunkFile(NoRoomHandler noRoom = {});
    ~ChunkFile();
    Q_DISABLE_COPY_MOVE(ChunkFile)

    static constexpr qint64 rowsInFirstChunk(qsizetype size) { return qint64(1) << shiftOf(size); }

    /// Makes room for the chunk of row `index`: the last one, or the one behind it.
    Result<void> reserve(qint64 index, qsizetype size)
    {
        const std::size_t chunk = spotOf(index, size).chunk;
        return chunk < m_sizes.size() ? Result<void>() : grow(chunk, rowsIn(chunk, size) * size);
    }

    /// Writes rows of the last chunk. Through the file, not through the mapping: pages that nobody has touched are then
    /// neither faulted in nor filled with zeros first.
    Result<void> write(qint64 index, qsizetype size, const void *rows, qint64 count);

    /// The memory of a row that was written; safe on any thread once its count was published.
    const char *at(qint64 index, qsizetype size) const
    {
        const Spot spot = spotOf(index, size);
        return (*m_chunks)[spot.chunk].load(std::memory_order_relaxed) + spot.row * size;
    }

    /// How many rows from `index` on lie side by side in its chunk.
    static qint64 rowsFrom(qint64 index, qsizetype size)
    {
        const Spot spot = spotOf(index, size);
        return rowsIn(spot.chunk, size) - spot.row;
    }

private:
    static constexpr qint64 FirstChunkSize = 64 * 1024;
    static constexpr int Doublings = 10;
    static constexpr std::size_t MaxChunks = 4096;

    struct Spot
    {
        std::size_t chunk;
        qint64 row; ///< Within the chunk
    };

    /// Rows in the first chunk, as a power of two.
    static constexpr int shiftOf(qsizetype size)
    {
        return static_cast<int>(std::bit_width(static_cast<quint64>(FirstChunkSize / size))) - 1;
    }

    // The chunks end at 1, 2, 4 ... 1024 times the rows of the first one; from there on all are of the largest size.
    static constexpr Spot spotOf(qint64 index, qsizetype size)
    {
        const int shift = shiftOf(size);
        const quint64 row = static_cast<quint64>(index);
        const quint64 full = row >> (shift + Doublings);
        if (full != 0) {
            return {full + Doublings, static_cast<qint64>(row & ((quint64(1) << (shift + Doublings)) - 1))};
        }
        const auto chunk = static_cast<std::size_t>(std::bit_width(row >> shift));
        return {chunk, static_cast<qint64>(row - (chunk == 0 ? 0 : quint64(1) << (shift + chunk - 1)))};
    }

    static constexpr qint64 rowsIn(std::size_t chunk, qsizetype size)
    {
        const std::size_t doublings = chunk == 0 ? 0 : chunk - 1;
        return qint64(1) << (static_cast<std::size_t>(shiftOf(size)) + (doublings < Doublings ? doublings : Doublings));
    }

    Result<void> grow(std::size_t chunk, qint64 bytes);
    Result<char *> map(qint64 bytes);

    NoRoomHandler m_noRoom;
    int m_descriptor = -1;
    qint64 m_fileSize = 0;
    std::vector<qint64> m_sizes; ///< Of the chunks, as mapped
    std::unique_ptr<std::array<std::atomic<char *>, MaxChunks>> m_chunks;
};

} // namespace Sidewire
