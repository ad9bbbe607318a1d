// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "udpport.h"

#include "core/net/acceptor.h"
#include "core/net/nativesocket.h"

#include <QNetworkDatagram>
#include <QSocketNotifier>
#include <QVariant>

namespace Sidewire {

namespace {

// What one turn of the event loop reads, so that a flood does not starve other sessions.
constexpr int BatchesPerTurn = 16;
constexpr qint64 LargestDatagram = 65536;
constexpr int IcmpErrorsPerTurn = 64;

} // namespace

UdpPort::UdpPort(QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QUdpSocket::readyRead, this, &UdpPort::read);
}

UdpPort::~UdpPort() = default;

Result<void> UdpPort::bind(const Endpoint &local)
{
    const QHostAddress address = local.address.isNull() ? QHostAddress(QHostAddress::Any) : local.address;
    if (!m_socket.bind(address, local.port, QAbstractSocket::DontShareAddress)) {
        return bindError({address, local.port}, m_socket.error(), m_socket.errorString());
    }
    m_socket.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, WantedReceiveBuffer);
    const qintptr descriptor = m_socket.socketDescriptor();
    NativeSocket::enableDatagramDetails(descriptor);
    m_dropsSeen = NativeSocket::kernelDrops(descriptor).value_or(0);
    m_writable = new QSocketNotifier(descriptor, QSocketNotifier::Write, this);
    m_writable->setEnabled(false);
    connect(m_writable, &QSocketNotifier::activated, this, &UdpPort::sendQueued);
    return {};
}

void UdpPort::close()
{
    if (m_writable) {
        m_writable->setEnabled(false);
        m_writable->deleteLater();
        m_writable = nullptr;
    }
    m_queue.clear();
    m_queued = 0;
    m_socket.close();
}

int UdpPort::receiveBuffer() const
{
    // Linux doubles what was asked for, for its own book-keeping, and tells the double.
#if defined(Q_OS_LINUX)
    constexpr int Factor = 2;
#else
    constexpr int Factor = 1;
#endif
    return const_cast<QUdpSocket &>(m_socket).socketOption(QAbstractSocket::ReceiveBufferSizeSocketOption).toInt()
        / Factor;
}

void UdpPort::resumeReading()
{
    m_isPaused = false;
    QMetaObject::invokeMethod(this, &UdpPort::read, Qt::QueuedConnection);
}

void UdpPort::read()
{
    if (!isBound()) {
        return;
    }
    readIcmpErrors();
    if (m_isPaused) {
        return;
    }
    // One datagram through Qt arms its notifier again (only with a size given, as an error is pending otherwise); the
    // rest without it, many at a time.
    const QNetworkDatagram first = m_socket.receiveDatagram(LargestDatagram);
    if (first.isValid()) {
        const QByteArray bytes = first.data();
        m_receiver({bytes,
                    {NativeSocket::unmapped(first.senderAddress()), static_cast<quint16>(first.senderPort())},
                    NativeSocket::unmapped(first.destinationAddress())});
        for (int i = 0; i < BatchesPerTurn && isBound(); ++i) {
            if (m_batch.read(m_socket.socketDescriptor(), m_receiver) == 0) {
                break;
            }
        }
    }
    if (isBound()) {
        readIcmpErrors();
        countDrops();
    }
}

void UdpPort::readIcmpErrors()
{
    for (int i = 0; i < IcmpErrorsPerTurn && isBound(); ++i) {
        const std::optional<NativeSocket::IcmpError> error = NativeSocket::takeIcmpError(m_socket.socketDescriptor());
        if (!error) {
            return;
        }
        Q_EMIT unreachable(error->destination, error->what, error->detail);
    }
}

void UdpPort::countDrops()
{
    const quint32 drops = NativeSocket::kernelDrops(m_socket.socketDescriptor()).value_or(m_dropsSeen);
    if (drops != m_dropsSeen) {
        const quint32 count = drops - m_dropsSeen; // Wraps as the kernel's counter does.
        m_dropsSeen = drops;
        Q_EMIT droppedByKernel(count);
    }
}

Result<void> UdpPort::send(const QByteArray &datagram, const Endpoint &to)
{
    if (!isBound()) {
        return Error{Error::Code::Closed, QStringLiteral("the port is closed")};
    }
    if (m_queued + datagram.size() > MaxQueued) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 bytes are still queued").arg(m_queued)};
    }
    if (m_queue.empty() && trySend({datagram, to})) {
        return {};
    }
    m_queue.push_back({datagram, to});
    m_queued += datagram.size();
    m_writable->setEnabled(true);
    return {};
}

/// True when the datagram is gone, one way or the other.
bool UdpPort::trySend(const Queued &datagram)
{
    qint64 size = m_socket.writeDatagram(datagram.bytes, datagram.to.address, datagram.to.port);
    if (size < 0 && m_socket.error() != QAbstractSocket::TemporaryError) {
        // The kernel reports an ICMP answer to an earlier datagram here, without sending this one.
        readIcmpErrors();
        size = m_socket.writeDatagram(datagram.bytes, datagram.to.address, datagram.to.port);
    }
    if (size >= 0) {
        Q_EMIT sent(datagram.bytes, datagram.to);
        return true;
    }
    if (m_socket.error() == QAbstractSocket::TemporaryError) {
        return false;
    }
    Q_EMIT sendFailed(
        datagram.to,
        {Error::Code::Network,
         QStringLiteral("a datagram to %1 was not sent: %2").arg(datagram.to.toString(), m_socket.errorString())});
    return true;
}

void UdpPort::sendQueued()
{
    while (!m_queue.empty() && trySend(m_queue.front())) {
        m_queued -= m_queue.front().bytes.size();
        m_queue.pop_front();
    }
    if (m_writable) {
        m_writable->setEnabled(!m_queue.empty());
    }
}

} // namespace Sidewire
