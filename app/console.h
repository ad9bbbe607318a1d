// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

namespace Sidewire {

/// The exit statuses of the command line.
enum ExitStatus {
    ExitDone = 0,
    ExitUsage = 1, ///< Wrong usage or an unreadable file
    ExitNotOpened = 2, ///< The session could not be opened
    ExitFailed = 3, ///< It ended in an error
};

namespace Console {

/// Writes to standard output as it is. False once nobody reads it any more.
bool write(QByteArrayView bytes);
bool flush();

/// "sidewire: TEXT" on standard error, control characters escaped.
void printError(const QString &text);

/// Prints the error and says where help is; returns ExitUsage.
int usageError(const QString &text);

} // namespace Console

} // namespace Sidewire
