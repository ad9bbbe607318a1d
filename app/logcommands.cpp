// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logcommands.h"

#include "app/console.h"
#include "app/filterargument.h"
#include "core/export/exporter.h"

#include <QCommandLineParser>
#include <QFile>
#include <QSaveFile>

#include <cstdio>

namespace Sidewire {

namespace {

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

Result<ExportOptions> readExportOptions(const QCommandLineParser &parser)
{
    ExportOptions options;
    const QString formats = exportFormatNames().join(QStringLiteral(", "));
    if (!parser.isSet(QStringLiteral("to"))) {
        return usage(QStringLiteral("export needs --to with one of %1").arg(formats));
    }
    const QString name = parser.value(QStringLiteral("to"));
    const std::optional<ExportFormat> format = exportFormatFromString(name);
    if (!format) {
        return usage(QStringLiteral("unknown format \"%1\"; there are %2").arg(name, formats));
    }
    options.format = *format;

    const QString direction = parser.value(QStringLiteral("direction"));
    if (direction == u"in") {
        options.direction = Direction::In;
    } else if (direction == u"out") {
        options.direction = Direction::Out;
    } else if (direction != u"both") {
        return usage(QStringLiteral("--direction takes in, out or both, not \"%1\"").arg(direction));
    }
    if (parser.isSet(QStringLiteral("connection"))) {
        bool isNumber = false;
        const uint number = parser.value(QStringLiteral("connection")).toUInt(&isNumber);
        if (!isNumber) {
            return usage(QStringLiteral("--connection takes the number of a connection"));
        }
        options.connection = ConnectionId(number);
    }
    const Result<FilterExpression> filter = readFilterArgument(parser.value(QStringLiteral("filter")));
    if (!filter) {
        return filter.error();
    }
    options.filter = *filter;
    return options;
}

Result<std::shared_ptr<SessionLog>> openLog(const QStringList &files, const LensSpec &lens)
{
    if (files.size() != 1) {
        return usage(QStringLiteral("exactly one log file is needed"));
    }
    Result<std::shared_ptr<SessionLog>> log = SessionLog::open(files.first(), lens);
    if (log) {
        (*log)->waitUntilCaughtUp();
    }
    return log;
}

void printWarnings(const SessionLog &log)
{
    for (const QString &warning : logWarnings(log)) {
        Console::printError(warning);
    }
}

Result<void> writeExport(const SessionLog &log, const ExportOptions &options, const QString &path)
{
    if (path.isEmpty() || path == u"-") {
        QFile out;
        if (!out.open(stdout, QIODevice::WriteOnly)) {
            return Error{Error::Code::Io, QStringLiteral("cannot write to standard output")};
        }
        return exportLog(log, options, out);
    }
    // Written beside and renamed at the end: what was there stays unless all went well.
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly)) {
        return Error{Error::Code::Io, QStringLiteral("cannot write %1: %2").arg(path, out.errorString())};
    }
    out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (const Result<void> exported = exportLog(log, options, out); !exported) {
        return exported.error();
    }
    if (!out.commit()) {
        return Error{Error::Code::Io, QStringLiteral("cannot write %1: %2").arg(path, out.errorString())};
    }
    return {};
}

int fail(const Error &error)
{
    if (error.code == Error::Code::Usage) {
        return Console::usageError(error.detail);
    }
    Console::printError(error.detail);
    return ExitUsage;
}

} // namespace

int exportCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto value = QStringLiteral("value");
    parser.addOption({QStringLiteral("to"), QString(), value});
    parser.addOption({QStringLiteral("lens"), QString(), value, QStringLiteral("auto")});
    parser.addOption({QStringLiteral("direction"), QString(), value, QStringLiteral("both")});
    parser.addOption({QStringLiteral("connection"), QString(), value});
    parser.addOption({QStringLiteral("filter"), QString(), value});
    parser.addOption({QStringLiteral("o"), QString(), value});
    if (!parser.parse(QStringList{QStringLiteral("sidewire export")} + arguments)) {
        return Console::usageError(parser.errorText());
    }
    const Result<ExportOptions> options = readExportOptions(parser);
    if (!options) {
        return fail(options.error());
    }
    const Result<LensSpec> lens = LensSpec::parse(parser.value(QStringLiteral("lens")));
    if (!lens) {
        return fail(lens.error());
    }
    const Result<std::shared_ptr<SessionLog>> log = openLog(parser.positionalArguments(), *lens);
    if (!log) {
        return fail(log.error());
    }
    if (options->connection && toNumber(*options->connection) >= (*log)->connectionCount()) {
        return Console::usageError(QStringLiteral("there is no connection %1; the log has %2")
                                       .arg(toNumber(*options->connection))
                                       .arg((*log)->connectionCount()));
    }
    printWarnings(**log);
    const Result<void> written = writeExport(**log, *options, parser.value(QStringLiteral("o")));
    return written ? ExitDone : fail(written.error());
}

int infoCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOption(QCommandLineOption(QStringLiteral("json")));
    if (!parser.parse(QStringList{QStringLiteral("sidewire info")} + arguments)) {
        return Console::usageError(parser.errorText());
    }
    const Result<std::shared_ptr<SessionLog>> log = openLog(parser.positionalArguments(), {});
    if (!log) {
        return fail(log.error());
    }
    if (parser.isSet(QStringLiteral("json"))) {
        printWarnings(**log); // the object has no place for them
        Console::write(sessionSummaryAsJson(**log) + '\n');
    } else {
        Console::write(sessionSummaryAsText(**log));
    }
    return Console::flush() ? ExitDone : ExitUsage;
}

} // namespace Sidewire
