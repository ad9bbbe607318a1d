// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/connectiontable.h"
#include "core/index/recordlayout.h"
#include "core/index/rows.h"
#include "core/index/texttable.h"

namespace Sidewire {

/// What the record pass finds in a log, whatever the lens.
struct LogTables
{
    explicit LogTables(const NoRoomHandler &noRoom = {})
        : records(noRoom)
        , layout(records, nullptr, noRoom)
        , events(noRoom)
        , texts(noRoom)
    {}

    AppendTable<RecordRow> records;
    RecordLayout layout;
    AppendTable<EventRow> events;
    TextTable texts; ///< Of the events
    ConnectionTable connections;

    /// An event that was appended.
    Event event(const EventRow &row) const;
};

} // namespace Sidewire
