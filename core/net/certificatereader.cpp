// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "certificatereader.h"

#include "core/net/opensslhandle.h"

#include <QHostAddress>

#include <array>

namespace Sidewire {

namespace {

constexpr qsizetype MaxText = 512;
constexpr int MaxNames = 100;
constexpr qint64 Second = 1'000'000'000;

QString cleaned(QString text)
{
    text.truncate(MaxText);
    for (QChar &c : text) {
        if (!c.isPrint()) {
            c = QChar::ReplacementCharacter;
        }
    }
    return text;
}

QString toText(const ASN1_STRING *string)
{
    return cleaned(QString::fromUtf8(reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)),
                                     std::min<qsizetype>(ASN1_STRING_length(string), MaxText)));
}

QString addressText(const ASN1_STRING *bytes)
{
    const unsigned char *data = ASN1_STRING_get0_data(bytes);
    switch (ASN1_STRING_length(bytes)) {
    case 4:
        return QHostAddress(quint32(data[0]) << 24 | quint32(data[1]) << 16 | quint32(data[2]) << 8 | data[3])
            .toString();
    case 16:
        return QHostAddress(data).toString();
    default:
        return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(data), ASN1_STRING_length(bytes)).toHex());
    }
}

struct AlternativeName
{
    QString kind;
    QString name;
};

std::vector<AlternativeName> alternativeNames(X509 *certificate)
{
    const OpenSsl::NamesPointer names(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<AlternativeName> found;
    for (int i = 0; i < std::min(sk_GENERAL_NAME_num(names.get()), MaxNames); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        switch (name->type) {
        case GEN_DNS:
            found.push_back({QStringLiteral("DNS"), toText(name->d.dNSName)});
            break;
        case GEN_IPADD:
            found.push_back({QStringLiteral("IP"), addressText(name->d.iPAddress).left(MaxText)});
            break;
        case GEN_EMAIL:
            found.push_back({QStringLiteral("email"), toText(name->d.rfc822Name)});
            break;
        case GEN_URI:
            found.push_back({QStringLiteral("URI"), toText(name->d.uniformResourceIdentifier)});
            break;
        default:
            break;
        }
    }
    return found;
}

/// Clamped: RFC 5280, 4.1.2.5 has "99991231235959Z" for no end at all, which is beyond 64 bits of nanoseconds.
qint64 nanoseconds(const ASN1_TIME *time)
{
    const OpenSsl::TimePointer epoch(ASN1_TIME_set(nullptr, 0));
    int days = 0;
    int seconds = 0;
    if (!ASN1_TIME_diff(&days, &seconds, epoch.get(), time)) {
        return 0;
    }
    const qint64 limit = std::numeric_limits<qint64>::max() / Second;
    return std::clamp(qint64(days) * 86'400 + seconds, -limit, limit) * Second;
}

QString serialText(const X509 *certificate)
{
    const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
    const QByteArray bytes(reinterpret_cast<const char *>(ASN1_STRING_get0_data(serial)), ASN1_STRING_length(serial));
    return QString::fromLatin1(bytes.left(64).toHex());
}

/// "RSA 2048", "EC prime256v1", "ED25519"
QString keyText(X509 *certificate)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (!key) {
        return QStringLiteral("unknown");
    }
    const QString type = QString::fromLatin1(EVP_PKEY_get0_type_name(key));
    if (EVP_PKEY_is_a(key, "EC")) {
        std::array<char, 80> group{};
        EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr);
        return type + QLatin1Char(' ') + QString::fromLatin1(group.data());
    }
    if (EVP_PKEY_is_a(key, "RSA") || EVP_PKEY_is_a(key, "RSA-PSS") || EVP_PKEY_is_a(key, "DSA")) {
        return QStringLiteral("%1 %2").arg(type).arg(EVP_PKEY_get_bits(key));
    }
    return type;
}

QString commonName(X509 *certificate)
{
    X509_NAME *subject = X509_get_subject_name(certificate);
    const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    return index < 0 ? QString() : toText(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
}

} // namespace

QString CertificateReader::nameText(const X509_NAME *name)
{
    const OpenSsl::BioPointer text = OpenSsl::writer();
    // Most specific first; control characters escaped, letters of all languages as they are.
    constexpr unsigned long Format = XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_DN_REV | XN_FLAG_FN_SN
        | XN_FLAG_DUMP_UNKNOWN_FIELDS | (ASN1_STRFLGS_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    X509_NAME_print_ex(text.get(), name, 0, Format);
    return cleaned(QString::fromUtf8(OpenSsl::written(text.get())));
}

QString CertificateReader::fingerprint(X509 *certificate)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &size);
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(digest.data()), size).toHex());
}

QStringList CertificateReader::hosts(X509 *certificate)
{
    QStringList found;
    for (const AlternativeName &name : alternativeNames(certificate)) {
        if (name.kind == QLatin1String("DNS") || name.kind == QLatin1String("IP")) {
            found.append(name.name);
        }
    }
    const QString subject = commonName(certificate);
    if (found.isEmpty() && !subject.isEmpty()) {
        found.append(subject);
    }
    return found;
}

CertificateFacts CertificateReader::facts(X509 *certificate)
{
    CertificateFacts facts;
    facts.subject = nameText(X509_get_subject_name(certificate));
    facts.issuer = nameText(X509_get_issuer_name(certificate));
    for (const AlternativeName &name : alternativeNames(certificate)) {
        facts.names.append(name.kind + QLatin1Char(':') + name.name);
    }
    facts.validFrom = nanoseconds(X509_get0_notBefore(certificate));
    facts.validUntil = nanoseconds(X509_get0_notAfter(certificate));
    facts.serial = serialText(certificate);
    facts.key = keyText(certificate);
    facts.signature = QString::fromLatin1(OBJ_nid2ln(X509_get_signature_nid(certificate)));
    facts.sha256 = fingerprint(certificate);
    facts.isSelfSigned = X509_self_signed(certificate, 0) == 1;
    return facts;
}

} // namespace Sidewire
