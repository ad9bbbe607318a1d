// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/session/sessionspec.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace Sidewire {

/// A session as another tool opens it.
struct ExportedCommand
{
    QString text; ///< For a POSIX shell; for Python a program of several lines
    QStringList notes; ///< A sentence for what the tool cannot say, or what was left out of it
};

/// The way back: CommandImport reads everything but Python again.
namespace CommandExport {

enum class Tool : quint8 { Curl, Ncat, Socat, Websocat, Wscat, Python };

const std::vector<Tool> &tools();
QString toString(Tool tool); ///< "curl"
Result<Tool> fromString(const QString &name);

/// An error where the tool cannot open such a session at all.
Result<ExportedCommand> write(const SessionSpec &spec, Tool tool, SessionOptions::Secrets secrets);

} // namespace CommandExport

} // namespace Sidewire
