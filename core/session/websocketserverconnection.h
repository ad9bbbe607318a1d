// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/websocketfacade.h"
#include "core/session/websocketconnection.h"

#include <QPointer>
#include <QWebSocketServer>

namespace Sidewire {

/// The side of a listener: QWebSocketServer over a façade of the accepted socket. Answers come from the recorded bytes, so
/// any legal stream is echoed.
class WebSocketServerConnection final : public WebSocketConnection
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebSocketServerConnection)

public:
    static constexpr qint64 MaxMessage = 64 * 1024 * 1024; ///< Longer ones close with 1009

    WebSocketServerConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                              const SessionSpec &spec, QObject *parent);
    ~WebSocketServerConnection() override;

private:
    void begin() override;
    QWebSocket *webSocket() const override;
    void onHead(Direction direction, const QByteArray &head) override;
    void relayControl(const QByteArray &frame) override;
    void onFrameBytes(const QByteArray &bytes) override;
    void onRequest(const QByteArray &head);
    void onNewConnection();
    void forgetUntil(qint64 offset);
    void answer(Opcode opcode, const QByteArray &message);
    void tick();

    SessionSpec m_spec;
    QWebSocketServer m_server;
    QPointer<WebSocketFacade> m_facade; ///< Owned by the QWebSocket once there is one
    QWebSocket *m_webSocket = nullptr;
    QTimer m_upgradeTimer;
    QTimer m_clock;
    qint64 m_ticks = 0;

    FrameDecoder m_decoder{FrameDecoder::Sender::Client};
    QByteArray m_message; ///< Wire bytes since m_messageBegin
    qint64 m_messageBegin = 0;
    bool m_isTooLong = false; ///< Nothing is answered any more
    std::optional<Opcode> m_opcode; ///< Of the message that has begun
};

} // namespace Sidewire
