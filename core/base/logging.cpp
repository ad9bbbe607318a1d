// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logging.h"

namespace Sidewire {

Q_LOGGING_CATEGORY(LogNet, "sidewire.net", QtWarningMsg)
Q_LOGGING_CATEGORY(LogSession, "sidewire.session", QtInfoMsg)
Q_LOGGING_CATEGORY(LogCapture, "sidewire.capture", QtWarningMsg)
Q_LOGGING_CATEGORY(LogUi, "sidewire.ui", QtWarningMsg)

} // namespace Sidewire
