// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connector.h"
#include "core/session/connectionrecorder.h"
#include "core/session/session.h"
#include "core/session/streamconnection.h"

namespace Sidewire {

/// A client over TCP or WebSocket: one connection at a time, each reconnect adds one.
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

private:
    qint64 queued() const override;
    void stop(std::chrono::milliseconds timeout) override;
    bool isStopped() const override;

    void onResolved(const QList<QHostAddress> &addresses, double milliseconds);
    void onConnected();
    void onConnectFailed(const Error &error);
    void onOver(StreamConnection *connection);
    void giveUpConnecting();

    std::unique_ptr<Connector> m_connector; ///< While connecting
    std::unique_ptr<ConnectionRecorder> m_connecting; ///< What is recorded until there is a connection
    StreamConnection *m_connection = nullptr; ///< The newest, if it is not over
    std::vector<StreamConnection *> m_all; ///< With those that are still closing
};

} // namespace Sidewire
