// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "blockspool.h"

#include "core/base/currentthread.h"
#include "core/base/logging.h"
#include "core/capture/filedevice.h"
#include "core/capture/pcapngblock.h"

#include <cstring>
#include <utility>

namespace Sidewire {

namespace {

constexpr std::chrono::seconds RetryInterval(1);
constexpr std::chrono::seconds LookInterval(1);

// A buffer that is written out as far as it is filled starts again here, so that a quiet session stays in a few warm pages.
constexpr qsizetype RewindFrom = 64 * 1024;

} // namespace

BlockSpool::BlockSpool(std::shared_ptr<CaptureFile> file, qint64 fileSize)
    : m_file(std::move(file))
    , m_size(fileSize)
    , m_written(fileSize)
    , m_thread([this] { run(); })
{}

BlockSpool::~BlockSpool()
{
    finish();
}

qint64 BlockSpool::finish()
{
    if (!m_thread.joinable()) {
        return m_size - m_written;
    }
    {
        const std::scoped_lock lock(m_mutex);
        publish();
        m_isStopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
    m_file->finish();
    return m_size - m_written;
}

char *BlockSpool::room(qsizetype size, Need need)
{
    Q_ASSERT(size <= BufferSize);
    if (need == Need::Record && reaches(size)) {
        return nullptr;
    }
    // Only this thread changes the end of the chain and `used`, so looking needs no lock.
    if (!m_chain.empty() && m_chain.back().used >= RewindFrom && m_written.load(std::memory_order_relaxed) == m_size) {
        rewind();
    }
    if (m_chain.empty() || BufferSize - m_chain.back().used < size) {
        const std::scoped_lock lock(m_mutex);
        const int limit = need == Need::Record ? MaxBuffers : MaxBuffers + MaxReserve;
        if (std::ssize(m_chain) >= limit) {
            wantRoom();
            return nullptr;
        }
        addBuffer();
    }
    return m_chain.back().bytes.get() + m_chain.back().used;
}

void BlockSpool::advance(qsizetype size)
{
    m_chain.back().used += size;
    m_size += size;
}

void BlockSpool::flush()
{
    const std::scoped_lock lock(m_mutex);
    publish();
}

qint64 BlockSpool::roomFor(qsizetype size) const
{
    const std::scoped_lock lock(m_mutex);
    return countRoom(size);
}

bool BlockSpool::hasRoomFor(qsizetype size, qint64 count)
{
    // Under one lock: the thread might make room between the look and the wish, and then never call.
    const std::scoped_lock lock(m_mutex);
    const bool hasRoom = countRoom(size) >= count;
    if (!hasRoom) {
        wantRoom();
    }
    return hasRoom;
}

qint64 BlockSpool::countRoom(qsizetype size) const
{
    const qint64 inLast = m_chain.empty() ? 0 : (BufferSize - m_chain.back().used) / size;
    const qint64 inBuffers = std::max<qint64>(0, MaxBuffers - std::ssize(m_chain)) * (BufferSize / size) + inLast;
    return m_limit > 0 ? std::clamp<qint64>((m_limit - m_size) / size, 0, inBuffers) : inBuffers;
}

void BlockSpool::wantRoom()
{
    publish(); // Or nobody would ever make room
    m_isRoomWanted = true;
}

void BlockSpool::setRoomAgainCallback(std::function<void()> callback)
{
    const std::scoped_lock lock(m_mutex);
    m_roomAgain = std::move(callback);
}

void BlockSpool::setStatusCallback(std::function<void(const std::optional<Error> &)> callback)
{
    const std::scoped_lock lock(m_mutex);
    m_status = std::move(callback);
}

void BlockSpool::setPlaceCallback(std::function<void(CaptureFile::Place)> callback)
{
    const std::scoped_lock lock(m_mutex);
    m_placeChanged = std::move(callback);
}

void BlockSpool::rewind()
{
    const std::scoped_lock lock(m_mutex);
    Buffer &last = m_chain.back();
    if (last.written == last.used) {
        last.used = last.published = last.written = 0;
    }
}

void BlockSpool::addBuffer()
{
    publish();
    Buffer buffer;
    if (m_spareCount > 0) {
        buffer.bytes = std::move(m_spare[--m_spareCount]);
    } else {
        buffer.bytes.reset(new char[BufferSize]); // Not initialised: untouched pages cost nothing
    }
    m_chain.push_back(std::move(buffer));
}

void BlockSpool::publish()
{
    if (m_chain.empty()) {
        return;
    }
    Buffer &last = m_chain.back();
    if (last.published == last.used) {
        return;
    }
    last.published = last.used;
    if (m_isIdle) {
        m_isIdle = false;
        m_wake.notify_one();
    }
}

void BlockSpool::run()
{
    CurrentThread::setName("log-writer");
    std::unique_lock lock(m_mutex);
    while (true) {
        // A buffer may have been written out while it was still the last: only then nothing is left of it to write, and
        // those behind it would wait for ever.
        recycle();
        if (!m_chain.empty() && m_chain.front().written < m_chain.front().published) {
            if (writeNext(lock)) {
                continue;
            }
            if (m_isStopping) {
                qCWarning(LogCapture, "the end of a log could not be written");
                leaveWholeBlocks();
                return;
            }
            m_wake.wait_for(lock, RetryInterval, [this] { return m_isStopping; });
        } else if (m_isStopping) {
            return;
        } else {
            m_isIdle = true;
            m_wake.wait(lock, [this] { return !m_isIdle || m_isStopping; });
        }
    }
}

/// False when the disk refused.
bool BlockSpool::writeNext(std::unique_lock<std::mutex> &lock)
{
    // References into a deque stay valid while buffers are added behind.
    Buffer &first = m_chain.front();
    const qsizetype end = first.published;
    const std::span<const char> bytes(first.bytes.get() + first.written, first.bytes.get() + end);

    lock.unlock();
    const FileDevice::Written result = FileDevice::writeAt(m_file->descriptor(), m_written, bytes);
    const qint64 written = m_written.fetch_add(result.bytes) + result.bytes;
    if (!result.error) {
        m_file->commit(written); // `end` is the end of a block; a part of the way to it is not shown to readers
    }
    lock.lock();

    first.written += result.bytes;
    if (result.error.has_value() != m_hasFailed) {
        m_hasFailed = result.error.has_value();
        report(lock, result.error);
    }
    lookForFile(lock);
    if (!result.error) {
        recycle();
        if (m_isRoomWanted && std::ssize(m_chain) < MaxBuffers) {
            m_isRoomWanted = false;
            if (m_roomAgain) {
                const std::function<void()> roomAgain = m_roomAgain;
                lock.unlock();
                roomAgain();
                lock.lock();
            }
        }
    }
    return !result.error;
}

/// Whether the log is still where it was made. Only after a write, so that a quiet session costs nothing.
void BlockSpool::lookForFile(std::unique_lock<std::mutex> &lock)
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lookedAt < LookInterval) {
        return;
    }
    m_lookedAt = now;
    const std::function<void(CaptureFile::Place)> changed = m_placeChanged;
    lock.unlock();
    const CaptureFile::Place place = m_file->place();
    if (std::exchange(m_place, place) != place && changed) {
        changed(place);
    }
    lock.lock();
}

