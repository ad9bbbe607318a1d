// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "clientsession.h"

#include "core/net/nativeoptions.h"
#include "core/session/redirect.h"
#include "core/session/tcpconnection.h"
#include "core/session/websocketclientconnection.h"

#include <utility>

namespace Sidewire {

namespace {

StreamLayers::Proxy proxyLayer(const SessionSpec &target)
{
    const ProxySettings &proxy = target.options.proxy;
    const ProxyHandshake::Target to{target.host, target.port};
    const ProxyHandshake::Login login{proxy.user, proxy.password};
    return {proxy.kind == ProxySettings::Kind::HttpConnect ? ProxyHandshake::httpConnect(to, login)
                                                           : ProxyHandshake::socks5(to, login),
            proxy.toString(), to.toString()};
}

Result<StreamLayers::Tls> tlsLayer(const SessionSpec &target)
{
    TlsSettings settings = target.options.tls;
    if (target.isWebSocket() && settings.alpn.isEmpty()) {
        settings.alpn = QStringList{QStringLiteral("http/1.1")}; // RFC 6455 needs it, and a server could prefer h2
    }
    const auto context = TlsContext::create(TlsContext::Role::Client, settings);
    if (!context) {
        return context.error();
    }
    // The scope of an IPv6 address is no part of what a certificate can name.
    return StreamLayers::Tls{*context, target.host.section(u'%', 0, 0)};
}

} // namespace

ClientSession::ClientSession(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer,
                             std::shared_ptr<SessionLog> log)
    : Session(spec, std::move(writer), std::move(log))
{
    m_reconnectTimer.setSingleShot(true);
    connect(&m_reconnectTimer, &QTimer::timeout, this, &ClientSession::start);
}

ClientSession::~ClientSession() = default;

void ClientSession::start()
{
    m_isWanted = true;
    m_visited.clear();
    connectTo(spec());
}

void ClientSession::connectTo(const SessionSpec &target)
{
    m_target = target;
    m_visited.append(target.target());
    const ProxySettings &proxy = target.options.proxy;
    m_connecting = std::make_unique<ConnectionRecorder>(recorder(), Transport::Tcp, ConnectionRecorder::Side::Client);
    m_connecting->opened(target.host, {}, {}, proxy.toString());
    if (const Result<void> prepared = prepareLayers(); !prepared) {
        onConnectFailed(prepared.error());
        return;
    }
    m_connecting->startPhase(QStringLiteral("resolve"));

    const Connector::Options options{target.options.socket, target.options.connectTimeout};
    m_connector = m_layers.proxy ? std::make_unique<Connector>(proxy.host, proxy.port, options)
                                 : std::make_unique<Connector>(target.host, target.port, options);
    connect(m_connector.get(), &Connector::resolved, this, &ClientSession::onResolved);
    connect(m_connector.get(), &Connector::attempted, this,
            [this](const ConnectAttempt &attempt) { m_connecting->attempted(attempt); });
    connect(m_connector.get(), &Connector::connected, this, &ClientSession::onConnected);
    connect(m_connector.get(), &Connector::failed, this, [this](Error error) {
        m_connector.release()->deleteLater(); // We are inside its signal.
        if (m_layers.proxy) {
            error.detail =
                QStringLiteral("the proxy %1 could not be reached: %2").arg(m_layers.proxy->name, error.detail);
        }
        onConnectFailed(error);
    });
    m_connector->resolveAndConnect();
}

/// What is wrong with the files of TLS is known before anything is connected.
Result<void> ClientSession::prepareLayers()
{
    m_layers = {};
    m_layers.timeout = m_target.options.connectTimeout;
    if (m_target.options.proxy.kind != ProxySettings::Kind::None) {
        m_layers.proxy = proxyLayer(m_target);
    }
    if (m_target.isTls()) {
        const Result<StreamLayers::Tls> tls = tlsLayer(m_target);
        if (!tls) {
            return tls.error();
        }
        m_layers.tls = *tls;
    }
    return {};
}

void ClientSession::onResolved(const QList<QHostAddress> &addresses, double milliseconds)
{
    m_connecting->resolved(addresses, milliseconds);
    m_connecting->startPhase(QStringLiteral("tcp"));
}

void ClientSession::onConnected()
{
    m_connecting->endPhase();
    std::unique_ptr<QAbstractSocket> socket = m_connector->takeSocket();
    m_connector.release()->deleteLater(); // We are inside its signal.
    recorder().socketOptions(
        NativeOptions::readBack(socket->socketDescriptor(), m_target.options.socket, NativeOptions::Kind::Connecting),
        m_connecting->id());
    if (m_target.isWebSocket()) {
        auto *connection = new WebSocketClientConnection(std::move(m_connecting), std::move(socket), m_target, this);
        connection->setFollow([this](const QByteArray &location) { return follow(location); });
        m_connection = connection;
    } else {
        auto *connection = new TcpConnection(std::move(m_connecting), std::move(socket), {}, this);
        connect(connection, &TcpConnection::finReceived, this, [this, connection] { onFinReceived(connection); });
        m_connection = connection;
    }
    m_connection->setLayers(std::move(m_layers));
    m_all.push_back(m_connection);
    connect(m_connection, &StreamConnection::over, this, [this, connection = m_connection] { onOver(connection); });
    m_connection->start();
}

void ClientSession::onConnectFailed(const Error &error)
{
    ConnectionEnd end;
    end.hasFailed = true;
    end.error = error;
    end.how = error.code == Error::Code::Refused ? QStringLiteral("refused")
        : error.code == Error::Code::Timeout     ? QStringLiteral("timeout")
                                                 : QStringLiteral("error");
    end.by = error.code == Error::Code::Refused ? ClosedBy::Peer : ClosedBy::Nobody;
    std::exchange(m_connecting, nullptr)->closed(end);
    reconnectLater();
    checkStopped();
}

/// What is half-closed is not over, and only what is over is connected again.
void ClientSession::onFinReceived(StreamConnection *connection)
{
    if (connection == m_connection && m_isWanted && spec().options.reconnect.count() > 0) {
        recorder().append(EventType::Note,
                          QStringLiteral("Our side ends as the peer's has, so that connecting again can begin"), {},
                          Event::Severity::Info, connection->id());
        connection->finishSending();
    }
}

void ClientSession::onOver(StreamConnection *connection)
{
    std::erase(m_all, connection);
    connection->deleteLater();
    if (m_connection == connection) {
        m_connection = nullptr;
        m_attempt = connection->hasBeenOpen() ? 0 : m_attempt;
        reconnectLater();
    }
    checkStopped();
}

void ClientSession::giveUpConnecting()
{
    if (!m_connector) {
        return;
    }
    m_connector.reset();
    ConnectionEnd end;
    end.by = ClosedBy::Us;
    end.how = QStringLiteral("stopped");
    end.message = QStringLiteral("Connecting was given up");
    std::exchange(m_connecting, nullptr)->closed(end);
    checkStopped();
}

Result<void> ClientSession::send(const SendRequest &request)
{
    if (!m_connection) {
        return Error{Error::Code::Closed,
                     m_connector ? QStringLiteral("not connected yet") : QStringLiteral("the connection is closed")};
    }
    const Result<void> sent = m_connection->send(request);
    if (sent && request.kind == SendRequest::Kind::Close) {
        setUnwanted();
    }
    return sent;
}

void ClientSession::setUnwanted()
{
    m_isWanted = false;
    m_next.reset();
    if (m_reconnectTimer.isActive()) {
        m_reconnectTimer.stop();
        recorder().append(EventType::Reconnecting, QStringLiteral("Connecting again was given up"),
                          {{QStringLiteral("attempt"), m_attempt}, {QStringLiteral("cancelled"), true}});
    }
    m_attempt = 0;
}

/// If the connection did not end because the user wanted it to.
void ClientSession::reconnectLater()
{
    const std::chrono::milliseconds delay = spec().options.reconnect;
    if (!m_isWanted || isEnding() || delay.count() == 0 || m_connector || m_connection || m_next) {
        return;
    }
    ++m_attempt;
    recorder().append(EventType::Reconnecting,
                      QStringLiteral("Connecting again in %1 ms, attempt %2").arg(delay.count()).arg(m_attempt),
                      {{QStringLiteral("delay"), qint64(delay.count())}, {QStringLiteral("attempt"), m_attempt}});
    m_reconnectTimer.start(delay);
}

/// Success: another connection follows, at once but not from inside of this one.
Result<void> ClientSession::follow(const QByteArray &location)
{
    const auto cannot = [](const QString &why) {
        return Error{Error::Code::Protocol, why};
    };
    if (!m_isWanted || isEnding()) {
        return cannot(QStringLiteral("the connection was closed meanwhile"));
    }
    if (m_target.options.redirects == 0) {
        return cannot(QStringLiteral("redirects are not followed"));
    }
    const Result<SessionSpec> next = redirected(m_target, location);
    if (!next) {
        return next.error();
    }
    if (m_visited.contains(next->target())) {
        return cannot(QStringLiteral("the redirects go in a loop"));
    }
    if (m_visited.size() > m_target.options.redirects) {
        return cannot(QStringLiteral("%1 redirects have been followed already").arg(m_target.options.redirects));
    }
    m_next = *next;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (const std::optional<SessionSpec> target = std::exchange(m_next, std::nullopt)) {
                m_connection = nullptr; // It closes in the background.
                connectTo(*target);
            }
        },
        Qt::QueuedConnection);
    return {};
}

