// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionoptions.h"

namespace Sidewire {

/// What a listener answers, as text.
namespace AnswerValues {

Result<AnswerOptions> answer(const QString &text);
QString fromAnswer(const AnswerOptions &answer);

} // namespace AnswerValues

} // namespace Sidewire
