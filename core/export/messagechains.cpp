// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagechains.h"

namespace Sidewire {

MessageChains::MessageChains(std::shared_ptr<const MessageTable> table)
    : m_table(std::move(table))
    , m_count(m_table->count())
{}

Result<std::unique_ptr<MessageChains>> MessageChains::create(std::shared_ptr<const MessageTable> table)
{
    std::unique_ptr<MessageChains> chains(new MessageChains(std::move(table)));
    for (qint64 row = chains->m_count - 1; row >= 0; --row) {
        const std::size_t connection = toNumber(chains->at(row).connection);
        if (connection >= chains->m_first.size()) {
            chains->m_first.resize(connection + 1, -1);
        }
        if (auto added = chains->m_links.append(chains->m_first[connection]); !added) {
            return added.error();
        }
        chains->m_first[connection] = row;
    }
    if (auto published = chains->m_links.publish(); !published) {
        return published.error();
    }
    return chains;
}

} // namespace Sidewire
