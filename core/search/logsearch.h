// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/search/contentsearch.h"
#include "core/search/wiresearch.h"

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// A search over a log, running or opened, and what it has found: all hits in one order, however many.
///
/// It goes on while traffic comes: call update() when the log has something new. With SearchQuery::Scope::Content it belongs
/// to one table of messages; after another lens was chosen (isOutdated()) it has to be begun again. Nothing here waits, and
/// no answer takes longer the longer the log is.
class LogSearch
{
public:
    static Result<std::shared_ptr<LogSearch>> create(std::shared_ptr<const SessionLog> log, const SearchQuery &query);

    ~LogSearch() { cancel(); }
    Q_DISABLE_COPY_MOVE(LogSearch)

    const SearchQuery &query() const { return m_query; }

    void update();
    void cancel();
    bool isCancelled() const { return m_wire->isCancelled(); }
    bool isUpToDate() const; ///< Everything that the indexer has found by now was looked at
    bool isOutdated() const; ///< Its messages are those of another lens
    int percent() const; ///< Of the log as it is now
    QString error() const;

    qint64 count() const;
    qint64 contents() const { return m_content ? m_content->contents() : 0; } ///< WebSocket messages looked into

    /// Whether some of the hits are in contents.
    bool hasContentHits() const { return m_content && m_content->hits().count() > 0; }

    // Hits by their order. Those of the two kinds are found independently, so numbers are certain once all is up to date.

    std::optional<SearchHit> first() const { return firstFrom({-1, -1, 0, 0}); }
    std::optional<SearchHit> last() const;
    std::optional<SearchHit> firstFrom(const SearchHit::Key &key) const; ///< At `key` or after it
    std::optional<SearchHit> lastBefore(const SearchHit::Key &key) const;
    qint64 numberOf(const SearchHit &hit) const; ///< From 0

    /// Where a hit lies, as the views select it: the spans on the wire, ascending. A match in a content that was not compressed
    /// lies where its bytes are in the frames; nothing while those are not in memory.
    struct Place
    {
        std::vector<ByteSpan> spans;
        qint64 firstRecord = 0;
        qint64 lastRecord = 0;
    };
    std::optional<Place> placeOf(const SearchHit &hit) const;

    /// The spans of each of several hits in the content of one message, whose bytes are read only once.
    std::optional<std::vector<std::vector<ByteSpan>>> spansOf(const std::vector<SearchHit> &hits) const;

    // For painting; at most MaxMarks, whatever there is.

    static constexpr int MaxMarks = 256;

    /// Hits on the wire that touch `span`, bytes of `record`.
    std::vector<SearchHit> onWire(qint64 record, const ByteSpan &span) const;

    /// Hits in the content of a message.
    std::vector<SearchHit> inContent(qint64 message) const;

    /// Hits on the wire that touch a message which is searched there.
    std::vector<SearchHit> onWire(const Message &message) const;

private:
    LogSearch(std::shared_ptr<const SessionLog> log, const SearchQuery &query, const BytePattern &pattern);

    std::shared_ptr<const SessionLog> m_log;
    SearchQuery m_query;
    std::shared_ptr<const MessageTable> m_table; ///< Null for Scope::Wire
    std::shared_ptr<WireSearch> m_wire;
    std::shared_ptr<ContentSearch> m_content; ///< Null for Scope::Wire
};

} // namespace Sidewire
