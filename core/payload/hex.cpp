// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "hex.h"

#include <algorithm>

namespace Sidewire::Hex {

namespace {

constexpr char Digits[] = "0123456789abcdef";
constexpr int BytesPerLine = 16;

int digitOf(QChar character)
{
    const char16_t code = character.unicode();
    if (code >= '0' && code <= '9') {
        return code - '0';
    }
    if ((code | 0x20) >= 'a' && (code | 0x20) <= 'f') {
        return (code | 0x20) - 'a' + 10;
    }
    return -1;
}

bool isSeparator(QChar character)
{
    return character.isSpace() || character == u',' || character == u':' || character == u'-';
}

bool isPrefix(QStringView text)
{
    return text.startsWith(u"0x") || text.startsWith(u"0X") || text.startsWith(u"\\x");
}

QString position(qsizetype index)
{
    return QString::number(index + 1);
}

void appendByte(QByteArray &text, char byte)
{
    text += Digits[static_cast<quint8>(byte) >> 4];
    text += Digits[static_cast<quint8>(byte) & 15];
}

bool isPrintable(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

/// Exactly as `hexdump -C` writes it.
void appendDumpLine(QByteArray &text, QByteArrayView bytes, qint64 offset)
{
    text += QByteArray::number(offset, 16).rightJustified(8, '0');
    for (int i = 0; i < BytesPerLine; ++i) {
        text += i % 8 == 0 ? "  " : " ";
        if (i < bytes.size()) {
            appendByte(text, bytes[i]);
        } else {
            text += "  ";
        }
    }
    text += "  |";
    for (const char byte : bytes) {
        text += isPrintable(byte) ? byte : '.';
    }
    text += "|\n";
}

} // namespace

Result<QByteArray> toBytes(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size() / 2);
    qsizetype at = 0;
    while (at < text.size()) {
        if (isSeparator(text[at])) {
            ++at;
            continue;
        }
        if (isPrefix(text.sliced(at))) {
            at += 2;
        }
        const int high = at < text.size() ? digitOf(text[at]) : -1;
        if (high < 0) {
            return Error{Error::Code::Usage, QStringLiteral("No hex digit at character %1").arg(position(at))};
        }
        const int low = at + 1 < text.size() ? digitOf(text[at + 1]) : -1;
        if (low < 0) {
            const bool isOdd = at + 1 == text.size() || isSeparator(text[at + 1]);
            return Error{Error::Code::Usage,
                         isOdd ? QStringLiteral("A single hex digit at character %1; a byte has two").arg(position(at))
                               : QStringLiteral("No hex digit at character %1").arg(position(at + 1))};
        }
        bytes += static_cast<char>(high << 4 | low);
        at += 2;
    }
    return bytes;
}

QString fromBytes(QByteArrayView bytes)
{
    QByteArray text;
    text.reserve(bytes.size() * 3);
    for (const char byte : bytes) {
        if (!text.isEmpty()) {
            text += ' ';
        }
        appendByte(text, byte);
    }
    return QString::fromLatin1(text);
}

QString toCArray(QByteArrayView bytes)
{
    constexpr int ArrayBytesPerLine = 12;
    const bool isLong = bytes.size() > ArrayBytesPerLine;
    QByteArray text = "const unsigned char data[] = {";
    text.reserve(bytes.size() * 6 + 64);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (isLong && i % ArrayBytesPerLine == 0) {
            text += i == 0 ? "\n    " : ",\n    ";
        } else if (i > 0) {
            text += ", ";
        }
        text += "0x";
        appendByte(text, bytes[i]);
    }
    text += isLong ? "\n};" : "};";
    return QString::fromLatin1(text);
}

QString dump(QByteArrayView bytes, qint64 firstOffset)
{
    QByteArray text;
    text.reserve((bytes.size() / BytesPerLine + 1) * 79);
    for (qsizetype i = 0; i < bytes.size(); i += BytesPerLine) {
        const qsizetype size = std::min<qsizetype>(BytesPerLine, bytes.size() - i);
        appendDumpLine(text, bytes.sliced(i, size), firstOffset + i);
    }
    return QString::fromLatin1(text);
}

} // namespace Sidewire::Hex
