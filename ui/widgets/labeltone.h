// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"

class QLabel;

namespace Sidewire {

/// Gives the text of `label` the colour of `tone` in the present palette; nothing is repainted where it has it already.
void setTone(QLabel *label, Theme::Tone tone);

} // namespace Sidewire
