// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/deflateparameters.h"

namespace Sidewire {

/// Whether a request asks for a WebSocket at all, rightly or wrongly.
bool isUpgradeRequest(const HttpHead &request);

/// The rules of RFC 6455, 4.2.1, that an upgrade request breaks, as Violation bits.
quint32 checkUpgradeRequest(const HttpHead &request);

/// The rules of RFC 6455, 4.2.2, that a 101 response breaks as the answer to `request`, as Violation bits.
quint32 checkUpgradeResponse(const HttpHead &request, const HttpHead &response);

/// What a 101 response turns on of permessage-deflate (RFC 7692); nothing: it does not. Parameters that break the rules
/// count as not said, so that what follows is inflated as well as it can be.
std::optional<DeflateParameters> agreedDeflate(const HttpHead &response);

} // namespace Sidewire
