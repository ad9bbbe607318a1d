// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/engine.h"
#include "core/session/sessionrecorder.h"
#include "core/session/sessionspec.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace Sidewire {

/// What the user opened: a log, and the connections that are written into it. Lives on the I/O thread; see Engine for what
/// the functions mean.
class Session : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Session)

public:
    using Connections = std::vector<ConnectionId>;

    Session(SessionSpec spec, std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log);
    ~Session() override;

    /// The session for `spec`, not started.
    static std::unique_ptr<Session> create(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer,
                                           std::shared_ptr<SessionLog> log);

    std::shared_ptr<SessionLog> log() const { return m_recorder.log(); }

    virtual void start() = 0;
    virtual Result<void> send(const SendRequest &request) = 0;
    virtual void close(const Connections &connections) = 0;
    virtual void reset(const Connections &connections) = 0;
    virtual void finishSending(const Connections &connections) = 0;
    virtual void pauseReading(const Connections &connections) = 0;
    virtual void resumeReading(const Connections &connections) = 0;
    virtual void stopListening() {}
    virtual void pauseAccepting() {}
    virtual void resumeAccepting() {}
    virtual void reconnect() = 0;
    virtual Result<void> startTls(const Connections &connections);
    virtual Result<void> answerUpgrade(ConnectionId connection, int status);
    virtual Result<void> joinGroup(const MulticastGroup &group);
    virtual Result<void> leaveGroup(const MulticastGroup &group);

    /// For the connections that begin from now on.
    void setOptions(const SessionOptions &options);

    /// What was asked could not be done: the log and whoever asked are told.
    void attempt(const Result<void> &result);

    /// send(), with its error as sendRejected().
    void trySend(const SendRequest &request);
    void repeat(const SendRequest &request, std::chrono::milliseconds interval, qint64 count);
    void stopRepeat();
    void note(const QString &text);
    void noteLens(const QString &lens);
    void bookmark(const Event &event);

    /// Closes what is open, orderly for at most a second, then finishes the log.
    void end();

Q_SIGNALS:
    void sendRejected(const Sidewire::Error &error);
    void ended();

protected:
    const SessionSpec &spec() const { return m_spec; }
    SessionRecorder &recorder() { return m_recorder; }
    bool isEnding() const { return m_isEnding; }

    virtual qint64 queued() const = 0;

    /// Begins to close everything within `timeout`.
    virtual void stop(std::chrono::milliseconds timeout) = 0;
    virtual bool isStopped() const = 0;

    /// To be called when isStopped() may have become true.
    void checkStopped();

private:
    void onRepeat();
    void reject(const Error &error);
    void publish();
    void finish();

    SessionSpec m_spec;
    SessionRecorder m_recorder;
    QTimer m_repeatTimer;
    SendRequest m_repeated;
    qint64 m_repeatsLeft = 0; ///< -1: without end
    bool m_isEnding = false;
    bool m_hasEnded = false;
};

} // namespace Sidewire
