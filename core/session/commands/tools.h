// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/commands/commandimport.h"

namespace Sidewire {

/// Each reads the words behind the tool's name.
Result<ImportedCommand> readCurl(const QStringList &words);
Result<ImportedCommand> readNcat(const QString &tool, const QStringList &words); ///< "ncat", or "nc" of others
Result<ImportedCommand> readSocat(const QStringList &words);
Result<ImportedCommand> readWscat(const QStringList &words);
Result<ImportedCommand> readWebsocat(const QStringList &words);

} // namespace Sidewire
