// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLoggingCategory>

namespace Sidewire {

// Diagnostics of the program itself. Payload bytes and credentials are never logged.
Q_DECLARE_LOGGING_CATEGORY(LogNet) // sidewire.net
Q_DECLARE_LOGGING_CATEGORY(LogSession) // sidewire.session
Q_DECLARE_LOGGING_CATEGORY(LogCapture) // sidewire.capture
Q_DECLARE_LOGGING_CATEGORY(LogUi) // sidewire.ui

} // namespace Sidewire
