// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagereader.h"

#include "core/lens/chunkedcontent.h"
#include "core/protocol/websocket/messageassembler.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxFrameHeader = 14; // RFC 6455, 5.2

/// Rows to look at from the first record on before a message is walked through from its end.
constexpr qint64 MaxRowsForward = 4096;

void addSlice(std::vector<RecordSlice> &slices, const RecordRow &row, qint64 record, const ByteSpan &span)
{
    const qint64 begin = std::max(span.begin, row.streamOffset);
    const qint64 end = std::min(span.end, row.streamOffset + row.length);
    if (begin < end) {
        slices.push_back({record, row.fileOffset + (begin - row.streamOffset), begin, end - begin});
    }
}

bool isOf(const RecordRow &row, const Message &message)
{
    return row.connection == message.connection && row.direction == message.direction;
}

/// Where the bytes of `span`, a part of the message, lie. The beginning of a long message is found without walking
/// through all of it, unless thousands of records of other connections lie in between.
std::vector<RecordSlice> slicesOf(const SessionLog &log, const Message &message, const ByteSpan &span)
{
    std::vector<RecordSlice> slices;
    const auto &records = log.records();
    const qint64 last = std::min(message.lastRecord, message.firstRecord + MaxRowsForward);
    for (qint64 record = message.firstRecord; record <= last; ++record) {
        const RecordRow &row = records.at(record);
        if (!isOf(row, message)) {
            continue;
        }
        addSlice(slices, row, record, span);
        if (record == message.lastRecord || row.streamOffset + row.length >= span.end) {
            return slices;
        }
    }

    slices.clear();
    for (const RecordSlice &slice : MessageReader(log).slices(message)) {
        addSlice(slices, records.at(slice.record), slice.record, span);
    }
    return slices;
}

} // namespace

std::optional<QByteArray> MessageReader::read(const std::vector<RecordSlice> &slices, Wait wait) const
{
    QByteArray bytes;
    bool isComplete = true;
    for (const RecordSlice &slice : slices) {
        if (wait == Wait::Yes && m_reader) {
            m_reader->append(bytes, slice.fileOffset, slice.length);
        } else if (wait == Wait::Yes) {
            bytes += m_log.bytes().read(slice.fileOffset, slice.length);
        } else if (const auto part = m_log.bytes().tryRead(slice.fileOffset, slice.length); !part) {
            isComplete = false; // Goes on, so that all that is missing is fetched at once
        } else if (isComplete) {
            bytes += *part;
        }
    }
    return isComplete ? std::optional(bytes) : std::nullopt;
}

std::vector<RecordSlice> MessageReader::slices(const Message &message, qint64 maxRecords) const
{
    std::vector<RecordSlice> slices;
    const auto &records = m_log.records();
    qint64 record = std::min(message.lastRecord, records.count() - 1);
    for (qint64 looked = 0; record >= message.firstRecord && looked < maxRecords; ++looked) {
        const RecordRow &row = records.at(record);
        addSlice(slices, row, record, message.span());
        record = row.previous;
    }
    std::reverse(slices.begin(), slices.end());
    return slices;
}

std::optional<QByteArray> MessageReader::wire(const Message &message, qint64 limit, Wait wait) const
{
    const ByteSpan span{message.begin, std::min(message.end, message.begin + limit)};
    return read(slicesOf(m_log, message, span), wait);
}

std::optional<QByteArray> MessageReader::content(const Message &message, qint64 limit, Wait wait) const
{
    return message.has(MessageFlag::Compressed) ? (m_table ? m_table : m_log.messages())->inflated(message, limit)
                                                : assembled(message, limit, wait);
}

std::optional<QByteArray> MessageReader::assembled(const Message &message, qint64 limit, Wait wait) const
{
    // How long a compressed payload is no row says: no longer than the span.
    const bool isCompressed = message.has(MessageFlag::Compressed);
    const qint64 wanted = std::min(isCompressed ? message.end - message.begin : message.contentLength, limit);
    if (!message.has(MessageFlag::WebSocket) && !message.has(MessageFlag::Chunked)) {
        const qint64 begin = message.begin + message.contentOffset;
        return read(slicesOf(m_log, message, {begin, begin + wanted}), wait);
    }
    // How much of the span is framing shows only in the bytes, so ask for more until there is enough.
    for (qint64 length = wanted + MaxFrameHeader;; length *= 2) {
        const auto bytes = wire(message, length, wait);
        if (!bytes) {
            return std::nullopt;
        }
        QByteArray content = message.has(MessageFlag::Chunked) ? chunkedContent(message, *bytes, wanted)
                                                               : assembleMessage(*bytes, limit);
        if (content.size() >= wanted || length >= message.end - message.begin) {
            return content;
        }
    }
}

} // namespace Sidewire
