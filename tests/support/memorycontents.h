// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/contentstore.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace Sidewire::TestSupport {

/// A content store in memory, full after `capacity` pieces.
class MemoryContents final : public ContentStore
{
public:
    explicit MemoryContents(std::size_t capacity = 1 << 20)
        : m_capacity(capacity)
    {}

    quint32 append(QByteArrayView piece, quint32 previous) override
    {
        if (m_pieces.size() == m_capacity) {
            return None;
        }
        m_pieces.emplace_back(previous, piece.toByteArray());
        return static_cast<quint32>(m_pieces.size() - 1);
    }

    QByteArray content(quint32 last) const
    {
        return last == None ? QByteArray() : content(m_pieces.at(last).first) + m_pieces.at(last).second;
    }

private:
    std::size_t m_capacity;
    std::vector<std::pair<quint32, QByteArray>> m_pieces;
};

} // namespace Sidewire::TestSupport
