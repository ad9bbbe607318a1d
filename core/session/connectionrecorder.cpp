// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectionrecorder.h"

#include "core/base/clock.h"

#include <QJsonArray>

#include <utility>

namespace Sidewire {

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QString nameOf(Direction direction)
{
    return direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out");
}

QString nameOf(ClosedBy by)
{
    switch (by) {
    case ClosedBy::Us:
        return QStringLiteral("us");
    case ClosedBy::Peer:
        return QStringLiteral("peer");
    case ClosedBy::Nobody:
        break;
    }
    return QStringLiteral("nobody");
}

QString sentenceOf(const ConnectionEnd &end)
{
    if (end.error && end.hasFailed) {
        return QStringLiteral("Failed: %1").arg(end.error->detail);
    }
    const QString who = end.by == ClosedBy::Us ? QStringLiteral("us") : QStringLiteral("the peer");
    QString text = QStringLiteral("Closed");
    if (end.how == QLatin1String("rst")) {
        text = QStringLiteral("Reset by %1").arg(who);
    } else if (end.by != ClosedBy::Nobody) {
        text = QStringLiteral("Closed by %1").arg(who);
    }
    return end.error ? QStringLiteral("%1; %2").arg(text, end.error->detail) : text;
}

} // namespace

ConnectionRecorder::ConnectionRecorder(SessionRecorder &session, Transport transport, Side side)
    : m_session(session)
    , m_id(session.takeConnectionId())
    , m_transport(transport)
    , m_side(side)
{}

void ConnectionRecorder::opened(const QString &host, const Endpoint &local, const Endpoint &peer, const QString &proxy)
{
    m_peer = peer;
    const bool isTcp = m_transport == Transport::Tcp;
    const bool isServer = m_side == Side::Server;
    QJsonObject data{{key("transport"), isTcp ? key("tcp") : key("udp")},
                     {key("role"), isServer ? key("server") : key("client")},
                     {key("host"), host}};
    if (!local.isNull()) {
        data.insert(key("local"), local.toString());
    }
    if (!peer.isNull()) {
        data.insert(key("peer"), peer.toString());
    }
    QString message = QStringLiteral("Connecting to %1").arg(host);
    if (!proxy.isEmpty()) {
        data.insert(key("proxy"), proxy);
        message += QStringLiteral(" through the proxy %1").arg(proxy);
    }
    if (isServer) {
        message = isTcp
            ? QStringLiteral("Accepted %1: a new socket, same local port %2").arg(peer.toString()).arg(local.port)
            : QStringLiteral("New peer %1").arg(peer.toString());
        if (local.address.isMulticast()) {
            message += QStringLiteral(" in the group %1").arg(local.toString());
        }
    } else if (!isTcp) {
        message = QStringLiteral("Datagrams to %1").arg(host.isEmpty() ? peer.toString() : host);
    }
    append(EventType::Opened, message, data);
}

void ConnectionRecorder::endpoints(const Endpoint &local, const Endpoint &peer)
{
    m_peer = peer;
    append(EventType::Endpoints, QStringLiteral("Between %1 and %2").arg(local.toString(), peer.toString()),
           {{key("local"), local.toString()}, {key("peer"), peer.toString()}});
    m_session.writer().openFlow(m_id, m_transport, m_side == Side::Client ? Direction::Out : Direction::In, local, peer,
                                Clock::now());
    if (m_transport == Transport::Tcp) {
        for (const Direction direction : {Direction::In, Direction::Out}) {
            append(EventType::DirectionChanged,
                   direction == Direction::In ? QStringLiteral("The peer can send") : QStringLiteral("We can send"),
                   {{key("direction"), nameOf(direction)}, {key("state"), key("open")}});
        }
    }
}

void ConnectionRecorder::resolved(const QList<QHostAddress> &addresses, double milliseconds)
{
    QStringList names;
    for (const QHostAddress &address : addresses) {
        names.append(address.toString());
    }
    append(EventType::Resolved, QStringLiteral("Resolved to %1").arg(names.join(QStringLiteral(", "))),
           {{key("addresses"), QJsonArray::fromStringList(names)}, {key("ms"), milliseconds}});
}

void ConnectionRecorder::attempted(const ConnectAttempt &attempt)
{
    const QString message = attempt.detail.isEmpty() ? QStringLiteral("Connected to %1").arg(attempt.address.toString())
                                                     : attempt.detail.left(1).toUpper() + attempt.detail.mid(1);
    append(EventType::Attempt, message,
           {{key("address"), attempt.address.toString()},
            {key("result"), attempt.result},
            {key("ms"), attempt.milliseconds},
            {key("detail"), attempt.detail}},
           attempt.result == QLatin1String("connected") ? Event::Severity::Info : Event::Severity::Warning);
}

