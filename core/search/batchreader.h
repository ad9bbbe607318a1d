// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/index/payloadwindow.h"
#include "core/index/sessionlog.h"
#include "core/search/bytepattern.h"
#include "core/search/searchbatch.h"
#include "core/search/searchquery.h"

#include <memory>
#include <vector>

namespace Sidewire {

/// Reads the records of a log from first to last in batches, and puts the bytes of each stream side by side. Each piece begins
/// with the end of the one before it, so that no match is lost between two. Datagrams and bytes behind a gap begin anew.
class BatchReader
{
public:
    BatchReader(std::shared_ptr<const SessionLog> log, const SearchQuery &query, const BytePattern &pattern);

    /// The next batch of the records below `endRecord`; there must be some. Reads what the batch after it needs, and small
    /// records; load() does the rest.
    Result<void> next(SearchBatch &batch, qint64 endRecord);

    /// Reads what is left to be read of a batch. Thread-safe.
    Result<void> load(SearchBatch &batch) const;

    qint64 nextRecord() const { return m_next; }

    /// Streams whose ends are kept: those that have begun and whose connection had not ended before the batch.
    qint64 streamCount() const { return m_streamCount; }

    /// Bytes that follow a piece behind the batch, up to `size` of them and as far as they are near. Thread-safe.
    QByteArray ahead(const SearchPiece &piece, qint64 fromRecord, qsizetype size) const;

private:
    struct Stream
    {
        QByteArray tail; ///< The last bytes before the batch
        qint64 end = -1; ///< Where the bytes so far end
        qint64 piece = -1; ///< In the batch
        bool isDatagram = false;
    };
    Stream &streamOf(const RecordRow &row);
    void forgetWhatEnded();
    qint64 tailLimit() const;
    void divide(SearchBatch &batch, qint64 endRecord);
    Result<void> fill(SearchBatch &batch);
    Result<void> fillRecord(SearchBatch &batch, const SearchPiece &piece, const SearchBatch::Part &part);
    Result<void> readFile(qint64 offset, std::span<char> target) const;
    void keepTails(const SearchBatch &batch);

    std::shared_ptr<const SessionLog> m_log;
    SearchQuery m_query;
    bool m_isLiteral;
    qsizetype m_longestMatch;
    PayloadWindow m_window;
    qint64 m_next = 0;
    qint64 m_nextEvent = 0;
    qint64 m_streamCount = 0;
    std::vector<std::unique_ptr<Stream>> m_streams; ///< Two a connection; null before a stream begins and after its end
};

} // namespace Sidewire
