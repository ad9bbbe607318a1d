// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"
#include "core/net/bytestream.h"
#include "core/net/streamsink.h"
#include "core/net/tcpstream.h"
#include "core/net/tlssettings.h"

#include <memory>

namespace Sidewire {

/// TLS over a TcpStream, through OpenSSL and memory, so that both directions end one by one here too: after the peer's
/// close_notify what is queued still leaves and more can be sent, which a QSslSocket does not do.
///
/// The sink gets plaintext. sent() is called when the kernel took the last byte of the TLS record around it, not when TLS
/// took the plaintext. An end of the TCP stream without close_notify is an Error: it may be a truncation (RFC 8446, 6.1).
class TlsStream final : public ByteStream
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TlsStream)

public:
    enum class Role { Client, Server };

    /// Takes over `tcp`, which may be open already; nothing may be queued in it. `host` is what the certificate is
    /// checked against, and SNI unless the settings name another.
    TlsStream(std::unique_ptr<TcpStream> tcp, StreamSink &sink, Role role, const TlsSettings &settings,
              const QString &host, QObject *parent = nullptr);
    ~TlsStream() override;

    /// Begins the handshake. secured() or ended() follows.
    void start() override;

    Result<void> send(const QByteArray &bytes) override; ///< Before the handshake is done it waits for it
    void finishSending() override;
    void close() override;
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
    bool isFinReceived() const override;
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
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Sidewire
