// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sequentialreader.h"
#include "core/index/sessionlog.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace Sidewire {

/// A stretch of a stream that lies in one record.
struct RecordSlice
{
    qint64 record = 0;
    qint64 fileOffset = 0;
    qint64 streamOffset = 0;
    qint64 length = 0;
};

/// Finds the bytes of messages in a log, at each stage: on the wire, put together, inflated. Cheap to make.
class MessageReader
{
public:
    /// `table` is the one that the messages are of; the log's present one unless said.
    explicit MessageReader(const SessionLog &log, std::shared_ptr<const MessageTable> table = {})
        : m_log(log)
        , m_table(std::move(table))
    {}

    /// For whoever goes through the whole log: what is waited for comes through `reader`.
    MessageReader(const SessionLog &log, SequentialReader &reader, std::shared_ptr<const MessageTable> table = {})
        : m_log(log)
        , m_reader(&reader)
        , m_table(std::move(table))
    {}

    /// Where the bytes of `message` lie, oldest first, walking back from its last record. Looks at no more than
    /// `maxRecords` records; a longer message gives its first ones only when `maxRecords` allows.
    std::vector<RecordSlice> slices(const Message &message, qint64 maxRecords = 1 << 20) const;

    enum class Wait { No, Yes }; ///< No: nothing when some bytes are not in memory yet (for painting)

    /// The bytes of the span as they crossed the socket, at most `limit` of them.
    std::optional<QByteArray> wire(const Message &message, qint64 limit, Wait wait) const;

    /// The content without framing, WebSocket unmasked and put together: of a compressed message still compressed. A Close
    /// frame's has its two bytes of code. At most `limit` bytes of it.
    std::optional<QByteArray> assembled(const Message &message, qint64 limit, Wait wait) const;

    /// The same with a compressed message inflated, as far as that went: contentLength bytes, unless `limit` is less.
    std::optional<QByteArray> content(const Message &message, qint64 limit, Wait wait) const;

private:
    std::optional<QByteArray> read(const std::vector<RecordSlice> &slices, Wait wait) const;

    const SessionLog &m_log;
    SequentialReader *m_reader = nullptr;
    std::shared_ptr<const MessageTable> m_table; ///< Null: the present one
};

} // namespace Sidewire
