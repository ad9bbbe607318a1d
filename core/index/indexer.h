// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagecutter.h"
#include "core/index/recordpass.h"
#include "core/index/sessionlog.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace Sidewire {

/// The one thread that turns a log into tables, for as long as it grows: records and events first, then messages, in bounded
/// batches and in turns. It sleeps until the file grows or a lens is chosen, and waits where the
/// disk has no room for its tables.
///
/// All public functions are thread-safe.
class Indexer
{
public:
    /// `ring` is called on the indexer's thread after each batch.
    Indexer(std::shared_ptr<CaptureFile> file, std::unique_ptr<CaptureReader> reader, const LensSpec &lens,
            std::function<void()> ring);

    /// Stops within a batch's time.
    ~Indexer();
    Q_DISABLE_COPY_MOVE(Indexer)

    const CaptureHeader &header() const { return m_records.reader().header(); }
    const LogTables &tables() const { return m_tables; }

    std::shared_ptr<const MessageTable> messages() const;
    void setLens(const LensSpec &lens);
    void cancelRecut();
    LensSpec chosenLens() const;

    SessionLog::Progress progress() const;
    QString error() const;
    void waitUntilCaughtUp() const;

private:
    enum class Next { Go, Sleep, Stop };

    void run();
    Next step();
    Result<bool> stepRecords(); ///< Whether there is more to read at once
    bool isStopping() const;
    Result<bool> stepMessages(MessageCutter &cutter);
    bool stepRecut();
    void startRequestedCut();
    void adoptRecut();
    void note(const Error &error);
    NoRoomHandler noRoomHandler();
    bool waitForRoom(const Error &error);
    void goOn();

    std::shared_ptr<CaptureFile> m_file;
    std::function<void()> m_ring;
    LogTables m_tables;
    LensContext m_context; ///< Of the session

    // Of the thread alone
    RecordPass m_records;
    std::unique_ptr<MessageCutter> m_cutter;
    std::unique_ptr<MessageCutter> m_recut;
    qint64 m_readUpTo = 0;
    bool m_isAtEnd = false;
    bool m_isCuttingAgain = false;

    mutable std::mutex m_mutex; ///< Held for an instant only
    std::condition_variable m_wake;
    mutable std::condition_variable m_moved;
    bool m_hasGrown = true;
    bool m_isStopping = false;
    bool m_hasFailed = false;
    bool m_isOutOfRoom = false;
    QString m_error;
    std::shared_ptr<const MessageTable> m_messages;
    std::optional<LensSpec> m_requested; ///< Not begun yet
    std::shared_ptr<const MessageTable> m_pending; ///< Being cut
    qint64 m_position = 0;
    qint64 m_caughtUpTo = 0;
    bool m_isComplete = false;

    std::thread m_thread; ///< Last: it uses all of the above
};

} // namespace Sidewire
