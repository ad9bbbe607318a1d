// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/session/sessionspec.h"

#include <QStringList>

namespace Sidewire {

/// The session that a command line asks for.
struct SessionArguments
{
    SessionSpec spec;
    QStringList notes; ///< What of another tool's command was left out
};

/// `words` are a target, "host port", "@preset", or a command of another tool as one word or as several; `assignments` are
/// those of --option, which win.
Result<SessionArguments> readSessionArguments(const QStringList &words, const QStringList &assignments);

} // namespace Sidewire
