// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/acceptor.h"
#include "core/session/answer.h"
#include "core/session/listenertls.h"
#include "core/session/session.h"
#include "core/session/streamconnection.h"

#include <map>

namespace Sidewire {

/// A listener over TCP or WebSocket: one connection for each client.
class ListenerSession final : public Session
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListenerSession)

public:
    /// More clients at the same time are reset, and a note says so.
    static constexpr std::size_t MaxClients = 10'000;

    ListenerSession(const SessionSpec &spec, std::unique_ptr<CaptureWriter> writer, std::shared_ptr<SessionLog> log);
    ~ListenerSession() override;

    void start() override;
    Result<void> send(const SendRequest &request) override;
    void close(const Connections &connections) override;
    void reset(const Connections &connections) override;
    void finishSending(const Connections &connections) override;
    void pauseReading(const Connections &connections) override;
    void resumeReading(const Connections &connections) override;
    void stopListening() override;
    void pauseAccepting() override;
    void resumeAccepting() override;
    void reconnect() override;
    Result<void> startTls(const Connections &connections) override;
    Result<void> answerUpgrade(ConnectionId connection, int status) override;

private:
    qint64 queued() const override;
    void stop(std::chrono::milliseconds timeout) override;
    bool isStopped() const override;

    void listen(quint16 port);
    void onAccepted();
    void onOver(ConnectionId id);

    /// The clients that are meant: all when none are named. Copied, as clients may go away meanwhile.
    std::vector<StreamConnection *> select(const Connections &connections) const;

    Acceptor m_acceptor;
    ListenerTls m_tls;
    Answer m_answer; ///< Each client gets a copy
    quint16 m_port = 0; ///< That was listened on, so that listening again finds the same
    bool m_isPaused = false;
    bool m_hasToldOfLimit = false;
    bool m_hasToldOptions = false;
    std::map<ConnectionId, StreamConnection *> m_clients;
};

} // namespace Sidewire
