// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "listenersession.h"

#include "core/net/nativeoptions.h"
#include "core/net/nativesocket.h"
#include "core/session/tcpconnection.h"
#include "core/session/websocketserverconnection.h"

#include <algorithm>
#include <iterator>
#include <ranges>

namespace Sidewire {

namespace {

/// Names the clients that did not get what was sent.
class SendFailures
{
public:
    void addGone(ConnectionId client) { add(QStringLiteral("#%1 is gone").arg(toNumber(client)), Error::Code::Closed); }

    void add(ConnectionId client, const Error &error)
    {
        add(QStringLiteral("#%1: %2").arg(toNumber(client)).arg(error.detail), error.code);
    }

    Result<void> result(std::size_t targets) const
    {
        if (m_count == 0) {
            return {};
        }
        QString detail = m_names.join(QStringLiteral(", "));
        if (m_count > MaxNamed) {
            detail += QStringLiteral(" and %1 others").arg(m_count - MaxNamed);
        }
        if (targets > 1) {
            detail.prepend(QStringLiteral("%1 of %2 clients did not get it: ").arg(m_count).arg(targets));
        }
        return Error{m_code, detail};
    }

private:
    static constexpr int MaxNamed = 5;

    void add(const QString &text, Error::Code code)
    {
        if (m_count++ == 0) {
            m_code = code;
        }
        if (m_count <= MaxNamed) {
            m_names.append(text);
        }
    }

