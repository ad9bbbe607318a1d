// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/session/commands/commanddraft.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace Sidewire {

/// An option of another tool, and what it means here.
struct ToolOption
{
    using Apply = std::function<Result<void>(const QString &value)>;

    QStringList names; ///< "-k", "--insecure"
    bool takesValue = false;
    Apply apply; ///< None: it concerns nothing that a session is
};

/// Makes the tables of the tools readable; `names` are separated by spaces.
namespace ToolOptions {

ToolOption value(const char *names, ToolOption::Apply apply);
ToolOption flag(const char *names, std::function<Result<void>()> apply);

/// Of output, tracing and the like: nothing is lost without them.
ToolOption ignored(const char *names);
ToolOption ignoredValue(const char *names);

/// Left out, and this is said of it.
ToolOption noted(const char *names, CommandDraft &draft, const char *sentence);
ToolOption notedValue(const char *names, CommandDraft &draft, const char *sentence);

} // namespace ToolOptions

/// Walks through the words of a command as getopt does: "-lvp 80", "-p80", "--name value", "--name=value", "--".
/// `onWord` gets the others in their order.
Result<void> readToolArguments(const QStringList &words, const std::vector<ToolOption> &options,
                               const ToolOption::Apply &onWord);

} // namespace Sidewire
