// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "wiretap.h"

#include "core/protocol/http/httphead.h"

#include <QRandomGenerator>
#include <QTcpSocket>

#include <array>

namespace Sidewire {

namespace {

constexpr qsizetype MaxRequestHead = 64 * 1024;

QByteArray randomToken()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toHex();
}

} // namespace

WireTap::WireTap(QObject *parent)
    : QObject(parent)
    , m_token(randomToken())
{
    connect(&m_server, &QTcpServer::newConnection, this, &WireTap::onNewConnection);
}

WireTap::~WireTap() = default;

Result<void> WireTap::listen()
{
    if (!m_server.listen(QHostAddress::LocalHost)) {
        return Error{Error::Code::Network,
                     QStringLiteral("no loopback port for the WebSocket: %1").arg(m_server.errorString())};
    }
    return {};
}

QUrl WireTap::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("ws"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_server.serverPort());
    url.setPath(QStringLiteral("/"));
    return url;
}

void WireTap::relay(const QByteArray &bytes)
{
    if (m_socket) {
        m_socket->write(bytes);
    }
}

void WireTap::onNewConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            if (socket == m_socket) {
                m_socket = nullptr;
                Q_EMIT closed();
            }
            socket->deleteLater();
        });
    }
}

void WireTap::onReadyRead(QTcpSocket *socket)
{
    if (socket == m_socket) {
        Q_EMIT outgoing(socket->readAll());
        return;
    }
    const QByteArray begin = socket->peek(MaxRequestHead);
    const std::optional<qint64> end = findHeadEnd(begin);
    if (!end && begin.size() < MaxRequestHead) {
        return;
    }
    // Another program may find the port; without the token it gets nothing.
    if (m_socket || !end || parseHttpHead(begin).value(tokenField()) != m_token) {
        socket->abort();
        return;
    }
    m_socket = socket;
    m_server.close();
    Q_EMIT requestHead(socket->read(*end));
    if (socket == m_socket && socket->bytesAvailable() > 0) {
        Q_EMIT outgoing(socket->readAll());
    }
}

} // namespace Sidewire
