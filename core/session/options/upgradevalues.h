// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionoptions.h"

namespace Sidewire {

/// The options of the HTTP request that begins a WebSocket, and of those who answer it.
namespace UpgradeValues {

Result<QStringList> subprotocols(const QString &text);

Result<HttpHeader> header(const QString &text);
QString fromHeader(const HttpHeader &header);

/// Whether a header carries credentials, as its name says.
bool isSecret(const HttpHeader &header);

Result<QString> cookie(const QString &text);
Result<QString> auth(const QString &text);
Result<QString> path(const QString &text);

Result<UpgradeRules::Decision> decision(const QString &text);
QString fromDecision(UpgradeRules::Decision decision);

} // namespace UpgradeValues

} // namespace Sidewire
