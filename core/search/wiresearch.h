// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagetable.h"
#include "core/search/batchreader.h"
#include "core/search/inorder.h"
#include "core/search/searchtask.h"
#include "core/search/spares.h"

namespace Sidewire {

/// Looks through the bytes of a log as they crossed, in batches on all cores: each worker reads and matches its own, and
/// what they found is put together in the order of the records.
///
/// With a table of messages the bytes of WebSocket messages are passed over: their content is looked at instead.
class WireSearch final : public SearchTask
{
public:
    WireSearch(std::shared_ptr<const SessionLog> log, const SearchQuery &query, BytePattern pattern,
               std::shared_ptr<const MessageTable> table);

    qint64 examined() const { return m_examined.load(std::memory_order_acquire); } ///< Records
    bool isUpToDate() const override { return examined() >= sourceCount(); }

private:
    struct Outcome
    {
        SearchBatch batch;
        std::vector<std::vector<ByteSpan>> found; ///< Of each piece
    };

    qint64 sourceCount() const;
    int wantedWorkers() const override;
    Result<bool> step() override;
    std::vector<ByteSpan> scanPiece(const BytePattern &pattern, const SearchBatch &batch, const SearchPiece &piece,
                                    qint64 from) const;
    Result<void> take(Outcome &outcome);
    void settle(Outcome &outcome, std::size_t number);
    void learnSpeakers(qint64 endRecord);
    bool isInMessage(const SearchHit &hit) const;

    BytePattern m_pattern;
    std::shared_ptr<const MessageTable> m_table; ///< Null: nothing is passed over

    std::mutex m_readMutex;
    BatchReader m_reader;
    qint64 m_batches = 0;

    Spares<BytePattern> m_patterns;
    InOrder<Outcome> m_outcomes;
    // What one worker at a time takes from them:
    std::vector<qint64> m_ends; ///< Where the last match of each stream ends
    qint64 m_messagesSeen = 0;
    std::vector<bool> m_speaksWebSocket; ///< By connection
    std::atomic<qint64> m_examined = 0;
};

} // namespace Sidewire
