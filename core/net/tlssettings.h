// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace Sidewire {

enum class TlsVersion : quint8 { Any, Tls10, Tls11, Tls12, Tls13 };

/// What one end of a TLS connection asks for. Files are PEM.
struct TlsSettings
{
    enum class Verify : quint8 {
        On,
        Off, ///< Anything is accepted, and what is wrong is said
        Pinned, ///< Only the certificate with `fingerprint`, whatever else is wrong with it
    };
    /// Of a server: whether the client shall present a certificate.
    enum class ClientCertificate : quint8 { None, Ask, Require };

    TlsVersion minimum = TlsVersion::Any; ///< Any: 1.2, the oldest that RFC 8996 leaves
    TlsVersion maximum = TlsVersion::Any; ///< Any: the newest there is. Below 1.2 OpenSSL's security level falls to 0
    QString serverName; ///< SNI, and what the certificate must be for. Empty: the host
    QStringList alpn; ///< RFC 7301, in order of preference
    QString ciphers; ///< As OpenSSL lists them; empty for its default
    QString caFile; ///< Certificates to trust, roots or not. Empty: the system's store
    QString certificateFile; ///< With the chain, own certificate first. A server without one makes its own
    QString keyFile; ///< Empty: the key stands in certificateFile
    QString passphrase; ///< Of the key. A secret: never saved, never logged
    Verify verify = Verify::On;
    QString fingerprint; ///< SHA-256, 64 lower-case hex digits
    ClientCertificate clientCertificate = ClientCertificate::None;

    friend bool operator==(const TlsSettings &, const TlsSettings &) = default;
};

} // namespace Sidewire
