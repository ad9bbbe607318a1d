// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/bookmarks.h"
#include "core/search/logsearch.h"

#include <QCache>

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// What is marked in the views beside the selection: what a search has found, and bookmarks. Asked for while painting, so every
/// answer is a lookup whatever the size of the log, and never waits for the disk.
class TrafficMarks
{
public:
    void setLog(std::shared_ptr<const SessionLog> log);
    void setSearch(std::shared_ptr<const LogSearch> search);
    void setCurrent(const std::optional<SearchHit> &hit) { m_current = hit; }
    void refresh(); ///< Takes over bookmarks that came
    Bookmarks &marks() { return m_marks; }
    const Bookmarks &marks() const { return m_marks; }

    struct Found
    {
        ByteSpan span;
        bool isCurrent = false;
    };
    bool hasSearch() const { return m_search != nullptr; }
    std::vector<Found> foundInBytes(qint64 record, const ByteSpan &span) const;

    /// Spans count in the content. `number` is negative for one that has not ended.
    std::vector<Found> foundInMessage(qint64 number, const Message &message) const;

    const Bookmark *bookmarkInBytes(qint64 record, const ByteSpan &span) const; ///< That begins there
    const Bookmark *bookmarkOf(const Message &message) const;

private:
    bool isCurrent(const SearchHit &hit) const { return m_current && m_current->key() == hit.key(); }
    void addContent(const RecordRow &row, qint64 record, const ByteSpan &span, std::vector<Found> &found) const;

    struct ContentHits
    {
        std::vector<SearchHit> hits;
        std::vector<std::vector<ByteSpan>> spans; ///< One for each
    };
    const ContentHits *hitsOf(qint64 message) const;

    std::shared_ptr<const SessionLog> m_log;
    std::shared_ptr<const LogSearch> m_search;
    mutable QCache<qint64, ContentHits> m_contents{64}; ///< By message, of those that are painted line by line
    std::optional<SearchHit> m_current;
    Bookmarks m_marks;
};

} // namespace Sidewire
