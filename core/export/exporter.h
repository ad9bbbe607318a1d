// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/filter/filterexpression.h"
#include "core/index/sessionlog.h"

#include <QIODevice>

#include <atomic>
#include <functional>
#include <optional>

namespace Sidewire {

enum class ExportFormat : quint8 { Text, HexDump, Csv, JsonLines, Har, Raw };

std::optional<ExportFormat> exportFormatFromString(const QString &name);
QStringList exportFormatNames();

struct ExportOptions
{
    ExportFormat format = ExportFormat::Text;
    std::optional<Direction>
        direction; ///< Nothing: both. Raw needs one unless the chosen connection has bytes in one only
    std::optional<ConnectionId> connection;
    FilterExpression filter = {}; ///< Of messages: Raw and HexDump, which are of bytes, refuse one
};

/// Writes the messages (Raw and HexDump: the records) of a log in another format. Waits for the disk: run it on a worker.
///
/// The log must be caught up with the lens that is wanted. Raw is byte-exact or an Error: bytes that the capture does not hold
/// are refused before anything is written. `progress` is called with 0..1 now and then; returning false
/// from it cancels (Error::Code::Closed).
Result<void> exportLog(const SessionLog &log, const ExportOptions &options, QIODevice &out,
                       const std::function<bool(double)> &progress = {});

/// One message as one line of JSON, without the line end; the contract of `--to jsonl`. `table` is the one that the message
/// is of, the log's present one unless said.
QByteArray messageAsJsonLine(const SessionLog &log, const Message &message, qint64 number,
                             const std::shared_ptr<const MessageTable> &table = {});

/// One message as one line for a terminal: control characters escaped, no line end.
QByteArray messageAsTextLine(const SessionLog &log, const Message &message, qint64 number,
                             const std::shared_ptr<const MessageTable> &table = {});

/// One record as a header line and a hex dump, each line with its end, for `--print bytes` and `--to hexdump`.
QByteArray recordAsHexDump(const SessionLog &log, qint64 record);

/// What the log says is wrong with itself, a sentence each: a torn tail, bytes that a capture does not hold or that its
/// snap length cut. Looks at all events.
QStringList logWarnings(const SessionLog &log);

/// The summary object of the command line ("target", "outcome", "connections" ...) on one line, its keys in the order that
/// people read; no line end.
QByteArray sessionSummaryAsJson(const SessionLog &log);

/// The same for people: a line for the session and one for each connection, each with its line end. Safe on a terminal.
QByteArray sessionSummaryAsText(const SessionLog &log);

} // namespace Sidewire