void ConnectionRecorder::startPhase(const QString &phase)
{
    endPhase();
    m_phase = phase;
    m_hasBeenOpen = m_hasBeenOpen || phase == QLatin1String("open");
    m_phaseBegin = Clock::now();
    append(EventType::PhaseStarted, QStringLiteral("Phase %1 began").arg(phase), {{key("phase"), phase}});
}

void ConnectionRecorder::endPhase()
{
    finishPhase(QStringLiteral("ok"), {});
}

void ConnectionRecorder::failPhase(const QString &detail)
{
    finishPhase(QStringLiteral("failed"), detail);
}

void ConnectionRecorder::finishPhase(const QString &result, const QString &detail)
{
    if (m_phase.isEmpty()) {
        return;
    }
    const double milliseconds = static_cast<double>(Clock::now() - m_phaseBegin) / 1e6;
    const QString phase = std::exchange(m_phase, {});
    append(EventType::PhaseEnded,
           QStringLiteral("Phase %1 %2 after %3 ms")
               .arg(phase, detail.isEmpty() ? QStringLiteral("ended") : QStringLiteral("failed"))
               .arg(milliseconds, 0, 'f', 1),
           {{key("phase"), phase}, {key("ms"), milliseconds}, {key("result"), result}, {key("detail"), detail}});
}

void ConnectionRecorder::upgradeRequested(const QString &target, const QString &origin, const QStringList &subprotocols,
                                          bool isWaiting)
{
    constexpr qsizetype Longest = 4096; // A head is longer than an event may be.
    const QString path = target.left(Longest);
    QString message = QStringLiteral("Upgrade to WebSocket asked for: %1").arg(path);
    if (!origin.isEmpty()) {
        message += QStringLiteral(" from %1").arg(origin.left(Longest));
    }
    if (isWaiting) {
        message += QStringLiteral("; it waits for your answer");
    }
    append(EventType::UpgradeRequested, message,
           {{key("path"), path},
            {key("origin"), origin.left(Longest)},
            {key("subprotocols"),
             QJsonArray::fromStringList(subprotocols.join(u',').left(Longest).split(u',', Qt::SkipEmptyParts))},
            {key("waiting"), isWaiting}});
}

void ConnectionRecorder::upgraded(int status, const QString &reason, const QString &subprotocol,
                                  const QString &extensions, bool isAccepted)
{
    append(EventType::Upgraded, QStringLiteral("The upgrade was answered with %1 %2").arg(status).arg(reason),
           {{key("status"), status},
            {key("subprotocol"), subprotocol},
            {key("extensions"), extensions},
            {key("accepted"), isAccepted}},
           isAccepted ? Event::Severity::Info : Event::Severity::Warning);
}

void ConnectionRecorder::finished(Direction direction, const QString &what)
{
    m_session.writer().finishDirection(m_id, direction, Clock::now());
    append(EventType::DirectionChanged,
           direction == Direction::In ? what + QStringLiteral(" received") : what + QStringLiteral(" sent"),
           {{key("direction"), nameOf(direction)}, {key("state"), key("fin")}});
}

void ConnectionRecorder::wasReset(Direction from)
{
    recordLast();
    m_session.writer().resetFlow(m_id, from, Clock::now());
    m_session.touch();
}

void ConnectionRecorder::closeFrame(Direction direction, quint16 code, const QString &reason)
{
    QString message = QStringLiteral("Close frame %1, code %2")
                          .arg(direction == Direction::In ? QStringLiteral("received") : QStringLiteral("sent"))
                          .arg(code);
    if (!reason.isEmpty()) {
        message += QStringLiteral(": ") + reason;
    }
    append(EventType::CloseFrame, message,
           {{key("direction"), nameOf(direction)}, {key("code"), code}, {key("reason"), reason}});
}

void ConnectionRecorder::heard(const QString &interface)
{
    const QString way = interface.isEmpty() ? QString() : QStringLiteral(", by %1").arg(interface);
    QJsonObject data;
    if (!interface.isEmpty()) {
        data.insert(key("interface"), interface);
    }
    append(EventType::Heard, QStringLiteral("Heard from %1 for the first time%2").arg(m_peer.toString(), way), data);
}

void ConnectionRecorder::pathChanged(const QString &interface)
{
    append(EventType::PathChanged,
           QStringLiteral("Datagrams of %1 now come in by %2").arg(m_peer.toString(), interface),
           {{key("interface"), interface}});
}

void ConnectionRecorder::notSent(const Error &error)
{
    append(EventType::Note, QStringLiteral("Not sent: %1").arg(error.detail), {}, Event::Severity::Warning);
}

void ConnectionRecorder::unreachable(const QString &what, const QString &detail)
{
    append(EventType::Unreachable, QStringLiteral("%1: %2 unreachable").arg(m_peer.toString(), what),
           {{key("what"), what}, {key("detail"), detail}}, Event::Severity::Warning);
}

