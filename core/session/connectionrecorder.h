// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/connectioninfo.h"
#include "core/net/streamsink.h"
#include "core/session/sessionrecorder.h"

#include <QByteArray>

#include <deque>
#include <functional>

namespace Sidewire {

/// How a connection ended, for its Closed event.
struct ConnectionEnd
{
    ClosedBy by = ClosedBy::Nobody;
    QString how; ///< As ConnectionInfo::how
    QString message; ///< One sentence for people; made from the rest when empty
    std::optional<Error> error;
    bool hasFailed = false;
};

/// Writes the records and events of one connection in the order that the log needs, and makes their sentences.
///
/// First opened(), then endpoints() before the first record. As a StreamSink it is where a TcpStream reads to.
class ConnectionRecorder final : public StreamSink
{
public:
    enum class Side { Client, Server };

    ConnectionRecorder(SessionRecorder &session, Transport transport, Side side);

    ConnectionId id() const { return m_id; }
    SessionRecorder &session() { return m_session; }

    /// With a proxy `host` is the target and the peer the proxy's end.
    void opened(const QString &host, const Endpoint &local, const Endpoint &peer, const QString &proxy = {});
    void endpoints(const Endpoint &local, const Endpoint &peer);
    void resolved(const QList<QHostAddress> &addresses, double milliseconds);
    void attempted(const ConnectAttempt &attempt);

    /// Ends the present phase well and starts the next.
    void startPhase(const QString &phase);
    void endPhase();
    void failPhase(const QString &detail);
    QString phase() const { return m_phase; }
    bool hasBeenOpen() const { return m_hasBeenOpen; } ///< The phase "open" has begun

    void upgradeRequested(const QString &target, const QString &origin, const QStringList &subprotocols,
                          bool isWaiting);
    void upgraded(int status, const QString &reason, const QString &subprotocol, const QString &extensions,
                  bool isAccepted);
    void finished(Direction direction,
                  const QString &what = QStringLiteral("FIN")); ///< FIN, or close_notify, received or sent
    void wasReset(Direction from); ///< RST
    void closeFrame(Direction direction, quint16 code, const QString &reason);
    void heard(const QString &interface = {}); ///< The name, where known
    void pathChanged(const QString &interface);
    void notSent(const Error &error);
    void unreachable(const QString &what, const QString &detail);
    void discarded(qint64 bytes);
    void notAnswered(const Error &error); ///< The same error is told once in a row
    void paused();
    void resumed();
    void closed(const ConnectionEnd &end);

    /// Any other event of this connection.
    void append(EventType type, const QString &message, const QJsonObject &data = {},
                Event::Severity severity = Event::Severity::Info);

    /// A datagram; false when it could not be recorded, and then it is counted as dropped.
    bool datagram(Direction direction, QByteArrayView bytes, qint64 time);

    /// Sees a copy of what was received, or the bytes that were sent, after they are recorded.
    void setReceivedTap(std::function<void(const QByteArray &)> tap) { m_receivedTap = std::move(tap); }
    /// Is asked before a copy is made of so many bytes: true when the tap need not see them. Must record nothing.
    void setPassedOver(std::function<bool(qsizetype)> passedOver) { m_passedOver = std::move(passedOver); }
    void setSentTap(std::function<void(QByteArrayView)> tap) { m_sentTap = std::move(tap); }

    /// Is asked how many of the bytes that were received belong to the present layer. They become a record and go to the
    /// tap; what is left is recorded after that, for whoever follows. Without it all belong.
    void setBorder(std::function<qsizetype(QByteArrayView)> border) { m_border = std::move(border); }

    std::span<char> reserve(qsizetype size) override;
    void received(qsizetype size) override;
    bool canTakeSent() override;
    void sent(QByteArrayView bytes) override;

private:
    struct Unrecorded
    {
        Direction direction = Direction::Out;
        QByteArray bytes;
        qint64 time = 0;
    };

    void finishPhase(const QString &result, const QString &detail);
    void record(Direction direction, QByteArrayView bytes);
    bool recordWaiting();
    void recordLast();

    SessionRecorder &m_session;
    ConnectionId m_id;
    Transport m_transport;
    Side m_side;
    QString m_phase;
    qint64 m_phaseBegin = 0;
    bool m_hasBeenOpen = false;
    Endpoint m_peer;
    std::span<char> m_room;
    std::deque<Unrecorded>
        m_unrecorded; ///< Crossed, but the log had no room; at most what one hand-over to or from the kernel holds
    std::function<qsizetype(QByteArrayView)> m_border;
    std::function<void(const QByteArray &)> m_receivedTap;
    std::function<bool(qsizetype)> m_passedOver;
    std::function<void(QByteArrayView)> m_sentTap;
    QString m_notAnswered;
};

} // namespace Sidewire
