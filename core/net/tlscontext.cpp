// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlscontext.h"

#include "core/net/alpn.h"
#include "core/net/certificatereader.h"
#include "core/net/keylog.h"
#include "core/net/opensslhandle.h"
#include "core/net/throwawaycertificate.h"
#include "core/net/tlscredentials.h"
#include "core/net/tlsengine.h"

#include <QFileInfo>

#include <openssl/err.h>

namespace Sidewire {

namespace {

int versionNumber(TlsVersion version)
{
    switch (version) {
    case TlsVersion::Any:
        return 0; // OpenSSL: no limit
    case TlsVersion::Tls10:
        return TLS1_VERSION;
    case TlsVersion::Tls11:
        return TLS1_1_VERSION;
    case TlsVersion::Tls12:
        return TLS1_2_VERSION;
    case TlsVersion::Tls13:
        return TLS1_3_VERSION;
    }
    return 0;
}

bool isOld(TlsVersion version)
{
    return version == TlsVersion::Tls10 || version == TlsVersion::Tls11;
}

Result<void> setVersions(SSL_CTX *context, const TlsSettings &settings)
{
    TlsVersion minimum = settings.minimum;
    if (minimum == TlsVersion::Any) {
        minimum = isOld(settings.maximum) ? settings.maximum : TlsVersion::Tls12;
    }
    if (settings.maximum != TlsVersion::Any && settings.maximum < minimum) {
        return Error{Error::Code::Usage, QStringLiteral("the least TLS version is above the greatest")};
    }
    if (isOld(minimum)) {
        // Their signatures use MD5 and SHA-1, which the usual levels refuse; their servers may not know RFC 5746.
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_options(context, SSL_OP_LEGACY_SERVER_CONNECT);
    }
    SSL_CTX_set_min_proto_version(context, versionNumber(minimum));
    SSL_CTX_set_max_proto_version(context, versionNumber(settings.maximum));
    return {};
}

/// TLS 1.3 has its own list with its own names; OpenSSL shows both in one.
Result<void> setCiphers(SSL_CTX *context, const QString &ciphers)
{
    QStringList of13;
    QStringList others;
    for (const QString &cipher : ciphers.split(QLatin1Char(':'), Qt::SkipEmptyParts)) {
        (cipher.startsWith(QLatin1String("TLS_")) ? of13 : others).append(cipher);
    }
    const auto joined = [](const QStringList &list) {
        return list.join(QLatin1Char(':')).toLatin1();
    };
    if ((!of13.isEmpty() && SSL_CTX_set_ciphersuites(context, joined(of13).constData()) != 1)
        || (!others.isEmpty() && SSL_CTX_set_cipher_list(context, joined(others).constData()) != 1)) {
        ERR_clear_error();
        return Error{Error::Code::Usage,
                     QStringLiteral("no such ciphers: \"%1\" (\"openssl ciphers\" lists them)").arg(ciphers)};
    }
    return {};
}

Result<void> setAuthorities(SSL_CTX *context, TlsContext::Role role, const QString &file)
{
    if (file.isEmpty()) {
        SSL_CTX_set_default_verify_paths(context);
        return {};
    }
    const QByteArray path = file.toLocal8Bit();
    if (SSL_CTX_load_verify_file(context, path.constData()) != 1) {
        ERR_clear_error();
        return QFileInfo(file).isReadable()
            ? Error{Error::Code::Malformed, QStringLiteral("%1 has no certificate in PEM form").arg(file)}
            : Error{Error::Code::Io, QStringLiteral("cannot read the authorities in %1").arg(file)};
    }
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    if (role == TlsContext::Role::Server) {
        SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(path.constData()));
    }
    return {};
}

Result<void> useCredentials(SSL_CTX *context, const TlsCredentials &credentials, const QString &file)
{
    STACK_OF(X509) *issuers = sk_X509_new_null();
    for (const OpenSsl::CertificatePointer &issuer : credentials.issuers) {
        sk_X509_push(issuers, issuer.get());
    }
    const int result =
        SSL_CTX_use_cert_and_key(context, credentials.certificate.get(), credentials.key.get(), issuers, 1);
    sk_X509_free(issuers);
    if (result == 1) {
        return {};
    }
    const char *reason = ERR_reason_error_string(ERR_peek_error());
    ERR_clear_error();
    return Error{Error::Code::Unsupported,
                 QStringLiteral("OpenSSL does not take the certificate %1: %2").arg(file, QLatin1String(reason))};
}

Result<TlsCredentials> makeCredentials(const QStringList &names)
{
    const Result<ThrowAwayCertificate> made = ThrowAwayCertificate::make(names);
    if (!made) {
        return made.error();
    }
    return TlsCredentials::fromPem(made->certificate, made->key);
}

int verifyMode(TlsContext::Role role, TlsSettings::ClientCertificate clientCertificate)
{
    if (role == TlsContext::Role::Client) {
        return SSL_VERIFY_PEER;
    }
    switch (clientCertificate) {
    case TlsSettings::ClientCertificate::None:
        return SSL_VERIFY_NONE;
    case TlsSettings::ClientCertificate::Ask:
        return SSL_VERIFY_PEER;
    case TlsSettings::ClientCertificate::Require:
        return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    }
    return SSL_VERIFY_PEER;
}

} // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::create(Role role, const TlsSettings &settings,
                                                             const QStringList &names)
{
    const std::shared_ptr<TlsContext> context(new TlsContext(role, settings));
    if (const Result<void> built = context->build(names); !built) {
        return built.error();
    }
    return std::shared_ptr<const TlsContext>(context);
}

