// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/bytestream.h"
#include "core/net/streamsink.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>

class QSocketNotifier;

namespace Sidewire {

/// A connected TCP socket whose two directions end one by one, and which tells exactly what crossed it.
///
/// It reads straight into its sink, and never lets Qt read, as Qt would take a half-close for the end of everything. What
/// is sent waits in a bounded queue here, not in Qt; the kernel gets it piece by piece, and the sink is told of what it took.
///
/// The socket must be unbuffered. Only a QAbstractSocket made with the type TcpSocket is that for a descriptor given by
/// setSocketDescriptor(); a QTcpSocket is buffered then, whatever the open mode says.
class TcpStream final : public ByteStream
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TcpStream)

public:
    TcpStream(std::unique_ptr<QAbstractSocket> socket, StreamSink &sink, QObject *parent = nullptr);
    ~TcpStream() override; ///< With FIN if nothing is unread, without any signal

    /// From now on what is read and sent goes there: for a layer that begins on an open stream.
    void setSink(StreamSink &sink) { m_sink = &sink; }

    void start() override;
    Result<void> send(const QByteArray &bytes) override;
    void finishSending() override;
    void close() override;
    void reset() override;
    void pauseReading() override;
    void resumeReading() override;
    void onRoomAgain() override;
    void setReadingLimit(qint64 queued) override { m_readingLimit = queued; }
    void setCloseTimeout(std::chrono::milliseconds timeout) override { m_closeTimeout = timeout; }

    qint64 queued() const override { return m_queued; }
    Endpoint local() const override { return m_local; }
    Endpoint peer() const override { return m_peer; }
    qintptr descriptor() const override;
    bool isFinReceived() const override { return m_isFinReceived; }
    bool isFinSent() const override { return m_isFinSent; }
    bool isOver() const override { return m_isOver; }
    bool isClosing() const override { return m_isClosing; }

private:
    void read();
    void armNotifier();
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
    StreamSink *m_sink;
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
