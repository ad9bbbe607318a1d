// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/authority.h"
#include "core/session/commands/commandexport.h"

namespace Sidewire {

/// Puts the words of a command together and knows which options of the session were not said by them.
class CommandWriter
{
public:
    CommandWriter(const QString &tool, const SessionSpec &spec);

    const SessionSpec &spec() const { return m_spec; }
    const QString &tool() const { return m_tool; }
    bool isListener() const { return m_spec.role == Role::Listener; }

    /// The values of an option, which is said by that; none at its default.
    QStringList take(const char *name);
    QString takeOne(const char *name);

    void add(const QStringList &words) { m_words << words; }
    void add(const QString &word) { m_words << word; }

    /// `flag VALUE` for each value of the option.
    void addOption(const char *flag, const char *name);

    void note(const QString &sentence) { m_notes << sentence; }

    /// The words, and a note on the options that nobody took.
    ExportedCommand finish();
    ExportedCommand finishWith(const QString &text);

private:
    QString m_tool;
    SessionSpec m_spec;
    QStringList m_taken;
    QStringList m_words;
    QStringList m_notes;
};

/// 1500 ms as "1.5".
QString toSeconds(std::chrono::milliseconds time);

/// Each writes what its tool can open; an error otherwise.
Result<ExportedCommand> writeCurl(const SessionSpec &spec);
Result<ExportedCommand> writeNcat(const SessionSpec &spec);
Result<ExportedCommand> writeSocat(const SessionSpec &spec);
Result<ExportedCommand> writeWebsocat(const SessionSpec &spec);
Result<ExportedCommand> writeWscat(const SessionSpec &spec);
Result<ExportedCommand> writePython(const SessionSpec &spec);

} // namespace Sidewire
