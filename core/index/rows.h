// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturereader.h"
#include "core/capture/event.h"

namespace Sidewire {

/// A record in the record table; the index of the row is the record's number.
struct RecordRow
{
    qint64 time = 0;
    qint64 fileOffset = 0; ///< Of the payload
    qint64 streamOffset = 0;
    qint64 previous = -1; ///< The record before this one in the same direction of the same connection; -1 for the first
    quint32 length = 0; ///< Bytes stored
    quint32 wireLength = 0; ///< Bytes that crossed; differs only with RecordFlag::CutShort
    ConnectionId connection{};
    Direction direction = Direction::In;
    quint8 flags = 0; ///< RecordFlag bits
    quint16 reserved = 0;

    bool has(RecordFlag flag) const { return (flags & static_cast<quint8>(flag)) != 0; }
    ByteSpan span() const { return {streamOffset, streamOffset + length}; }
};
static_assert(sizeof(RecordRow) == 48);

/// An event in the event table; its text lies in a table of characters.
struct EventRow
{
    static constexpr quint32 NoConnection = 0xffffffff;

    qint64 time = 0;
    qint64 textOffset = 0; ///< JSON, then the message, in the text table
    qint64 recordsBefore = 0; ///< How many records stand before it in the log
    quint32 jsonLength = 0;
    quint32 messageLength = 0;
    quint32 connection = NoConnection;
    EventType type = EventType::Note;
    Event::Severity severity = Event::Severity::Info;
    quint16 reserved = 0;
};
static_assert(sizeof(EventRow) == 40);

} // namespace Sidewire
