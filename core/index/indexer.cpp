// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "indexer.h"

#include "core/base/currentthread.h"
#include "core/base/logging.h"

#include <algorithm>
#include <chrono>

namespace Sidewire {

namespace {

constexpr std::chrono::seconds RetryInterval(1);

// So much of a long log is read before its messages are cut on: records are there soon, and the first messages at once.
constexpr int RecordBatchesInTurn = 16;

bool isWebSocketTarget(const QString &target)
{
    const QString scheme = target.section(QLatin1String("://"), 0, 0);
    return scheme == QLatin1String("ws") || scheme == QLatin1String("wss") || scheme == QLatin1String("ws-listen")
        || scheme == QLatin1String("wss-listen");
}

/// What lenses are told, from the header of the log: so that an opened log is cut as the session was.
LensContext contextOf(const CaptureHeader &header)
{
    LensContext context;
    context.isWebSocket = isWebSocketTarget(header.target);
    const qint64 limit = header.options.value(QLatin1String("inflate-limit")).toVariant().toLongLong();
    context.maxInflated = limit > 0 ? limit : LensContext::DefaultMaxInflated;
    return context;
}

} // namespace

Indexer::Indexer(std::shared_ptr<CaptureFile> file, std::unique_ptr<CaptureReader> reader, const LensSpec &lens,
                 std::function<void()> ring)
    : m_file(std::move(file))
    , m_ring(std::move(ring))
    , m_tables(noRoomHandler())
    , m_context(contextOf(reader->header()))
    , m_records(std::move(reader), m_tables)
    , m_cutter(std::make_unique<MessageCutter>(m_tables, *m_file, lens, m_context, noRoomHandler()))
    , m_messages(m_cutter->table())
{
    m_file->setGrowthListener([this] {
        const std::lock_guard lock(m_mutex);
        m_hasGrown = true;
        m_wake.notify_one();
    });
    m_thread = std::thread([this] { run(); });
}

Indexer::~Indexer()
{
    m_file->setGrowthListener({});
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        m_wake.notify_one();
    }
    m_thread.join();
}

std::shared_ptr<const MessageTable> Indexer::messages() const
{
    const std::lock_guard lock(m_mutex);
    return m_messages;
}

void Indexer::setLens(const LensSpec &lens)
{
    const std::lock_guard lock(m_mutex);
    m_pending.reset();
    m_requested.reset();
    if (lens != m_messages->lens()) {
        m_requested = lens;
    }
    m_wake.notify_one();
}

void Indexer::cancelRecut()
{
    const std::lock_guard lock(m_mutex);
    m_pending.reset();
    m_requested.reset();
    m_wake.notify_one();
    m_moved.notify_all();
}

LensSpec Indexer::chosenLens() const
{
    const std::lock_guard lock(m_mutex);
    return m_requested ? *m_requested : (m_pending ? m_pending : m_messages)->lens();
}

SessionLog::Progress Indexer::progress() const
{
    // First, so that what is committed afterwards cannot make a complete log of a growing one.
    const bool isGrowing = m_file->isGrowing();
    const std::lock_guard lock(m_mutex);
    SessionLog::Progress progress;
    progress.position = m_position;
    progress.size = m_file->committed();
    progress.recutDone = m_requested ? 0 : m_pending ? m_pending->recordsDone() : -1;
    progress.isComplete = m_isComplete;
    progress.isCaughtUp = isGrowing ? m_caughtUpTo >= progress.size : m_isComplete;
    return progress;
}

QString Indexer::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

void Indexer::waitUntilCaughtUp() const
{
    const bool isGrowing = m_file->isGrowing();
    const qint64 target = m_file->committed();
    std::unique_lock lock(m_mutex);
    m_moved.wait(lock, [&] {
        const bool isCutAgain = !m_requested && !m_pending;
        return m_hasFailed || m_isOutOfRoom || m_isStopping
            || (isCutAgain && (isGrowing ? m_caughtUpTo >= target : m_isComplete));
    });
}

void Indexer::run()
{
    CurrentThread::setName("indexer");
    CurrentThread::giveWay();
    Next next = Next::Go;
    while (next != Next::Stop) {
        {
            std::unique_lock lock(m_mutex);
            if (next == Next::Sleep) {
                m_wake.wait(lock, [this] {
                    return m_hasGrown || m_isStopping || m_requested || (m_recut && m_recut->table() != m_pending);
                });
            }
            m_hasGrown = false;
            if (m_isStopping) {
                return;
            }
        }
        startRequestedCut();
        next = step();
        m_moved.notify_all();
        m_ring();
    }
}

