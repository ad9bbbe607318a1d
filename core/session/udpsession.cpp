// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "udpsession.h"

#include "core/net/nativeoptions.h"

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

QAbstractSocket::NetworkLayerProtocol wantedFamily(const SocketSettings &settings)
{
    if (!settings.bind.address.isNull()) {
        return settings.bind.address.protocol();
    }
    switch (settings.family) {
    case SocketSettings::Family::IPv4:
        return QAbstractSocket::IPv4Protocol;
    case SocketSettings::Family::IPv6:
        return QAbstractSocket::IPv6Protocol;
    case SocketSettings::Family::Any:
        break;
    }
    return QAbstractSocket::AnyIPProtocol;
}

} // namespace

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
    m_connector = std::make_unique<Connector>(spec().host, spec().port,
                                              Connector::Options{spec().options.socket, spec().options.connectTimeout});
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
    SocketSettings settings = spec().options.socket;
    settings.bind = local;
    m_port = std::make_unique<UdpPort>();
    connectPort();
    if (const Result<void> opened = m_port->open(settings); !opened) {
        m_port.reset();
        return opened;
    }
    recorder().note(QStringLiteral("Bound to %1; the receive buffer is %2 bytes of %3 asked for")
                        .arg(m_port->local().toString())
                        .arg(m_port->receiveBuffer())
                        .arg(settings.receiveBuffer.value_or(UdpPort::WantedReceiveBuffer)));
    recorder().socketOptions(NativeOptions::readBack(m_port->descriptor(), settings, NativeOptions::Kind::Datagram));
    for (const MulticastGroup &group : m_port->groups()) {
        tellGroup(EventType::GroupJoined, group);
    }
    return {};
}

void UdpSession::connectPort()
{
    m_port->setReceiver([this](const Datagram &datagram) { onDatagram(datagram); });
    connect(m_port.get(), &UdpPort::sent, this, &UdpSession::onSent);
    connect(m_port.get(), &UdpPort::sendFailed, this, &UdpSession::onSendFailed);
    connect(m_port.get(), &UdpPort::unreachable, this, &UdpSession::onUnreachable);
    connect(m_port.get(), &UdpPort::droppedByKernel, this,
            [this](qint64 count) { recorder().dropped(QStringLiteral("kernel"), count); });
    if (m_isPaused) {
        m_port->pauseReading();
    }
}

