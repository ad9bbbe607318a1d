// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagetable.h"

#include <memory>
#include <vector>

namespace Sidewire {

/// The messages of each connection one after the other, without holding them: links on disk, made in one pass, so that an
/// export by connection is linear in the size of the log.
class MessageChains
{
public:
    static Result<std::unique_ptr<MessageChains>> create(std::shared_ptr<const MessageTable> table);

    /// The first row of a connection, and the one after `row` in the same connection; -1 at the end.
    qint64 first(ConnectionId connection) const
    {
        return toNumber(connection) < m_first.size() ? m_first[toNumber(connection)] : -1;
    }
    qint64 next(qint64 row) const { return m_links.at(m_count - 1 - row); }

    const std::shared_ptr<const MessageTable> &table() const { return m_table; }
    qint64 count() const { return m_count; }
    const Message &at(qint64 row) const { return m_table->at(row); }

private:
    explicit MessageChains(std::shared_ptr<const MessageTable> table);

    std::shared_ptr<const MessageTable> m_table;
    qint64 m_count;
    std::vector<qint64> m_first;
    AppendTable<qint64> m_links; ///< Last row first, for that is how they are found
};

} // namespace Sidewire
