// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "base64.h"

namespace Sidewire::Base64 {

namespace {

enum class Alphabet { Unknown, Standard, UrlSafe };

int valueOf(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

Alphabet alphabetOf(char c)
{
    return c == '+' || c == '/' ? Alphabet::Standard : c == '-' || c == '_' ? Alphabet::UrlSafe : Alphabet::Unknown;
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

Error error(const char *what, qsizetype offset)
{
    return {Error::Code::Malformed, QStringLiteral("%1 at byte %2").arg(QLatin1String(what)).arg(offset)};
}

} // namespace

Result<QByteArray> decode(QByteArrayView text)
{
    QByteArray bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    Alphabet alphabet = Alphabet::Unknown;
    quint32 bits = 0;
    int digits = 0; // In the group of four that has begun
    int padding = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (isSpace(c)) {
            continue;
        }
        if (c == '=') {
            if (digits + ++padding > 4 || digits < 2) {
                return error("Padding that does not belong there", at);
            }
            continue;
        }
        const int value = valueOf(c);
        if (value < 0) {
            return error("Not a character of base64", at);
        }
        if (padding > 0) {
            return error("More text after the padding", at);
        }
        if (const Alphabet its = alphabetOf(c); its != Alphabet::Unknown) {
            if (alphabet != Alphabet::Unknown && alphabet != its) {
                return error("The standard and the URL-safe alphabet are mixed", at);
            }
            alphabet = its;
        }
        bits = bits << 6 | static_cast<quint32>(value);
        if (++digits == 4) {
            bytes += static_cast<char>(bits >> 16);
            bytes += static_cast<char>(bits >> 8);
            bytes += static_cast<char>(bits);
            bits = 0;
            digits = 0;
        }
    }
    if (digits == 1 || (padding > 0 && digits + padding != 4)) {
        return error("The last group is incomplete", text.size());
    }
    // What the last digit has too many of must be zero, or two texts would stand for the same bytes (RFC 4648, 3.5).
    if ((digits == 2 && (bits & 0xf) != 0) || (digits == 3 && (bits & 0x3) != 0)) {
        return error("Bits are left over", text.size());
    }
    if (digits == 2) {
        bytes += static_cast<char>(bits >> 4);
    } else if (digits == 3) {
        bytes += static_cast<char>(bits >> 10);
        bytes += static_cast<char>(bits >> 2);
    }
    return bytes;
}

} // namespace Sidewire::Base64
