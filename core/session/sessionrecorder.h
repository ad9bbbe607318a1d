// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/capture/capturewriter.h"
#include "core/capture/connectioninfo.h"
#include "core/capture/event.h"
#include "core/index/sessionlog.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// "refused", "timeout" ...: how the code of an Error is written into events.
QString toString(Error::Code code);

/// Writes the log of one session: the events of the session itself, and what all of its connections share.
class SessionRecorder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionRecorder)

public:
    SessionRecorder(std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log, QObject *parent = nullptr);
    ~SessionRecorder() override;

    CaptureWriter &writer() { return *m_writer; }
    std::shared_ptr<SessionLog> log() const { return m_log; }
    LiveStatus &live() { return *m_live; }
    ConnectionId takeConnectionId() { return ConnectionId{m_nextConnection++}; }

    void append(EventType type, const QString &message, const QJsonObject &data = {},
                Event::Severity severity = Event::Severity::Info, std::optional<ConnectionId> connection = {});
    void listening(const Endpoint &local, int backlog);
    void socketOptions(const std::vector<SocketOption> &options, std::optional<ConnectionId> connection = {});
    void listenFailed(const Endpoint &local, const Error &error);
    void dropped(const QString &where, qint64 count, std::optional<ConnectionId> connection = {});
    void countLost(ConnectionId connection); ///< A datagram could not be recorded; told within a second
    void tellLost(ConnectionId connection); ///< Of those that were not told yet, before anything else of the connection
    void note(const QString &text) { append(EventType::Note, text); }

    /// The log takes no records beyond so many bytes; 0: no limit. What is refused waits (streams) or is counted (datagrams)
    /// until there is another limit.
    void setSizeLimit(qint64 bytes);

    /// Something was appended or queued: at the end of this turn of the event loop it is flushed and turnEnded() comes.
    void touch();

    /// Wakes whoever watches the log, as LiveStatus has changed.
    void ring();

    /// Writes the Ended event and finishes the file. Nothing may be appended any more.
    void finish();

Q_SIGNALS:
    void roomAgain(); ///< The writer has room after it had none
    void turnEnded();

private:
    void checkWallClock();
    void onStatus(const std::optional<Error> &error);
    void onPlace(CaptureFile::Place place);
    QString trouble() const;
    void tellAllLost();
    void onLimitReached();
    void publishTrouble();

    std::unique_ptr<CaptureWriter> m_writer;
    std::shared_ptr<SessionLog> m_log;
    std::shared_ptr<LiveStatus> m_live;
    quint32 m_nextConnection = 0;
    qint64 m_sizeLimit = 0;
    bool m_isAtLimit = false;
    QString m_diskError;
    CaptureFile::Place m_place = CaptureFile::Place::Here;
    std::map<ConnectionId, qint64> m_lost; ///< Datagrams not recorded and not told of yet
    QTimer m_lostTimer;
    qint64 m_clockLookedAt = 0;
    qint64 m_clockStep = 0;
    bool m_isTurnPending = false;
};

} // namespace Sidewire
