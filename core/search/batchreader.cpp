// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "batchreader.h"

#include <algorithm>

namespace Sidewire {

namespace {

// A literal is searched for while its bytes are still in a cache; a regular expression wants its tails to be the smaller part.
constexpr qint64 LiteralBatch = 512 * 1024;
constexpr qint64 RegexBatch = 4 * 1024 * 1024;
constexpr qint64 MaxBatchRecords = 64 * 1024;

/// Tails of all streams together take about as much as a batch, so that thousands of streams stay fast.
constexpr qint64 MinTail = 4 * 1024;

constexpr qint64 LargeRecord = 8 * 1024; // Worth a read of its own, to where it belongs
constexpr qint64 MaxRecordsAhead = 4096;

std::size_t streamNumber(ConnectionId connection, Direction direction)
{
    return std::size_t(toNumber(connection)) * DirectionCount + indexOf(direction);
}

} // namespace

BatchReader::BatchReader(std::shared_ptr<const SessionLog> log, const SearchQuery &query, const BytePattern &pattern)
    : m_log(std::move(log))
    , m_query(query)
    , m_isLiteral(pattern.isLiteral())
    , m_longestMatch(pattern.longestMatch())
    , m_window(*m_log->file())
{}

qint64 BatchReader::tailLimit() const
{
    if (m_isLiteral) {
        return m_longestMatch - 1;
    }
    return std::clamp<qint64>(RegexBatch / std::max<qint64>(1, m_streamCount), MinTail, m_longestMatch);
}

BatchReader::Stream &BatchReader::streamOf(const RecordRow &row)
{
    const std::size_t number = streamNumber(row.connection, row.direction);
    if (number >= m_streams.size()) {
        m_streams.resize(number + 1);
    }
    std::unique_ptr<Stream> &stream = m_streams[number];
    if (!stream) {
        stream = std::make_unique<Stream>();
        stream->isDatagram = m_log->connection(row.connection).transport == Transport::Udp;
        ++m_streamCount;
    }
    return *stream;
}

/// A listener may see millions of connections.
void BatchReader::forgetWhatEnded()
{
    const auto &events = m_log->events();
    for (; m_nextEvent < events.count() && events.at(m_nextEvent).recordsBefore <= m_next; ++m_nextEvent) {
        const EventRow &event = events.at(m_nextEvent);
        if (event.type != EventType::Closed || event.connection == EventRow::NoConnection) {
            continue;
        }
        for (const Direction direction : {Direction::In, Direction::Out}) {
            const std::size_t number = streamNumber(ConnectionId{event.connection}, direction);
            if (number < m_streams.size() && m_streams[number]) {
                m_streams[number].reset();
                --m_streamCount;
            }
        }
    }
}

Result<void> BatchReader::next(SearchBatch &batch, qint64 endRecord)
{
    Q_ASSERT(m_next < endRecord);
    forgetWhatEnded();
    divide(batch, endRecord);
    if (auto filled = fill(batch); !filled) {
        return filled;
    }
    keepTails(batch);
    return {};
}

/// Which record belongs to which piece, before any byte is read.
void BatchReader::divide(SearchBatch &batch, qint64 endRecord)
{
    const auto &records = m_log->records();
    const qint64 last = std::min(endRecord, m_next + MaxBatchRecords);
    const qint64 wanted = m_isLiteral ? LiteralBatch : RegexBatch;
    std::vector<std::pair<qint64, SearchBatch::Part>> parts; // With the number of the piece
    for (qint64 bytes = 0; m_next < last && bytes < wanted; ++m_next) {
        const RecordRow &row = records.at(m_next);
        if (row.length == 0 || !m_query.accepts(row.connection, row.direction)) {
            continue;
        }
        Stream &stream = streamOf(row);
        const bool isNext = !stream.isDatagram && stream.end == row.streamOffset;
        if (!isNext || stream.piece < 0) {
            const qint64 tail = isNext ? stream.tail.size() : 0;
            const qint64 begin = row.streamOffset - tail;
            // The first byte of a tail that was cut is only context.
            const qint64 from = begin + (tail > tailLimit() ? 1 : 0);
            stream.piece = std::ssize(batch.pieces);
            batch.pieces.push_back(
                {row.connection, row.direction, stream.isDatagram, begin, from, row.streamOffset, row.streamOffset});
        }
        batch.pieces[static_cast<std::size_t>(stream.piece)].end += row.length;
        stream.end = row.span().end;
        parts.push_back({stream.piece, {stream.end, m_next}});
        bytes += row.length;
    }
    batch.endRecord = m_next;

    std::ranges::stable_sort(parts, {}, &std::pair<qint64, SearchBatch::Part>::first);
    for (const auto &[number, part] : parts) {
        SearchPiece &piece = batch.pieces[static_cast<std::size_t>(number)];
        if (piece.endPart == 0) {
            piece.firstPart = batch.parts.size();
        }
        batch.parts.push_back(part);
        piece.endPart = batch.parts.size();
    }
}

Result<void> BatchReader::fill(SearchBatch &batch)
{
    qsizetype size = 0;
    for (SearchPiece &piece : batch.pieces) {
        piece.place = size;
        size += piece.end - piece.begin;
    }
    if (batch.bytes.capacity() < size) {
        batch.bytes = QByteArray(size, Qt::Uninitialized);
    } else {
        batch.bytes.resize(size);
    }
    for (const SearchPiece &piece : batch.pieces) {
        const Stream &stream = *m_streams[streamNumber(piece.connection, piece.direction)];
        std::copy_n(stream.tail.constData(), piece.fresh - piece.begin, batch.bytes.data() + piece.place);
        for (std::size_t part = piece.firstPart; part < piece.endPart; ++part) {
            if (auto filled = fillRecord(batch, piece, batch.parts[part]); !filled) {
                return filled;
            }
        }
    }
    return {};
}

Result<void> BatchReader::fillRecord(SearchBatch &batch, const SearchPiece &piece, const SearchBatch::Part &part)
{
    const RecordRow &row = m_log->records().at(part.record);
    const auto length = static_cast<qsizetype>(row.length);
    const qsizetype place = piece.place + (row.streamOffset - piece.begin);
    char *target = batch.bytes.data() + place;
    if (length < LargeRecord) {
        const auto payload = m_window.bytes(row.fileOffset, length);
        if (!payload) {
            return payload.error();
        }
        std::copy_n(payload->data(), length, target);
        return {};
    }
    // Of a large record only what belongs to the tail is needed now.
    const qint64 tail = piece.isDatagram ? 0 : tailLimit() + 1;
    const qsizetype later = std::clamp<qint64>(piece.end - tail - row.streamOffset, 0, length);
    batch.unread.push_back({row.fileOffset, place, later});
    return readFile(row.fileOffset + later, {target + later, static_cast<std::size_t>(length - later)});
}

Result<void> BatchReader::load(SearchBatch &batch) const
{
    for (const SearchBatch::Unread &part : batch.unread) {
        const std::span target(batch.bytes.data() + part.place, static_cast<std::size_t>(part.length));
        if (auto loaded = readFile(part.fileOffset, target); !loaded) {
            return loaded;
        }
    }
    return {};
}

Result<void> BatchReader::readFile(qint64 offset, std::span<char> target) const
{
    if (m_log->file()->read(offset, target) < std::ssize(target)) {
        return Error{Error::Code::Io, QStringLiteral("The log could not be read at byte %1").arg(offset)};
    }
    return {};
}

void BatchReader::keepTails(const SearchBatch &batch)
{
    const qint64 context = m_isLiteral ? 0 : 1;
    for (const SearchPiece &piece : batch.pieces) {
        Stream &stream = *m_streams[streamNumber(piece.connection, piece.direction)];
        stream.piece = -1;
        if (!stream.isDatagram && piece.end == stream.end) {
            const QByteArrayView bytes = batch.bytesOf(piece);
            stream.tail = bytes.last(std::min<qsizetype>(bytes.size(), tailLimit() + context)).toByteArray();
        }
    }
}

QByteArray BatchReader::ahead(const SearchPiece &piece, qint64 fromRecord, qsizetype size) const
{
    QByteArray bytes;
    if (piece.isDatagram) {
        return bytes;
    }
    const qint64 end = std::min(m_log->records().count(), fromRecord + MaxRecordsAhead);
    for (qint64 record = fromRecord; record < end && bytes.size() < size; ++record) {
        const RecordRow &row = m_log->records().at(record);
        if (row.connection != piece.connection || row.direction != piece.direction || row.length == 0) {
            continue;
        }
        if (row.streamOffset != piece.end + bytes.size()) {
            break;
        }
        QByteArray part(std::min<qsizetype>(row.length, size - bytes.size()), Qt::Uninitialized);
        if (m_log->file()->read(row.fileOffset, {part.data(), static_cast<std::size_t>(part.size())}) < part.size()) {
            break;
        }
        bytes += part;
    }
    return bytes;
}

} // namespace Sidewire
