// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace Sidewire {

/// `sidewire presets [--json]`; returns the exit status.
int presetsCommand(const QStringList &arguments);

/// `sidewire command TARGET|@PRESET|COMMAND --as TOOL [--option NAME=VALUE ...] [--with-secrets]`
int commandCommand(const QStringList &arguments);

} // namespace Sidewire
