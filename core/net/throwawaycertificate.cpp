// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "throwawaycertificate.h"

#include "core/net/opensslhandle.h"

#include <QHostAddress>
#include <QUrl>

#include <array>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <vector>

namespace Sidewire {

namespace {

constexpr long Lifetime = 30L * 24 * 60 * 60;

using BignumPointer = std::unique_ptr<BIGNUM, OpenSsl::Deleter<BN_free>>;
using ExtensionPointer = std::unique_ptr<X509_EXTENSION, OpenSsl::Deleter<X509_EXTENSION_free>>;

struct Name
{
    QByteArray text; ///< A DNS name in ASCII, or an address
    bool isAddress = false;
};

std::vector<Name> usable(const QStringList &names)
{
    std::vector<Name> found;
    for (const QString &name : names) {
        const bool isAddress = !QHostAddress(name).isNull();
        const QByteArray text = isAddress ? name.toLatin1() : QUrl::toAce(name);
        if (!text.isEmpty()) { // Else no certificate can have it.
            found.push_back({text, isAddress});
        }
    }
    return found;
}

bool addNames(X509 *certificate, const std::vector<Name> &names)
{
    const OpenSsl::NamesPointer list(GENERAL_NAMES_new());
    for (const Name &name : names) {
        GENERAL_NAME *entry =
            a2i_GENERAL_NAME(nullptr, nullptr, nullptr, name.isAddress ? GEN_IPADD : GEN_DNS, name.text.constData(), 0);
        if (!entry || sk_GENERAL_NAME_push(list.get(), entry) <= 0) {
            return false;
        }
    }
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, list.get(), 0, 0) == 1;
}

bool addExtension(X509 *certificate, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setSerial(X509 *certificate)
{
    std::array<unsigned char, 16> bytes{}; // RFC 5280, 4.1.2.2: positive, at most 20 bytes
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return false;
    }
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);
    const BignumPointer number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool fill(X509 *certificate, EVP_PKEY *key, const std::vector<Name> &names)
{
    const QByteArray commonName = names.front().text.left(64); // RFC 5280, ub-common-name
    X509_NAME *subject = X509_get_subject_name(certificate);
    return X509_set_version(certificate, X509_VERSION_3) == 1 && setSerial(certificate)
        && X509_gmtime_adj(X509_getm_notBefore(certificate), 0)
        && X509_gmtime_adj(X509_getm_notAfter(certificate), Lifetime)
        && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(commonName.constData()),
                                      static_cast<int>(commonName.size()), -1, 0)
        == 1
        && X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1
        && addNames(certificate, names) && addExtension(certificate, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(certificate, NID_ext_key_usage, "serverAuth")
        && addExtension(certificate, NID_subject_key_identifier, "hash")
        && X509_sign(certificate, key, EVP_sha256()) > 0;
}

} // namespace

Result<ThrowAwayCertificate> ThrowAwayCertificate::make(const QStringList &names)
{
    QStringList all = names;
    if (!all.contains(QStringLiteral("localhost"))) {
        all.append(QStringLiteral("localhost"));
    }
    const OpenSsl::KeyPointer key(EVP_EC_gen("P-256"));
    const OpenSsl::CertificatePointer certificate(X509_new());
    const OpenSsl::BioPointer certificateText = OpenSsl::writer();
    const OpenSsl::BioPointer keyText = OpenSsl::writer();
    if (!key || !certificate || !fill(certificate.get(), key.get(), usable(all))
        || PEM_write_bio_X509(certificateText.get(), certificate.get()) != 1
        || PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        const char *reason = ERR_reason_error_string(ERR_peek_error());
        ERR_clear_error();
        return Error{
            Error::Code::Unsupported,
            QStringLiteral("cannot make a certificate for %1: %2")
                .arg(all.join(QStringLiteral(", ")), QLatin1String(reason ? reason : "OpenSSL gave no reason"))};
    }
    return ThrowAwayCertificate{OpenSsl::written(certificateText.get()).toByteArray(),
                                OpenSsl::written(keyText.get()).toByteArray()};
}

} // namespace Sidewire
