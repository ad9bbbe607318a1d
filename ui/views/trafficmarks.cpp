// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "trafficmarks.h"

#include <algorithm>

namespace Sidewire {

void TrafficMarks::setLog(std::shared_ptr<const SessionLog> log)
{
    m_log = std::move(log);
    setSearch({});
    m_current.reset();
    m_marks = {};
    refresh();
}

void TrafficMarks::setSearch(std::shared_ptr<const LogSearch> search)
{
    m_search = std::move(search);
    m_contents.clear();
}

void TrafficMarks::refresh()
{
    if (m_log && m_marks.follow(*m_log)) {
        m_log->ringDoorbell(); // The rest with the next frame
    }
}

std::vector<TrafficMarks::Found> TrafficMarks::foundInBytes(qint64 record, const ByteSpan &span) const
{
    std::vector<Found> found;
    if (!m_search) {
        return found;
    }
    for (const SearchHit &hit : m_search->onWire(record, span)) {
        found.push_back({hit.span(), isCurrent(hit)});
    }
    if (m_search->hasContentHits()) {
        addContent(m_log->records().at(record), record, span, found);
    }
    return found;
}

void TrafficMarks::addContent(const RecordRow &row, qint64 record, const ByteSpan &span,
                              std::vector<Found> &found) const
{
    constexpr qint64 MaxMessages = 32; // No line shows more of them
    const std::shared_ptr<const MessageTable> table = m_log->messages();
    const qint64 first = table->find({row.connection, row.direction, span.begin}, record);
    if (first < 0) {
        return;
    }
    const qint64 end = std::min(table->count(), first + MaxMessages);
    for (qint64 number = first; number < end; ++number) {
        const Message &message = table->at(number);
        if (message.connection != row.connection || message.direction != row.direction) {
            continue;
        }
        if (message.begin >= span.end) {
            break;
        }
        const ContentHits *known = hitsOf(number);
        for (std::size_t at = 0; known && at < known->hits.size(); ++at) {
            const bool isCurrentHit = isCurrent(known->hits[at]);
            for (const ByteSpan &part : known->spans[at]) {
                if (!part.overlaps(span)) {
                    continue;
                }
                // Those of a compressed message all lie in all of it.
                if (found.empty() || found.back().span != part) {
                    found.push_back({part, isCurrentHit});
                } else {
                    found.back().isCurrent |= isCurrentHit;
                }
            }
        }
    }
}

/// Null where nothing was found, and while the bytes are being fetched.
const TrafficMarks::ContentHits *TrafficMarks::hitsOf(qint64 message) const
{
    std::vector<SearchHit> hits = m_search->inContent(message);
    if (hits.empty()) {
        return nullptr;
    }
    // Each line of a message asks: its bytes are read and its frames are walked through once for all.
    const ContentHits *known = m_contents.object(message);
    if (!known || known->hits.size() != hits.size()) {
        std::optional<std::vector<std::vector<ByteSpan>>> spans = m_search->spansOf(hits);
        if (!spans) {
            return nullptr;
        }
        m_contents.insert(message, new ContentHits{std::move(hits), std::move(*spans)});
        known = m_contents.object(message);
    }
    return known;
}

std::vector<TrafficMarks::Found> TrafficMarks::foundInMessage(qint64 number, const Message &message) const
{
    std::vector<Found> found;
    if (!m_search) {
        return found;
    }
    for (const SearchHit &hit : m_search->inContent(number)) {
        found.push_back({{hit.contentOffset, qint64(hit.contentOffset) + hit.length}, isCurrent(hit)});
    }
    const qint64 begin = message.begin + (message.has(MessageFlag::WebSocket) ? 0 : message.contentOffset);
    for (const SearchHit &hit : m_search->onWire(message)) {
        found.push_back({{hit.begin - begin, hit.begin + hit.length - begin}, isCurrent(hit)});
    }
    return found;
}

const Bookmark *TrafficMarks::bookmarkInBytes(qint64 record, const ByteSpan &span) const
{
    const RecordRow &row = m_log->records().at(record);
    auto at = std::ranges::lower_bound(m_marks.all(), record, {}, &Bookmark::record);
    for (; at != m_marks.all().end() && at->record == record; ++at) {
        const Position &position = at->position;
        if (position.connection == row.connection && position.direction == row.direction
            && span.contains(position.offset)) {
            return &*at;
        }
    }
    return nullptr;
}

const Bookmark *TrafficMarks::bookmarkOf(const Message &message) const
{
    auto at = std::ranges::lower_bound(m_marks.all(), message.firstRecord, {}, &Bookmark::record);
    for (; at != m_marks.all().end() && at->record <= message.lastRecord; ++at) {
        const Position &position = at->position;
        if (position.connection == message.connection && position.direction == message.direction
            && message.span().contains(position.offset)) {
            return &*at;
        }
    }
    return nullptr;
}

} // namespace Sidewire
