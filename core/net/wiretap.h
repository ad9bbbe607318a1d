// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <memory>

class QTcpSocket;

namespace Sidewire {

/// The loopback end that a QWebSocket talks to instead of the network.
///
/// It listens on 127.0.0.1 for the one connection whose request carries the token, and gives what QWebSocket writes to
/// whoever owns the real stream.
class WireTap final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WireTap)

public:
    explicit WireTap(QObject *parent = nullptr);
    ~WireTap() override;

    Result<void> listen();
    QUrl url() const;

    static QByteArray tokenField() { return "X-Sidewire-Token"; }
    QByteArray token() const { return m_token; }

    /// Gives bytes to QWebSocket.
    void relay(const QByteArray &bytes);

Q_SIGNALS:
    void requestHead(const QByteArray &head); ///< First, once
    void outgoing(const QByteArray &bytes); ///< Everything after it
    void closed(); ///< QWebSocket has closed its end

private:
    void onNewConnection();
    void onReadyRead(QTcpSocket *socket);

    QTcpServer m_server;
    QByteArray m_token;
    QTcpSocket *m_socket = nullptr; ///< The one with the token
};

} // namespace Sidewire
