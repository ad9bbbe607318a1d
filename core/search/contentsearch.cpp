// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contentsearch.h"

#include "core/index/messagereader.h"
#include "core/search/piecescan.h"
#include "core/search/websocketguess.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 StepMessages = 16 * 1024;
constexpr qint64 StepBytes = 4 * 1024 * 1024;

} // namespace

ContentSearch::ContentSearch(std::shared_ptr<const SessionLog> log, SearchQuery query, BytePattern pattern,
                             std::shared_ptr<const MessageTable> table)
    : SearchTask(std::move(log))
    , m_query(std::move(query))
    , m_pattern(std::move(pattern))
    , m_table(std::move(table))
{}

Result<bool> ContentSearch::step()
{
    qint64 number = examined();
    const qint64 count = m_table->count();
    if (!mayHoldWebSocket(log(), *m_table)) {
        m_examined.store(count, std::memory_order_release);
        return !isUpToDate();
    }
    const qint64 end = std::min(count, number + StepMessages);
    for (qint64 bytes = 0; number < end && bytes < StepBytes && !isCancelled(); ++number) {
        const Result<qint64> looked = look(number);
        if (!looked) {
            return looked.error();
        }
        bytes += *looked;
    }
    publish();
    m_examined.store(number, std::memory_order_release);
    return !isUpToDate();
}

/// How many bytes were looked at.
Result<qint64> ContentSearch::look(qint64 number)
{
    const Message &message = m_table->at(number);
    m_order = std::max(m_order, message.lastRecord);
    if (!message.has(MessageFlag::WebSocket) || !m_query.accepts(message.connection, message.direction)) {
        return 0;
    }
    ++m_contents;
    const QByteArray content =
        MessageReader(log(), m_table).content(message, MaxContent, MessageReader::Wait::Yes).value_or(QByteArray());
    for (const ByteSpan &span : scan(m_pattern, {content, 0, 0, {}, [this] {
                                                     return isCancelled();
                                                 }})) {
        SearchHit hit;
        hit.order = m_order;
        hit.begin = message.begin;
        hit.message = number;
        hit.contentOffset = static_cast<quint32>(span.begin);
        hit.length = static_cast<quint32>(span.size());
        hit.connection = message.connection;
        hit.direction = message.direction;
        if (auto added = add(hit); !added) {
            return added.error();
        }
    }
    return content.size();
}

} // namespace Sidewire
