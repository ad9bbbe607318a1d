// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"
#include "core/net/bytestream.h"
#include "core/net/streamsink.h"
#include "core/net/tcpstream.h"
#include "core/net/tlscontext.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace Sidewire {

class TlsEngine;

/// TLS over a TcpStream, through OpenSSL and memory, so that both directions end one by one here too: after the peer's
/// close_notify what is queued still leaves and more can be sent, which a QSslSocket does not do.
///
/// The sink gets plaintext, one TLS record at a time. sent() is called when the kernel took the last byte of the TLS record
/// around that plaintext, not when TLS took it. An end of the TCP stream without close_notify is an Error, as it may be a
/// truncation (RFC 8446, 6.1), unless close() had sent ours before: many peers answer that with FIN alone.
class TlsStream final : public ByteStream, private StreamSink
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TlsStream)

public:
    /// Takes over `tcp`, which may be open already; nothing may be queued in it. A client checks the certificate against
    /// the settings' serverName, or else `host`, or else the peer's address; what it is checked against is also the SNI,
    /// unless that is an address (RFC 6066, 3). A server ignores `host`.
    TlsStream(std::unique_ptr<TcpStream> tcp, StreamSink &sink, std::shared_ptr<const TlsContext> context,
              const QString &host = {}, QObject *parent = nullptr);
    ~TlsStream() override;

    /// Begins the handshake, which has no time limit of its own. secured() or ended() follows.
    void start() override;

    Result<void> send(const QByteArray &bytes) override; ///< Waits for the end of the handshake
    void finishSending() override;
    void close() override; ///< During the handshake: FIN at once, if nothing is queued
    void reset() override;
    void pauseReading() override;
    void resumeReading() override;
    void onRoomAgain() override;
    void setReadingLimit(qint64 queued) override { m_readingLimit = queued; }
    void setCloseTimeout(std::chrono::milliseconds timeout) override { m_closeTimeout = timeout; }

    qint64 queued() const override { return m_queued; } ///< Plaintext that the kernel has not taken
    Endpoint local() const override { return m_tcp->local(); }
    Endpoint peer() const override { return m_tcp->peer(); }
    qintptr descriptor() const override { return isOver() ? -1 : m_tcp->descriptor(); }
    bool isFinReceived() const override { return m_isFinReceived; } ///< close_notify, or what was accepted for it
    bool isFinSent() const override { return m_isCloseNotifySent && m_tcp->isFinSent(); }
    bool isOver() const override { return m_state == State::Over; }
    bool isClosing() const override { return m_isClosing; }

    /// As far as known; complete with secured(). After a failed verification it has the problems and the chain.
    const TlsFacts &facts() const { return m_facts; }

Q_SIGNALS:
    /// The peer's certificate was not right. With `isFatal` ended() follows with the problems as its error.
    void verifyFailed(bool isFatal);
    void secured();

private:
    enum class State {
        Idle,
        Handshaking,
        Open,
        Leaving, ///< Nothing is decrypted any more; TCP is about to end
        Over,
    };

    /// Plaintext whose record is complete when `end` bytes of ciphertext have left.
    struct Piece
    {
        QByteArray buffer;
        qsizetype offset = 0;
        qsizetype size = 0;
        qint64 end = 0;
    };

    // The sink of m_tcp, for ciphertext
    std::span<char> reserve(qsizetype size) override;
    void received(qsizetype size) override;
    bool canTakeSent() override;
    void sent(QByteArrayView ciphertext) override;

    bool canRead() const;
    void goOn();
    void goOnLater();
    void shakeHands();
    void onSecured();
    void readPlaintext();
    void onCloseNotify();
    void pump();
    bool encryptNext();
    void flush();
    void onTcpFin();
    void onTcpFinSent();
    void onTcpOver(const StreamEnd &result);
    void settle();
    void fail(const Error &error, bool isByPeer);
    void leave();
    void onCloseTimeout();
    void end(StreamEnd result);

    std::unique_ptr<TcpStream> m_tcp;
    StreamSink &m_sink;
    std::shared_ptr<const TlsContext> m_context;
    std::unique_ptr<TlsEngine> m_engine;
    TlsFacts m_facts;
    QElapsedTimer m_sinceStart;
    QTimer m_closeTimer;
    std::vector<char> m_room; ///< For ciphertext that is read
    std::deque<QByteArray> m_waiting; ///< Plaintext that TLS has not taken
    qsizetype m_frontTaken = 0; ///< Of the front of m_waiting
    std::deque<Piece> m_leaving; ///< Plaintext that TLS has taken and the kernel has not
    qint64 m_ciphertextQueued = 0; ///< Since the beginning
    qint64 m_ciphertextSent = 0;
    qint64 m_queued = 0;
    qint64 m_readingLimit = -1;
    std::chrono::milliseconds m_closeTimeout{5000};
    std::optional<StreamEnd> m_failure; ///< Ends the stream as soon as the alert has left
    std::optional<StreamEnd> m_tcpResult;
    State m_state = State::Idle;
    bool m_isPaused = false;
    bool m_isGoingOn = false; ///< goOn() is posted
    bool m_isPumping = false;
    bool m_wantsFin = false;
    bool m_isCloseNotifySent = false;
    bool m_isFinReceived = false;
    bool m_isPeerFirst = false;
    bool m_isClosing = false;
};

} // namespace Sidewire
