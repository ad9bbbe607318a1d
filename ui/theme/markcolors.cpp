// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "markcolors.h"

namespace Sidewire::Theme {

QColor markColor(Mark mark)
{
    return markColor(mark, scheme());
}

QColor markColor(Mark mark, Scheme scheme)
{
    const bool isLight = scheme == Scheme::Light;
    switch (mark) {
    case Mark::Match:
        return QColor::fromRgb(isLight ? 0xd8f0c4 : 0x1d3a1b);
    case Mark::MatchLine:
        return QColor::fromRgb(isLight ? 0x3c7d1e : 0x86cf62);
    case Mark::Bookmark:
        break;
    }
    return QColor::fromRgb(isLight ? 0x6b3fb8 : 0xb99af5);
}

} // namespace Sidewire::Theme
