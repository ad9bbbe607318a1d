// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "text.h"

#include "core/base/utf8.h"
#include "core/payload/codepoints.h"

namespace Sidewire::Text {

namespace {

constexpr char32_t Replacement = 0xfffd;

/// What stands for a character that must not act, or the character itself.
char32_t visible(const Utf8Character &character)
{
    const char32_t codePoint = character.codePoint;
    if (!character.isValid) {
        return Replacement;
    }
    if (codePoint < 0x20) {
        return 0x2400 + codePoint; // the Control Pictures stand in the order of the controls
    }
    if (codePoint == 0x7f) {
        return 0x2421;
    }
    return isUnsafe(codePoint) ? Replacement : codePoint;
}

void append(QString &text, char32_t codePoint)
{
    if (QChar::requiresSurrogates(codePoint)) {
        text += QChar(QChar::highSurrogate(codePoint));
        text += QChar(QChar::lowSurrogate(codePoint));
    } else {
        text += QChar(static_cast<char16_t>(codePoint));
    }
}

} // namespace

bool isValidUtf8(QByteArrayView bytes, Ending ending)
{
    Utf8Checker checker;
    checker.feed(bytes);
    return ending == Ending::Strict ? checker.isComplete() : checker.isValid();
}

QString preview(QByteArrayView bytes, int maxChars)
{
    QString text;
    while (!bytes.isEmpty()) {
        const Utf8Character character = firstUtf8Character(bytes);
        const char32_t codePoint = visible(character);
        if (text.size() + (QChar::requiresSurrogates(codePoint) ? 2 : 1) > maxChars) {
            break;
        }
        append(text, codePoint);
        bytes = bytes.sliced(character.size);
    }
    return text;
}

QString display(QByteArrayView bytes)
{
    QString text;
    text.reserve(bytes.size());
    while (!bytes.isEmpty()) {
        if (bytes.startsWith("\r\n")) {
            text += u'\n';
            bytes = bytes.sliced(2);
            continue;
        }
        const Utf8Character character = firstUtf8Character(bytes);
        const bool isKept = character.isValid && (character.codePoint == '\n' || character.codePoint == '\t');
        append(text, isKept ? character.codePoint : visible(character));
        bytes = bytes.sliced(character.size);
    }
    return text;
}

} // namespace Sidewire::Text
