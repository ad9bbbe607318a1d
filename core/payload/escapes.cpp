// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "escapes.h"

#include "core/base/utf8.h"
#include "core/payload/codepoints.h"

#include <optional>

namespace Sidewire::Escapes {

namespace {

constexpr char16_t Backslash = u'\\';

std::optional<uint> hexNumber(QStringView digits)
{
    for (const QChar digit : digits) {
        if (digit.unicode() > 'f' || !isxdigit(digit.unicode())) {
            return {};
        }
    }
    bool isNumber = false;
    const uint number = digits.toUInt(&isNumber, 16);
    return isNumber ? std::optional(number) : std::nullopt;
}

/// The bytes of the escape at the start of `text`, and how many characters it takes.
struct Escape
{
    QByteArray bytes;
    qsizetype size = 0; ///< 0: no escape that we know
};

Escape readEscape(QStringView text)
{
    if (text.size() < 2) {
        return {};
    }
    switch (text[1].unicode()) {
    case 'r':
        return {"\r", 2};
    case 'n':
        return {"\n", 2};
    case 't':
        return {"\t", 2};
    case '0':
        return {QByteArray(1, '\0'), 2};
    case Backslash:
        return {"\\", 2};
    case 'x':
        if (const auto byte = hexNumber(text.mid(2, 2)); byte && text.size() >= 4) {
            return {QByteArray(1, static_cast<char>(*byte)), 4};
        }
        return {};
    case 'u': {
        const qsizetype close = text.mid(0, 10).indexOf(u'}'); // "\u{10FFFF}" is the longest
        if (close < 4 || text[2] != u'{') {
            return {};
        }
        const auto codePoint = hexNumber(text.mid(3, close - 3));
        if (!codePoint || *codePoint > 0x10ffff || QChar::isSurrogate(*codePoint)) {
            return {};
        }
        const auto character = static_cast<char32_t>(*codePoint);
        return {QString::fromUcs4(&character, 1).toUtf8(), close + 1};
    }
    default:
        return {};
    }
}

QString byteEscape(quint8 byte)
{
    return QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
}

QString escaped(char32_t codePoint)
{
    switch (codePoint) {
    case '\r':
        return QStringLiteral("\\r");
    case '\n':
        return QStringLiteral("\\n");
    case '\t':
        return QStringLiteral("\\t");
    case Backslash:
        return QStringLiteral("\\\\");
    default:
        return codePoint < 0x80 ? byteEscape(static_cast<quint8>(codePoint))
                                : QStringLiteral("\\u{%1}").arg(static_cast<uint>(codePoint), 4, 16, QLatin1Char('0'));
    }
}

} // namespace

Result<QByteArray> toBytes(QStringView text)
{
    QByteArray bytes;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype backslash = text.indexOf(Backslash, at);
        const qsizetype plainEnd = backslash < 0 ? text.size() : backslash;
        bytes += text.sliced(at, plainEnd - at).toUtf8();
        if (backslash < 0) {
            break;
        }
        const Escape escape = readEscape(text.sliced(backslash));
        if (escape.size == 0) {
            return Error{
                Error::Code::Usage,
                QStringLiteral("Unknown escape at character %1; known are \\r \\n \\t \\0 \\xHH \\u{HHHH} and \\\\")
                    .arg(backslash + 1)};
        }
        bytes += escape.bytes;
        at = backslash + escape.size;
    }
    return bytes;
}

QString fromBytes(QByteArrayView bytes)
{
    QString text;
    text.reserve(bytes.size());
    while (!bytes.isEmpty()) {
        const Utf8Character character = firstUtf8Character(bytes);
        if (!character.isValid) {
            text += byteEscape(static_cast<quint8>(bytes[0]));
        } else if (isUnsafe(character.codePoint) || character.codePoint == Backslash) {
            text += escaped(character.codePoint);
        } else {
            text += QString::fromUcs4(&character.codePoint, 1);
        }
        bytes = bytes.sliced(character.size);
    }
    return text;
}

} // namespace Sidewire::Escapes
