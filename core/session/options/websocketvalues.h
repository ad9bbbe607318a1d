// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionoptions.h"

namespace Sidewire {

/// The options of an open WebSocket.
namespace WebSocketValues {

/// "off", "on" (what browsers offer), or the parameters of permessage-deflate as they stand in an offer; the name of the
/// extension alone is an offer without any.
Result<std::optional<DeflateParameters>> deflate(const QString &text);
QString fromDeflate(const std::optional<DeflateParameters> &offer);

Result<AutoPong> autoPong(const QString &text);
QString fromAutoPong(const AutoPong &autoPong);

} // namespace WebSocketValues

} // namespace Sidewire
