// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "listenertls.h"

namespace Sidewire {

namespace {

QStringList namesOf(const SessionSpec &spec)
{
    QStringList names{QStringLiteral("localhost"), QStringLiteral("127.0.0.1"), QStringLiteral("::1")};
    const QString host = spec.host.section(u'%', 0, 0); // The scope of an IPv6 address is no part of a certificate
    if (!host.isEmpty() && !names.contains(host)) {
        names.append(host);
    }
    return names;
}

} // namespace

Result<void> ListenerTls::prepare(const SessionSpec &spec, SessionRecorder &recorder)
{
    TlsSettings settings = spec.options.tls;
    if (spec.isWebSocket() && settings.alpn.isEmpty()) {
        settings.alpn = QStringList{QStringLiteral("http/1.1")}; // Browsers would also take h2, which cannot upgrade
    }
    if (m_context && m_context->settings() == settings) {
        return {};
    }
    const auto context = TlsContext::create(TlsContext::Role::Server, settings, namesOf(spec));
    if (!context) {
        return context.error();
    }
    m_context = *context;
    if (settings.certificateFile.isEmpty() && m_context->ownCertificate()) {
        recorder.note(QStringLiteral("The certificate was made for this listener and signed by itself, SHA-256 %1")
                          .arg(m_context->ownCertificate()->sha256));
    }
    return {};
}

} // namespace Sidewire
