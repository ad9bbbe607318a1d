// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "app/console.h"
#include "app/logcommands.h"
#include "app/openfilelimit.h"
#include "app/peerscommand.h"
#include "app/presetscommand.h"
#include "app/runcommand.h"
#include "app/version.h"
#include "app/windowcommand.h"
#include "core/base/clock.h"

#include <QCoreApplication>

#include <csignal>

using namespace Sidewire;

namespace {

/// Runs `command` on the event loop until it says with which status it finished.
template<typename Command, typename... Arguments>
int runUntilFinished(Arguments &&...arguments)
{
    Command command(std::forward<Arguments>(arguments)...);
    QObject::connect(
        &command, &Command::finished, &command, [](int status) { QCoreApplication::exit(status); },
        Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int runCommand(const QStringList &arguments)
{
    Result<RunOptions> options = parseRunArguments(arguments);
    if (!options) {
        return options.error().code == Error::Code::Usage
            ? Console::usageError(options.error().detail)
            : (Console::printError(options.error().detail), int(ExitUsage));
    }
    for (const QString &note : options->notes) {
        Console::printError(note);
    }
    return runUntilFinished<RunCommand>(std::move(options).value());
}

int peersCommand(const QStringList &arguments)
{
    if (!arguments.isEmpty() && arguments != QStringList{QStringLiteral("--json")}) {
        return Console::usageError(QStringLiteral("peers takes nothing but --json"));
    }
    return runUntilFinished<PeersCommand>(arguments.isEmpty() ? PeersCommand::Format::Text
                                                              : PeersCommand::Format::Json);
}

/// The commands that need no window; nothing when `name` is none of them.
int (*headlessCommand(const QString &name))(const QStringList &)
{
    if (name == u"run") {
        return runCommand;
    }
    if (name == u"presets") {
        return presetsCommand;
    }
    if (name == u"command") {
        return commandCommand;
    }
    if (name == u"export") {
        return exportCommand;
    }
    if (name == u"info") {
        return infoCommand;
    }
    if (name == u"peers") {
        return peersCommand;
    }
    return nullptr;
}

} // namespace

int main(int argc, char *argv[])
{
    Clock::now(); // sets the anchor of all time stamps
    raiseOpenFileLimit();
    // What cannot be written is an error of the call and not the end of a recording: a closed standard output, and a log or
    // an index that has reached the limit on the size of files.
#if defined(SIGPIPE)
    std::signal(SIGPIPE, SIG_IGN);
#endif
#if defined(SIGXFSZ)
    std::signal(SIGXFSZ, SIG_IGN);
#endif
    QCoreApplication::setApplicationName(QStringLiteral("sidewire"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SIDEWIRE_VERSION));

    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (first == u"--version") {
        Console::write("Sidewire " SIDEWIRE_VERSION "\n");
        return ExitDone;
    }
    if (first == u"--help" || first == u"-h") {
        Console::write(helpText());
        return ExitDone;
    }
    if (auto *const command = headlessCommand(first)) {
        QCoreApplication application(argc, argv);
        return command(QCoreApplication::arguments().mid(2));
    }
    return windowCommand(argc, argv);
}