    QStringList m_names;
    int m_count = 0;
    Error::Code m_code = Error::Code::Closed;
};

} // namespace

ListenerSession::ListenerSession(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer,
                                 std::shared_ptr<SessionLog> log)
    : Session(spec, std::move(writer), std::move(log))
{
    connect(&m_acceptor, &Acceptor::accepted, this, &ListenerSession::onAccepted);
    connect(&m_acceptor, &Acceptor::acceptFailed, this, [this](const Error &error) {
        recorder().append(EventType::Note, QStringLiteral("A client could not be accepted: %1").arg(error.detail), {},
                          Event::Severity::Warning);
    });
}

ListenerSession::~ListenerSession() = default;

void ListenerSession::start()
{
    listen(spec().port);
}

void ListenerSession::listen(quint16 port)
{
    const bool isLocalhost = spec().host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0;
    SocketSettings settings = spec().options.socket;
    const bool isV6 = settings.family == SocketSettings::Family::IPv6;
    const QHostAddress address = isLocalhost
        ? QHostAddress(isV6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost)
        : QHostAddress(spec().host);
    if (address.isNull() && !spec().host.isEmpty()) {
        recorder().listenFailed({address, port},
                                {Error::Code::Usage, QStringLiteral("%1 is not a numeric address").arg(spec().host)});
        return;
    }
    settings.bind = {address, port};
    const Result<void> secure = spec().isTls() ? m_tls.prepare(spec(), recorder()) : Result<void>();
    const Result<void> result = secure ? m_acceptor.startListening(settings) : secure;
    if (!result) {
        const bool isV4 = settings.family == SocketSettings::Family::IPv4;
        const QHostAddress any(isV4 ? QHostAddress::AnyIPv4 : QHostAddress::AnyIPv6);
        recorder().listenFailed({address.isNull() ? any : address, port}, result.error());
        return;
    }
    m_port = m_acceptor.serverPort();
    recorder().listening(m_acceptor.local(), m_acceptor.backlog());
    recorder().socketOptions(
        NativeOptions::readBack(m_acceptor.socketDescriptor(), settings, NativeOptions::Kind::Listening));
}

void ListenerSession::stopListening()
{
    if (m_acceptor.isListening()) {
        m_acceptor.close();
        recorder().append(EventType::ListenStopped, QStringLiteral("Stopped listening"));
    }
}

void ListenerSession::onAccepted()
{
    std::unique_ptr<QAbstractSocket> socket = m_acceptor.takeSocket();
    if (m_clients.size() >= MaxClients) {
        NativeSocket::resetOnClose(socket->socketDescriptor());
        if (!std::exchange(m_hasToldOfLimit, true)) {
            recorder().append(EventType::Note,
                              QStringLiteral("More than %1 clients; others are turned away").arg(MaxClients), {},
                              Event::Severity::Warning);
        }
        return;
    }
    auto connectionRecorder =
        std::make_unique<ConnectionRecorder>(recorder(), Transport::Tcp, ConnectionRecorder::Side::Server);
    const ConnectionId id = connectionRecorder->id();
    connectionRecorder->opened(spec().host, {NativeSocket::unmapped(socket->localAddress()), socket->localPort()},
                               {NativeSocket::unmapped(socket->peerAddress()), socket->peerPort()});
    // With nothing asked for they are all like the first.
    if (const SocketSettings &settings = spec().options.socket;
        !settings.isPlain() || !std::exchange(m_hasToldOptions, true)) {
        recorder().socketOptions(
            NativeOptions::readBack(socket->socketDescriptor(), settings, NativeOptions::Kind::Accepted), id);
    }
    if (m_answer.options() != spec().options.answer) {
        m_answer = Answer(spec().options.answer);
    }
    StreamConnection *client = nullptr;
    if (spec().isWebSocket()) {
        client =
            new WebSocketServerConnection(std::move(connectionRecorder), std::move(socket), spec(), m_answer, this);
    } else {
        client = new TcpConnection(std::move(connectionRecorder), std::move(socket), m_answer, this);
    }
    StreamLayers layers;
    layers.timeout = spec().options.connectTimeout;
    if (spec().isTls()) {
        attempt(m_tls.prepare(spec(), recorder())); // The options may be others than those of the last client
        layers.tls = m_tls.layer();
    }
    client->setLayers(std::move(layers));
    m_clients.emplace(id, client);
    connect(client, &StreamConnection::over, this, [this, id] { onOver(id); });
    client->start();
    if (m_isPaused) {
        client->pauseReading();
    }
}

void ListenerSession::onOver(ConnectionId id)
{
    const auto found = m_clients.find(id);
    if (found != m_clients.end()) {
        found->second->deleteLater();
        m_clients.erase(found);
    }
    checkStopped();
}

std::vector<StreamConnection *> ListenerSession::select(const Connections &connections) const
{
    std::vector<StreamConnection *> result;
    if (connections.empty()) {
        for (const auto &[id, client] : m_clients) {
            result.push_back(client);
        }
        return result;
    }
    for (const ConnectionId id : connections) {
        const auto found = m_clients.find(id);
        if (found != m_clients.end()) {
            result.push_back(found->second);
        }
    }
    return result;
}

Result<void> ListenerSession::send(const SendRequest &request)
{
    Connections targets = request.to;
    if (targets.empty()) {
        std::ranges::copy(std::views::keys(m_clients), std::back_inserter(targets));
    }
    if (targets.empty()) {
        return Error{Error::Code::Closed, QStringLiteral("no client is connected")};
    }
    SendFailures failures;
    for (const ConnectionId id : targets) {
        const auto found = m_clients.find(id);
        if (found == m_clients.end()) {
            failures.addGone(id);
        } else if (const Result<void> sent = found->second->send(request); !sent) {
            failures.add(id, sent.error());
        }
    }
    return failures.result(targets.size());
}

void ListenerSession::close(const Connections &connections)
{
    if (connections.empty()) {
        stopListening();
    }
    for (StreamConnection *client : select(connections)) {
        client->close();
    }
}

void ListenerSession::reset(const Connections &connections)
{
    for (StreamConnection *client : select(connections)) {
        client->reset();
    }
}

void ListenerSession::finishSending(const Connections &connections)
{
    for (StreamConnection *client : select(connections)) {
        client->finishSending();
    }
}

void ListenerSession::pauseReading(const Connections &connections)
{
    m_isPaused = m_isPaused || connections.empty(); // New clients too
    for (StreamConnection *client : select(connections)) {
        client->pauseReading();
    }
}

void ListenerSession::resumeReading(const Connections &connections)
{
    m_isPaused = m_isPaused && !connections.empty();
    for (StreamConnection *client : select(connections)) {
        client->resumeReading();
    }
}

void ListenerSession::pauseAccepting()
{
    if (m_acceptor.isListening() && !m_acceptor.isHeld()) {
        m_acceptor.hold();
        recorder().append(EventType::AcceptPaused,
                          QStringLiteral("Accepting was paused; new clients wait in the kernel's backlog"));
    }
}

void ListenerSession::resumeAccepting()
{
    if (m_acceptor.isListening() && m_acceptor.isHeld()) {
        recorder().append(EventType::AcceptResumed, QStringLiteral("Accepting goes on"));
        m_acceptor.release();
    }
}

Result<void> ListenerSession::answerUpgrade(ConnectionId connection, int status)
{
    const auto found = m_clients.find(connection);
    auto *client = found == m_clients.end() ? nullptr : qobject_cast<WebSocketServerConnection *>(found->second);
    if (!client) {
        return Error{Error::Code::Closed,
                     QStringLiteral("#%1 has no upgrade to be answered").arg(toNumber(connection))};
    }
    return client->answerUpgrade(status);
}

void ListenerSession::reconnect()
{
    if (!isEnding() && !m_acceptor.isListening()) {
        listen(m_port != 0 ? m_port : spec().port);
    }
}

Result<void> ListenerSession::startTls(const Connections &connections)
{
    if (spec().scheme != Scheme::Tcp) {
        return Error{Error::Code::Unsupported, QStringLiteral("TLS can be started on tcp connections only")};
    }
    const std::vector<StreamConnection *> clients = select(connections);
    if (clients.empty()) {
        return Error{Error::Code::Closed, QStringLiteral("there is no client to start TLS with")};
    }
    Result<void> result = m_tls.prepare(spec(), recorder());
    for (StreamConnection *client : result ? clients : std::vector<StreamConnection *>()) {
        if (const Result<void> started = client->startTls(m_tls.layer(), spec().options.connectTimeout); !started) {
            result = started;
        }
    }
    return result;
}

qint64 ListenerSession::queued() const
{
    qint64 sum = 0;
    for (const auto &[id, client] : m_clients) {
        sum += client->queued();
    }
    return sum;
}

void ListenerSession::stop(std::chrono::milliseconds timeout)
{
    stopListening();
    for (StreamConnection *client : select({})) {
        client->closeWithin(timeout);
    }
}

bool ListenerSession::isStopped() const
{
    return m_clients.empty();
}

} // namespace Sidewire
