// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connector.h"
#include "core/net/udpport.h"
#include "core/session/connectionrecorder.h"
#include "core/session/session.h"
#include "core/session/unrulyechoer.h"

#include <QHash>

#include <map>
#include <memory>
#include <optional>

namespace Sidewire {

/// UDP, client or listener: one bound port, one connection for each peer. A client has its target as the first; replies
/// from any other sender get connections of their own.
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
    void pauseReading(const Connections &connections) override;
    void resumeReading(const Connections &connections) override;
    void reconnect() override;

private:
    struct Peer
    {
        std::unique_ptr<ConnectionRecorder> recorder;
        Endpoint endpoint;
        std::unique_ptr<UnrulyEchoer> unruly; ///< With the answer of that name; the same seed for each peer
        bool isHeard = false;
    };

    qint64 queued() const override { return m_port ? m_port->queued() : 0; }
    void stop(std::chrono::milliseconds timeout) override;
    bool isStopped() const override { return m_peers.empty() && !m_connector; }

    void startListener();
    void onResolved(const QList<QHostAddress> &addresses, double milliseconds);
    void onConnectFailed(const Error &error);
    Result<void> openPort(const Endpoint &local);
    Peer &peerFor(const Endpoint &endpoint, const QHostAddress &local);
    Peer &addPeer(std::unique_ptr<ConnectionRecorder> connection, const Endpoint &endpoint, const QHostAddress &local);
    Endpoint localEndpoint(const Endpoint &peer, const QHostAddress &local) const;
    void onDatagram(const DatagramBatch::Datagram &datagram);
    void onSent(const QByteArray &datagram, const Endpoint &to);
    void answer(Peer &peer, const QByteArray &datagram, const Endpoint &to);
    void closePeer(ConnectionId id);
    void closeAll();
    void closePort();

    std::unique_ptr<Connector> m_connector; ///< While the client's target is resolved
    std::unique_ptr<ConnectionRecorder> m_resolving;
    std::unique_ptr<UdpPort> m_port;
    std::map<ConnectionId, Peer> m_peers;
    QHash<Endpoint, ConnectionId> m_byEndpoint;
    std::optional<ConnectionId> m_others;
    Endpoint m_target;
    quint16 m_listenPort = 0;
    bool m_isPaused = false;
};

} // namespace Sidewire
