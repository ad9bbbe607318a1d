// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/nativedatagram.h"
#include "core/net/socketsettings.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

class QSocketNotifier;

namespace Sidewire {

/// A bound UDP socket: every datagram with the way it came, multicast groups, what the kernel dropped, and ICMP errors.
///
/// It hears the groups that it has joined itself, not those that another program on this machine has.
class UdpPort final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UdpPort)

public:
    static constexpr qint64 MaxQueued = 64 * 1024 * 1024;
    static constexpr int WantedReceiveBuffer = 4 * 1024 * 1024;

    explicit UdpPort(QObject *parent = nullptr);
    ~UdpPort() override;

    /// Binds to `settings.bind` (no address means any, port 0 a free one) and joins the groups; a port that is bound to
    /// a group joins that too. On failure it is closed.
    Result<void> open(const SocketSettings &settings);
    void close(); ///< What the kernel dropped until now is told first
    bool isOpen() const { return m_socket >= 0; }
    Endpoint local() const { return m_local; }
    qintptr descriptor() const { return m_socket; }

    int receiveBuffer() const { return m_receiveBuffer; } ///< What the kernel granted

    /// Whether datagrams can come to several addresses of ours.
    bool isBoundToAny() const { return m_isBoundToAny; }

    /// The address of ours that datagrams to `peer` leave from; null when there is no way there.
    QHostAddress localTowards(const Endpoint &peer) const;

    Result<MulticastGroup> join(const MulticastGroup &group); ///< What was joined
    Result<MulticastGroup> leave(const MulticastGroup &group); ///< No interface: the one group of that address
    const std::vector<MulticastGroup> &groups() const { return m_groups; }

    /// Sends or queues one datagram; sent() comes when the kernel took it, possibly before this returns.
    Result<void> send(const QByteArray &datagram, const DatagramPath &path);
    qint64 queued() const { return m_queued; }

    void pauseReading();
    void resumeReading();

    /// Called for each datagram that came.
    void setReceiver(std::function<void(const Datagram &)> receiver) { m_receiver = std::move(receiver); }

Q_SIGNALS:
    void sent(const QByteArray &datagram, const Sidewire::DatagramPath &path);
    void sendFailed(const Sidewire::DatagramPath &path, const Sidewire::Error &error); ///< One that was queued is gone
    void unreachable(const Sidewire::DatagramPath &path, const QString &what, const QString &detail);
    void droppedByKernel(qint64 count); ///< Since the last time

private:
    struct Queued
    {
        QByteArray bytes;
        DatagramPath path;
    };

    Result<void> prepare();
    void watch();
    void read();
    void readIcmpErrors();
    void countDrops();
    int trySend(const Queued &datagram);
    void sendQueued();

    SocketSettings m_settings;
    qintptr m_socket = -1;
    Endpoint m_local;
    bool m_isBoundToAny = false;
    int m_receiveBuffer = 0;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    DatagramBatch m_batch;
    std::function<void(const Datagram &)> m_receiver;
    std::vector<MulticastGroup> m_groups;
    std::deque<Queued> m_queue;
    qint64 m_queued = 0;
    quint32 m_dropsSeen = 0;
    QTimer m_dropTimer; ///< While it runs, drops are left to be told together
    bool m_isPaused = false;
};

} // namespace Sidewire