Result<void> ClientSession::startTls(const Connections &)
{
    if (spec().scheme != Scheme::Tcp) {
        return Error{Error::Code::Unsupported, QStringLiteral("TLS can be started on tcp connections only")};
    }
    if (!m_connection) {
        return Error{Error::Code::Closed, QStringLiteral("there is no connection to start TLS on")};
    }
    const Result<StreamLayers::Tls> tls = tlsLayer(spec());
    if (!tls) {
        return tls.error();
    }
    return m_connection->startTls(*tls, spec().options.connectTimeout);
}

void ClientSession::close(const Connections &)
{
    setUnwanted();
    giveUpConnecting();
    if (m_connection) {
        m_connection->close();
    }
}

void ClientSession::reset(const Connections &)
{
    setUnwanted();
    giveUpConnecting();
    const std::vector<StreamConnection *> all = m_all;
    for (StreamConnection *connection : all) {
        connection->reset();
    }
}

void ClientSession::finishSending(const Connections &)
{
    setUnwanted(); // What ends then has been ended by the user
    if (m_connection) {
        m_connection->finishSending();
    }
}

void ClientSession::pauseReading(const Connections &)
{
    if (m_connection) {
        m_connection->pauseReading();
    }
}

void ClientSession::resumeReading(const Connections &)
{
    if (m_connection) {
        m_connection->resumeReading();
    }
}

void ClientSession::reconnect()
{
    if (!isEnding()) {
        m_reconnectTimer.stop();
        close({});
        m_connection = nullptr; // It may still be closing; it does so in the background.
        start();
    }
}

qint64 ClientSession::queued() const
{
    qint64 sum = 0;
    for (const StreamConnection *connection : m_all) {
        sum += connection->queued();
    }
    return sum;
}

void ClientSession::stop(std::chrono::milliseconds timeout)
{
    setUnwanted();
    giveUpConnecting();
    const std::vector<StreamConnection *> all = m_all;
    for (StreamConnection *connection : all) {
        connection->closeWithin(timeout);
    }
}

bool ClientSession::isStopped() const
{
    return !m_connector && m_all.empty();
}

} // namespace Sidewire
