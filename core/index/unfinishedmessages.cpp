// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "unfinishedmessages.h"

#include <algorithm>

namespace Sidewire {

void UnfinishedMessages::set(ConnectionId connection, Direction direction, std::optional<Message> message)
{
    const Key key{connection, direction};
    const auto old = m_messages.find(key);
    if (old != m_messages.end()) {
        m_byRecord.erase({old->second.lastRecord, key});
        m_messages.erase(old);
    }
    if (message) {
        message->connection = connection;
        m_byRecord.insert({message->lastRecord, key});
        m_messages.emplace(key, *message);
    }
}

std::vector<Message> UnfinishedMessages::newest(int limit) const
{
    std::vector<Message> newest;
    for (auto entry = m_byRecord.rbegin(); entry != m_byRecord.rend() && std::ssize(newest) < limit; ++entry) {
        newest.push_back(m_messages.at(entry->second));
    }
    std::reverse(newest.begin(), newest.end());
    return newest;
}

} // namespace Sidewire
