// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framingguess.h"

namespace Sidewire {

bool mayHoldFraming(const SessionLog &log, const MessageTable &table)
{
    if (log.connectionCount() != 1) {
        return true;
    }
    const QByteArray lens = table.decision().lens;
    return lens.isEmpty() || lens.contains("websocket") || lens.contains("http") || lens.contains("sse");
}

} // namespace Sidewire
