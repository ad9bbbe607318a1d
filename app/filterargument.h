// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/filter/filterexpression.h"

namespace Sidewire {

/// The filter of a command line; its times are UTC, as all that is printed. The error shows the text in a second line
/// and a caret below the place in a third.
Result<FilterExpression> readFilterArgument(const QString &text);

} // namespace Sidewire
