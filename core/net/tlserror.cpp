// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlserror.h"

#include "core/net/opensslhandle.h"

#include <algorithm>
#include <openssl/err.h>

namespace Sidewire {

namespace {

struct Named
{
    int number;
    const char *text;
};

template<std::size_t N>
QString find(const Named (&table)[N], int number)
{
    const auto *entry = std::find_if(std::begin(table), std::end(table),
                                     [number](const Named &named) { return named.number == number; });
    return entry == std::end(table) ? QString() : QString::fromLatin1(entry->text);
}

// RFC 8446, appendix B.2, with those of older versions that are still seen.
constexpr Named Alerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
};

constexpr Named Reasons[] = {
    {SSL_R_BAD_SIGNATURE, "the peer's signature is wrong: it does not have the key of its certificate"},
    {SSL_R_CCS_RECEIVED_EARLY, "the peer broke the order of the handshake"},
    {SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC, "what came cannot be decrypted (bad_record_mac)"},
    {SSL_R_BAD_RECORD_TYPE, "what came is not TLS"},
    {SSL_R_DH_KEY_TOO_SMALL, "the peer's Diffie-Hellman key is too small"},
    {SSL_R_EE_KEY_TOO_SMALL, "the key of the certificate is too small"},
    {SSL_R_EXCESSIVE_MESSAGE_SIZE, "the peer's handshake is too long"},
    {SSL_R_INAPPROPRIATE_FALLBACK, "the client fell back to an older version than both sides speak"},
    {SSL_R_LENGTH_MISMATCH, "the peer sent a broken handshake message"},
    {SSL_R_NO_CIPHERS_AVAILABLE, "none of the ciphers fits the TLS versions"},
    {SSL_R_NO_PROTOCOLS_AVAILABLE, "no TLS version is left between tls-min and tls-max"},
    {SSL_R_NO_SHARED_CIPHER, "both sides have no cipher in common"},
    {SSL_R_NO_SHARED_GROUPS, "both sides have no key exchange group in common"},
    {SSL_R_NO_SUITABLE_KEY_SHARE, "both sides have no key exchange group in common"},
    {SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS, "both sides have no signature algorithm in common"},
    {SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, "both sides have no signature algorithm in common"},
    {SSL_R_PACKET_LENGTH_TOO_LONG, "what came is not TLS, or a record is too long"},
    {SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE, "the client presented no certificate"},
    {SSL_R_UNEXPECTED_MESSAGE, "the peer broke the order of the handshake"},
    {SSL_R_UNKNOWN_PROTOCOL, "what came is not TLS"},
    {SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED, "the peer does not know secure renegotiation (RFC 5746)"},
    {SSL_R_UNSUPPORTED_PROTOCOL, "both sides have no TLS version in common"},
    {SSL_R_VERSION_TOO_HIGH, "both sides have no TLS version in common"},
    {SSL_R_VERSION_TOO_LOW, "both sides have no TLS version in common"},
    {SSL_R_WRONG_CIPHER_RETURNED, "the peer chose a cipher that was not offered"},
    {SSL_R_WRONG_SSL_VERSION, "both sides have no TLS version in common"},
    {SSL_R_WRONG_VERSION_NUMBER, "what came is not TLS, or not one of the wanted versions"},
};

bool isText(char c)
{
    return (c >= ' ' && c <= '~') || c == '\r' || c == '\n' || c == '\t';
}

} // namespace

QString TlsError::alertName(int alert)
{
    const QString name = find(Alerts, alert);
    return name.isEmpty() ? QString::number(alert) : name;
}

QString TlsError::takeReason(const QString &otherwise)
{
    const unsigned long error = ERR_peek_error();
    ERR_clear_error();
    if (error == 0) {
        return otherwise;
    }
    const int reason = ERR_GET_REASON(error);
    if (ERR_GET_LIB(error) == ERR_LIB_SSL) {
        if (reason >= SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256) {
            return QStringLiteral("the peer sent the alert %1").arg(alertName(reason - SSL_AD_REASON_OFFSET));
        }
        const QString text = find(Reasons, reason);
        if (!text.isEmpty()) {
            return text;
        }
    }
    const char *text = ERR_reason_error_string(error);
    return text ? QStringLiteral("TLS failed: %1").arg(QLatin1String(text)) : otherwise;
}

QString TlsError::notTls(QByteArrayView firstBytes)
{
    constexpr char Alert = 21;
    constexpr char Handshake = 22;
    if (firstBytes.isEmpty() || firstBytes.front() == Handshake || firstBytes.front() == Alert) {
        return {};
    }
    if (firstBytes.startsWith("HTTP/")) {
        return QStringLiteral("the peer answered with plain HTTP instead of TLS");
    }
    for (const char *method : {"GET ", "HEAD ", "POST ", "PUT ", "CONNECT ", "OPTIONS ", "DELETE ", "PATCH "}) {
        if (firstBytes.startsWith(method)) {
            return QStringLiteral("the peer speaks plain HTTP instead of TLS");
        }
    }
    const QByteArrayView shown = firstBytes.first(std::min<qsizetype>(firstBytes.size(), 40));
    if (std::all_of(shown.begin(), shown.end(), isText)) {
        return QStringLiteral("what came is not TLS but text: \"%1\"").arg(QString::fromLatin1(shown).simplified());
    }
    return QStringLiteral("what came is not TLS: it begins with %1")
        .arg(QString::fromLatin1(shown.first(std::min<qsizetype>(shown.size(), 8)).toByteArray().toHex(' ')));
}

} // namespace Sidewire
