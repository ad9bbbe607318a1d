// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/websocketfacade.h"
#include "core/session/answer.h"
#include "core/session/messagecollector.h"
#include "core/session/websocketconnection.h"

#include <QPointer>
#include <QWebSocketServer>

#include <deque>

namespace Sidewire {

struct UpgradeRefusal;

/// The side of a listener: QWebSocketServer over a façade of the accepted socket, which sees the request only once the
/// listener's rules, or a person, have accepted it. Answers come from the recorded bytes, so any legal stream is echoed.
class WebSocketServerConnection final : public WebSocketConnection
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebSocketServerConnection)

public:
    WebSocketServerConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                              const SessionSpec &spec, Answer answer, QObject *parent);
    ~WebSocketServerConnection() override;

    /// Of a request that waits for a person: 101, or 400 to 599.
    Result<void> answerUpgrade(int status);

private:
    void begin() override;
    QWebSocket *webSocket() const override;
    void onHead(Direction direction, const QByteArray &head) override;
    void giveToWebSocket(const QByteArray &frame) override;
    void onControlFrame(Opcode opcode, const QByteArray &frame) override;
    bool wantsFrameBytes() const override { return m_answer.isReply(); }
    void onFrameBytes(QByteArrayView bytes) override;
    void onSentFrameBytes() override;
    void onBodyBytes(qint64 size) override;
    void onRequest(const QByteArray &head);
    void accept();
    void refuse(const UpgradeRefusal &refusal);
    void onUpgradeTimeout();
    void onNewConnection();
    void onWebSocketWrote(const QByteArray &bytes);
    void respond(const QByteArray &head);
    void replyToInbox();
    bool hasRoomFor(const MessageCollector::Message &message) const;
    void reply(const MessageCollector::Message &message);
    void tick();

    SessionOptions m_options;
    Answer m_answer;
    QWebSocketServer m_server;
    QPointer<WebSocketFacade> m_facade; ///< Owned by the QWebSocket once there is one
    QWebSocket *m_webSocket = nullptr;
    QTimer m_upgradeTimer;
    QTimer m_clock;
    QByteArray m_request; ///< The head, until it is accepted
    QByteArray m_response; ///< What the QWebSocketServer has written of its head
    bool m_hasResponded = false;
    std::optional<DeflateParameters> m_deflate; ///< As agreed
    bool m_isWaiting = false; ///< For answerUpgrade()
    MessageCollector m_collector;
    std::deque<MessageCollector::Message> m_inbox; ///< To be answered, or relayed, in this order
    bool m_isInboxStalled = false; ///< Until some of what is queued has left
};

} // namespace Sidewire
