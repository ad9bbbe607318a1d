// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "acceptor.h"

#include "core/net/nativesocket.h"

#include <utility>

namespace Sidewire {

Error bindError(const Endpoint &local, QAbstractSocket::SocketError error, const QString &text)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return {Error::Code::AddressInUse,
                QStringLiteral("%1 is in use, by another session or another program").arg(local.toString())};
    case QAbstractSocket::SocketAddressNotAvailableError:
        return {Error::Code::AddressNotAvailable,
                QStringLiteral("%1 is not an address of this machine").arg(local.address.toString())};
    case QAbstractSocket::SocketAccessError:
        return {Error::Code::PermissionDenied,
                QStringLiteral("the system does not permit %1; ports below 1024 often need more rights")
                    .arg(local.toString())};
    default:
        return {Error::Code::Network, QStringLiteral("%1: %2").arg(local.toString(), text)};
    }
}

Acceptor::Acceptor(QObject *parent)
    : QTcpServer(parent)
{
    setListenBacklogSize(Backlog);
    m_retry.setSingleShot(true);
    m_retry.setInterval(1000);
    connect(&m_retry, &QTimer::timeout, this, &Acceptor::resumeAccepting);
    // Qt stops accepting after an error, for instance when all descriptors are used up.
    connect(this, &QTcpServer::acceptError, this, [this] {
        m_retry.start();
        Q_EMIT acceptFailed({Error::Code::Network, errorString()});
    });
}

Result<void> Acceptor::startListening(const Endpoint &local)
{
    const QHostAddress address = local.address.isNull() ? QHostAddress(QHostAddress::Any) : local.address;
    if (!listen(address, local.port)) {
        return bindError({address, local.port}, serverError(), errorString());
    }
    return {};
}

Endpoint Acceptor::local() const
{
    return {serverAddress(), serverPort()};
}

std::unique_ptr<QAbstractSocket> Acceptor::takeSocket()
{
    return std::move(m_accepted);
}

void Acceptor::incomingConnection(qintptr descriptor)
{
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
