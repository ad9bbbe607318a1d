// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagetable.h"
#include "core/index/sequentialreader.h"
#include "core/search/bytepattern.h"
#include "core/search/inorder.h"
#include "core/search/searchtask.h"
#include "core/search/spares.h"

#include <vector>

namespace Sidewire {

/// Looks through the content of WebSocket messages: unmasked, put together, inflated; and over the borders between the chunks
/// of an HTTP message. A match lies in one message. Batches of messages are looked through on all cores.
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
    struct Batch
    {
        qint64 number = 0;
        qint64 begin = 0; ///< Messages
        qint64 end = 0;
        qint64 order = 0; ///< Of the hits in the message before
        qint64 contents = 0;
        std::vector<SearchHit> found;
    };
    struct Tools
    {
        BytePattern pattern;
        SequentialReader reader;
    };

    int wantedWorkers() const override;
    Result<bool> step() override;
    bool claim(Batch &batch);
    void look(Batch &batch, qint64 number, Tools &tools) const;
    std::vector<ByteSpan> findInContent(const Message &message, Tools &tools) const;
    std::vector<ByteSpan> findOverBorders(const Message &message, Tools &tools) const;
    std::vector<ByteSpan> scanAll(QByteArrayView content, const BytePattern &pattern) const;
    Result<void> take(const Batch &batch);
    bool isSearched(const Message &message) const;

    SearchQuery m_query;
    BytePattern m_pattern;
    std::shared_ptr<const MessageTable> m_table;

    std::mutex m_claimMutex;
    qint64 m_next = 0;
    qint64 m_order = 0;
    qint64 m_batches = 0;

    Spares<Tools> m_tools;
    InOrder<Batch> m_outcomes;
    std::atomic<qint64> m_examined = 0;
    std::atomic<qint64> m_contents = 0;
};

} // namespace Sidewire
