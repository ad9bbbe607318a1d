// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "commandexport.h"

#include "core/session/commands/commandwriter.h"

namespace Sidewire {

namespace {

Result<ExportedCommand> writeFor(const SessionSpec &spec, CommandExport::Tool tool)
{
    using Tool = CommandExport::Tool;
    switch (tool) {
    case Tool::Curl:
        return writeCurl(spec);
    case Tool::Ncat:
        return writeNcat(spec);
    case Tool::Socat:
        return writeSocat(spec);
    case Tool::Websocat:
        return writeWebsocat(spec);
    case Tool::Wscat:
        return writeWscat(spec);
    case Tool::Python:
        break;
    }
    return writePython(spec);
}

} // namespace

const std::vector<CommandExport::Tool> &CommandExport::tools()
{
    static const std::vector<Tool> all{Tool::Curl, Tool::Ncat, Tool::Socat, Tool::Websocat, Tool::Wscat, Tool::Python};
    return all;
}

QString CommandExport::toString(Tool tool)
{
    switch (tool) {
    case Tool::Curl:
        return QStringLiteral("curl");
    case Tool::Ncat:
        return QStringLiteral("ncat");
    case Tool::Socat:
        return QStringLiteral("socat");
    case Tool::Websocat:
        return QStringLiteral("websocat");
    case Tool::Wscat:
        return QStringLiteral("wscat");
    case Tool::Python:
        break;
    }
    return QStringLiteral("python");
}

Result<CommandExport::Tool> CommandExport::fromString(const QString &name)
{
    QStringList names;
    for (const Tool tool : tools()) {
        names << toString(tool);
        if (names.last() == name) {
            return tool;
        }
    }
    return Error{Error::Code::Usage,
                 QStringLiteral("there is no tool \"%1\"; there are %2").arg(name, names.join(QStringLiteral(", ")))};
}

Result<ExportedCommand> CommandExport::write(const SessionSpec &spec, Tool tool, SessionOptions::Secrets secrets)
{
    SessionSpec written = spec;
    if (secrets == SessionOptions::Secrets::LeaveOut) {
        written.options = spec.options.withoutSecrets();
    }
    const Result<ExportedCommand> command = writeFor(written, tool);
    if (!command || written == spec) {
        return command;
    }
    ExportedCommand noted = *command;
    noted.notes << QStringLiteral("passwords, tokens and cookies are left out");
    return noted;
}

} // namespace Sidewire
