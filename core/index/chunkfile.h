// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <array>
#include <atomic>
#include <memory>

namespace Sidewire {

/// Memory of an unlinked file in the cache folder that grows in chunks: preallocated, then mapped.
///
/// Chunks double from 64 KiB to 64 MiB, so a small session costs little and a log of 100 million rows needs some hundred
/// mappings. A place never moves once it was given.
class ChunkFile
{
public:
    ChunkFile();
    ~ChunkFile();
    Q_DISABLE_COPY_MOVE(ChunkFile)

    /// The memory of row `index` of `size` bytes each; grows the file when it is beyond the end. Rows must be placed in order.
    Result<char *> place(qint64 index, qsizetype size);

    /// The memory of a row that was placed before; safe on any thread once its count was published.
    const char *constAt(qint64 index, qsizetype size) const;

private:
    static constexpr int MaxChunks = 4096;

    Result<void> grow(int chunk, qsizetype size);

    int m_descriptor = -1;
    qint64 m_fileSize = 0;
    std::unique_ptr<std::array<std::atomic<char *>, MaxChunks>> m_chunks;
};

} // namespace Sidewire
