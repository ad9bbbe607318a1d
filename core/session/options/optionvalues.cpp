// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optionvalues.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int LongestTime = 86'400'000; // one day, in ms

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
