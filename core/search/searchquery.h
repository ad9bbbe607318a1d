// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/index/connectionfilter.h"

#include <QString>

#include <optional>

namespace Sidewire {

/// What is looked for in a log, and where.
struct SearchQuery
{
    enum class Mode : quint8 {
        Text, ///< As UTF-8
        Hex, ///< "0d 0a"
        Regex, ///< RE2's, over bytes: \xff is a byte; ^ and $ are the ends of lines
    };
    enum class Scope : quint8 {
        Content, ///< WebSocket messages unmasked, put together and inflated; all else as it crossed
        Wire, ///< All bytes as they crossed
    };

    QString text;
    Mode mode = Mode::Text;
    Scope scope = Scope::Content;
    bool isCaseSensitive = false; ///< Hex always is
    std::optional<Direction> direction; ///< Nothing: both
    ConnectionFilter connections;

    bool accepts(ConnectionId connection, Direction other) const
    {
        return (!direction || *direction == other) && connections.accepts(connection);
    }

    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

} // namespace Sidewire
