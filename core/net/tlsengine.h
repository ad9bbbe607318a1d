// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/opensslhandle.h"
#include "core/net/tlscontext.h"
#include "core/net/tlsverification.h"

#include <QByteArrayView>

#include <span>

namespace Sidewire {

/// One end of a TLS connection in memory: ciphertext goes in and comes out, plaintext comes out and goes in. It knows no
/// socket and never waits. After each call takeCiphertext() has what is to be sent, alerts included.
class TlsEngine
{
    Q_DISABLE_COPY_MOVE(TlsEngine)

public:
    enum class Step {
        Done,
        NeedsMore, ///< Ciphertext from the peer
        Ended, ///< The peer sent close_notify
        Failed, ///< For good; error() tells
    };

    /// `peer` is whom the certificate has to be for, of a client.
    TlsEngine(std::shared_ptr<const TlsContext> context, const TlsPeerName &peer);

    /// Hooks that OpenSSL has for a context only; they find the engine.
    static void installHooks(SSL_CTX *context);

    void feed(QByteArrayView ciphertext);
    bool hasInput() const; ///< Something is fed that was not looked at, or decrypted and not read

    Step shakeHands();

    /// At most one TLS record.
    Step read(std::span<char> room, qsizetype &size);

    /// At most MaxRecord bytes, as one TLS record.
    Step write(QByteArrayView plaintext);
    static constexpr qsizetype MaxRecord = 16384;

    void sendCloseNotify();
    QByteArray takeCiphertext();
    qint64 ciphertextSize() const; ///< Of what takeCiphertext() would give

    const TlsFacts &facts() const { return m_facts; }
    const TlsVerification &verification() const { return m_verification; }
    const Error &error() const { return m_error; }
    bool isFailureByPeer() const { return m_isFailureByPeer; }

private:
    Step stepAfter(int result);
    void onFailure();
    QString failureText();
    void readFacts();
    int selectProtocol(const unsigned char **chosen, unsigned char *size, QByteArrayView offered);

    std::shared_ptr<const TlsContext> m_context;
    TlsVerification m_verification;
    OpenSsl::SslPointer m_ssl;
    BIO *m_input; ///< Both belong to m_ssl
    BIO *m_output;
    TlsFacts m_facts;
    Error m_error;
    QByteArray m_firstBytes;
    QStringList m_offered; ///< By the client, for ALPN
    qint64 m_fed = 0; ///< During the handshake
    bool m_isFailureByPeer = false;
};

} // namespace Sidewire
