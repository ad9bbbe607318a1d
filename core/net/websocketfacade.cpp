// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketfacade.h"

#include <algorithm>
#include <cstring>

namespace Sidewire {

WebSocketFacade::WebSocketFacade(const Endpoint &local, const Endpoint &peer, QObject *parent)
    : QTcpSocket(parent)
{
    setOpenMode(QIODevice::ReadWrite | QIODevice::Unbuffered);
    setLocalAddress(local.address);
    setLocalPort(local.port);
    setPeerAddress(peer.address);
    setPeerPort(peer.port);
    setSocketState(QAbstractSocket::ConnectedState);
}

void WebSocketFacade::feed(const QByteArray &bytes)
{
    if (!m_isClosed && !bytes.isEmpty()) {
        m_input += bytes;
        Q_EMIT readyRead();
    }
}

void WebSocketFacade::close()
{
    if (m_isClosed) {
        return;
    }
    m_isClosed = true;
    m_input.clear();
    setOpenMode(QIODevice::NotOpen);
    setSocketState(QAbstractSocket::UnconnectedState);
    Q_EMIT closedByWebSocket();
    Q_EMIT stateChanged(QAbstractSocket::UnconnectedState);
    Q_EMIT disconnected();
}

qint64 WebSocketFacade::readData(char *data, qint64 size)
{
    const qsizetype count = std::min<qsizetype>(size, m_input.size());
    if (count > 0) { // Else `data` may be null
        std::memcpy(data, m_input.constData(), static_cast<std::size_t>(count));
        m_input.remove(0, count);
    }
    return count;
}

qint64 WebSocketFacade::writeData(const char *data, qint64 size)
{
    Q_EMIT wrote(QByteArray(data, size));
    return size;
}

} // namespace Sidewire