/// The disk took a part of the last write: its whole blocks are committed, and the torn one is cut off.
void BlockSpool::leaveWholeBlocks()
{
    const Buffer &first = m_chain.front();
    const qsizetype begin = first.written - static_cast<qsizetype>(m_written - m_file->committed());
    qsizetype end = begin;
    quint32 size = 0;
    while (first.written - end >= Pcapng::BlockOverhead) {
        std::memcpy(&size, first.bytes.get() + end + sizeof size, sizeof size);
        if (size > first.written - end) {
            break;
        }
        end += size;
    }
    const qint64 whole = m_file->committed() + end - begin;
    FileDevice::truncate(m_file->descriptor(), whole);
    m_written = whole;
    m_file->commit(whole);
}

void BlockSpool::recycle()
{
    // The last buffer is the producer's; what is before it is full.
    while (m_chain.size() > 1 && m_chain.front().written == m_chain.front().published) {
        if (m_spareCount < MaxBuffers) {
            m_spare[m_spareCount++] = std::move(m_chain.front().bytes);
        }
        m_chain.pop_front();
    }
}

void BlockSpool::report(std::unique_lock<std::mutex> &lock, const std::optional<Error> &error)
{
    const std::function<void(const std::optional<Error> &)> status = m_status;
    if (status) {
        lock.unlock();
        status(error);
        lock.lock();
    }
}

} // namespace Sidewire
