// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optionvalues.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace Sidewire {

namespace {

constexpr int LongestTime = 86'400'000; // one day, in ms

constexpr std::array<std::pair<QChar, qint64>, 3> Units{
    {{QLatin1Char('G'), 1 << 30}, {QLatin1Char('M'), 1 << 20}, {QLatin1Char('k'), 1 << 10}}};

} // namespace

Error OptionValues::mismatch()
{
    return usage({});
}

Error OptionValues::usage(const QString &sentence)
{
    return {Error::Code::Usage, sentence};
}

Result<int> OptionValues::number(const QString &text, int least, int most)
{
    bool isNumber = false;
    const int value = text.toInt(&isNumber);
    if (!isNumber || value < least || value > most) {
        return mismatch();
    }
    return value;
}

Result<qint64> OptionValues::size(const QString &text, qint64 least)
{
    if (text == u"off") {
        return 0;
    }
    qint64 unit = 1;
    QString number = text;
    for (const auto &[letter, bytes] : Units) {
        if (text.endsWith(letter, Qt::CaseInsensitive)) {
            unit = bytes;
            number.chop(1);
        }
    }
    bool isNumber = false;
    const qint64 value = number.toLongLong(&isNumber);
    if (!isNumber || value < 0 || value > std::numeric_limits<qint64>::max() / unit || value * unit < least) {
        return mismatch();
    }
    return value * unit;
}

Result<bool> OptionValues::onOff(const QString &text)
{
    if (text != u"on" && text != u"off") {
        return mismatch();
    }
    return text == u"on";
}

Result<std::chrono::milliseconds> OptionValues::milliseconds(const QString &text)
{
    const Result<int> ms = number(text, 1, LongestTime);
    if (!ms) {
        return ms.error();
    }
    return std::chrono::milliseconds(*ms);
}

Result<QString> OptionValues::line(const QString &text)
{
    if (hasControlCharacter(text)) {
        return usage(QStringLiteral("the value holds a control character"));
    }
    return text;
}

QString OptionValues::fromSize(qint64 bytes)
{
    if (bytes == 0) {
        return QStringLiteral("off");
    }
    for (const auto &[letter, unit] : Units) {
        if (bytes % unit == 0) {
            return QString::number(bytes / unit) + letter;
        }
    }
    return QString::number(bytes);
}

QString OptionValues::fromOnOff(bool value)
{
    return value ? QStringLiteral("on") : QStringLiteral("off");
}

QString OptionValues::fromMilliseconds(std::chrono::milliseconds time)
{
    return QString::number(time.count());
}

QStringList OptionValues::split(const QString &text)
{
    QStringList parts;
    for (const QString &part : text.split(u',')) {
        if (const QString trimmed = part.trimmed(); !trimmed.isEmpty()) {
            parts << trimmed;
        }
    }
    return parts;
}

bool OptionValues::isToken(const QString &text)
{
    const auto isTokenChar = [](QChar c) {
        return c > u' ' && c < u'\x7f' && !QStringView(u"\"(),/:;<=>?@[\\]{}").contains(c);
    };
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool OptionValues::hasControlCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return (c < u' ' && c != u'\t') || c == u'\x7f'; });
}

} // namespace Sidewire
