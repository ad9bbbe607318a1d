// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"

/// The colours of what is marked in the views beside the selection.
namespace Sidewire::Theme {

enum class Mark {
    Match, ///< Behind what a search found; texts have their contrast on it
    MatchLine, ///< Around it
    Bookmark, ///< Of a place that a person marked
};

QColor markColor(Mark mark);
QColor markColor(Mark mark, Scheme scheme);

} // namespace Sidewire::Theme
