// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionspec.h"

#include <QByteArray>

namespace Sidewire {

/// Whether an answer with this status says where else to go, if it has a Location (RFC 9110, 15.4).
bool isRedirect(int status);

/// Where `location` leads from `from` (RFC 9110, 10.2.2): http and https mean ws and wss. What is secret, or meant for the
/// first server alone (auth, cookies, headers of that kind, Host, the SNI), does not go to another origin.
Result<SessionSpec> redirected(const SessionSpec &from, const QByteArray &location);

} // namespace Sidewire
