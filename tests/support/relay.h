// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace Sidewire::TestSupport {

/// Stands between one client and a server on 127.0.0.1, passes everything on and keeps it: a second witness of what
/// crossed, independent of the code under test.
class Relay final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Relay)

public:
    /// Listens at once; connects to `target` when the client comes.
    explicit Relay(quint16 target);

    quint16 port() const { return m_listener.serverPort(); }
    const QByteArray &fromClient() const { return m_fromClient; }
    const QByteArray &fromServer() const { return m_fromServer; }

private:
    void onNewConnection();
    void pass(QTcpSocket &from, QTcpSocket &to, QByteArray &kept);

    quint16 m_target;
    QTcpServer m_listener;
    QTcpSocket *m_client = nullptr;
    QTcpSocket m_server;
    QByteArray m_fromClient;
    QByteArray m_fromServer;
};

} // namespace Sidewire::TestSupport
