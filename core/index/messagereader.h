// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sequentialreader.h"
#include "core/index/sessionlog.h"

#include <QByteArray>

#include <optional>
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

/// Finds the bytes of messages in a log. Holds nothing but a reference: cheap to make.
class MessageReader
{
public:
    explicit MessageReader(const SessionLog &log)
        : m_log(log)
    {}

    /// For whoever goes through the whole log: what is waited for comes through `reader`.
    MessageReader(const SessionLog &log, SequentialReader &reader)
        : m_log(log)
        , m_reader(&reader)
    {}

    /// Where the bytes of `message` lie, oldest first, walking back from its last record. Looks at no more than
    /// `maxRecords` records; a longer message gives its first ones only when `maxRecords` allows.
    std::vector<RecordSlice> slices(const Message &message, qint64 maxRecords = 1 << 20) const;

    enum class Wait { No, Yes }; ///< No: nothing when some bytes are not in memory yet (for painting)

    /// The bytes of the span as they crossed the socket, at most `limit` of them.
    std::optional<QByteArray> wire(const Message &message, qint64 limit, Wait wait) const;

    /// The content (without framing; WebSocket unmasked and put together, a Close frame's with its two bytes of code),
    /// at most `limit` bytes of it.
    std::optional<QByteArray> content(const Message &message, qint64 limit, Wait wait) const;

private:
    std::optional<QByteArray> read(const std::vector<RecordSlice> &slices, Wait wait) const;

    const SessionLog &m_log;
    SequentialReader *m_reader = nullptr;
};

} // namespace Sidewire