void UdpSession::onResolved(const QList<QHostAddress> &addresses, double milliseconds)
{
    m_resolving->resolved(addresses, milliseconds);
    const SocketSettings &settings = spec().options.socket;
    const QAbstractSocket::NetworkLayerProtocol family = wantedFamily(settings);
    const auto found = std::ranges::find_if(addresses, [family](const QHostAddress &candidate) {
        return family == QAbstractSocket::AnyIPProtocol || candidate.protocol() == family;
    });
    m_connector->disconnect(this);
    m_connector.release()->deleteLater();
    if (found == addresses.end()) {
        onConnectFailed({Error::Code::AddressNotAvailable,
                         QStringLiteral("%1 has no address of the family that is asked for").arg(spec().host)});
        return;
    }
    const QHostAddress any(found->protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress::AnyIPv6
                                                                              : QHostAddress::AnyIPv4);
    const Result<void> bound =
        openPort({settings.bind.address.isNull() ? any : settings.bind.address, settings.bind.port});
    if (!bound) {
        onConnectFailed(bound.error());
        return;
    }
    const Endpoint target{*found, spec().port};
    m_target = {target, m_port->localTowards(target)};
    m_resolving->endPhase();
    addPeer(std::move(m_resolving), m_target, m_target);
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

Endpoint UdpSession::localEndpoint(const DatagramPath &path) const
{
    const Endpoint bound = m_port->local();
    if (!path.local.isNull()) {
        return {path.local, bound.port};
    }
    // No way to the peer: "any" of its family, as the log needs two addresses that fit.
    const bool isV6 = path.peer.address.protocol() == QAbstractSocket::IPv6Protocol;
    return {QHostAddress(isV6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4), bound.port};
}

/// Where an answer to what came by `path` leaves from: the address that it came to, or if that is not ours alone
/// (a group, a broadcast), the one of ours on that network.
DatagramPath UdpSession::replyPath(const DatagramPath &path, const QHostAddress &ours) const
{
    if (!path.local.isMulticast() && (ours.isNull() || ours == path.local)) {
        return path;
    }
    return {path.peer, ours.isNull() ? m_port->localTowards(path.peer) : ours};
}

UdpPeer &UdpSession::addPeer(std::unique_ptr<ConnectionRecorder> connection, const DatagramPath &path,
                             const DatagramPath &replyPath)
{
    const ConnectionId id = connection->id();
    connection->endpoints(localEndpoint(path), path.peer);
    connection->startPhase(QStringLiteral("open"));
    UdpPeer &peer = m_peers.try_emplace(id, std::move(connection), path, replyPath).first->second;
    m_byPath.insert(path, &peer);
    return peer;
}

UdpPeer &UdpSession::peerFor(const DatagramPath &path, const QHostAddress &ours)
{
    const auto found = m_byPath.constFind(path);
    if (found != m_byPath.constEnd()) {
        return **found;
    }
    if (m_byPath.size() >= MaxPeers) {
        return othersFor(path);
    }
    const auto side =
        spec().role == Role::Listener ? ConnectionRecorder::Side::Server : ConnectionRecorder::Side::Client;
    auto connection = std::make_unique<ConnectionRecorder>(recorder(), Transport::Udp, side);
    connection->opened({}, localEndpoint(path), path.peer);
    return addPeer(std::move(connection), path, replyPath(path, ours));
}

UdpPeer &UdpSession::othersFor(const DatagramPath &path)
{
    if (m_others) {
        return m_peers.at(*m_others);
    }
    const bool isV6 = path.peer.address.protocol() == QAbstractSocket::IPv6Protocol;
    const DatagramPath anybody{{QHostAddress(isV6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4), 0}, path.local};
    auto connection =
        std::make_unique<ConnectionRecorder>(recorder(), Transport::Udp, ConnectionRecorder::Side::Server);
    m_others = connection->id();
    connection->opened(QStringLiteral("others"), localEndpoint(anybody), anybody.peer);
    recorder().append(EventType::Note,
                      QStringLiteral("More than %1 peers; further ones are counted together as others").arg(MaxPeers),
                      {}, Event::Severity::Warning);
    return addPeer(std::move(connection), anybody, anybody);
}

void UdpSession::onDatagram(const Datagram &datagram)
{
    UdpPeer &peer = peerFor(datagram.path, datagram.ours);
    peer.received(datagram);
    const bool isOther = peer.recorder().id() == m_others;
    m_lastSender = isOther ? replyPath(datagram.path, datagram.ours) : peer.replyPath();
    if (m_answer.options() != spec().options.answer) {
        m_answer = Answer(spec().options.answer);
    }
    for (const QByteArray &answer : peer.answersTo(datagram.bytes, m_answer)) {
        if (const Result<void> sent = m_port->send(answer, *m_lastSender); !sent) {
            peer.recorder().notAnswered(sent.error());
        }
    }
}

void UdpSession::onSent(const QByteArray &datagram, const DatagramPath &path)
{
    peerFor(path, path.local).sent(datagram);
}

void UdpSession::onSendFailed(const DatagramPath &path, const Error &error)
{
    peerFor(path, path.local).recorder().notSent(error);
    Q_EMIT sendRejected(error);
}

void UdpSession::onUnreachable(const DatagramPath &path, const QString &what, const QString &detail)
{
    const auto found = m_byPath.constFind(path);
    if (found != m_byPath.constEnd()) {
        (*found)->recorder().unreachable(what, detail);
    }
}

/// The paths that a request goes by; those to connections that were closed are left out, and the log says so.
Result<std::vector<DatagramPath>> UdpSession::targetsOf(const SendRequest &request)
{
    std::vector<DatagramPath> targets;
    if (request.isToLastSender) {
        if (!m_lastSender) {
            return Error{Error::Code::Closed, QStringLiteral("nobody has sent anything yet")};
        }
        targets.push_back(*m_lastSender);
    } else if (!request.to.empty()) {
        for (const ConnectionId id : request.to) {
            const auto found = m_peers.find(id);
            if (found == m_peers.end()) {
                recorder().append(EventType::Note, QStringLiteral("Not sent to #%1: it is closed").arg(toNumber(id)),
                                  {}, Event::Severity::Warning);
            } else if (id != m_others) {
                targets.push_back(found->second.replyPath());
            }
        }
    } else if (spec().role == Role::Client) {
        targets.push_back(m_target);
    } else {
        for (const auto &[id, peer] : m_peers) {
            if (id != m_others) {
                targets.push_back(peer.replyPath());
            }
        }
    }
    return targets;
}

Result<void> UdpSession::send(const SendRequest &request)
{
    if (!m_port) {
        return Error{Error::Code::Closed,
                     m_connector ? QStringLiteral("the target is not resolved yet")
                                 : QStringLiteral("the port is closed")};
    }
    using Kind = SendRequest::Kind;
    if (request.kind == Kind::Ping || request.kind == Kind::Close || request.kind == Kind::Frames) {
        return Error{Error::Code::Unsupported, QStringLiteral("UDP has no frames")};
    }
    const Result<std::vector<DatagramPath>> targets = targetsOf(request);
    if (!targets) {
        return targets.error();
    }
    if (targets->empty()) {
        return Error{Error::Code::Closed,
                     request.to.empty() ? QStringLiteral("no peer to send to has been heard")
                                        : QStringLiteral("this peer is closed")};
    }
    Result<void> result;
    for (const DatagramPath &path : *targets) {
        const qsizetype largest = CaptureWriter::maxPayload(Transport::Udp, path.peer);
        const Result<void> sent = request.bytes.size() <= largest
            ? m_port->send(request.bytes, path)
            : Error{Error::Code::TooLarge,
                    QStringLiteral("%1 bytes do not fit into one datagram to %2; at most %3 do")
                        .arg(request.bytes.size())
                        .arg(path.peer.toString())
                        .arg(largest)};
        if (!sent) {
            result = sent;
        }
    }
    return result;
}

void UdpSession::tellGroup(EventType type, const MulticastGroup &group)
{
    const bool isJoined = type == EventType::GroupJoined;
    const QString name = group.group.toString();
    const QString where =
        group.interface.isEmpty() ? QStringLiteral("the interface of the system's choice") : group.interface;
    recorder().append(
        type,
        (isJoined ? QStringLiteral("Joined the group %1 on %2") : QStringLiteral("Left the group %1 on %2"))
            .arg(name, where),
        {{QStringLiteral("group"), name}, {QStringLiteral("interface"), group.interface}});
}

Result<void> UdpSession::joinGroup(const MulticastGroup &group)
{
    if (!m_port) {
        return Error{Error::Code::Closed, QStringLiteral("the port is closed")};
    }
    const Result<MulticastGroup> joined = m_port->join(group);
    if (!joined) {
        return joined.error();
    }
    tellGroup(EventType::GroupJoined, *joined);
    return {};
}

Result<void> UdpSession::leaveGroup(const MulticastGroup &group)
{
    if (!m_port) {
        return Error{Error::Code::Closed, QStringLiteral("the port is closed")};
    }
    const Result<MulticastGroup> left = m_port->leave(group);
    if (!left) {
        return left.error();
    }
    tellGroup(EventType::GroupLeft, *left);
    return {};
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
    found->second.recorder().closed(end);
    m_byPath.remove(found->second.path());
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
        m_peers.begin()->second.recorder().discarded(m_port->queued());
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
    for (const MulticastGroup &group : m_port->groups()) {
        tellGroup(EventType::GroupLeft, group);
    }
    m_port->close();
    m_port->disconnect(this);
    m_port.release()->deleteLater(); // We may be inside of its reading.
    m_lastSender.reset();
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
    for (auto &[id, peer] : m_peers) {
        peer.recorder().paused();
    }
}

void UdpSession::resumeReading(const Connections &)
{
    m_isPaused = false;
    for (auto &[id, peer] : m_peers) {
        peer.recorder().resumed();
    }
    if (m_port) {
        m_port->resumeReading();
    }
}

void UdpSession::stopListening()
{
    if (spec().role == Role::Listener) {
        closeAll();
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
