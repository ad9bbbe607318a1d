// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"

#include <QByteArray>
#include <QTcpSocket>

namespace Sidewire {

/// A socket without a network for QWebSocketServer::handleConnection(): it reads what feed() is given, and what it
/// writes comes out as a signal.
class WebSocketFacade final : public QTcpSocket
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebSocketFacade)

public:
    WebSocketFacade(const Endpoint &local, const Endpoint &peer, QObject *parent = nullptr);

    void feed(const QByteArray &bytes);

    qint64 bytesAvailable() const override { return QTcpSocket::bytesAvailable() + m_input.size(); }
    qint64 bytesToWrite() const override { return 0; }
    bool canReadLine() const override { return m_input.contains('\n') || QTcpSocket::canReadLine(); }
    void close() override;
    void disconnectFromHost() override { close(); }

Q_SIGNALS:
    void wrote(const QByteArray &bytes);
    void closedByWebSocket();

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_input;
    bool m_isClosed = false;
};

} // namespace Sidewire
