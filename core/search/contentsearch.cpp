// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contentsearch.h"

#include "core/index/messagereader.h"
#include "core/lens/chunkedcontent.h"
#include "core/search/framingguess.h"
#include "core/search/piecescan.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 BatchMessages = 16 * 1024;
constexpr qint64 BatchBytes = 4 * 1024 * 1024;

} // namespace

ContentSearch::ContentSearch(std::shared_ptr<const SessionLog> log, SearchQuery query, BytePattern pattern,
                             std::shared_ptr<const MessageTable> table)
    : SearchTask(std::move(log))
    , m_query(std::move(query))
    , m_pattern(std::move(pattern))
    , m_table(std::move(table))
{}

bool ContentSearch::isSearched(const Message &message) const
{
    return (message.has(MessageFlag::WebSocket) || message.has(MessageFlag::Chunked))
        && m_query.accepts(message.connection, message.direction);
}

int ContentSearch::wantedWorkers() const
{
    const auto placeOf = [this](qint64 message) {
        return log().records().at(m_table->at(message).lastRecord).fileOffset;
    };
    return mayHoldFraming(log(), *m_table) ? workersFor(placeOf(m_table->count() - 1) - placeOf(examined())) : 1;
}

Result<bool> ContentSearch::step()
{
    Batch batch;
    if (!claim(batch)) {
        return false;
    }
    Tools tools = m_tools.take([this] { return Tools{m_pattern.copied(), SequentialReader(log().file())}; });
    for (qint64 message = batch.begin; message < batch.end && !isCancelled(); ++message) {
        look(batch, message, tools);
    }
    m_tools.giveBack(std::move(tools));
    if (isCancelled()) {
        return false;
    }
    const qint64 number = batch.number;
    return m_outcomes.add(number, std::move(batch), [this](const Batch &next) { return take(next); });
}

/// The next messages that nobody has looked at.
bool ContentSearch::claim(Batch &batch)
{
    const std::lock_guard lock(m_claimMutex);
    const qint64 count = m_table->count();
    if (m_next >= count) {
        return false;
    }
    if (!mayHoldFraming(log(), *m_table)) {
        m_next = count; // An empty batch, which says that they were looked at
    }
    batch.number = m_batches++;
    batch.begin = m_next;
    batch.order = m_order;
    const qint64 end = std::min(count, m_next + BatchMessages);
    for (qint64 bytes = 0; m_next < end && bytes < BatchBytes; ++m_next) {
        const Message &message = m_table->at(m_next);
        m_order = std::max(m_order, message.lastRecord);
        if (isSearched(message)) {
            bytes += std::min(message.contentLength, MaxContent);
        }
    }
    batch.end = m_next;
    return true;
}

void ContentSearch::look(Batch &batch, qint64 number, Tools &tools) const
{
    const Message &message = m_table->at(number);
    batch.order = std::max(batch.order, message.lastRecord);
    if (!isSearched(message)) {
        return;
    }
    const bool isWebSocket = message.has(MessageFlag::WebSocket);
    batch.contents += isWebSocket ? 1 : 0;
    for (const ByteSpan &span : isWebSocket ? findInContent(message, tools) : findOverBorders(message, tools)) {
        SearchHit hit;
        hit.order = batch.order;
        hit.begin = message.begin;
        hit.message = number;
        hit.contentOffset = static_cast<quint32>(span.begin);
        hit.length = static_cast<quint32>(span.size());
        hit.connection = message.connection;
        hit.direction = message.direction;
        batch.found.push_back(hit);
    }
}

std::vector<ByteSpan> ContentSearch::findInContent(const Message &message, Tools &tools) const
{
    const auto content =
        MessageReader(log(), tools.reader, m_table).content(message, MaxContent, MessageReader::Wait::Yes);
    return scanAll(content.value_or(QByteArray()), tools.pattern);
}

/// What chunk framing divides; all else of a chunked message is found on the wire.
std::vector<ByteSpan> ContentSearch::findOverBorders(const Message &message, Tools &tools) const
{
    const QByteArray wire = MessageReader(log(), tools.reader, m_table)
                                .wire(message, MaxContent, MessageReader::Wait::Yes)
                                .value_or(QByteArray());
    QByteArray content;
    std::vector<qint64> ends; // Of the chunks, in the content
    for (const ByteSpan &span : chunkedContentSpans(message, wire, MaxContent)) {
        content += QByteArrayView(wire).sliced(static_cast<qsizetype>(span.begin), static_cast<qsizetype>(span.size()));
        ends.push_back(content.size());
    }
    std::vector<ByteSpan> found = scanAll(content, tools.pattern);
    std::erase_if(found, [&](const ByteSpan &span) { return *std::ranges::upper_bound(ends, span.begin) >= span.end; });
    return found;
}

std::vector<ByteSpan> ContentSearch::scanAll(QByteArrayView content, const BytePattern &pattern) const
{
    return scan(pattern, {content, 0, 0, {}, [this] {
                              return isCancelled();
                          }});
}

/// A batch whose predecessors have all been taken.
Result<void> ContentSearch::take(const Batch &batch)
{
    for (const SearchHit &hit : batch.found) {
        if (auto added = add(hit); !added) {
            return added;
        }
    }
    m_contents += batch.contents;
    if (auto published = publish(); !published) {
        return published;
    }
    m_examined.store(batch.end, std::memory_order_release);
    return {};
}

} // namespace Sidewire
