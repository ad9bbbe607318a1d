// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/base/types.h"
#include "core/index/sessionlog.h"
#include "core/protocol/websocket/framespec.h"
#include "core/session/sessionspec.h"

#include <QByteArray>
#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

namespace Sidewire {

/// Something to send.
struct SendRequest
{
    enum class Kind : quint8 {
        Bytes, ///< Stream bytes or one datagram, verbatim
        Text, ///< A WebSocket text message; the bytes are UTF-8
        Binary,
        Ping,
        Close, ///< WebSocket close with `closeCode` (0: none) and the bytes as its reason
        Frames, ///< WebSocket `frames` as they are, right or wrong. Once open, also behind a Close frame
    };
    Kind kind = Kind::Bytes;
    QByteArray bytes;
    quint16 closeCode = 1000;
    std::vector<ConnectionId>
        to; ///< Empty: the client's one connection, all clients of a listener, the target of a UDP session
    bool isToLastSender = false; ///< UDP: to whoever sent the newest datagram; `to` is empty then

    /// Frames: with this pause between them and between their fragments. What is sent later waits until the last has left,
    /// but pings, and what the WebSocket itself answers, pass in between.
    std::vector<FrameSpec> frames = {};
    std::chrono::milliseconds pause{0};
};

/// Runs sessions on an I/O thread of its own.
///
/// Every public function may be called from any thread and returns at once; the signals come from the I/O thread, so connect
/// to them with a receiver. What happens to a session is in its log; signals tell only what a log cannot.
class Engine final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Engine)

public:
    explicit Engine(QObject *parent = nullptr);
    ~Engine() override; ///< Ends all sessions (their logs are finished) and waits for the thread

    struct LogOptions
    {
        QString path; ///< Empty: an unlinked temporary file
        LensSpec lens;
    };

    /// Starts a session. Exactly one of opened() and openFailed() follows.
    SessionId open(const SessionSpec &spec, const LogOptions &options);

    void send(SessionId session, const SendRequest &request);

    /// Sends now and then each `interval`, `count` times in all (0: until stopped). One repetition a session; another call replaces it.
    void repeat(SessionId session, const SendRequest &request, std::chrono::milliseconds interval, qint64 count);
    void stopRepeat(SessionId session);

    /// Orderly: FIN, or the WebSocket closing handshake with 1000. Queued bytes are sent first. Listeners: all clients
    /// (or the ones given) are closed; without any given the listener stops listening too.
    void close(SessionId session, const std::vector<ConnectionId> &connections = {});

    /// RST at once; what is queued is discarded (and an event says how much).
    void reset(SessionId session, const std::vector<ConnectionId> &connections = {});

    /// FIN only: our direction ends, theirs goes on (TCP).
    void finishSending(SessionId session, const std::vector<ConnectionId> &connections = {});

    void pauseReading(SessionId session, const std::vector<ConnectionId> &connections = {});
    void resumeReading(SessionId session, const std::vector<ConnectionId> &connections = {});

    /// A listener: no new clients from now on; those that are connected stay. reconnect() listens again. A UDP listener
    /// is closed: its peers share the port.
    void stopListening(SessionId session);

    /// A listener: new clients wait in the kernel's backlog until it goes on.
    void pauseAccepting(SessionId session);
    void resumeAccepting(SessionId session);

    /// A client connects again, as a new connection of the same log, closing what is open; a listener that failed listens again.
    void reconnect(SessionId session);

    /// For the connections that begin from now on, and for startTls().
    void setOptions(SessionId session, const SessionOptions &options);

    /// Begins TLS on open tcp connections: as client, or as server on accepted ones. Nothing may be queued. As server
    /// pause reading before telling the client to begin, or its first bytes are read as something else.
    void startTls(SessionId session, const std::vector<ConnectionId> &connections = {});

    /// Answers an upgrade that waits for a person: 101 accepts, 400 to 599 refuses.
    void answerUpgrade(SessionId session, ConnectionId connection, int status);

    /// Joins or leaves a multicast group on an open UDP port; an event tells of the outcome.
    void joinGroup(SessionId session, const MulticastGroup &group);
    void leaveGroup(SessionId session, const MulticastGroup &group);

    /// Ends the session for good and finishes its log. ended() follows.
    void end(SessionId session);

    /// Writes a bookmark, or its removal, into the log of a running session.
    void bookmark(SessionId session, const Event &event);

    /// Writes a note into the log ("View started here").
    void note(SessionId session, const QString &text);

    /// Writes into the log which lens a person chose, so that it is opened with that one again.
    void noteLens(SessionId session, const LensSpec &lens);

Q_SIGNALS:
    void opened(Sidewire::SessionId session, std::shared_ptr<Sidewire::SessionLog> log);
    /// The log could not be created; there is no session.
    void openFailed(Sidewire::SessionId session, const Sidewire::Error &error);
    /// A send could not even be queued (closed, too large, not possible over this transport); nothing was sent.
    void sendRejected(Sidewire::SessionId session, const Sidewire::Error &error);
    void ended(Sidewire::SessionId session);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Sidewire
