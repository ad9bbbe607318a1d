// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <vector>

namespace Sidewire {

/// Which connections of a session are shown: all of them, also those to come, or the ones that are named.
class ConnectionFilter
{
public:
    ConnectionFilter() = default;

    /// Only these; none at all when empty.
    explicit ConnectionFilter(const std::vector<ConnectionId> &connections)
        : m_isAll(false)
    {
        for (const ConnectionId id : connections) {
            if (toNumber(id) >= m_isShown.size()) {
                m_isShown.resize(toNumber(id) + std::size_t(1));
            }
            m_count += m_isShown[toNumber(id)] ? 0 : 1;
            m_isShown[toNumber(id)] = true;
        }
    }

    bool isAll() const { return m_isAll; }
    qint64 count() const { return m_count; } ///< Connections that are named

    bool accepts(ConnectionId id) const
    {
        return m_isAll || (toNumber(id) < m_isShown.size() && m_isShown[toNumber(id)]);
    }

    friend bool operator==(const ConnectionFilter &, const ConnectionFilter &) = default;

private:
    std::vector<bool> m_isShown; ///< By number
    qint64 m_count = 0;
    bool m_isAll = true;
};

} // namespace Sidewire
