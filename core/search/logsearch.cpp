// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logsearch.h"

#include "core/base/partitionpoint.h"
#include "core/index/messagereader.h"
#include "core/search/contentplace.h"

#include <algorithm>
#include <limits>

namespace Sidewire {

namespace {

constexpr qint64 MaxFrameBytes = 1024 * 1024; // Of a message, looked at for the place of a match
constexpr qint64 MaxRecordsBack = 100'000;

const SearchHit &earlier(const SearchHit &one, const SearchHit &other)
{
    return other.key() < one.key() ? other : one;
}

std::optional<SearchHit> hitAt(const SearchTask &task, qint64 row)
{
    return row >= 0 && row < task.hits().count() ? std::optional(task.hits().at(row)) : std::nullopt;
}

} // namespace

Result<std::shared_ptr<LogSearch>> LogSearch::create(std::shared_ptr<const SessionLog> log, const SearchQuery &query)
{
    const Result<BytePattern> pattern = BytePattern::compile(query);
    if (!pattern) {
        return pattern.error();
    }
    return std::shared_ptr<LogSearch>(new LogSearch(std::move(log), query, *pattern));
}

LogSearch::LogSearch(std::shared_ptr<const SessionLog> log, const SearchQuery &query, const BytePattern &pattern)
    : m_log(std::move(log))
    , m_query(query)
{
    if (query.scope == SearchQuery::Scope::Content) {
        m_table = m_log->messages();
        m_content = std::make_shared<ContentSearch>(m_log, query, pattern, m_table);
    }
    m_wire = std::make_shared<WireSearch>(m_log, query, pattern, m_table);
}

void LogSearch::update()
{
    m_wire->update();
    if (m_content) {
        m_content->update();
    }
}

void LogSearch::cancel()
{
    m_wire->cancel();
    if (m_content) {
        m_content->cancel();
    }
}

bool LogSearch::isUpToDate() const
{
    return m_wire->examined() >= m_log->records().count() && (!m_content || m_content->isUpToDate());
}

bool LogSearch::isOutdated() const
{
    return m_table && m_table != m_log->messages();
}

int LogSearch::percent() const
{
    const auto part = [](qint64 done, qint64 all) {
        return all > 0 ? static_cast<int>(done * 100 / all) : 100;
    };
    const qint64 record = m_wire->examined();
    const qint64 size = m_log->file()->committed();
    const int wire = record < m_log->records().count() ? part(m_log->records().at(record).fileOffset, size)
                                                       : part(m_log->progress().position, size);
    return m_content ? std::min(wire, part(m_content->examined(), m_table->count())) : wire;
}

QString LogSearch::error() const
{
    const QString error = m_wire->error();
    return error.isEmpty() && m_content ? m_content->error() : error;
}

qint64 LogSearch::count() const
{
    return m_wire->hits().count() + (m_content ? m_content->hits().count() : 0);
}

std::optional<SearchHit> LogSearch::firstFrom(const SearchHit::Key &key) const
{
    const std::optional<SearchHit> wire = hitAt(*m_wire, m_wire->lowerBound(key));
    const std::optional<SearchHit> content = m_content ? hitAt(*m_content, m_content->lowerBound(key)) : std::nullopt;
    return wire && content ? earlier(*wire, *content) : wire ? wire : content;
}

std::optional<SearchHit> LogSearch::lastBefore(const SearchHit::Key &key) const
{
    const std::optional<SearchHit> wire = hitAt(*m_wire, m_wire->lowerBound(key) - 1);
    const std::optional<SearchHit> content =
        m_content ? hitAt(*m_content, m_content->lowerBound(key) - 1) : std::nullopt;
    return wire && content ? (wire->key() < content->key() ? content : wire) : wire ? wire : content;
}

std::optional<SearchHit> LogSearch::last() const
{
    return lastBefore({std::numeric_limits<qint64>::max(), 0, 0, 0});
}

qint64 LogSearch::numberOf(const SearchHit &hit) const
{
    return m_wire->lowerBound(hit.key()) + (m_content ? m_content->lowerBound(hit.key()) : 0);
}

std::optional<LogSearch::Place> LogSearch::placeOf(const SearchHit &hit) const
{
    const auto &records = m_log->records();
    if (!hit.isInContent()) {
        qint64 first = hit.order;
        for (qint64 looked = 0; looked < MaxRecordsBack; ++looked) {
            const RecordRow &row = records.at(first);
            if (row.streamOffset <= hit.begin || row.previous < 0) {
                break;
            }
            first = row.previous;
        }
        return Place{{hit.span()}, first, hit.order};
    }
    const Message &message = m_table->at(hit.message);
    const auto spans = spansOf(std::vector{hit});
    return spans ? std::optional(Place{spans->front(), message.firstRecord, message.lastRecord}) : std::nullopt;
}

std::optional<std::vector<std::vector<ByteSpan>>> LogSearch::spansOf(const std::vector<SearchHit> &hits) const
{
    std::vector<std::vector<ByteSpan>> all;
    if (hits.empty()) {
        return all;
    }
    const Message &message = m_table->at(hits.front().message);
    all.assign(hits.size(), {message.span()});
    if (message.has(MessageFlag::Compressed)) {
        return all;
    }
    const auto wire = MessageReader(*m_log).wire(message, MaxFrameBytes, MessageReader::Wait::No);
    if (!wire) {
        return {};
    }
    for (std::size_t at = 0; at < hits.size(); ++at) {
        const SearchHit &hit = hits[at];
        std::vector<ByteSpan> spans =
            contentPlace(message, *wire, {hit.contentOffset, qint64(hit.contentOffset) + hit.length});
        if (!spans.empty()) {
            all[at] = std::move(spans);
        }
    }
    return all;
}

std::vector<SearchHit> LogSearch::onWire(qint64 record, const ByteSpan &span) const
{
    std::vector<SearchHit> found;
    const RecordRow &row = m_log->records().at(record);
    const auto isHere = [&](const SearchHit &hit) {
        return hit.connection == row.connection && hit.direction == row.direction && hit.span().overlaps(span);
    };
    qint64 at = m_wire->lowerBound({record, -1, span.begin, 0});
    if (at > 0 && isHere(m_wire->hits().at(at - 1))) {
        --at; // Begins before the span
    }
    // Then those that end in later records of the stream, with what other streams have between.
    const qint64 end = std::min(m_wire->hits().count(), at + MaxMarks);
    for (; at < end; ++at) {
        const SearchHit &hit = m_wire->hits().at(at);
        if (isHere(hit)) {
            found.push_back(hit);
        } else if (hit.connection == row.connection && hit.direction == row.direction && hit.begin >= span.end) {
            break;
        }
    }
    return found;
}

std::vector<SearchHit> LogSearch::inContent(qint64 message) const
{
    std::vector<SearchHit> found;
    if (!m_content || message < 0 || message >= m_table->count()) {
        return found;
    }
    // Hits stand in the order of their messages as well.
    const auto &hits = m_content->hits();
    const qint64 count = hits.count();
    for (qint64 hit = partitionPoint(0, count, [&](qint64 index) { return hits.at(index).message < message; });
         hit < count && hits.at(hit).message == message && found.size() < MaxMarks; ++hit) {
        found.push_back(hits.at(hit));
    }
    return found;
}

std::vector<SearchHit> LogSearch::onWire(const Message &message) const
{
    std::vector<SearchHit> found;
    if (m_table && message.has(MessageFlag::WebSocket)) {
        return found;
    }
    const auto &hits = m_wire->hits();
    qint64 at = m_wire->lowerBound({message.firstRecord, -1, message.begin, 0});
    const qint64 end = std::min(hits.count(), at + MaxMarks);
    for (at = std::max<qint64>(0, at - 1); at < end; ++at) {
        const SearchHit &hit = hits.at(at);
        const bool isOfStream = hit.connection == message.connection && hit.direction == message.direction;
        if (isOfStream && hit.span().overlaps(message.span())) {
            found.push_back(hit);
        } else if (isOfStream && hit.begin >= message.end) {
            break;
        }
    }
    return found;
}

} // namespace Sidewire
