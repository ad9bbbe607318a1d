// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connector.h"
#include "core/session/connectionrecorder.h"
#include "core/session/session.h"
#include "core/session/streamconnection.h"

#include <optional>

namespace Sidewire {

/// A client over TCP or WebSocket, with TLS and through a proxy if asked for: one connection at a time. Each reconnect, by
/// hand or by itself, and each redirect that is followed adds one.
class ClientSession final : public Session
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientSession)

public:
    ClientSession(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log);
    ~ClientSession() override;

    void start() override;
    Result<void> send(const SendRequest &request) override;
    void close(const Connections &connections) override;
    void reset(const Connections &connections) override;
    void finishSending(const Connections &connections) override;
    void pauseReading(const Connections &connections) override;
    void resumeReading(const Connections &connections) override;
    void reconnect() override;
    Result<void> startTls(const Connections &connections) override;

private:
    qint64 queued() const override;
    void stop(std::chrono::milliseconds timeout) override;
    bool isStopped() const override;

    void connectTo(const SessionSpec &target);
    Result<void> prepareLayers();
    void onResolved(const QList<QHostAddress> &addresses, double milliseconds);
    void onConnected();
    void onConnectFailed(const Error &error);
    void onFinReceived(StreamConnection *connection);
    void onOver(StreamConnection *connection);
    void giveUpConnecting();
    Result<void> follow(const QByteArray &location);

    /// The user wants no connection any more.
    void setUnwanted();
    void reconnectLater();

    SessionSpec m_target; ///< Of the newest connection: that of the session, or where a redirect has led
    std::optional<SessionSpec> m_next; ///< Where a redirect leads, until it is followed
    QStringList m_visited; ///< The targets of the redirects up to there
    StreamLayers m_layers; ///< For the connection that is being made
    std::unique_ptr<Connector> m_connector; ///< While connecting
    std::unique_ptr<ConnectionRecorder> m_connecting; ///< What is recorded until there is a connection
    StreamConnection *m_connection = nullptr; ///< The newest, if it is not over
    std::vector<StreamConnection *> m_all; ///< With those that are still closing
    QTimer m_reconnectTimer;
    qint64 m_attempt = 0; ///< Automatic ones since a connection was open
    bool m_isWanted = false;
};

} // namespace Sidewire
