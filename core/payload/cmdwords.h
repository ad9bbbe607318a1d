// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/payload/shellwords.h"

namespace Sidewire::ShellWords {

/// Words as Windows' cmd and the C runtime of the program that it starts make them.
Result<Line> splitForCmd(QStringView text);

} // namespace Sidewire::ShellWords
