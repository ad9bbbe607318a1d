// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/options/optionscope.h"
#include "core/session/sessionoptions.h"

#include <functional>
#include <vector>

namespace Sidewire {

/// How one option is read from text and written as text again.
struct OptionAccess
{
    /// One value; a repeatable option gains one more. An error without a sentence: the value is not of the option's syntax.
    std::function<Result<void>(SessionOptions &options, const QString &value)> set;

    /// The values that make the same again; none while it is at its default.
    std::function<QStringList(const SessionOptions &options)> values;

    /// Back to the default.
    std::function<void(SessionOptions &options)> clear;
};

/// One option: its name, what it takes, what it is for, and how it is read and written.
struct Option
{
    enum Trait : quint8 {
        Plain = 0,
        Repeatable = 1,
        Secret = 2, ///< No error quotes its value, no log has it
    };

    const char *name;
    const char *syntax;
    const char *description;
    const OptionScope &scope;
    OptionAccess access;
    int traits = Plain;
};

/// All options, in the order in which a person reads them.
const std::vector<Option> &optionTable();

/// Null for an unknown name.
const Option *findOption(const QString &name);

} // namespace Sidewire
