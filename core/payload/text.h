// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QString>

namespace Sidewire::Text {

/// Whether the bytes are valid UTF-8 (RFC 3629); a character that is cut off at the end counts as valid only with AllowCut.
enum class Ending { Strict, AllowCut };
bool isValidUtf8(QByteArrayView bytes, Ending ending = Ending::Strict);

/// One line for a list: at most `maxChars` characters, line ends as the symbols U+240A and U+240D, other control characters and broken bytes
/// as visible symbols (U+2400 on, U+FFFD), bidirectional controls replaced. Plain text.
QString preview(QByteArrayView bytes, int maxChars);

/// For a multi-line view: line ends kept, tabs kept, other control characters and broken bytes as in preview().
QString display(QByteArrayView bytes);

} // namespace Sidewire::Text
