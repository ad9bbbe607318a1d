// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/filter/filterexpression.h"
#include "core/lens/lensspec.h"
#include "core/session/sessionspec.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace Sidewire {

/// What `sidewire run` was asked for.
struct RunOptions
{
    enum class Print { Messages, Bytes, Both, None };
    enum class Summary { Text, Json };

    /// The first condition to come true ends the run; `closed` always does.
    struct Until
    {
        std::optional<std::chrono::milliseconds> idle; ///< Nothing crossed the socket for so long
        std::optional<qint64> messages; ///< So many came in, HTTP heads not counted
        std::optional<std::chrono::milliseconds> time; ///< Since the start
    };

    SessionSpec spec;
    QStringList notes; ///< What of another tool's command was left out
    std::vector<QByteArray> sends; ///< In the order of the command line
    bool isBinary = false;
    LensSpec lens;
    QString logPath; ///< Empty: an unlinked temporary file
    Print print = Print::Messages;
    FilterExpression filter; ///< Of the messages that are printed
    Until until;
    Summary summary = Summary::Text;
};

/// Reads the arguments after `run`. Reads the files of --send-file.
Result<RunOptions> parseRunArguments(const QStringList &arguments);

/// What `sidewire --help` prints.
QByteArray helpText();

} // namespace Sidewire
