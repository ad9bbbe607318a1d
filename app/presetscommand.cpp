// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "presetscommand.h"

#include "app/console.h"
#include "app/sessionarguments.h"
#include "core/payload/escapes.h"
#include "core/session/commands/commandexport.h"
#include "core/session/presets.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>

namespace Sidewire {

namespace {

QByteArray asJson(const PresetList &list)
{
    QJsonArray array;
    for (const Preset &preset : list.presets) {
        QJsonObject object{{QStringLiteral("name"), preset.name}, {QStringLiteral("target"), preset.spec.target()}};
        const QJsonObject options = preset.spec.options.toJson(SessionOptions::Secrets::LeaveOut);
        if (!options.isEmpty()) {
            object.insert(QStringLiteral("options"), options);
        }
        array.append(object);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact) + '\n';
}

/// On a terminal a file must not be able to do more than text.
QByteArray safe(const QString &text)
{
    return Escapes::fromBytes(text.toUtf8()).toUtf8();
}

QByteArray asText(const PresetList &list)
{
    qsizetype width = 0;
    for (const Preset &preset : list.presets) {
        width = std::max(width, preset.name.size());
    }
    QByteArray text;
    for (const Preset &preset : list.presets) {
        text += safe(preset.name.leftJustified(width)) + "  " + safe(preset.spec.target());
        const QStringList names = preset.spec.options.toJson(SessionOptions::Secrets::Include).keys();
        text += names.isEmpty() ? QByteArray("\n") : "  (" + names.join(QStringLiteral(", ")).toUtf8() + ")\n";
    }
    return text;
}

} // namespace

int presetsCommand(const QStringList &arguments)
{
    const bool isJson = arguments == QStringList{QStringLiteral("--json")};
    if (!arguments.isEmpty() && !isJson) {
        return Console::usageError(QStringLiteral("presets takes nothing but --json"));
    }
    const Result<PresetList> list = PresetStore().read();
    if (!list) {
        Console::printError(list.error().detail);
        return ExitUsage;
    }
    for (const QString &problem : list->problems) {
        Console::printError(problem);
    }
    Console::write(isJson ? asJson(*list) : asText(*list));
    Console::flush();
    return ExitDone;
}

int commandCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("as"), QString(), QStringLiteral("tool")});
    parser.addOption({QStringLiteral("option"), QString(), QStringLiteral("value")});
    parser.addOption(QCommandLineOption(QStringLiteral("with-secrets")));
    if (!parser.parse(QStringList{QStringLiteral("sidewire command")} + arguments)) {
        return Console::usageError(parser.errorText());
    }
    const Result<CommandExport::Tool> tool = CommandExport::fromString(parser.value(QStringLiteral("as")));
    if (!tool) {
        return Console::usageError(QStringLiteral("--as: ") + tool.error().detail);
    }
    const Result<SessionArguments> session =
        readSessionArguments(parser.positionalArguments(), parser.values(QStringLiteral("option")));
    if (!session) {
        return Console::usageError(session.error().detail);
    }
    const auto secrets = parser.isSet(QStringLiteral("with-secrets")) ? SessionOptions::Secrets::Include
                                                                      : SessionOptions::Secrets::LeaveOut;
    const Result<ExportedCommand> command = CommandExport::write(session->spec, *tool, secrets);
    if (!command) {
        Console::printError(command.error().detail);
        return ExitUsage;
    }
    for (const QString &note : session->notes + command->notes) {
        Console::printError(note);
    }
    Console::write(command->text.toUtf8() + (command->text.endsWith(u'\n') ? "" : "\n"));
    Console::flush();
    return ExitDone;
}

} // namespace Sidewire
