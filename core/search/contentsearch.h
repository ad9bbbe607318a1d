// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagetable.h"
#include "core/search/bytepattern.h"
#include "core/search/searchtask.h"

namespace Sidewire {

/// Looks through the content of WebSocket messages: unmasked, put together, inflated. A match lies in one message.
class ContentSearch final : public SearchTask
{
public:
    static constexpr qint64 MaxContent = 32 * 1024 * 1024; ///< Of a longer message the beginning is looked at

    ContentSearch(std::shared_ptr<const SessionLog> log, SearchQuery query, BytePattern pattern,
                  std::shared_ptr<const MessageTable> table);

    qint64 examined() const { return m_examined.load(std::memory_order_acquire); } ///< Messages
    qint64 contents() const { return m_contents; } ///< How many of them were WebSocket's
    bool isUpToDate() const override { return examined() >= m_table->count(); }

private:
    Result<bool> step() override;
    Result<qint64> look(qint64 number);

    SearchQuery m_query;
    BytePattern m_pattern;
    std::shared_ptr<const MessageTable> m_table;
    qint64 m_order = 0;
    std::atomic<qint64> m_examined = 0;
    std::atomic<qint64> m_contents = 0;
};

} // namespace Sidewire
