// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/capture/captureheader.h"
#include "core/capture/connectioninfo.h"
#include "core/capture/sessioninfo.h"
#include "core/index/appendtable.h"
#include "core/index/bytesource.h"
#include "core/index/connectionrow.h"
#include "core/index/messagetable.h"
#include "core/index/recordlayout.h"
#include "core/index/rows.h"

#include <functional>
#include <memory>
#include <vector>

namespace Sidewire {

/// What the engine alone knows of a running session and no record tells. Written on the I/O thread, read anywhere.
struct LiveStatus
{
    std::atomic<qint64> queued = 0; ///< Bytes accepted for sending that the kernel has not taken yet
    std::atomic<qint64> repeatsLeft = 0; ///< Of a repeated send; -1 while it has no end
    std::atomic<bool> isRecordingStalled = false; ///< The disk does not take what comes; see recordingError()
    std::atomic<bool> isAtSizeLimit = false; ///< Stalled because the log may not become longer
    std::atomic<qint64> unwritten = 0; ///< Bytes of the log that the disk did not take until the end
    std::atomic<bool> isRemoved = false; ///< The file of the log has no name any more; see recordingError()
    std::atomic<bool> isRunning = true; ///< False once the session has ended for good

    void setRecordingError(const QString &text);
    QString recordingError() const;

private:
    mutable std::mutex m_mutex;
    QString m_recordingError;
};

/// A session's log as everybody reads it: records, events, connections and messages, found by the one indexer.
///
/// The same object, filled by the same code, for a running session (whose file grows) and for an opened log. All const
/// functions are thread-safe and none waits for the disk unless it says so.
class SessionLog
{
public:
    /// Follows `file`, growing or not. Starts the indexer's thread. Fails when the file is not a log (see CaptureReader::open).
    static Result<std::shared_ptr<SessionLog>> create(std::shared_ptr<CaptureFile> file, const LensSpec &lens = {});

    /// Opens a log or a foreign capture for reading only.
    static Result<std::shared_ptr<SessionLog>> open(const QString &path, const LensSpec &lens = {});

    ~SessionLog();
    Q_DISABLE_COPY_MOVE(SessionLog)

    std::shared_ptr<const CaptureFile> file() const;
    const CaptureHeader &header() const;

    const AppendTable<RecordRow> &records() const;
    const RecordLayout &layout() const;

    const AppendTable<EventRow> &events() const;
    Event event(qint64 row) const;

    SessionInfo session() const; ///< What the events of no connection tell; a copy
    qint64 connectionCount() const;
    ConnectionInfo connection(ConnectionId id) const; ///< A copy
    /// Rows of the connections that changed after `generation` (0: of all), at most `limit` of them.
    ConnectionChanges connectionsChangedSince(quint64 generation, qsizetype limit) const;
    ConnectionInfo totals() const; ///< Counters of all connections added up; the rest is that of the newest connection
    qint64 dropped(QByteArrayView where) const; ///< "kernel" or "capture": records that were lost

    /// The messages of the chosen lens. Replaced as a whole by setLens() once the new table has caught up.
    std::shared_ptr<const MessageTable> messages() const;

    /// Cuts the whole log again in the background; the present table stays until the new one is complete. A second call drops the
    /// first. Any thread.
    void setLens(const LensSpec &lens);
    void cancelRecut();
    LensSpec chosenLens() const; ///< Of the latest setLens(), even while it is being cut

    struct Progress
    {
        qint64 position = 0; ///< Bytes of the file indexed
        qint64 size = 0; ///< Bytes committed
        qint64 recutDone = -1; ///< Records cut by a pending setLens(); -1 when none is pending
        bool isComplete = false; ///< Everything is indexed and the file does not grow
        bool isCaughtUp = false; ///< Everything committed is indexed and cut
    };
    Progress progress() const;

    /// A disk error or a full disk while indexing; empty when all is well.
    QString indexError() const;

    const ByteSource &bytes() const;

    /// Null for an opened log.
    std::shared_ptr<LiveStatus> live() const;
    void setLive(std::shared_ptr<LiveStatus> live); ///< Once, before anybody else sees the log

    /// Wakes whoever waits: called on any thread when something new is to be seen, but only once until answer().
    /// One listener.
    void setDoorbell(std::function<void()> ring);
    void answerDoorbell() const; ///< By the listener, before it looks
    void ringDoorbell() const; ///< For the engine, when LiveStatus changed

    /// Waits until everything committed now is indexed and cut. For tests and the command line only.
    void waitUntilCaughtUp() const;

private:
    class Private;
    explicit SessionLog(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace Sidewire
