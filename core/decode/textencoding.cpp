// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "textencoding.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace Sidewire::TextEncoding {

namespace {

constexpr std::array Always{"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "ISO-8859-1", "System"};

/// Asked for in turn where Qt does not list what it has. Those with ICU know all of them.
constexpr std::array Perhaps{
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-1258", "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-7",   "ISO-8859-9",   "ISO-8859-15",
    "KOI8-R",       "KOI8-U",       "IBM437",       "IBM850",       "IBM037",       "macintosh",    "Shift_JIS",
    "EUC-JP",       "ISO-2022-JP",  "EUC-KR",       "GB18030",      "Big5",         "TIS-620",      "UTF-7"};

QStringDecoder decoderFor(const QString &name)
{
    if (name == u"System") {
        return QStringDecoder(QStringConverter::System);
    }
    return QStringDecoder(name.toLatin1().constData());
}

/// Bytes that a character has at least.
int unitOf(const QString &name)
{
    return name.startsWith(u"UTF-32") ? 4 : name.startsWith(u"UTF-16") ? 2 : 1;
}

} // namespace

QStringList names()
{
    static const QStringList all = [] {
        QStringList list;
        for (const char *name : Always) {
            list += QString::fromLatin1(name);
        }
        for (const char *name : Perhaps) {
            if (QStringDecoder(name).isValid()) {
                list += QString::fromLatin1(name);
            }
        }
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        for (const QString &name : QStringConverter::availableCodecs()) {
            if (!list.contains(name, Qt::CaseInsensitive)) {
                list += name;
            }
        }
#endif
        return list;
    }();
    return all;
}

Result<DecodedText> decode(QByteArrayView bytes, const QString &name)
{
    QStringDecoder decoder = decoderFor(name);
    if (!decoder.isValid()) {
        return Error{Error::Code::Unsupported, QStringLiteral("There is no encoding %1 here").arg(name)};
    }
    DecodedText decoded;
    decoded.text = decoder.decode(bytes);
    decoded.broken = decoded.text.count(QChar::ReplacementCharacter);
    // A decoder keeps what might become a character with the next bytes, and no function tells of it: zero bytes, which can
    // complete none, bring it out as broken.
    const QString rest = decoder.decode(QByteArrayView("\0\0\0\0", 4));
    if (!decoded.text.isEmpty() && decoded.text.back().isHighSurrogate()) { // Qt hands it out without the other half
        decoded.text.chop(1);
        decoded.isCut = true;
    }
    decoded.isCut = decoded.isCut || bytes.size() % unitOf(name) != 0 || rest.contains(QChar::ReplacementCharacter);
    return decoded;
}

QString suggested(QByteArrayView bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes)) {
        switch (*marked) {
        case QStringConverter::Utf16LE:
            return QStringLiteral("UTF-16LE");
        case QStringConverter::Utf16BE:
            return QStringLiteral("UTF-16BE");
        case QStringConverter::Utf32LE:
            return QStringLiteral("UTF-32LE");
        case QStringConverter::Utf32BE:
            return QStringLiteral("UTF-32BE");
        default:
            return QStringLiteral("UTF-8");
        }
    }
    // Text of one script without a mark: nearly all high bytes are zero and hardly any low ones.
    constexpr qsizetype Look = 512;
    constexpr qsizetype Least = 8;
    const QByteArrayView start = bytes.first(std::min(bytes.size(), Look));
    if (bytes.size() < Least || bytes.size() % 2 != 0) {
        return {};
    }
    std::array<qsizetype, 2> zeros{};
    for (qsizetype i = 0; i < start.size(); ++i) {
        zeros[static_cast<std::size_t>(i % 2)] += start[i] == 0 ? 1 : 0;
    }
    const qsizetype half = start.size() / 2;
    const auto isHigh = [&](std::size_t place) {
        return zeros[place] * 10 >= half * 9 && zeros[1 - place] * 10 <= half;
    };
    return isHigh(1) ? QStringLiteral("UTF-16LE") : isHigh(0) ? QStringLiteral("UTF-16BE") : QString();
}

} // namespace Sidewire::TextEncoding
