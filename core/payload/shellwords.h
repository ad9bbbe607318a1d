// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>
#include <QStringView>

#include <vector>

namespace Sidewire::ShellWords {

/// What stands in one or more lines as somebody would type them into a shell. Nothing is run, looked up or expanded.
struct Line
{
    std::vector<QStringList> commands; ///< Of a pipe or a list, in their order, none of them empty
    QStringList redirections; ///< "2>/dev/null": no words of a command

    friend bool operator==(const Line &, const Line &) = default;
};

/// Words as a POSIX shell makes them, with bash's $'...'. Where a ^ escapes a quote or a line end, the text is taken as one
/// for Windows' cmd. Variables and command substitutions, which only a shell could fill in, are errors.
Result<Line> split(QStringView text);

/// `word` such that a POSIX shell reads it back as one word; line ends and control characters as $'\n'.
QString quoted(const QString &word);

/// The words of a command, each quoted where it has to be.
QString join(const QStringList &words);

/// The same command without the line ends that a backslash or a caret takes back.
QString onOneLine(const QString &text);

} // namespace Sidewire::ShellWords
