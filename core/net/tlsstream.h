// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"
#include "core/net/bytestream.h"
#include "core/net/streamsink.h"
#include "core/net/tcpstream.h"
#include "core/net/tlscontext.h"

#include <QElapsedTimer>

#include <deque>
#include <memory>
#include <vector>

namespace Sidewire {

class TlsEngine;

/// TLS over a TcpStream, through OpenSSL and memory, so that both directions end one by one here too: after the peer's
/// close_notify what is queued still leaves and more can be sent, which a QSslSocket does not do.
///
/// The sink gets plaintext, one TLS record at a time. sent() is called when the kernel took the last byte of the TLS record
/// around that plaintext, not when TLS took it. An end of the TCP stream without close_notify is an Error, as it may be a
/// truncation (RFC 8446, 6.1), unless our own close_notify had gone before: many peers answer that with FIN alone.
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

    Result<void> send(const QByteArray &bytes) override; ///< Before the handshake is done it waits for it
    void finishSending() override;
    void close() override; ///< During the handshake: FIN at once, if nothing is queued
    void reset() override;
    void pauseReading() override;
    void resumeReading() override;
    void onRoomAgain() override;
    void setReadingLimit(qint64 queued) override;
    void setCloseTimeout(std::chrono::milliseconds timeout) override;

    qint64 queued() const override; ///< Plaintext that the kernel has not taken
    Endpoint local() const override;
    Endpoint peer() const override;
    qintptr descriptor() const override;
    bool isFinReceived() const override; ///< close_notify, or what was accepted for it
    bool isFinSent() const override;
    bool isOver() const override;
    bool isClosing() const override;

    /// As far as known; complete with secured(). After a failed verification it has the problems and the chain.
    const TlsFacts &facts() const;

Q_SIGNALS:
    /// The peer's certificate was not right. With `isFatal` ended() follows with the problems as its error.
    void verifyFailed(bool isFatal);
    void secured();

private:
    enum class State { Idle, Handshaking, Open, Failing, Over };

    std::span<char> reserve(qsizetype size) override;
    void received(qsizetype size) override;
    bool canTakeSent() override;
    void sent(QByteArrayView ciphertext) override;

    void goOn();
    void shakeHands();
    void readPlaintext();
    bool canRead() const;
    void onCloseNotify();
    void onTcpEnd();
    void onTcpEnded(const StreamEnd &result);
    void pump();
    void flush();
    void fail(const Error &error);
    void onCloseTimeout();
    void finishIfBothEnded();
    void end(StreamEnd result);

    std::unique_ptr<TcpStream> m_tcp;
    StreamSink &m_sink;
    std::unique_ptr<TlsEngine> m_engine;
};

} // namespace Sidewire