TlsContext::TlsContext(Role role, const TlsSettings &settings)
    : m_role(role)
    , m_settings(settings)
    , m_handle(SSL_CTX_new(role == Role::Client ? TLS_client_method() : TLS_server_method()), SSL_CTX_free)
{}

Result<void> TlsContext::build(const QStringList &names)
{
    SSL_CTX *context = handle();
    if (!context) {
        ERR_clear_error();
        return Error{Error::Code::Unsupported,
                     QStringLiteral("OpenSSL cannot be used; its configuration may be broken")};
    }
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS); // 34 KiB less for each connection that is idle
    SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN); // What the file has is sent, nothing out of the store.
    SSL_CTX_set_verify(context, verifyMode(m_role, m_settings.clientCertificate), nullptr);
    SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char *>("sidewire"), 8);
    TlsEngine::installHooks(context);
    KeyLog::install(context);

    const Result<QByteArray> protocols = Alpn::toWire(m_settings.alpn);
    if (!protocols) {
        return protocols.error();
    }
    SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char *>(protocols->constData()),
                            static_cast<unsigned int>(protocols->size()));
    if (Result<void> done = setVersions(context, m_settings); !done) {
        return done;
    }
    if (Result<void> done = setCiphers(context, m_settings.ciphers); !done) {
        return done;
    }
    if (Result<void> done = setAuthorities(context, m_role, m_settings.caFile); !done) {
        return done;
    }
    return present(names);
}

Result<void> TlsContext::present(const QStringList &names)
{
    if (m_settings.certificateFile.isEmpty() && !m_settings.keyFile.isEmpty()) {
        return Error{Error::Code::Usage, QStringLiteral("the key %1 needs its certificate").arg(m_settings.keyFile)};
    }
    if (m_settings.certificateFile.isEmpty() && m_role == Role::Client) {
        return {};
    }
    const Result<TlsCredentials> credentials =
        m_settings.certificateFile.isEmpty() ? makeCredentials(names) : TlsCredentials::load(m_settings);
    if (!credentials) {
        return credentials.error();
    }
    m_ownCertificate = CertificateReader::facts(credentials->certificate.get());
    return useCredentials(handle(), *credentials, m_settings.certificateFile);
}

void TlsContext::leaveThread()
{
    OPENSSL_thread_stop();
}

} // namespace Sidewire
