// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace Sidewire {

/// What a certificate says of itself, in words (RFC 5280). Everything comes from the peer: show it as plain text.
struct CertificateFacts
{
    QString subject; ///< "CN=example.test, O=Example"
    QString issuer;
    QStringList names; ///< Subject alternative names: "DNS:example.test", "IP:127.0.0.1"
    qint64 validFrom = 0; ///< Nanoseconds since 1970 UTC
    qint64 validUntil = 0;
    QString serial; ///< Hex
    QString key; ///< "RSA 2048", "EC prime256v1"
    QString signature; ///< "sha256WithRSAEncryption"
    QString sha256; ///< Fingerprint: 64 lower-case hex digits
    bool isSelfSigned = false;

    friend bool operator==(const CertificateFacts &, const CertificateFacts &) = default;
};

/// One thing that is wrong with the peer's certificate.
struct TlsProblem
{
    int depth = 0; ///< Of the certificate in the chain; 0 is the peer's own
    QString what; ///< "the certificate has expired (2024-01-01)": a sentence without a full stop

    friend bool operator==(const TlsProblem &, const TlsProblem &) = default;
};

/// What is known of the TLS layer of a connection after its handshake (RFC 8446), as it stands in the log.
struct TlsFacts
{
    bool isSecured = false; ///< False before the handshake is done, and when it failed
    QString protocol; ///< "TLS 1.3"
    QString cipher; ///< "TLS_AES_256_GCM_SHA384"
    QString group; ///< Key exchange: "x25519"; empty where not known
    QString alpn; ///< As negotiated; empty for none
    QString sni; ///< Sent by the client; empty for none
    double milliseconds = 0; ///< Of the handshake
    bool isResumed = false;
    QString verification; ///< "verified", "pinned", "off" or "none" (a server that asked for nothing)
    std::vector<TlsProblem> problems; ///< All that verification found, accepted or not
    std::vector<CertificateFacts> chain; ///< The peer's, its own first; empty when it sent none

    QJsonObject toJson() const;
    static TlsFacts fromJson(const QJsonObject &object); ///< Bounded: what is too long is cut off

    friend bool operator==(const TlsFacts &, const TlsFacts &) = default;
};

} // namespace Sidewire
