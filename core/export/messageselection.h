// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/export/exporter.h"
#include "core/index/logsubject.h"

namespace Sidewire {

/// Which messages of a log an export is of. Waits for the disk where its filter looks into contents.
class MessageSelection
{
public:
    /// `table` is the one that the messages are of.
    MessageSelection(const SessionLog &log, const ExportOptions &options, std::shared_ptr<const MessageTable> table)
        : m_options(options)
        , m_subject(log, std::move(table))
    {}

    bool accepts(const Message &message, qint64 number)
    {
        if (message.direction != m_options.direction.value_or(message.direction)
            || message.connection != m_options.connection.value_or(message.connection)) {
            return false;
        }
        m_subject.set(message, number);
        return m_options.filter.matches(m_subject);
    }

private:
    const ExportOptions &m_options;
    LogSubject m_subject;
};

} // namespace Sidewire
