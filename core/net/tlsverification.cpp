// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlsverification.h"

#include "core/net/certificatereader.h"
#include "core/net/opensslhandle.h"

#include <QDateTime>
#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace Sidewire {

namespace {

// What TlsFacts keeps in a log, and more than any honest chain has.
constexpr std::size_t MaxProblems = 64;
constexpr std::size_t MaxChain = 32;
constexpr qsizetype MaxHostsShown = 5;

QString date(qint64 nanoseconds)
{
    return QDateTime::fromMSecsSinceEpoch(nanoseconds / 1'000'000, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd"));
}

QString hostsText(X509 *certificate)
{
    QStringList hosts = CertificateReader::hosts(certificate);
    if (hosts.isEmpty()) {
        return QStringLiteral("nobody");
    }
    const qsizetype more = hosts.size() - MaxHostsShown;
    if (more <= 0) {
        return hosts.join(QStringLiteral(", "));
    }
    hosts.resize(MaxHostsShown);
    return QStringLiteral("%1 and %2 more").arg(hosts.join(QStringLiteral(", "))).arg(more);
}

/// The sentence for one of OpenSSL's errors.
QString sentence(int error, int depth, X509 *certificate, const QString &host)
{
    const CertificateFacts facts = CertificateReader::facts(certificate);
    const QString which = depth == 0 ? QStringLiteral("the certificate")
                                     : QStringLiteral("the issuer's certificate (%1)").arg(facts.subject);
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return QStringLiteral("%1 has expired (%2)").arg(which, date(facts.validUntil));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return QStringLiteral("%1 is not yet valid (%2)").arg(which, date(facts.validFrom));
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return QStringLiteral("the certificate is self-signed and not among the trusted ones");
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return QStringLiteral("the chain ends at an authority that is not trusted (%1)").arg(facts.subject);
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        return QStringLiteral("%1 is from an unknown issuer (%2)").arg(which, facts.issuer);
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return QStringLiteral("the certificate is for %1, not for %2").arg(hostsText(certificate), host);
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
        return QStringLiteral("the key of %1 is too weak (%2)").arg(which, facts.key);
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return QStringLiteral("the signature of %1 is too weak (%2)").arg(which, facts.signature);
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return QStringLiteral("the signature of %1 is wrong").arg(which);
    case X509_V_ERR_INVALID_PURPOSE:
        return QStringLiteral("%1 is not made for this purpose").arg(which);
    case X509_V_ERR_INVALID_CA:
        return QStringLiteral("%1 may not issue certificates").arg(which);
    default:
        return QStringLiteral("%1: %2").arg(which, QLatin1String(X509_verify_cert_error_string(error)));
    }
}

int onCallback(int isRight, X509_STORE_CTX *store)
{
    if (!isRight) {
        static_cast<TlsVerification *>(X509_STORE_CTX_get_app_data(store))->onProblem(store);
    }
    return 1; // Go on: there may be more.
}

} // namespace

TlsPeerName TlsPeerName::of(const QString &host)
{
    QString name = host;
    if (name.startsWith(QLatin1Char('[')) && name.endsWith(QLatin1Char(']'))) {
        name = name.mid(1, name.size() - 2);
    }
    QHostAddress address(name);
    if (!address.isNull()) {
        address.setScopeId({});
        return {address.toString(), true};
    }
    if (name.endsWith(QLatin1Char('.'))) {
        name.chop(1);
    }
    const QString ascii = QString::fromLatin1(QUrl::toAce(name));
    return {ascii.isEmpty() ? name : ascii, false}; // What IDNA forbids, such as an underscore, may still be a name.
}

TlsVerification::TlsVerification(TlsSettings::Verify mode, const QString &fingerprint, const TlsPeerName &peer)
    : m_mode(mode)
    , m_fingerprint(fingerprint)
    , m_peer(peer)
{}

bool TlsVerification::verify(X509_STORE_CTX *store)
{
    readChain(store);
    // The place of the SSL object is another one: nothing that runs meanwhile looks for it.
    void *const before = X509_STORE_CTX_get_app_data(store);
    X509_STORE_CTX_set_app_data(store, this);
    X509_STORE_CTX_set_verify_cb(store, onCallback);
    if (X509_verify_cert(store) <= 0 && m_problems.empty()) {
        m_firstError = X509_V_ERR_UNSPECIFIED;
        add(0, QStringLiteral("the certificate cannot be checked"));
    }
    X509_STORE_CTX_set_app_data(store, before);

    m_isDone = true;
    if (m_mode == TlsSettings::Verify::Pinned) {
        checkPin();
        m_isRefused = !m_isPinned;
    } else {
        m_isRefused = m_mode == TlsSettings::Verify::On && !m_problems.empty();
    }
    // OpenSSL makes the alert from it.
    X509_STORE_CTX_set_error(store, m_isRefused ? m_firstError : X509_V_OK);
    return !m_isRefused;
}

void TlsVerification::onProblem(X509_STORE_CTX *store)
{
    const int error = X509_STORE_CTX_get_error(store);
    X509 *certificate = X509_STORE_CTX_get_current_cert(store);
    if (m_firstError == 0) {
        m_firstError = error;
    }
    if (error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE && !m_problems.empty()) {
        return; // Only says again that the issuer is unknown
    }
    const int depth = X509_STORE_CTX_get_error_depth(store);
    add(depth,
        certificate ? sentence(error, depth, certificate, m_peer.name)
                    : QString::fromLatin1(X509_verify_cert_error_string(error)));
}

void TlsVerification::readChain(X509_STORE_CTX *store)
{
    X509 *own = X509_STORE_CTX_get0_cert(store);
    m_chain.push_back(CertificateReader::facts(own));
    const STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(store);
    for (int i = 0; i < sk_X509_num(sent) && m_chain.size() < MaxChain; ++i) {
        X509 *certificate = sk_X509_value(sent, i);
        if (X509_cmp(certificate, own) != 0) {
            m_chain.push_back(CertificateReader::facts(certificate));
        }
    }
}

void TlsVerification::checkPin()
{
    m_isPinned = m_chain.front().sha256 == m_fingerprint;
    if (!m_isPinned) {
        m_firstError = X509_V_ERR_CERT_UNTRUSTED;
        m_problems.insert(m_problems.begin(),
                          {0,
                           QStringLiteral("the certificate has the fingerprint %1, not the trusted %2")
                               .arg(m_chain.front().sha256, m_fingerprint)});
    }
}

void TlsVerification::add(int depth, const QString &what)
{
    const TlsProblem problem{depth, what};
    if (m_problems.size() < MaxProblems
        && std::find(m_problems.begin(), m_problems.end(), problem) == m_problems.end()) {
        m_problems.push_back(problem);
    }
}

QString TlsVerification::summary() const
{
    QStringList all;
    for (const TlsProblem &problem : m_problems) {
        all.append(problem.what);
    }
    return all.join(QStringLiteral("; "));
}

} // namespace Sidewire
