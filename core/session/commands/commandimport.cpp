// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "commandimport.h"

#include "core/payload/shellwords.h"
#include "core/session/commands/tools.h"

#include <QRegularExpression>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qsizetype LongestCommand = 256 * 1024;

/// "curl" of "/usr/bin/curl", "curl.exe"; empty for anything that is no tool.
QString toolOf(const QString &word)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(?:.*[/\\\\])?(curl|ncat|nc|netcat|socat|wscat|websocat)(?:\\.exe)?$"));
    return pattern.match(word).captured(1);
}

/// Without what stands in front of a command where people copy it.
QStringList withoutPrompt(QStringList words)
{
    while (words.size() > 1 && QStringList{"$", ">", "%", "sudo", "exec", "time"}.contains(words.first())) {
        words.removeFirst();
    }
    return words;
}

Result<ImportedCommand> readTool(const QString &tool, const QStringList &arguments)
{
    if (tool == u"curl") {
        return readCurl(arguments);
    }
    if (tool == u"socat") {
        return readSocat(arguments);
    }
    if (tool == u"wscat") {
        return readWscat(arguments);
    }
    if (tool == u"websocat") {
        return readWebsocat(arguments);
    }
    return readNcat(tool, arguments);
}

} // namespace

bool CommandImport::isCommand(const QString &text)
{
    static const QRegularExpression tool(QStringLiteral("(?:^|[|;&\\n])\\s*(?:(?:[$>%]|sudo|exec|time)\\s+)*(?:[^\\s'"
                                                        "\"|]*[/\\\\])?(?:curl|ncat|nc|netcat|socat|wscat|"
                                                        "websocat)(?:\\.exe)?(?:\\s+(.*))?$"),
                                         QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression port(QStringLiteral("^\\d+\\s*$"));
    const QRegularExpressionMatch match = tool.match(text);
    return match.hasMatch() && !match.captured(1).trimmed().isEmpty() && !port.match(match.captured(1)).hasMatch();
}

Result<ImportedCommand> CommandImport::read(const QString &text)
{
    if (text.size() > LongestCommand) {
        return Error{Error::Code::TooLarge, QStringLiteral("a command has at most 256 KiB")};
    }
    const Result<ShellWords::Line> line = ShellWords::split(text);
    if (!line) {
        return line.error();
    }
    const auto isTool = [](const QStringList &words) {
        return !toolOf(withoutPrompt(words).first()).isEmpty();
    };
    const auto command = std::find_if(line->commands.begin(), line->commands.end(), isTool);
    if (command == line->commands.end()) {
        return Error{Error::Code::Usage,
                     QStringLiteral("this is no command of curl, ncat, nc, socat, wscat or websocat")};
    }
    Result<ImportedCommand> imported = readWords(*command);
    if (!imported) {
        return imported;
    }
    ImportedCommand complete = *std::move(imported);
    for (auto other = line->commands.begin(); other != line->commands.end(); ++other) {
        if (other != command) {
            complete.notes << QStringLiteral("not run: %1").arg(ShellWords::join(*other));
        }
    }
    if (!line->redirections.isEmpty()) {
        complete.notes << QStringLiteral("not redirected: %1").arg(line->redirections.join(u' '));
    }
    return complete;
}

Result<ImportedCommand> CommandImport::readWords(const QStringList &words)
{
    const QStringList command = withoutPrompt(words);
    const QString tool = command.isEmpty() ? QString() : toolOf(command.first());
    if (tool.isEmpty()) {
        return Error{
            Error::Code::Usage,
            QStringLiteral("\"%1\" is none of curl, ncat, nc, socat, wscat and websocat").arg(command.value(0))};
    }
    Result<ImportedCommand> imported = readTool(tool, command.mid(1));
    if (!imported && !imported.error().detail.startsWith(tool)) {
        return Error{imported.error().code, QStringLiteral("%1: %2").arg(tool, imported.error().detail)};
    }
    return imported;
}

} // namespace Sidewire
