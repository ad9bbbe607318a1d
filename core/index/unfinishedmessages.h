// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace Sidewire {

/// The messages that have begun and not ended, one a direction of each connection, in the order of their last records.
class UnfinishedMessages
{
public:
    void set(ConnectionId connection, Direction direction, std::optional<Message> message);

    /// The newest `limit` of them, newest last.
    std::vector<Message> newest(int limit) const;

private:
    using Key = std::pair<ConnectionId, Direction>;
    std::map<Key, Message> m_messages;
    std::set<std::pair<qint64, Key>> m_byRecord; ///< So that thousands of connections do not make each batch slow
};

} // namespace Sidewire
