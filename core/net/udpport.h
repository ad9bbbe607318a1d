// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/nativedatagram.h"

#include <QByteArray>
#include <QObject>
#include <QUdpSocket>

#include <deque>
#include <functional>

class QSocketNotifier;

namespace Sidewire {

/// A bound UDP socket: every datagram with its sender, what the kernel dropped, and ICMP errors.
class UdpPort final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UdpPort)

public:
    static constexpr qint64 MaxQueued = 64 * 1024 * 1024;
    static constexpr int WantedReceiveBuffer = 4 * 1024 * 1024;

    explicit UdpPort(QObject *parent = nullptr);
    ~UdpPort() override;

    /// A null address means any, port 0 a free one.
    Result<void> bind(const Endpoint &local);
    void close();
    bool isBound() const { return m_socket.state() == QAbstractSocket::BoundState; }
    Endpoint local() const { return {m_socket.localAddress(), m_socket.localPort()}; }
    int receiveBuffer() const; ///< What the kernel granted

    /// Sends or queues one datagram; sent() comes when the kernel took it, possibly before this returns.
    Result<void> send(const QByteArray &datagram, const Endpoint &to);
    qint64 queued() const { return m_queued; }

    void pauseReading() { m_isPaused = true; }
    void resumeReading();

    /// Called for each datagram that came; the bytes are valid during the call only.
    void setReceiver(std::function<void(const DatagramBatch::Datagram &)> receiver)
    {
        m_receiver = std::move(receiver);
    }

Q_SIGNALS:
    void sent(const QByteArray &datagram, const Sidewire::Endpoint &to);
    void sendFailed(const Sidewire::Endpoint &to, const Sidewire::Error &error); ///< The datagram is gone
    void unreachable(const Sidewire::Endpoint &destination, const QString &what, const QString &detail);
    void droppedByKernel(qint64 count); ///< Since the last time

private:
    struct Queued
    {
        QByteArray bytes;
        Endpoint to;
    };

    void read();
    void readIcmpErrors();
    void countDrops();
    bool trySend(const Queued &datagram);
    void sendQueued();

    QUdpSocket m_socket;
    DatagramBatch m_batch;
    std::function<void(const DatagramBatch::Datagram &)> m_receiver;
    QSocketNotifier *m_writable = nullptr;
    std::deque<Queued> m_queue;
    qint64 m_queued = 0;
    quint32 m_dropsSeen = 0;
    bool m_isPaused = false;
};

} // namespace Sidewire
