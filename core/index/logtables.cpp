// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logtables.h"

namespace Sidewire {

Event LogTables::event(const EventRow &row) const
{
    const QByteArray json = texts.read(row.textOffset, row.jsonLength);
    const QString message = QString::fromUtf8(texts.read(row.textOffset + row.jsonLength, row.messageLength));
    if (auto event = Event::fromJson(json, message, row.severity)) {
        return std::move(event).value();
    }
    // The JSON was made by toJson() of the indexer's own event, so this is only for the type's sake.
    Event plain{row.time, row.type, row.severity, {}, message, {}};
    if (row.connection != EventRow::NoConnection) {
        plain.connection = ConnectionId(row.connection);
    }
    return plain;
}

} // namespace Sidewire
