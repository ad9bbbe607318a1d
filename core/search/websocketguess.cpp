// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketguess.h"

namespace Sidewire {

bool mayHoldWebSocket(const SessionLog &log, const MessageTable &table)
{
    if (log.connectionCount() != 1) {
        return true;
    }
    const QByteArray lens = table.decision().lens;
    return lens.isEmpty() || lens.contains("websocket");
}

} // namespace Sidewire