Indexer::Next Indexer::step()
{
    auto isMoreToRead = stepRecords();
    auto isMoreToCut = isMoreToRead ? stepMessages(*m_cutter) : isMoreToRead;
    if (!isMoreToCut) {
        note(isMoreToCut.error());
        const std::lock_guard lock(m_mutex);
        m_hasFailed = true;
        return Next::Stop;
    }
    const bool isRecutting = stepRecut();
    goOn();

    m_cutter->publishCounts(m_tables.connections);
    const std::lock_guard lock(m_mutex);
    m_position = m_records.reader().position();
    if (!*isMoreToCut) {
        m_caughtUpTo = std::max(m_position, *isMoreToRead ? 0 : m_readUpTo);
        m_isComplete = m_isAtEnd;
    }
    return *isMoreToRead || *isMoreToCut || isRecutting ? Next::Go : Next::Sleep;
}

Result<bool> Indexer::stepRecords()
{
    if (m_isAtEnd) {
        return false;
    }
    const qint64 committed = m_file->committed();
    auto status = m_records.step();
    for (int batch = 1; batch < RecordBatchesInTurn && status && *status == CaptureReader::Status::More; ++batch) {
        if (isStopping()) {
            break;
        }
        status = m_records.step();
    }
    if (!status) {
        return status.error();
    }
    if (*status == CaptureReader::Status::More) {
        return true;
    }
    m_readUpTo = committed;
    m_isAtEnd = *status == CaptureReader::Status::End;
    return false;
}

bool Indexer::isStopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_isStopping;
}

Result<bool> Indexer::stepMessages(MessageCutter &cutter)
{
    const auto status = cutter.step();
    if (!status) {
        return status.error();
    }
    if (*status == MessageCutter::Status::More) {
        return true;
    }
    if (m_isAtEnd) {
        if (auto finished = cutter.finish(); !finished) {
            return finished.error();
        }
    }
    return false;
}

bool Indexer::stepRecut()
{
    if (!m_recut) {
        return false;
    }
    m_isCuttingAgain = true;
    const auto isMore = stepMessages(*m_recut);
    m_isCuttingAgain = false;
    if (!isMore) {
        // The present table is still good, so only the new one is given up.
        note(isMore.error());
        m_recut.reset();
        cancelRecut();
        return false;
    }
    if (!*isMore) {
        adoptRecut();
    }
    return *isMore;
}

void Indexer::startRequestedCut()
{
    const std::lock_guard lock(m_mutex);
    if (m_recut && (m_requested || m_recut->table() != m_pending)) {
        m_recut.reset(); // Dropped by a later choice
    }
    if (m_requested) {
        m_recut = std::make_unique<MessageCutter>(m_tables, *m_file, *m_requested, m_context, noRoomHandler());
        m_pending = m_recut->table();
        m_requested.reset();
    }
}

void Indexer::adoptRecut()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_recut->table() != m_pending) {
            return;
        }
        m_messages = std::move(m_pending);
        m_pending.reset();
    }
    m_cutter = std::move(m_recut);
    m_tables.connections.clearMessages();
    m_cutter->resetCounts();
}

void Indexer::note(const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_error == error.detail) {
            return;
        }
        m_error = error.detail;
    }
    qCWarning(LogCapture) << "Indexing:" << error.detail;
}

NoRoomHandler Indexer::noRoomHandler()
{
    return [this](const Error &error) {
        return waitForRoom(error);
    };
}

/// Called in the middle of a batch, with tables half-way: to stay there until there is room is all that can be done.
bool Indexer::waitForRoom(const Error &error)
{
    if (m_isCuttingAgain || error.code == Error::Code::TooLarge) {
        return false;
    }
    std::unique_lock lock(m_mutex);
    if (!m_isOutOfRoom) {
        m_isOutOfRoom = true;
        lock.unlock();
        note(error);
        m_moved.notify_all();
        m_ring();
        lock.lock();
    }
    return !m_wake.wait_for(lock, RetryInterval, [this] { return m_isStopping; });
}

/// After a batch that went well.
void Indexer::goOn()
{
    const std::lock_guard lock(m_mutex);
    if (m_isOutOfRoom) {
        m_isOutOfRoom = false;
        m_error.clear();
    }
}

} // namespace Sidewire
