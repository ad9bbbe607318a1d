// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/streamsink.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>

class QSocketNotifier;

namespace Sidewire {

/// How a stream ended.
struct StreamEnd
{
    enum class How {
        Fin, ///< Both directions ended with FIN
        Reset, ///< RST, sent or received
        Timeout, ///< Closing took too long: the peer did not take what was queued, or did not send its FIN
        Error,
    };
    How how = How::Fin;
    bool isByPeer = false; ///< Who ended it first
    qint64 discarded = 0; ///< Queued bytes that never left
    Error error; ///< With Reset by the peer, Timeout and Error
};

/// A connected TCP socket whose two directions end one by one, and which tells exactly what crossed it.
///
/// It reads straight into its sink. It looks for the end of the peer's stream by peeking and never lets Qt read it, as Qt
/// would take a half-close for the end of everything. What is sent waits in a bounded queue here, not in Qt; the kernel
/// gets it piece by piece, and the sink is told of what it took.
///
/// The socket must be unbuffered. Only a QAbstractSocket made with the type TcpSocket is that for a descriptor given by
/// setSocketDescriptor(); a QTcpSocket is buffered then, whatever the open mode says.
///
/// TLS on an open stream: duplicate the descriptor, give the duplicate to a QSslSocket and forget this one
/// (takeDescriptor()); tst_tcpstream shows it.
class TcpStream final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TcpStream)

public:
    static constexpr qint64 MaxQueued = 64 * 1024 * 1024;

    TcpStream(std::unique_ptr<QAbstractSocket> socket, StreamSink &sink, QObject *parent = nullptr);
    ~TcpStream() override; ///< With FIN if nothing is unread, without any signal

    void start();

    /// Queues bytes. An error when the direction has ended or the queue would pass MaxQueued.
    Result<void> send(const QByteArray &bytes);

    /// FIN once everything queued has left. The peer may go on.
    void finishSending();

    /// finishSending(), then waits for the peer's FIN, but not longer than closeTimeout() without progress.
    void close();

    /// RST now.
    void reset();

    void pauseReading();
    void resumeReading();

    /// The sink can take something again after it could not.
    void onRoomAgain();

    /// Reading stops while more than this is queued, so that a peer which is answered must also read. No limit at first.
    void setReadingLimit(qint64 queued) { m_readingLimit = queued; }

    void setCloseTimeout(std::chrono::milliseconds timeout) { m_closeTimeout = timeout; }

    /// Stops here and gives a duplicate of the descriptor to the caller, who owns it; -1 where that cannot be. No signal
    /// follows. Nothing may be queued.
    qintptr takeDescriptor();

    qint64 queued() const { return m_queued; }
    Endpoint local() const { return m_local; }
    Endpoint peer() const { return m_peer; }
    bool isFinReceived() const { return m_isFinReceived; }
    bool isFinSent() const { return m_isFinSent; }
    bool isOver() const { return m_isOver; }
    bool isClosing() const { return m_isClosing; }

Q_SIGNALS:
    void finReceived();
    void finSent();
    void ended(const Sidewire::StreamEnd &end); ///< Once, and nothing follows

private:
    void read();
    qint64 readOnce();
    void readLater();
    void onPeerEnd();
    void pump();
    bool handOver();
    void onBytesWritten(qint64 bytes);
    void take(qint64 bytes);
    void sendFin();
    void finishIfBothEnded();
    void onFailure(const Error &error);
    void onSocketError();
    void onCloseTimeout();
    void end(StreamEnd result);

    std::unique_ptr<QAbstractSocket> m_socket;
    StreamSink &m_sink;
    QSocketNotifier *m_failureWatch = nullptr; ///< Sees RST after the peer's FIN, when nothing is read any more
    QTimer m_closeTimer;
    Endpoint m_local;
    Endpoint m_peer;
    std::deque<QByteArray> m_queue;
    qint64 m_frontTaken = 0; ///< Bytes of the front that the kernel has
    qint64 m_handedOver = 0; ///< Bytes of the queue that Qt holds
    qint64 m_queued = 0;
    qint64 m_readingLimit = -1;
    std::chrono::milliseconds m_closeTimeout{5000};
    bool m_isPaused = false;
    bool m_isStalled = false; ///< Reading waits for room or for the queue
    bool m_isReading = false; ///< Inside a read, between reserve() and received()
    bool m_isPumping = false;
    bool m_wantsFin = false;
    bool m_isFinSent = false;
    bool m_isFinReceived = false;
    bool m_isPeerFirst = false;
    bool m_isClosing = false;
    bool m_isOver = false;
};

} // namespace Sidewire
