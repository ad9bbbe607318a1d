// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/controlframescanner.h"
#include "core/session/streamconnection.h"
#include "core/session/websocketoutbox.h"

#include <QTimer>
#include <QWebSocket>

#include <deque>
#include <optional>

namespace Sidewire {

/// A WebSocket connection, either side: an HTTP head each way, then frames.
///
/// What is said of it (close codes, who closed) comes from the recorded bytes. The QWebSocket does the protocol: it gets the
/// peer's control frames, but none of the data, so that no legal stream can make it hang up.
class WebSocketConnection : public StreamConnection
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebSocketConnection)

public:
    WebSocketConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                        Direction client, const AutoPong &autoPong, QObject *parent);
    ~WebSocketConnection() override;

    Result<void> send(const SendRequest &request) override;
    void close() override;
    void closeWithin(std::chrono::milliseconds timeout) override;
    qint64 queued() const override;

protected:
    void begin() override;

    /// The QWebSocket while it is connected, else null.
    virtual QWebSocket *webSocket() const = 0;

    virtual void onHead(Direction direction, const QByteArray &head) = 0;
    virtual void giveToWebSocket(const QByteArray &frame) = 0;
    virtual void onControlFrame(Opcode opcode, const QByteArray &frame) { relayControl(opcode, frame); }
    virtual bool wantsFrameBytes() const { return false; } ///< Or those of long data frames are passed over
    virtual void onFrameBytes(QByteArrayView) {} ///< What follows the peer's head
    virtual void onSentFrameBytes() {} ///< Some of ours have left
    virtual void onBodyBytes(qint64) {} ///< The same when there was no upgrade: how much it is
    void onFinReceived() override;
    void describeEnd(const StreamEnd &stream, ConnectionEnd &end) override;

    /// The upgrade is through: from now on there are frames.
    void setUpgraded() { m_isUpgraded = true; }
    void beginClosing() override;

    /// Begins the phase "open" unless it has been; there is one after each good upgrade, however short.
    void beginOpen();
    bool isUpgraded() const { return m_isUpgraded; }

    /// Before there are frames: what is sent from then on is compressed as was agreed.
    void compress(const DeflateParameters &agreed);

    /// What the QWebSocket wrote behind its head, on its way to the peer.
    void forward(const QByteArray &bytes) { m_outbox.forward(bytes); }

    /// A control frame of the peer for the QWebSocket, which answers it; as far as it shall.
    void relayControl(Opcode opcode, const QByteArray &frame);

    /// The QWebSocket has nothing more to say.
    void onWebSocketClosed();

private:
    struct Half
    {
        explicit Half(FrameDecoder::Sender sender)
            : scanner(sender)
        {}
        QByteArray head;
        ControlFrameScanner scanner;
        bool isHeadOver = false;
        bool isClosed = false; ///< A Close frame has crossed
    };

    void take(Direction direction, QByteArrayView bytes);
    void onControl(Direction direction, const ControlFrame &frame);
    void finishAfterClose();
    void onCloseTimeout();
    FrameDecoder::Sender sender() const;
    Result<void> check(const SendRequest &request) const;
    qint64 sizeOf(const SendRequest &request) const;
    void handOver(const SendRequest &request);
    void handOverWaiting();
    void closeNow();
    void discardWaiting();
    QString withoutUpgrade() const; ///< How the peer ended it instead
    Half &half(Direction direction) { return direction == Direction::In ? m_in : m_out; }

    Direction m_client;
    AutoPong m_autoPong;
    int m_latePings = 0; ///< Pings that are answered later
    Half m_in;
    Half m_out;
    bool m_isUpgraded = false;
    ClosedBy m_closedBy = ClosedBy::Nobody; ///< Who sent the first Close frame
    WebSocketOutbox m_outbox;
    std::deque<SendRequest> m_waiting; ///< Behind frames made by hand
    qint64 m_waitingSize = 0;
    bool m_isHandingOver = false;
    bool m_isCloseWaiting = false; ///< close() was called while something waited
    QTimer m_closeWait;
    std::chrono::milliseconds m_closeTimeout{5000};
};

} // namespace Sidewire
