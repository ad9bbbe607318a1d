// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlsengine.h"

#include "core/net/alpn.h"
#include "core/net/certificatereader.h"
#include "core/net/tlserror.h"

#include <openssl/err.h>

namespace Sidewire {

namespace {

constexpr qsizetype FirstBytes = 40;
// OpenSSL limits each message (a chain to 100 KiB); this limits all of them together.
constexpr qint64 MaxHandshake = 1024 * 1024;
constexpr std::size_t MaxChain = 32;

TlsEngine *engineOf(const SSL *ssl)
{
    return static_cast<TlsEngine *>(SSL_get_app_data(ssl));
}

QString versionText(const SSL *ssl)
{
    switch (SSL_version(ssl)) {
    case TLS1_VERSION:
        return QStringLiteral("TLS 1.0");
    case TLS1_1_VERSION:
        return QStringLiteral("TLS 1.1");
    case TLS1_2_VERSION:
        return QStringLiteral("TLS 1.2");
    case TLS1_3_VERSION:
        return QStringLiteral("TLS 1.3");
    default:
        return QString::fromLatin1(SSL_get_version(ssl));
    }
}

} // namespace

TlsEngine::TlsEngine(std::shared_ptr<const TlsContext> context, const TlsPeerName &peer)
    : m_context(std::move(context))
    , m_verification(m_context->settings().verify, m_context->settings().fingerprint, peer)
    , m_ssl(SSL_new(m_context->handle()))
    , m_input(BIO_new(BIO_s_mem()))
    , m_output(BIO_new(BIO_s_mem()))
{
    SSL_set_bio(m_ssl.get(), m_input, m_output);
    SSL_set_app_data(m_ssl.get(), this);
    if (m_context->role() == TlsContext::Role::Server) {
        SSL_set_accept_state(m_ssl.get());
        return;
    }
    SSL_set_connect_state(m_ssl.get());
    const QByteArray name = peer.name.toLatin1();
    X509_VERIFY_PARAM *check = SSL_get0_param(m_ssl.get());
    if (peer.isAddress) {
        X509_VERIFY_PARAM_set1_ip_asc(check, name.constData());
    } else {
        X509_VERIFY_PARAM_set_hostflags(check, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        X509_VERIFY_PARAM_set1_host(check, name.constData(), static_cast<std::size_t>(name.size()));
        if (SSL_set_tlsext_host_name(m_ssl.get(), name.constData()) == 1) {
            m_facts.sni = peer.name;
        }
    }
}

void TlsEngine::installHooks(SSL_CTX *context)
{
    SSL_CTX_set_cert_verify_callback(
        context,
        [](X509_STORE_CTX *store, void *) -> int {
            const int place = SSL_get_ex_data_X509_STORE_CTX_idx();
            const SSL *ssl = static_cast<SSL *>(X509_STORE_CTX_get_ex_data(store, place));
            return engineOf(ssl)->m_verification.verify(store) ? 1 : 0;
        },
        nullptr);
    SSL_CTX_set_alpn_select_cb(
        context,
        [](SSL *ssl, const unsigned char **chosen, unsigned char *size, const unsigned char *offered,
           unsigned int offeredSize, void *) -> int {
            return engineOf(ssl)->selectProtocol(chosen, size, {offered, qsizetype(offeredSize)});
        },
        nullptr);
}

int TlsEngine::selectProtocol(const unsigned char **chosen, unsigned char *size, QByteArrayView offered)
{
    m_offered = Alpn::fromWire(offered);
    if (m_context->settings().alpn.isEmpty()) {
        return SSL_TLSEXT_ERR_NOACK;
    }
    for (const QString &own : m_context->settings().alpn) {
        const qsizetype index = m_offered.indexOf(own);
        if (index >= 0) {
            const QByteArrayView name = Alpn::at(offered, index);
            *chosen = reinterpret_cast<const unsigned char *>(name.data());
            *size = static_cast<unsigned char>(name.size());
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL; // no_application_protocol (RFC 7301, 3.2)
}

void TlsEngine::feed(QByteArrayView ciphertext)
{
    if (m_firstBytes.size() < FirstBytes) {
        m_firstBytes.append(ciphertext.first(std::min(FirstBytes - m_firstBytes.size(), ciphertext.size())));
    }
    m_fed += ciphertext.size();
    BIO_write(m_input, ciphertext.data(), static_cast<int>(ciphertext.size()));
}

bool TlsEngine::hasInput() const
{
    return BIO_pending(m_input) > 0 || SSL_pending(m_ssl.get()) > 0;
}

TlsEngine::Step TlsEngine::shakeHands()
{
    ERR_clear_error();
    const Step step = stepAfter(SSL_do_handshake(m_ssl.get()));
    if (step == Step::NeedsMore && m_fed > MaxHandshake) {
        m_error = {Error::Code::TooLarge, QStringLiteral("the peer's handshake is longer than 1 MiB")};
        return Step::Failed;
    }
    readFacts();
    return step;
}

TlsEngine::Step TlsEngine::read(std::span<char> room, qsizetype &size)
{
    ERR_clear_error();
    std::size_t taken = 0;
    const Step step = stepAfter(SSL_read_ex(m_ssl.get(), room.data(), room.size(), &taken));
    size = static_cast<qsizetype>(taken);
    return step;
}

TlsEngine::Step TlsEngine::write(QByteArrayView plaintext)
{
    Q_ASSERT(!plaintext.isEmpty() && plaintext.size() <= MaxRecord);
    ERR_clear_error();
    std::size_t taken = 0;
    return stepAfter(SSL_write_ex(m_ssl.get(), plaintext.data(), static_cast<std::size_t>(plaintext.size()), &taken));
}

void TlsEngine::sendCloseNotify()
{
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
}

qint64 TlsEngine::ciphertextSize() const
{
    return static_cast<qint64>(BIO_pending(m_output));
}

QByteArray TlsEngine::takeCiphertext()
{
    QByteArray bytes(ciphertextSize(), Qt::Uninitialized);
    if (!bytes.isEmpty()) {
        BIO_read(m_output, bytes.data(), static_cast<int>(bytes.size()));
    }
    return bytes;
}

TlsEngine::Step TlsEngine::stepAfter(int result)
{
    if (result > 0) {
        return Step::Done;
    }
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return Step::NeedsMore;
    case SSL_ERROR_ZERO_RETURN:
        m_error = {Error::Code::Protocol, QStringLiteral("the peer sent the alert close_notify")};
        m_isFailureByPeer = true;
        return Step::Ended;
    default:
        onFailure();
        return Step::Failed;
    }
}

void TlsEngine::onFailure()
{
    const unsigned long first = ERR_peek_error();
    m_isFailureByPeer = ERR_GET_LIB(first) == ERR_LIB_SSL && ERR_GET_REASON(first) >= SSL_AD_REASON_OFFSET;
    m_error = {Error::Code::Protocol, failureText()};
    ERR_clear_error();
}

QString TlsEngine::failureText()
{
    if (m_verification.isRefused()) {
        return QStringLiteral("the peer's certificate is not accepted: %1").arg(m_verification.summary());
    }
    const QString notTls = TlsError::notTls(m_firstBytes);
    if (!notTls.isEmpty() && !SSL_is_init_finished(m_ssl.get())) {
        return notTls;
    }
    if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_NO_APPLICATION_PROTOCOL) {
        const QString none = QStringLiteral("nothing");
        return QStringLiteral("ALPN: no common protocol (the client offers %1, this side %2)")
            .arg(m_offered.isEmpty() ? none : m_offered.join(QStringLiteral(", ")),
                 m_context->settings().alpn.join(QStringLiteral(", ")));
    }
    return TlsError::takeReason(QStringLiteral("TLS failed without a reason"));
}

void TlsEngine::readFacts()
{
    SSL *ssl = m_ssl.get();
    m_facts.problems = m_verification.problems();
    m_facts.chain = m_verification.chain();
    if (m_context->role() == TlsContext::Role::Server) {
        m_facts.sni = QString::fromLatin1(SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name)).left(255);
    }
    if (!SSL_is_init_finished(ssl)) {
        return;
    }
    m_facts.isSecured = true;
    m_facts.protocol = versionText(ssl);
    m_facts.cipher = QString::fromLatin1(SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)));
    if (const int group = static_cast<int>(SSL_get_negotiated_group(ssl)); group != NID_undef) {
        m_facts.group = QString::fromLatin1(SSL_group_to_name(ssl, group));
    }
    const unsigned char *protocol = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl, &protocol, &size);
    m_facts.alpn = QString::fromLatin1(reinterpret_cast<const char *>(protocol), static_cast<qsizetype>(size));
    m_facts.isResumed = SSL_session_reused(ssl) == 1;
    if (m_facts.chain.empty()) {
        // A resumed session brings the peer's certificate along without another check (RFC 8446, 2.2).
        const OpenSsl::CertificatePointer own(SSL_get1_peer_certificate(ssl));
        if (own) {
            m_facts.chain.push_back(CertificateReader::facts(own.get()));
        }
    }
    switch (m_context->settings().verify) {
    case TlsSettings::Verify::On:
        m_facts.verification = QStringLiteral("verified");
        break;
    case TlsSettings::Verify::Off:
        m_facts.verification = QStringLiteral("off");
        break;
    case TlsSettings::Verify::Pinned:
        m_facts.verification = QStringLiteral("pinned");
        break;
    }
    if (m_facts.chain.empty()) {
        m_facts.verification = QStringLiteral("none");
    }
}

} // namespace Sidewire
