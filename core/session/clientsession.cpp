// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "clientsession.h"

#include "core/session/tcpconnection.h"
#include "core/session/websocketclientconnection.h"

#include <utility>

namespace Sidewire {

ClientSession::ClientSession(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer,
                             std::shared_ptr<SessionLog> log)
    : Session(spec, std::move(writer), std::move(log))
{}

ClientSession::~ClientSession() = default;

void ClientSession::start()
{
    m_connecting = std::make_unique<ConnectionRecorder>(recorder(), Transport::Tcp, ConnectionRecorder::Side::Client);
    m_connecting->opened(spec().host, {}, {});
    m_connecting->startPhase(QStringLiteral("resolve"));

    const Connector::Options options{spec().options.socket.bind, spec().options.connectTimeout};
    m_connector = std::make_unique<Connector>(spec().host, spec().port, options);
    connect(m_connector.get(), &Connector::resolved, this, &ClientSession::onResolved);
    connect(m_connector.get(), &Connector::attempted, this,
            [this](const ConnectAttempt &attempt) { m_connecting->attempted(attempt); });
    connect(m_connector.get(), &Connector::connected, this, &ClientSession::onConnected);
    connect(m_connector.get(), &Connector::failed, this, &ClientSession::onConnectFailed);
    m_connector->resolveAndConnect();
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
    if (spec().isWebSocket()) {
        m_connection = new WebSocketClientConnection(std::move(m_connecting), std::move(socket), spec(), this);
    } else {
        m_connection = new TcpConnection(std::move(m_connecting), std::move(socket), {}, this);
    }
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
    m_connector.release()->deleteLater();
    checkStopped();
}

void ClientSession::onOver(StreamConnection *connection)
{
    std::erase(m_all, connection);
    if (m_connection == connection) {
        m_connection = nullptr;
    }
    connection->deleteLater();
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
    return m_connection->send(request);
}

void ClientSession::close(const Connections &)
{
    giveUpConnecting();
    if (m_connection) {
        m_connection->close();
    }
}

void ClientSession::reset(const Connections &)
{
    giveUpConnecting();
    const std::vector<StreamConnection *> all = m_all;
    for (StreamConnection *connection : all) {
        connection->reset();
    }
}

void ClientSession::finishSending(const Connections &)
{
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
