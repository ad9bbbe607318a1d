// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"

#include <memory>
#include <optional>

namespace Sidewire {

/// Tells who filters by how connections ended ("code:1006") from where on the answers are other ones: what ended without a
/// Close frame says so of its earlier messages too.
class EndWatch
{
public:
    /// Knows what has ended by now.
    explicit EndWatch(std::shared_ptr<const SessionLog> log)
        : m_log(std::move(log))
        , m_seenEvents(m_log->events().count())
    {}

    /// No message of `table` before this one is of a connection that has ended without a Close frame since this was last
    /// asked. Nothing when there is no such connection.
    std::optional<qint64> firstChanged(const MessageTable &table);

private:
    std::shared_ptr<const SessionLog> m_log;
    qint64 m_seenEvents;
};

} // namespace Sidewire
