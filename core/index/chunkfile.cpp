// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "chunkfile.h"

#include "core/base/backgroundpool.h"
#include "core/index/platform.h"

#include <QThreadPool>

#include <utility>

namespace Sidewire {

namespace {

constexpr qint64 SoonReleased = 4 * 1024 * 1024; // What the system takes back in a millisecond

struct Mapping
{
    char *memory;
    qint64 size;
};

void release(const std::vector<Mapping> &mappings, int descriptor)
{
    for (const Mapping &mapping : mappings) {
        Platform::unmap(mapping.memory, mapping.size);
    }
    if (descriptor != -1) {
        Platform::closeFile(descriptor);
    }
}

} // namespace

ChunkFile::ChunkFile(NoRoomHandler noRoom)
    : m_noRoom(std::move(noRoom))
{}

ChunkFile::~ChunkFile()
{
    std::vector<Mapping> mappings;
    for (std::size_t chunk = 0; chunk < m_sizes.size(); ++chunk) {
        mappings.push_back({(*m_chunks)[chunk].load(std::memory_order_relaxed), m_sizes[chunk]});
    }
    if (m_fileSize <= SoonReleased) {
        release(mappings, m_descriptor);
        return;
    }
    // Gigabytes take seconds, and whoever used the table last may be the window.
    backgroundPool().start(
        [mappings = std::move(mappings), descriptor = m_descriptor] { release(mappings, descriptor); });
}

Result<void> ChunkFile::write(qint64 index, qsizetype size, const void *rows, qint64 count)
{
    const Spot spot = spotOf(index, size);
    Q_ASSERT(spot.chunk + 1 == m_sizes.size() && spot.row + count <= rowsIn(spot.chunk, size));
    const qint64 begin = spot.row * size;
    const Platform::Place place{.descriptor = m_descriptor,
                                .offset = m_fileSize - m_sizes.back() + begin,
                                .memory = (*m_chunks)[spot.chunk].load(std::memory_order_relaxed) + begin};
    Result<void> written = Platform::write(place, rows, count * size);
    while (!written && m_noRoom && m_noRoom(written.error())) {
        written = Platform::write(place, rows, count * size);
    }
    return written;
}

Result<void> ChunkFile::grow(std::size_t chunk, qint64 bytes)
{
    Q_ASSERT(chunk == m_sizes.size() || chunk >= MaxChunks);
    if (chunk >= MaxChunks) {
        return Error{Error::Code::TooLarge, QStringLiteral("The index of this log has reached its largest size")};
    }
    const qint64 size = (bytes + Platform::MapAlignment - 1) / Platform::MapAlignment * Platform::MapAlignment;
    Result<char *> memory = map(size);
    while (!memory && m_noRoom && m_noRoom(memory.error())) {
        memory = map(size);
    }
    if (!memory) {
        return memory.error();
    }
    if (!m_chunks) {
        m_chunks = std::make_unique<std::array<std::atomic<char *>, MaxChunks>>();
    }
    // Relaxed: readers come here only after they have seen a count that was published later.
    (*m_chunks)[chunk].store(*memory, std::memory_order_relaxed);
    m_sizes.push_back(size);
    m_fileSize += size;
    return {};
}

/// So many bytes more.
Result<char *> ChunkFile::map(qint64 bytes)
{
    if (m_descriptor == -1) {
        const Result<int> descriptor = Platform::openScratchFile();
        if (!descriptor) {
            return descriptor.error();
        }
        m_descriptor = *descriptor;
    }
    return Platform::growAndMap(m_descriptor, m_fileSize, bytes);
}

} // namespace Sidewire
