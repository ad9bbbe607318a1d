// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagetext.h"

#include "core/export/exporter.h"
#include "core/export/jsonwriter.h"
#include "core/export/timestamp.h"
#include "core/index/messagereader.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "core/payload/text.h"
#include "core/protocol/websocket/closecode.h"
#include "core/protocol/websocket/violation.h"

namespace Sidewire {

namespace {

QByteArray view(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray arrow(Direction direction)
{
    return direction == Direction::In ? "<" : ">";
}

/// " #12" where there is more than one connection to tell apart.
QByteArray connectionMark(const SessionLog &log, ConnectionId connection)
{
    return log.connectionCount() > 1 ? " #" + QByteArray::number(toNumber(connection)) : QByteArray();
}

QByteArray remarks(const Message &message, const QByteArray &content)
{
    QByteArrayList remarks;
    if (message.has(MessageFlag::Unterminated)) {
        remarks += "unfinished";
    }
    if (message.has(MessageFlag::Gap)) {
        remarks += "bytes missing";
    }
    if (message.has(MessageFlag::Misfit)) {
        remarks += "the lens does not fit from here on";
    }
    if (message.has(MessageFlag::Compressed)) {
        remarks += "compressed, " + QByteArray::number(message.end - message.begin) + " B on the wire";
    }
    remarks += explainViolations(message.violations, content);
    return remarks.isEmpty() ? QByteArray() : " [" + remarks.join("; ") + ']';
}

QByteArray verb(const SessionLog &log, const RecordRow &row)
{
    if (log.connection(row.connection).transport == Transport::Udp) {
        return "datagram";
    }
    if (log.header().isForeign) {
        return "segment";
    }
    return row.direction == Direction::In ? "read" : "write";
}

/// The content as people read it on one line: a Close frame as its code and reason.
QByteArray readable(const Message &message, const QByteArray &content)
{
    const std::optional<quint16> code = message.kind == MessageKind::Close ? closeCodeOf(content) : std::nullopt;
    if (!code) {
        return Escapes::fromBytes(content).toUtf8();
    }
    const QByteArray reason = Escapes::fromBytes(QByteArrayView(content).sliced(2)).toUtf8();
    return QByteArray::number(*code) + (reason.isEmpty() ? "" : " ") + reason;
}

} // namespace

QByteArray messageContent(const SessionLog &log, const Message &message,
                          const std::shared_ptr<const MessageTable> &table)
{
    return MessageReader(log, table).content(message, MaxContent, MessageReader::Wait::Yes).value_or(QByteArray());
}

bool isTextContent(QByteArrayView content)
{
    return Text::isValidUtf8(content);
}

QByteArray directionName(Direction direction)
{
    return direction == Direction::In ? "in" : "out";
}

QByteArray kindName(MessageKind kind)
{
    return view(toString(kind));
}

QByteArray messageAsJsonLine(const SessionLog &log, const Message &message, qint64 number,
                             const std::shared_ptr<const MessageTable> &table)
{
    JsonWriter json;
    json.beginObject();
    json.key("n").number(number);
    json.key("time").text(isoTime(message.time));
    json.key("connection").number(toNumber(message.connection));
    json.key("direction").text(directionName(message.direction));
    json.key("kind").text(kindName(message.kind));
    json.key("length").number(message.contentLength);
    if (message.has(MessageFlag::Unterminated)) {
        json.key("unfinished").raw("true");
    }
    if (message.has(MessageFlag::Gap)) {
        json.key("bytes_missing").raw("true");
    }
    if (message.has(MessageFlag::Compressed)) {
        json.key("wire_length").number(message.end - message.begin);
    }
    if (const std::optional<qint64> latency = (table ? table : log.messages())->latency(number)) {
        json.key("latency_ms").milliseconds(double(*latency) / 1e6);
    }
    const QByteArray content = messageContent(log, message, table);
    if (isTextContent(content)) {
        json.key("text").text(content);
    } else {
        json.key("base64").text(content.toBase64());
    }
    if (message.violations != 0) {
        json.key("violations").beginArray();
        for (const QByteArray &violation : explainViolations(message.violations, content)) {
            json.text(violation);
        }
        json.endArray();
    }
    return json.endObject().take();
}

QByteArray messageAsTextLine(const SessionLog &log, const Message &message, qint64 number,
                             const std::shared_ptr<const MessageTable> &table)
{
    const QByteArray content = messageContent(log, message, table);
    return QByteArray::number(number) + ' ' + isoTime(message.time) + connectionMark(log, message.connection) + ' '
        + arrow(message.direction) + ' ' + kindName(message.kind) + ' ' + QByteArray::number(message.contentLength)
        + remarks(message, content) + (content.isEmpty() ? "" : " ") + readable(message, content);
}

QByteArray recordAsHexDump(const SessionLog &log, qint64 record)
{
    const RecordRow row = log.records().at(record);
    QByteArray head = isoTime(row.time) + connectionMark(log, row.connection) + ' ' + arrow(row.direction) + ' '
        + verb(log, row) + ' ' + QByteArray::number(row.length) + " B at 0x" + QByteArray::number(row.streamOffset, 16);
    if (row.has(RecordFlag::GapBefore)) {
        head += ", bytes before it are missing";
    }
    if (row.wireLength > row.length) {
        head += ", cut short from " + QByteArray::number(row.wireLength) + " B";
    }
    return head + '\n' + Hex::dump(log.bytes().read(row.fileOffset, row.length), row.streamOffset).toLatin1();
}

} // namespace Sidewire
