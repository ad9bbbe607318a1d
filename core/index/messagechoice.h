// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filterexpression.h"
#include "core/index/connectionfilter.h"

#include <vector>

namespace Sidewire {

/// Which messages are wanted: those of some connections that an expression lets through.
struct MessageChoice
{
    ConnectionFilter connections;
    FilterExpression expression;

    bool isAll() const { return connections.isAll() && expression.isEmpty(); }

    /// Whether a message that has not ended is wanted already. Where that depends on its content, it is not yet. Any thread.
    bool acceptsUnfinished(Message message) const
    {
        message.set(MessageFlag::Unterminated);
        return connections.accepts(message.connection) && !expression.needsContent()
            && expression.matches(RowSubject(message));
    }
};

/// How many messages an expression lets through.
struct MatchCounts
{
    qint64 examined = 0; ///< Messages that were looked at
    qint64 total = 0;
    std::vector<qint64> byConnection; ///< By number; those behind the end have none

    qint64 of(ConnectionId id) const { return toNumber(id) < byConnection.size() ? byConnection[toNumber(id)] : 0; }

    void add(ConnectionId id)
    {
        if (toNumber(id) >= byConnection.size()) {
            byConnection.resize(toNumber(id) + std::size_t(1));
        }
        ++byConnection[toNumber(id)];
        ++total;
    }

    /// One that was added.
    void remove(ConnectionId id)
    {
        --byConnection[toNumber(id)];
        --total;
    }
};

} // namespace Sidewire
