// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

namespace Sidewire {

/// False when no message that the table holds by now is WebSocket's, so that millions of rows need not be looked at to know
/// it: a log of one connection whose lens is another one.
bool mayHoldWebSocket(const SessionLog &log, const MessageTable &table);

} // namespace Sidewire
