// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connector.h"
#include "core/net/udpport.h"
#include "core/session/connectionrecorder.h"
#include "core/session/session.h"
#include "core/session/udppeer.h"

#include <QHash>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// UDP, client or listener: one bound port, and one connection for each pair of a peer and the address of ours that it
/// sends to or is sent to from.
///
/// So what a peer sends to a group is a connection whose local end is the group, and what it sends to us directly is
/// another; an answer into the first leaves from an address of ours and belongs to the second. A client has its target
/// as the first connection; replies from any other sender get connections of their own.
class UdpSession final : public Session
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UdpSession)

public:
    /// Datagrams of further peers belong to one connection, "others".
    static constexpr qsizetype MaxPeers = 10'000;

    UdpSession(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log);
    ~UdpSession() override;

    void start() override;
    Result<void> send(const SendRequest &request) override;
    void close(const Connections &connections) override;
    void reset(const Connections &connections) override { close(connections); }
    void finishSending(const Connections &) override {}
    void pauseReading(const Connections &connections) override; ///< The port: all peers
    void resumeReading(const Connections &connections) override;
    void stopListening() override;
    void reconnect() override;
    Result<void> joinGroup(const MulticastGroup &group) override;
    Result<void> leaveGroup(const MulticastGroup &group) override;

private:
    qint64 queued() const override { return m_port ? m_port->queued() : 0; }
    void stop(std::chrono::milliseconds timeout) override;
    bool isStopped() const override { return m_peers.empty() && !m_connector; }

    void startListener();
    void onResolved(const QList<QHostAddress> &addresses, double milliseconds);
    void onConnectFailed(const Error &error);
    Result<void> openPort(const Endpoint &local);
    void connectPort();

    UdpPeer &peerFor(const DatagramPath &path, const QHostAddress &ours);
    UdpPeer &addPeer(std::unique_ptr<ConnectionRecorder> connection, const DatagramPath &path,
                     const DatagramPath &replyPath);
    UdpPeer &othersFor(const DatagramPath &path);
    Endpoint localEndpoint(const DatagramPath &path) const;
    DatagramPath replyPath(const DatagramPath &path, const QHostAddress &ours) const;
    Result<std::vector<DatagramPath>> targetsOf(const SendRequest &request);

    void onDatagram(const Datagram &datagram);
    void onSent(const QByteArray &datagram, const DatagramPath &path);
    void onSendFailed(const DatagramPath &path, const Error &error);
    void onUnreachable(const DatagramPath &path, const QString &what, const QString &detail);
    void tellGroup(EventType type, const MulticastGroup &group);
    void closePeer(ConnectionId id);
    void closeAll();
    void closePort();

    std::unique_ptr<Connector> m_connector; ///< While the client's target is resolved
    std::unique_ptr<ConnectionRecorder> m_resolving;
    std::unique_ptr<UdpPort> m_port;
    Answer m_answer; ///< Each peer gets a copy
    std::map<ConnectionId, UdpPeer> m_peers;
    QHash<DatagramPath, UdpPeer *> m_byPath; ///< Into m_peers, for each datagram
    std::optional<ConnectionId> m_others;
    DatagramPath m_target; ///< Of a client
    std::optional<DatagramPath> m_lastSender; ///< The way back to it
    quint16 m_listenPort = 0;
    bool m_isPaused = false;
};

} // namespace Sidewire
