// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/capture/capturefile.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace Sidewire {

/// The bounded memory between the one who builds blocks and the disk: a chain of buffers, with a thread that writes them
/// and commits their length to the file.
///
/// Blocks are built in place at the end of the chain. flush() shows the thread what is whole; while the disk is busy the
/// next write simply grows. An error of the disk loses nothing: the same bytes are tried again each second.
class BlockSpool
{
public:
    /// Also the longest block. Small, so that what the thread writes out is still in a cache.
    static constexpr qsizetype BufferSize = 256 * 1024;
    static constexpr int MaxBuffers = 16; ///< For records
    static constexpr int MaxReserve = 256; ///< More buffers, for what must not be refused

    explicit BlockSpool(std::shared_ptr<CaptureFile> file, qint64 fileSize);

    ~BlockSpool(); ///< With finish()
    Q_DISABLE_COPY_MOVE(BlockSpool)

    /// Writes out what is there, as far as the disk takes it at once, and finishes the file. Nothing else may be called any
    /// more. Returns how many bytes the disk did not take: whole blocks at the end of the log.
    qint64 finish();

    enum class Need { Record, Reserve };

    /// Room for a block of up to `size` bytes, or null when the buffers are full. Stays until advance() or the next call.
    char *room(qsizetype size, Need need);

    /// Makes the first `size` bytes of the room a block.
    void advance(qsizetype size);

    void flush();

    /// How many blocks of `size` bytes room() would surely take as records now.
    qint64 roomFor(qsizetype size) const;

    /// Whether room() would take `count` of them; if not, the room-again callback is asked for.
    bool hasRoomFor(qsizetype size, qint64 count);

    /// Of the file once all is written.
    qint64 size() const { return m_size; }

    /// Refuses records that would make the file longer; 0: no limit. What must not be refused goes on.
    void setLimit(qint64 bytes) { m_limit = bytes; }
    bool reaches(qint64 size) const
    {
        return m_limit > 0 && m_size + size > m_limit;
    } ///< So many bytes more are too many

    void setRoomAgainCallback(std::function<void()> callback);
    void setStatusCallback(std::function<void(const std::optional<Error> &)> callback);
    void setPlaceCallback(std::function<void(CaptureFile::Place)> callback);

private:
    struct Buffer
    {
        std::unique_ptr<char[]> bytes;
        qsizetype used = 0; ///< The producer's, until it has moved on to the next buffer
        qsizetype published = 0; ///< Whole blocks that the thread may write
        qsizetype written = 0;
    };

    qint64 countRoom(qsizetype size) const;
    void wantRoom();
    void rewind();
    void addBuffer();
    void publish();
    void run();
    bool writeNext(std::unique_lock<std::mutex> &lock);
    void lookForFile(std::unique_lock<std::mutex> &lock);
    void leaveWholeBlocks();
    void recycle();
    void report(std::unique_lock<std::mutex> &lock, const std::optional<Error> &error);

    std::shared_ptr<CaptureFile> m_file;
    qint64 m_size; ///< Of the producer
    qint64 m_limit = 0; ///< The same
    std::atomic<qint64> m_written; ///< Of the thread
    std::chrono::steady_clock::time_point m_lookedAt; ///< The same, and the next
    CaptureFile::Place m_place = CaptureFile::Place::Here;

    mutable std::mutex m_mutex; ///< Guards all that follows, but not the bytes of the buffers
    std::condition_variable m_wake;
    std::deque<Buffer> m_chain; ///< The producer fills the last, the thread writes the first
    std::unique_ptr<char[]> m_spare[MaxBuffers];
    int m_spareCount = 0;
    bool m_isIdle = false;
    bool m_isStopping = false;
    bool m_hasFailed = false;
    bool m_isRoomWanted = false;
    std::function<void()> m_roomAgain;
    std::function<void(const std::optional<Error> &)> m_status;
    std::function<void(CaptureFile::Place)> m_placeChanged;

    std::thread m_thread; ///< Last, so that it starts when all else is there
};

} // namespace Sidewire
