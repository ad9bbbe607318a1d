// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace Sidewire {

/// Checks UTF-8 (RFC 3629) that comes in pieces, without keeping it.
class Utf8Checker
{
public:
    void feed(QByteArrayView bytes);

    bool isValid() const { return m_isValid; } ///< No wrong byte so far; a character may still be cut off
    bool isComplete() const { return m_isValid && m_missing == 0; }

private:
    bool m_isValid = true;
    quint8 m_missing = 0; ///< Continuation bytes that are still to come
    quint8 m_lowest = 0; ///< Bounds of the next one
    quint8 m_highest = 0;
};

/// A character at the start of some bytes, or one byte that is not part of any.
struct Utf8Character
{
    char32_t codePoint = 0;
    int size = 1; ///< In bytes; 1 if not valid
    bool isValid = false;
};

/// The first character of `bytes`, which must not be empty.
Utf8Character firstUtf8Character(QByteArrayView bytes);

/// How many bytes at the start of `bytes` are whole, valid characters: the offset of the first that is not.
qsizetype validUtf8Length(QByteArrayView bytes);

} // namespace Sidewire
