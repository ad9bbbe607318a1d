// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

namespace Sidewire {

/// False when no message that the table holds by now has framing inside, WebSocket's or that of chunks, so that millions of
/// rows need not be looked at to know it: a log of one connection whose lens is another one.
bool mayHoldFraming(const SessionLog &log, const MessageTable &table);

} // namespace Sidewire
