// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/session/sessionspec.h"

#include <QString>
#include <QStringList>

namespace Sidewire {

/// A session as the command of another tool opens it.
struct ImportedCommand
{
    QString tool; ///< "curl"
    SessionSpec spec;
    QStringList notes; ///< A sentence for each part that means nothing here and was left out
};

/// Understands commands of curl, ncat (nc, netcat), socat, wscat and websocat. Nothing is run, and no file that a command
/// names is looked at.
namespace CommandImport {

/// Whether one of the tools stands where a command begins. "nc 80" is still a host and a port.
bool isCommand(const QString &text);

/// As pasted, quoted for a POSIX shell or for Windows' cmd. Of a pipe the part with the tool counts. What cannot be
/// understood is an error that names the word.
Result<ImportedCommand> read(const QString &text);

/// The same from words that a shell has split already, the tool first.
Result<ImportedCommand> readWords(const QStringList &words);

} // namespace CommandImport

} // namespace Sidewire
