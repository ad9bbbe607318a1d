// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "wiresearch.h"

#include "core/search/framingguess.h"
#include "core/search/piecescan.h"

#include <algorithm>
#include <limits>

namespace Sidewire {

namespace {

/// Memory of the batch before, for the next one: fresh pages cost more than reading into them.
thread_local QByteArray spareBytes;

quint32 lengthOf(const ByteSpan &span)
{
    return static_cast<quint32>(std::min<qint64>(span.size(), std::numeric_limits<quint32>::max()));
}

} // namespace

WireSearch::WireSearch(std::shared_ptr<const SessionLog> log, const SearchQuery &query, BytePattern pattern,
                       std::shared_ptr<const MessageTable> table)
    : SearchTask(log)
    , m_pattern(std::move(pattern))
    , m_table(std::move(table))
    , m_reader(std::move(log), query, m_pattern)
{}

qint64 WireSearch::sourceCount() const
{
    const qint64 count = log().records().count();
    return m_table ? std::min(count, m_table->recordsDone()) : count;
}

int WireSearch::wantedWorkers() const
{
    const qint64 first = examined();
    const qint64 last = sourceCount() - 1;
    return workersFor(log().records().at(last).fileOffset - log().records().at(first).fileOffset);
}

Result<bool> WireSearch::step()
{
    Outcome outcome;
    outcome.batch.bytes = std::move(spareBytes);
    {
        const std::lock_guard lock(m_readMutex);
        const qint64 end = sourceCount();
        if (m_reader.nextRecord() >= end) {
            return false;
        }
        if (auto read = m_reader.next(outcome.batch, end); !read) {
            return read.error();
        }
        outcome.batch.number = m_batches++;
    }
    if (auto loaded = m_reader.load(outcome.batch); !loaded) {
        return loaded.error();
    }
    BytePattern pattern = m_patterns.take([this] { return m_pattern.copied(); });
    for (const SearchPiece &piece : outcome.batch.pieces) {
        outcome.found.push_back(scanPiece(pattern, outcome.batch, piece, piece.from));
    }
    m_patterns.giveBack(std::move(pattern));
    if (isCancelled()) {
        return false;
    }
    const qint64 number = outcome.batch.number;
    return m_outcomes.add(number, std::move(outcome), [this](Outcome &next) { return take(next); });
}

std::vector<ByteSpan> WireSearch::scanPiece(const BytePattern &pattern, const SearchBatch &batch,
                                            const SearchPiece &piece, qint64 from) const
{
    return scan(pattern,
                {batch.bytesOf(piece), piece.begin, from,
                 [&](qsizetype size) { return m_reader.ahead(piece, batch.endRecord, size); },
                 [this] {
                     return isCancelled();
                 }});
}

/// A batch whose predecessors have all been taken.
Result<void> WireSearch::take(Outcome &outcome)
{
    std::vector<SearchHit> hits;
    for (std::size_t number = 0; number < outcome.batch.pieces.size(); ++number) {
        settle(outcome, number);
        const SearchPiece &piece = outcome.batch.pieces[number];
        std::size_t part = piece.firstPart;
        for (const ByteSpan &span : outcome.found[number]) {
            while (outcome.batch.parts[part].end < span.end) {
                ++part;
            }
            SearchHit hit;
            hit.order = outcome.batch.parts[part].record;
            hit.begin = span.begin;
            hit.length = lengthOf(span);
            hit.connection = piece.connection;
            hit.direction = piece.direction;
            hits.push_back(hit);
        }
    }
    if (m_table && !hits.empty() && mayHoldFraming(log(), *m_table)) {
        learnSpeakers(outcome.batch.endRecord);
        std::erase_if(hits, [this](const SearchHit &hit) { return isInMessage(hit); });
    }
    if (outcome.batch.pieces.size() > 1) {
        std::ranges::sort(hits, {}, &SearchHit::key);
    }
    for (const SearchHit &hit : hits) {
        if (auto added = add(hit); !added) {
            return added;
        }
    }
    if (auto published = publish(); !published) {
        return published;
    }
    m_examined.store(outcome.batch.endRecord, std::memory_order_release);
    spareBytes = std::move(outcome.batch.bytes);
    return {};
}

/// Leaves the matches that are this piece's, none overlapping the last one before it, which was not known to the scan.
void WireSearch::settle(Outcome &outcome, std::size_t number)
{
    const SearchPiece &piece = outcome.batch.pieces[number];
    std::vector<ByteSpan> &found = outcome.found[number];
    if (found.empty()) {
        return;
    }
    const std::size_t stream = std::size_t(toNumber(piece.connection)) * DirectionCount + indexOf(piece.direction);
    if (stream >= m_ends.size()) {
        m_ends.resize(stream + 1);
    }
    qint64 &last = m_ends[stream];
    const auto isAcross = [&last](const ByteSpan &span) {
        return span.begin < last && last < span.end;
    };
    if (std::ranges::any_of(found, isAcross)) {
        found = scanPiece(m_pattern, outcome.batch, piece, last); // The scan was out of step, as in "aaaa" for "aa"
    }
    std::erase_if(found, [&](const ByteSpan &span) { return span.begin < last || span.end <= piece.fresh; });
    if (!found.empty()) {
        last = found.back().end;
    }
}

/// Which connections speak WebSocket, as far as the messages up to a record tell. Looks at each message once.
void WireSearch::learnSpeakers(qint64 endRecord)
{
    constexpr qint64 BeyondTheBatch = 256; // Messages that only begin in it
    const qint64 end = std::min(m_table->count(), m_table->firstEndingAtOrAfter(endRecord) + BeyondTheBatch);
    for (; m_messagesSeen < end; ++m_messagesSeen) {
        const Message &message = m_table->at(m_messagesSeen);
        if (message.has(MessageFlag::WebSocket)) {
            if (toNumber(message.connection) >= m_speaksWebSocket.size()) {
                m_speaksWebSocket.resize(toNumber(message.connection) + std::size_t(1));
            }
            m_speaksWebSocket[toNumber(message.connection)] = true;
        }
    }
}

/// Whether the bytes belong to a WebSocket message, finished or not.
bool WireSearch::isInMessage(const SearchHit &hit) const
{
    if (toNumber(hit.connection) >= m_speaksWebSocket.size() || !m_speaksWebSocket[toNumber(hit.connection)]) {
        return false;
    }
    // From its end, which lies in the record that is known.
    const qint64 row = m_table->find({hit.connection, hit.direction, hit.span().end - 1}, hit.order);
    return row < 0 || m_table->at(row).has(MessageFlag::WebSocket);
}

} // namespace Sidewire
