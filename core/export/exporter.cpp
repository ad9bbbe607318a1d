// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "exporter.h"

#include "core/export/csvline.h"
#include "core/export/exportsink.h"
#include "core/export/harexport.h"
#include "core/export/messageselection.h"
#include "core/export/messagetext.h"

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

struct FormatName
{
    ExportFormat format;
    QLatin1String name;
};

constexpr std::array FormatNames = {
    FormatName{ExportFormat::Text, QLatin1String("text")}, FormatName{ExportFormat::HexDump, QLatin1String("hexdump")},
    FormatName{ExportFormat::Csv, QLatin1String("csv")},   FormatName{ExportFormat::JsonLines, QLatin1String("jsonl")},
    FormatName{ExportFormat::Har, QLatin1String("har")},   FormatName{ExportFormat::Raw, QLatin1String("raw")},
};

template<typename Row>
bool isWanted(const Row &row, const ExportOptions &options)
{
    return row.direction == options.direction.value_or(row.direction)
        && row.connection == options.connection.value_or(row.connection);
}

template<typename Format>
Result<void> exportMessages(const SessionLog &log, const ExportOptions &options, ExportSink &sink, Format format)
{
    const auto table = log.messages();
    const qint64 count = table->count();
    MessageSelection selection(log, options, table);
    for (qint64 row = 0; row < count; ++row) {
        const Message &message = table->at(row);
        if (selection.accepts(message, row)) {
            if (message.contentLength > MaxContent) {
                return Error{
                    Error::Code::TooLarge,
                    QStringLiteral("Message %1 has %2 bytes; this format takes messages of up to 1 GiB, raw takes all")
                        .arg(row)
                        .arg(message.contentLength)};
            }
            if (auto written = sink.write(format(log, message, row, table)); !written) {
                return written;
            }
        }
        if (auto going = sink.advance(row + 1, count); !going) {
            return going;
        }
    }
    return {};
}

template<typename Format>
Result<void> exportRecords(const SessionLog &log, const ExportOptions &options, ExportSink &sink, Format format)
{
    const auto &records = log.records();
    const qint64 count = records.count();
    for (qint64 record = 0; record < count; ++record) {
        if (isWanted(records.at(record), options)) {
            if (auto written = sink.write(format(log, record)); !written) {
                return written;
            }
        }
        if (auto going = sink.advance(record + 1, count); !going) {
            return going;
        }
    }
    return {};
}

/// The one connection and direction that a raw export is of.
Result<ExportOptions> chooseStream(const SessionLog &log, ExportOptions options)
{
    const auto count = log.connectionCount();
    if (!options.connection) {
        if (count != 1) {
            return Error{
                Error::Code::Usage,
                QStringLiteral("A raw export is of one connection; choose one of the %1 in this log").arg(count)};
        }
        options.connection = ConnectionId(0);
    }
    if (!options.direction) {
        const ConnectionInfo info = log.connection(*options.connection);
        if (info.bytes[indexOf(Direction::In)] != 0 && info.bytes[indexOf(Direction::Out)] != 0) {
            return Error{Error::Code::Usage,
                         QStringLiteral("A raw export is of one direction; choose in or out, both have bytes")};
        }
        options.direction = info.bytes[indexOf(Direction::Out)] != 0 ? Direction::Out : Direction::In;
    }
    return options;
}

/// That the log holds each byte of the stream.
Result<void> checkStream(const SessionLog &log, const ExportOptions &stream)
{
    const auto &records = log.records();
    const qint64 count = records.count();
    for (qint64 record = 0; record < count; ++record) {
        const RecordRow &row = records.at(record);
        if (isWanted(row, stream) && (row.has(RecordFlag::GapBefore) || row.wireLength > row.length)) {
            const qint64 offset = row.streamOffset + (row.has(RecordFlag::GapBefore) ? 0 : row.length);
            return Error{
                Error::Code::Malformed,
                QStringLiteral("The capture does not hold all bytes of this stream: some are missing %1 offset %2")
                    .arg(row.has(RecordFlag::GapBefore) ? QStringLiteral("before") : QStringLiteral("from"))
                    .arg(offset)};
        }
    }
    return {};
}

Result<void> exportRaw(const SessionLog &log, const ExportOptions &options, ExportSink &sink)
{
    const auto stream = chooseStream(log, options);
    if (!stream) {
        return stream.error();
    }
    if (auto isWhole = checkStream(log, *stream); !isWhole) {
        return isWhole;
    }
    return exportRecords(log, *stream, sink, [](const SessionLog &from, qint64 record) {
        const RecordRow &row = from.records().at(record);
        return from.bytes().read(row.fileOffset, row.length);
    });
}

} // namespace

std::optional<ExportFormat> exportFormatFromString(const QString &name)
{
    const auto found = std::find_if(FormatNames.begin(), FormatNames.end(),
                                    [&](const FormatName &entry) { return entry.name == name; });
    return found != FormatNames.end() ? std::optional(found->format) : std::nullopt;
}

QStringList exportFormatNames()
{
    QStringList names;
    for (const FormatName &entry : FormatNames) {
        names += entry.name;
    }
    return names;
}

Result<void> exportLog(const SessionLog &log, const ExportOptions &options, QIODevice &out,
                       const std::function<bool(double)> &progress)
{
    if (options.connection && toNumber(*options.connection) >= log.connectionCount()) {
        return Error{Error::Code::Usage,
                     QStringLiteral("There is no connection %1 in this log; it has %2")
                         .arg(toNumber(*options.connection))
                         .arg(log.connectionCount())};
    }
    const bool isOfBytes = options.format == ExportFormat::Raw || options.format == ExportFormat::HexDump;
    if (isOfBytes && !options.filter.isEmpty()) {
        return Error{Error::Code::Usage,
                     QStringLiteral("A filter is for messages; hexdump and raw are of bytes: leave the filter out, or "
                                    "take text, csv, jsonl or har")};
    }
    if (const QString trouble = log.indexError(); !trouble.isEmpty()) {
        return Error{Error::Code::Io, QStringLiteral("The log could not be read to its end: %1").arg(trouble)};
    }
    ExportSink sink(out, progress);
    switch (options.format) {
    case ExportFormat::Text:
        return exportMessages(log, options, sink,
                              [](const SessionLog &from, const Message &message, qint64 number, const auto &table) {
                                  return messageAsTextLine(from, message, number, table) + '\n';
                              });
    case ExportFormat::JsonLines:
        return exportMessages(log, options, sink,
                              [](const SessionLog &from, const Message &message, qint64 number, const auto &table) {
                                  return messageAsJsonLine(from, message, number, table) + '\n';
                              });
    case ExportFormat::Csv:
        if (auto written = sink.write(csvHeader()); !written) {
            return written;
        }
        return exportMessages(log, options, sink, messageAsCsvLine);
    case ExportFormat::HexDump:
        return exportRecords(log, options, sink, recordAsHexDump);
    case ExportFormat::Har:
        return exportHar(log, options, sink);
    case ExportFormat::Raw:
        return exportRaw(log, options, sink);
    }
    Q_UNREACHABLE();
}

} // namespace Sidewire
