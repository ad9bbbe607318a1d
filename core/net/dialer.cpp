// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "dialer.h"

#include "core/net/nativesocket.h"

#include <QSocketNotifier>
#include <QVariant>

namespace Sidewire {

Dialer::Dialer(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Dialer::onTimeout);
}

Dialer::~Dialer()
{
    giveUp();
}

void Dialer::dial(const Endpoint &peer, const SocketSettings &settings, std::chrono::milliseconds timeout)
{
    giveUp();
    m_peer = peer;
    m_timeout = timeout;
    const Result<qintptr> started = NativeSocket::startConnect(peer, settings);
    if (!started && started.error().code == Error::Code::Unsupported) {
        dialWithQt(settings);
    } else if (!started) {
        const Error error = started.error();
        QMetaObject::invokeMethod(
            this, [this, error] { fail(error); }, Qt::QueuedConnection);
        return;
    } else {
        m_descriptor = *started;
        m_notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Write, this);
        connect(m_notifier, &QSocketNotifier::activated, this, &Dialer::onWritable);
    }
    m_timer.start(timeout);
}

// Where there is no native way: Qt tries the address twice and knows the reason of a failure less exactly.
void Dialer::dialWithQt(const SocketSettings &settings)
{
    m_socket = std::make_unique<QAbstractSocket>(QAbstractSocket::TcpSocket, nullptr);
    if (const Endpoint &bind = settings.bind; !bind.isNull()) {
        m_socket->bind(bind.address.isNull() ? QHostAddress(QHostAddress::Any) : bind.address, bind.port);
    }
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, settings.noDelay ? 1 : 0);
    connect(m_socket.get(), &QAbstractSocket::connected, this, [this] {
        m_timer.stop();
        Q_EMIT connected();
    });
    connect(m_socket.get(), &QAbstractSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        const bool isRefused = error == QAbstractSocket::ConnectionRefusedError;
        fail({isRefused ? Error::Code::Refused : Error::Code::Network,
              QStringLiteral("%1: %2").arg(m_peer.toString(), m_socket->errorString())});
    });
    m_socket->connectToHost(m_peer.address, m_peer.port);
}

std::unique_ptr<QAbstractSocket> Dialer::takeSocket()
{
    if (m_socket) {
        m_socket->disconnect(this);
    }
    return std::move(m_socket);
}

void Dialer::onWritable()
{
    const Result<void> result = NativeSocket::connectResult(m_descriptor, m_peer.toString());
    if (!result) {
        fail(result.error());
        return;
    }
    m_timer.stop();
    m_notifier->setEnabled(false);
    m_notifier->deleteLater();
    m_notifier = nullptr;
    m_socket = std::make_unique<QAbstractSocket>(QAbstractSocket::TcpSocket, nullptr);
    if (!m_socket->setSocketDescriptor(m_descriptor, QAbstractSocket::ConnectedState,
                                       QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        fail({Error::Code::Network, m_socket->errorString()});
        return;
    }
    m_descriptor = -1;
    Q_EMIT connected();
}

void Dialer::onTimeout()
{
    fail({Error::Code::Timeout,
          QStringLiteral("%1 did not answer within %2 ms").arg(m_peer.toString()).arg(m_timeout.count())});
}

void Dialer::fail(const Error &error)
{
    giveUp();
    Q_EMIT failed(error);
}

void Dialer::giveUp()
{
    m_timer.stop();
    if (m_notifier) {
        m_notifier->setEnabled(false);
        m_notifier->deleteLater();
        m_notifier = nullptr;
    }
    if (m_descriptor >= 0) {
        NativeSocket::close(m_descriptor);
        m_descriptor = -1;
    }
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket.release()->deleteLater(); // We may be inside one of its signals.
    }
}

} // namespace Sidewire
