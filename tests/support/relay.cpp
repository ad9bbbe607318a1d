// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "relay.h"

namespace Sidewire::TestSupport {

Relay::Relay(quint16 target)
    : m_target(target)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &Relay::onNewConnection);
    if (!m_listener.listen(QHostAddress::LocalHost)) {
        qFatal("%s", qPrintable(m_listener.errorString()));
    }
}

void Relay::onNewConnection()
{
    m_client = m_listener.nextPendingConnection();
    m_listener.close();
    const auto passOut = [this] {
        if (m_server.state() == QAbstractSocket::ConnectedState) {
            pass(*m_client, m_server, m_fromClient);
        }
    };
    connect(m_client, &QTcpSocket::readyRead, this, passOut);
    connect(&m_server, &QTcpSocket::connected, this, passOut);
    connect(&m_server, &QTcpSocket::readyRead, this, [this] { pass(m_server, *m_client, m_fromServer); });
    connect(m_client, &QTcpSocket::disconnected, &m_server, &QTcpSocket::disconnectFromHost);
    connect(&m_server, &QTcpSocket::disconnected, m_client, &QTcpSocket::disconnectFromHost);
    m_server.connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}

void Relay::pass(QTcpSocket &from, QTcpSocket &to, QByteArray &kept)
{
    const QByteArray bytes = from.readAll();
    kept += bytes;
    to.write(bytes);
}

} // namespace Sidewire::TestSupport