void ConnectionRecorder::discarded(qint64 bytes)
{
    append(EventType::Discarded, QStringLiteral("%1 queued bytes never left").arg(bytes),
           {{key("direction"), key("out")}, {key("bytes"), bytes}}, Event::Severity::Warning);
}

void ConnectionRecorder::notAnswered(const Error &error)
{
    if (std::exchange(m_notAnswered, error.detail) != error.detail) {
        append(EventType::Note, QStringLiteral("Not answered: %1").arg(error.detail), {}, Event::Severity::Warning);
    }
}

void ConnectionRecorder::paused()
{
    append(EventType::Paused, QStringLiteral("Reading was paused"));
}

void ConnectionRecorder::resumed()
{
    append(EventType::Resumed, QStringLiteral("Reading goes on"));
}

void ConnectionRecorder::closed(const ConnectionEnd &end)
{
    recordLast();
    m_session.tellLost(m_id);
    if (end.hasFailed && end.error) {
        failPhase(end.error->detail);
    } else {
        endPhase();
    }
    QJsonObject data{{key("state"), end.hasFailed ? key("failed") : key("closed")},
                     {key("by"), nameOf(end.by)},
                     {key("how"), end.how}};
    if (end.error) {
        data.insert(key("code"), toString(end.error->code));
        data.insert(key("error"), end.error->detail);
    }
    append(EventType::Closed, end.message.isEmpty() ? sentenceOf(end) : end.message, data,
           end.hasFailed ? Event::Severity::Error : Event::Severity::Info);
}

bool ConnectionRecorder::datagram(Direction direction, QByteArrayView bytes, qint64 time)
{
    if (!m_session.writer().append(m_id, direction, bytes, time)) {
        m_session.countLost(m_id);
        return false;
    }
    m_session.tellLost(m_id);
    m_session.touch();
    return true;
}

std::span<char> ConnectionRecorder::reserve(qsizetype size)
{
    m_room = {};
    if (recordWaiting()) {
        m_room = m_session.writer().reserve(m_id, Direction::In, size);
    }
    return m_room;
}

void ConnectionRecorder::received(qsizetype size)
{
    // A copy only for whoever has to answer: the room belongs to the writer again after commit().
    const bool isPassedOver = size > 0 && !m_border && m_passedOver && m_passedOver(size);
    const bool isLookedAt = size > 0 && !isPassedOver && (m_receivedTap || m_border);
    const QByteArray copy = isLookedAt ? QByteArray(m_room.data(), size) : QByteArray();
    const qsizetype first = m_border && size > 0 ? m_border(copy) : size;
    m_session.writer().commit(first, Clock::now());
    m_session.touch();
    // Copies of the taps, as the layer that they belong to may end inside of them.
    if (const auto tap = m_receivedTap; tap && first > 0 && !isPassedOver) {
        tap(copy.first(first));
    }
    if (first < size) {
        record(Direction::In, QByteArrayView(copy).sliced(first));
        if (const auto tap = m_receivedTap) {
            tap(copy.sliced(first));
        }
    }
}

bool ConnectionRecorder::canTakeSent()
{
    // What the kernel takes next is recorded at once, or a reset could come before it is.
    return recordWaiting() && m_session.writer().hasRoom();
}

void ConnectionRecorder::sent(QByteArrayView bytes)
{
    record(Direction::Out, bytes);
    m_session.touch();
    if (m_sentTap) {
        m_sentTap(bytes);
    }
}

void ConnectionRecorder::record(Direction direction, QByteArrayView bytes)
{
    const qint64 now = Clock::now();
    if (!recordWaiting() || !m_session.writer().append(m_id, direction, bytes, now)) {
        m_unrecorded.push_back({direction, bytes.toByteArray(), now});
    }
}

bool ConnectionRecorder::recordWaiting()
{
    while (!m_unrecorded.empty()) {
        const Unrecorded &first = m_unrecorded.front();
        if (!m_session.writer().append(m_id, first.direction, first.bytes, first.time)) {
            return false;
        }
        m_unrecorded.pop_front();
    }
    return true;
}

/// What still waits gets its last chance; the log says what it has not got.
void ConnectionRecorder::recordLast()
{
    if (recordWaiting()) {
        return;
    }
    qint64 bytes = 0;
    for (const Unrecorded &each : m_unrecorded) {
        bytes += each.bytes.size();
    }
    append(EventType::Dropped,
           QStringLiteral("%1 bytes were not recorded: the log could not be written fast enough").arg(bytes),
           {{key("where"), key("capture")}, {key("count"), qint64(m_unrecorded.size())}, {key("bytes"), bytes}},
           Event::Severity::Warning);
    m_unrecorded.clear();
}

void ConnectionRecorder::append(EventType type, const QString &message, const QJsonObject &data,
                                Event::Severity severity)
{
    m_session.append(type, message, data, severity, m_id);
}

} // namespace Sidewire
