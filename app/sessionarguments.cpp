// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionarguments.h"

#include "core/payload/shellwords.h"
#include "core/session/commands/commandimport.h"
#include "core/session/presets.h"

namespace Sidewire {

namespace {

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

Result<SessionArguments> readCommand(const Result<ImportedCommand> &command)
{
    if (!command) {
        return command.error();
    }
    return SessionArguments{command->spec, command->notes};
}

Result<SessionArguments> readTarget(const QStringList &words)
{
    if (words.isEmpty()) {
        return usage(QStringLiteral("a target is needed, for instance tcp://127.0.0.1:7"));
    }
    const QString joined = words.join(u' ');
    if (joined.startsWith(u'@')) {
        const Result<Preset> preset = PresetStore().find(joined.mid(1));
        return preset ? Result<SessionArguments>({preset->spec, {}}) : usage(preset.error().detail);
    }
    if (words.size() == 1 && CommandImport::isCommand(joined)) {
        return readCommand(CommandImport::read(joined));
    }
    if (words.size() > 1 && CommandImport::isCommand(ShellWords::join(words))) {
        return readCommand(CommandImport::readWords(words));
    }
    const Result<SessionSpec> spec = SessionSpec::fromTarget(joined); // "host port" too, as ncat takes it
    return spec ? Result<SessionArguments>({*spec, {}}) : spec.error();
}

/// A list on the command line takes the place of the one that was there; what is named twice is added.
Result<void> assign(const QStringList &assignments, SessionSpec &spec)
{
    QStringList seen;
    for (const QString &assignment : assignments) {
        const qsizetype equals = assignment.indexOf(u'=');
        if (equals < 0) {
            return usage(QStringLiteral("--option takes name=value, not \"%1\"").arg(assignment));
        }
        const QString name = assignment.left(equals);
        if (const Result<void> known = SessionOptions::check(name, spec.scheme, spec.role); !known) {
            return known.error();
        }
        if (!seen.contains(name)) {
            if (const Result<void> cleared = spec.options.set(name, {}); !cleared) {
                return cleared.error();
            }
            seen << name;
        }
        if (const Result<void> set = spec.options.set(name, assignment.mid(equals + 1)); !set) {
            return set.error();
        }
    }
    return spec.options.checkFor(spec.scheme, spec.role);
}

} // namespace

Result<SessionArguments> readSessionArguments(const QStringList &words, const QStringList &assignments)
{
    Result<SessionArguments> session = readTarget(words);
    if (!session) {
        return session;
    }
    SessionArguments complete = *std::move(session);
    if (const Result<void> assigned = assign(assignments, complete.spec); !assigned) {
        return assigned.error();
    }
    return complete;
}

} // namespace Sidewire
