// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filtersubject.h"
#include "core/index/sequentialreader.h"
#include "core/index/sessionlog.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// The messages of a log, one after the other, as a filter looks at them.
///
/// Waits for the disk where the filter asks for a content, so not for the window's thread; each thread needs its own. A log
/// of another program does not tell how its WebSocket connections ended, so there is no 1006 in it.
class LogSubject final : public FilterSubject
{
public:
    /// `table` is the one that the messages are of; the log's present one unless said.
    explicit LogSubject(const SessionLog &log, std::shared_ptr<const MessageTable> table = {})
        : m_log(log)
        , m_table(std::move(table))
        , m_reader(log.file())
    {}

    /// `message` must stay where it is until the next call. Without a number: one that has not ended.
    void set(const Message &message, std::optional<qint64> number);

    const Message &message() const override { return *m_message; }
    std::optional<qint64> number() const override { return m_number; }
    QByteArrayView content() const override;
    std::optional<quint16> closeCode() const override;

    /// A WebSocket connection that is over and had no Close frame: 1006 (RFC 6455, 7.1.5).
    static bool isWithoutClose(const ConnectionInfo &info);

private:
    bool hasEndedWithoutClose(ConnectionId id) const;

    struct Ending
    {
        qint64 seenEvents = -1; ///< How many there were when it was looked at
        bool isOver = false;
        bool isWithoutClose = false;
    };

    const SessionLog &m_log;
    std::shared_ptr<const MessageTable> m_table; ///< Null: the present one
    const Message *m_message = nullptr;
    std::optional<qint64> m_number;
    mutable SequentialReader m_reader;
    mutable std::optional<QByteArray> m_content; ///< Of the message, once it was asked for
    mutable std::vector<Ending> m_endings; ///< By connection
};

} // namespace Sidewire
