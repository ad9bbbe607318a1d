// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Sidewire {

/// Whether a code point can act on its surroundings: controls (C0, DEL, C1), line and paragraph separators, and the
/// controls that turn the direction of text around (Unicode UAX 9), with which text can pretend to be another.
constexpr bool isUnsafe(char32_t codePoint)
{
    return codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f) || codePoint == 0x061c
        || (codePoint >= 0x200e && codePoint <= 0x200f) || (codePoint >= 0x2028 && codePoint <= 0x202e)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
}

} // namespace Sidewire
