// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "acceptor.h"

#include "core/net/nativeoptions.h"
#include "core/net/nativesocket.h"

#include <utility>

namespace Sidewire {

namespace {

constexpr int AcceptsPerTurn = 64;

} // namespace

Acceptor::Acceptor(QObject *parent)
    : QTcpServer(parent)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(1000);
    connect(&m_retry, &QTimer::timeout, this, &Acceptor::goOn);
    // Qt stops accepting after an error, for instance when all descriptors are used up.
    connect(this, &QTcpServer::acceptError, this, [this] {
        m_retry.start();
        Q_EMIT acceptFailed({Error::Code::Network, errorString()});
    });
}

Result<void> Acceptor::startListening(const SocketSettings &settings)
{
    m_isHeld = false;
    m_acceptedInTurn = 0;
    setMaxPendingConnections(AcceptsPerTurn);
    m_settings = settings;
    const Result<qintptr> socket = NativeSocket::startListening(settings);
    if (!socket && socket.error().code != Error::Code::Unsupported) {
        return socket.error();
    }
    const QHostAddress &address = settings.bind.address;
    setListenBacklogSize(settings.backlog);
    if (socket ? !setSocketDescriptor(*socket)
               : !listen(address.isNull() ? QHostAddress(QHostAddress::Any) : address, settings.bind.port)) {
        if (socket) {
            NativeSocket::close(*socket);
        }
        return Error{Error::Code::Network, QStringLiteral("%1: %2").arg(settings.bind.toString(), errorString())};
    }
    return {};
}

void Acceptor::hold()
{
    m_isHeld = true;
    pauseAccepting();
}

void Acceptor::release()
{
    m_isHeld = false;
    goOn();
}

void Acceptor::goOn()
{
    setMaxPendingConnections(AcceptsPerTurn);
    m_acceptedInTurn = 0;
    if (isListening() && !m_isHeld) {
        resumeAccepting();
    }
}

Endpoint Acceptor::local() const
{
    const Endpoint local = NativeSocket::localEndpoint(socketDescriptor());
    return local.isNull() ? Endpoint{serverAddress(), serverPort()} : local;
}

int Acceptor::backlog() const
{
    const int kept = NativeOptions::backlogOf(socketDescriptor());
    return kept > 0 ? kept : m_settings.backlog;
}

std::unique_ptr<QAbstractSocket> Acceptor::takeSocket()
{
    return std::move(m_accepted);
}

void Acceptor::incomingConnection(qintptr descriptor)
{
    // Qt goes on for as long as anybody waits, and those who have been accepted would have to wait for all of them. With
    // no room for pending sockets it ends this turn.
    if (++m_acceptedInTurn == AcceptsPerTurn) {
        setMaxPendingConnections(0);
        QMetaObject::invokeMethod(this, &Acceptor::goOn, Qt::QueuedConnection);
    }
    // The listening socket took them already; what is not so here shows when they are read back.
    (void)NativeOptions::apply(descriptor, m_settings, NativeOptions::Kind::Accepted);
    m_accepted = std::make_unique<QAbstractSocket>(QAbstractSocket::TcpSocket, nullptr);
    if (!m_accepted->setSocketDescriptor(descriptor, QAbstractSocket::ConnectedState,
                                         QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        NativeSocket::close(descriptor);
        m_accepted.reset();
        return;
    }
    Q_EMIT accepted();
    m_accepted.reset(); // Nobody wanted it.
}

} // namespace Sidewire
