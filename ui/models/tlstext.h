// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"
#include "ui/models/statustext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Sidewire {

/// Puts what is known of TLS into words. Pure; what a certificate says stands in them as one visible line each, for
/// plain-text labels.
class TlsText
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::TlsText)

public:
    /// The strip's cell of a session that has a TLS layer.
    static StripCell cell(const SessionFacts &facts);

    /// Whether the session has such a layer: by its scheme, or because TLS was begun by hand.
    static bool hasLayer(const SessionFacts &facts);

    /// The handshake failed because the peer's certificate was not accepted.
    static bool isNotTrusted(const ConnectionInfo &info);

    /// What was verified: "the certificate was not verified (verify=off)".
    static QString verification(const TlsFacts &facts);
    static Theme::Tone verificationTone(const TlsFacts &facts);

    /// One sentence each: "certificate 1 (CN=Example CA): self-signed certificate".
    static QStringList problems(const TlsFacts &facts);

    /// "2026-01-01 to 2027-01-01, expired 3 days ago".
    static QString validity(const CertificateFacts &certificate, qint64 now);
    static bool isInForce(const CertificateFacts &certificate, qint64 now);

    /// One line of a certificate's own words, bounded.
    static QString line(const QString &text);
};

} // namespace Sidewire
