// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// What one byte shows in the text column of a byte view.
struct TextCell
{
    enum class Kind : quint8 {
        Character, ///< The first byte of a printable character
        Continuation, ///< A later byte of the character before it
        Control, ///< A control character, or one that would not show by itself
        Broken, ///< Not UTF-8
    };

    Kind kind = Kind::Control;
    char32_t character = 0;

    friend bool operator==(const TextCell &, const TextCell &) = default;
};

/// One cell for each of `count` bytes from `bytes[before]` on. The up to three bytes before them and after them let a
/// character that crosses the edge of a line be recognised.
std::vector<TextCell> utf8Cells(QByteArrayView bytes, int before, int count);

constexpr int Utf8Reach = 3; ///< How many bytes before and after a line are of use

} // namespace Sidewire
