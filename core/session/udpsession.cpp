// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "udpsession.h"

#include "core/base/clock.h"
#include "core/net/nativesocket.h"

#include <utility>

namespace Sidewire {

UdpSession::UdpSession(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log)
    : Session(spec, std::move(writer), std::move(log))
{}

UdpSession::~UdpSession() = default;

void UdpSession::start()
{
    if (spec().role == Role::Listener) {
        startListener();
        return;
    }
    m_resolving = std::make_unique<ConnectionRecorder>(recorder(), Transport::Udp, ConnectionRecorder::Side::Client);
    m_resolving->opened(spec().host, {}, {});
    m_resolving->startPhase(QStringLiteral("resolve"));
    m_connector = std::make_unique<Connector>(
        spec().host, spec().port, Connector::Options{spec().options.socket.bind, spec().options.connectTimeout});
    connect(m_connector.get(), &Connector::resolved, this, &UdpSession::onResolved);
    connect(m_connector.get(), &Connector::failed, this, &UdpSession::onConnectFailed);
    m_connector->resolveOnly();
}

void UdpSession::startListener()
{
    const bool isLocalhost = spec().host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0;
    const QHostAddress address = isLocalhost ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(spec().host);
    const Endpoint local{address, m_listenPort != 0 ? m_listenPort : spec().port};
    if (address.isNull() && !spec().host.isEmpty()) {
        recorder().listenFailed(local,
                                {Error::Code::Usage, QStringLiteral("%1 is not a numeric address").arg(spec().host)});
        return;
    }
    const Result<void> bound = openPort(local);
    if (!bound) {
        recorder().listenFailed(local, bound.error());
        return;
    }
    m_listenPort = m_port->local().port;
    recorder().listening(m_port->local(), 0);
}

Result<void> UdpSession::openPort(const Endpoint &local)
{
    auto port = std::make_unique<UdpPort>();
    const Result<void> bound = port->bind(local);
    if (!bound) {
        return bound;
    }
    m_port = std::move(port);
    m_port->setReceiver([this](const DatagramBatch::Datagram &datagram) { onDatagram(datagram); });
    connect(m_port.get(), &UdpPort::sent, this, &UdpSession::onSent);
    connect(m_port.get(), &UdpPort::sendFailed, this,
            [this](const Endpoint &, const Error &error) { Q_EMIT sendRejected(error); });
    connect(m_port.get(), &UdpPort::unreachable, this,
            [this](const Endpoint &destination, const QString &what, const QString &detail) {
                const auto found = m_byEndpoint.constFind(destination);
                if (found != m_byEndpoint.constEnd()) {
                    m_peers.at(*found).recorder->unreachable(what, detail);
                }
            });
    connect(m_port.get(), &UdpPort::droppedByKernel, this,
            [this](qint64 count) { recorder().dropped(QStringLiteral("kernel"), count); });
    if (m_isPaused) {
        m_port->pauseReading();
    }
    recorder().note(QStringLiteral("Bound to %1; the receive buffer is %2 bytes of %3 asked for")
                        .arg(m_port->local().toString())
                        .arg(m_port->receiveBuffer())
                        .arg(UdpPort::WantedReceiveBuffer));
    return {};
}

void UdpSession::onResolved(const QList<QHostAddress> &addresses, double milliseconds)
{
    m_resolving->resolved(addresses, milliseconds);
    QHostAddress address = addresses.front();
    QHostAddress bindAddress = spec().options.socket.bind.address;
    for (const QHostAddress &candidate : addresses) {
        if (!bindAddress.isNull() && candidate.protocol() == bindAddress.protocol()) {
            address = candidate;
            break;
        }
    }
    if (bindAddress.isNull()) {
        const bool isV6 = address.protocol() == QAbstractSocket::IPv6Protocol;
        bindAddress = QHostAddress(isV6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4);
    }
    if (bindAddress.protocol() != address.protocol()) {
        return; // The connector says so next.
    }
    m_connector->disconnect(this);
    m_connector.release()->deleteLater();
    const Result<void> bound = openPort({bindAddress, spec().options.socket.bind.port});
    if (!bound) {
        onConnectFailed(bound.error());
        return;
    }
    m_target = {address, spec().port};
    m_resolving->endPhase();
    addPeer(std::move(m_resolving), m_target, {});
}

void UdpSession::onConnectFailed(const Error &error)
{
    ConnectionEnd end;
    end.hasFailed = true;
    end.error = error;
    end.how = error.code == Error::Code::Timeout ? QStringLiteral("timeout") : QStringLiteral("error");
    std::exchange(m_resolving, nullptr)->closed(end);
    if (m_connector) {
        m_connector.release()->deleteLater();
    }
    checkStopped();
}

// Bound to any address, the port does not know which of ours a peer sees; the datagram or the routes do.
Endpoint UdpSession::localEndpoint(const Endpoint &peer, const QHostAddress &local) const
{
    Endpoint result = m_port->local();
    const bool isAny = result.address == QHostAddress(QHostAddress::Any)
        || result.address == QHostAddress(QHostAddress::AnyIPv4)
        || result.address == QHostAddress(QHostAddress::AnyIPv6);
    if (isAny) {
        const QHostAddress known = local.isNull() ? NativeSocket::localAddressTowards(peer) : local;
        // A multicast or broadcast destination is not an address of ours, but it is where the datagram went.
        result.address = known.isNull() || known.protocol() != peer.address.protocol()
            ? QHostAddress(peer.address.protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress::AnyIPv6
                                                                                    : QHostAddress::AnyIPv4)
            : known;
    }
    return result;
}

UdpSession::Peer &UdpSession::addPeer(std::unique_ptr<ConnectionRecorder> connection, const Endpoint &endpoint,
                                      const QHostAddress &local)
{
    const ConnectionId id = connection->id();
    connection->endpoints(localEndpoint(endpoint, local), endpoint);
    connection->startPhase(QStringLiteral("open"));
    Peer peer;
    peer.recorder = std::move(connection);
    peer.endpoint = endpoint;
    if (spec().options.answer.kind == AnswerOptions::Kind::Unruly) {
        peer.unruly = std::make_unique<UnrulyEchoer>(spec().options.answer.seed);
    }
    m_byEndpoint.insert(endpoint, id);
    return m_peers.emplace(id, std::move(peer)).first->second;
}

UdpSession::Peer &UdpSession::peerFor(const Endpoint &endpoint, const QHostAddress &local)
{
    const auto found = m_byEndpoint.constFind(endpoint);
    if (found != m_byEndpoint.constEnd()) {
        return m_peers.at(*found);
    }
    const bool isOther = m_byEndpoint.size() >= MaxPeers;
    if (isOther && m_others) {
        return m_peers.at(*m_others);
    }
    const auto side =
        spec().role == Role::Listener ? ConnectionRecorder::Side::Server : ConnectionRecorder::Side::Client;
    auto connection = std::make_unique<ConnectionRecorder>(recorder(), Transport::Udp, side);
    const Endpoint peer = isOther
        ? Endpoint{QHostAddress(endpoint.address.protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress::AnyIPv6
                                                                                             : QHostAddress::AnyIPv4),
                   0}
        : endpoint;
    connection->opened(isOther ? QStringLiteral("others") : QString(), localEndpoint(endpoint, local), peer);
    if (isOther) {
        m_others = connection->id();
        recorder().append(
            EventType::Note,
            QStringLiteral("More than %1 peers; further ones are counted together as others").arg(MaxPeers), {},
            Event::Severity::Warning);
    }
    return addPeer(std::move(connection), peer, local);
}

void UdpSession::onDatagram(const DatagramBatch::Datagram &datagram)
{
    Peer &peer = peerFor(datagram.from, datagram.to);
    if (!std::exchange(peer.isHeard, true)) {
        peer.recorder->heard();
    }
    peer.recorder->datagram(Direction::In, datagram.bytes, Clock::now());
    answer(peer, datagram.bytes.toByteArray(), datagram.from);
}

void UdpSession::answer(Peer &peer, const QByteArray &datagram, const Endpoint &to)
{
    using Kind = AnswerOptions::Kind;
    const AnswerOptions &options = spec().options.answer;
    // An answer that cannot be sent is lost, as datagrams may be; sendRejected is for what a person sent.
    switch (options.kind) {
    case Kind::Echo:
    case Kind::Greet:
        (void)m_port->send(datagram, to);
        break;
    case Kind::Text:
        (void)m_port->send(options.text, to);
        break;
    case Kind::Unruly:
        for (const QByteArray &each : peer.unruly->fate(datagram)) {
            (void)m_port->send(each, to);
        }
        break;
    case Kind::File:
    case Kind::None:
    case Kind::Discard:
    case Kind::Clock:
        break;
    }
}

void UdpSession::onSent(const QByteArray &datagram, const Endpoint &to)
{
    peerFor(to, {}).recorder->datagram(Direction::Out, datagram, Clock::now());
}

Result<void> UdpSession::send(const SendRequest &request)
{
    if (!m_port) {
        return Error{Error::Code::Closed,
                     m_connector ? QStringLiteral("the target is not resolved yet")
                                 : QStringLiteral("the port is closed")};
    }
    if (request.kind == SendRequest::Kind::Ping || request.kind == SendRequest::Kind::Close) {
        return Error{Error::Code::Unsupported, QStringLiteral("UDP has no pings and no close frames")};
    }
    const qsizetype largest = CaptureWriter::maxPayload(Transport::Udp, m_port->local());
    if (request.bytes.size() > largest) {
        return Error{Error::Code::TooLarge,
                     QStringLiteral("%1 bytes do not fit into one datagram; at most %2 do")
                         .arg(request.bytes.size())
                         .arg(largest)};
    }
    std::vector<Endpoint> targets;
    if (!request.to.empty()) {
        for (const ConnectionId id : request.to) {
            const auto found = m_peers.find(id);
            if (found != m_peers.end() && id != m_others) {
                targets.push_back(found->second.endpoint);
            }
        }
    } else if (spec().role == Role::Client) {
        targets.push_back(m_target);
    } else {
        for (const auto &[id, peer] : m_peers) {
            if (id != m_others) {
                targets.push_back(peer.endpoint);
            }
        }
    }
    if (targets.empty()) {
        return Error{Error::Code::Closed, QStringLiteral("no peer to send to has been heard")};
    }
    Result<void> result;
    for (const Endpoint &target : targets) {
        const Result<void> sent = m_port->send(request.bytes, target);
        if (!sent) {
            result = sent;
        }
    }
    return result;
}

void UdpSession::closePeer(ConnectionId id)
{
    const auto found = m_peers.find(id);
    if (found == m_peers.end()) {
        return;
    }
    ConnectionEnd end;
    end.by = ClosedBy::Us;
    end.how = QStringLiteral("stopped");
    end.message = QStringLiteral("Closed; the peer of a datagram port is not told");
    found->second.recorder->closed(end);
    m_byEndpoint.remove(found->second.endpoint);
    if (m_others == id) {
        m_others.reset();
    }
    m_peers.erase(found);
}

void UdpSession::close(const Connections &connections)
{
    if (connections.empty()) {
        closeAll();
        return;
    }
    for (const ConnectionId id : connections) {
        closePeer(id);
    }
}

void UdpSession::closeAll()
{
    if (m_connector) {
        m_connector.reset();
        ConnectionEnd end;
        end.by = ClosedBy::Us;
        end.how = QStringLiteral("stopped");
        end.message = QStringLiteral("Resolving was given up");
        std::exchange(m_resolving, nullptr)->closed(end);
    }
    if (m_port && m_port->queued() > 0 && !m_peers.empty()) {
        m_peers.begin()->second.recorder->discarded(m_port->queued());
    }
    while (!m_peers.empty()) {
        closePeer(m_peers.begin()->first);
    }
    closePort();
    checkStopped();
}

void UdpSession::closePort()
{
    if (!m_port) {
        return;
    }
    m_port->disconnect(this);
    m_port->close();
    m_port.release()->deleteLater(); // We may be inside of its reading.
    if (spec().role == Role::Listener) {
        recorder().append(EventType::ListenStopped, QStringLiteral("Stopped listening"));
    }
}

void UdpSession::stop(std::chrono::milliseconds)
{
    closeAll();
}

void UdpSession::pauseReading(const Connections &)
{
    m_isPaused = true;
    if (m_port) {
        m_port->pauseReading();
    }
    for (const auto &[id, peer] : m_peers) {
        peer.recorder->paused();
    }
}

void UdpSession::resumeReading(const Connections &)
{
    m_isPaused = false;
    for (const auto &[id, peer] : m_peers) {
        peer.recorder->resumed();
    }
    if (m_port) {
        m_port->resumeReading();
    }
}

void UdpSession::reconnect()
{
    if (isEnding() || (spec().role == Role::Listener && m_port)) {
        return;
    }
    closeAll();
    start();
}

} // namespace Sidewire
