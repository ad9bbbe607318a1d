// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace Sidewire {

/// `sidewire export FILE --to FORMAT ...`; returns the exit status.
int exportCommand(const QStringList &arguments);

/// `sidewire info FILE [--json]`
int infoCommand(const QStringList &arguments);

} // namespace Sidewire
