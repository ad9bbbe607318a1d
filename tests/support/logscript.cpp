// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logscript.h"

#include "core/index/messagereader.h"

#include <thread>

namespace Sidewire::TestSupport {

namespace {

Endpoint loopback(quint16 port)
{
    return {QHostAddress(QHostAddress::LocalHost), port};
}

QString nameOf(Direction direction)
{
    return direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out");
}

QByteArray numbers(std::initializer_list<qint64> values)
{
    QByteArray text;
    for (const qint64 value : values) {
        text += ' ' + QByteArray::number(value);
    }
    return text;
}

QByteArray dumpMessage(const SessionLog &log, const Message &message)
{
    return QByteArray(toString(message.kind).data())
        + numbers({message.time, message.begin, message.end, message.contentLength, message.firstRecord,
                   message.lastRecord, toNumber(message.connection), qint64(message.direction),
                   message.has(MessageFlag::Compressed) ? 0 : message.contentOffset, // Where it is kept may differ
                   message.violations, message.flags})
        + ' ' + MessageReader(log).content(message, 1 << 30, MessageReader::Wait::Yes).value_or("?").toHex();
}

} // namespace

LogScript::LogScript(const QString &target, const QString &path)
{
    CaptureHeader header;
    header.application = QStringLiteral("Sidewire test");
    header.target = target;
    auto writer = CaptureWriter::create(path, header);
    if (!writer) {
        qFatal("%s", qPrintable(writer.error().detail));
    }
    m_writer = std::move(writer).value();
}

ConnectionId LogScript::open(Transport transport, const QString &role)
{
    const ConnectionId id{m_connections++};
    const Endpoint local = loopback(static_cast<quint16>(10'000 + toNumber(id)));
    const Endpoint peer = loopback(9001);
    event(EventType::Opened, id,
          {{QStringLiteral("transport"), transport == Transport::Tcp ? QStringLiteral("tcp") : QStringLiteral("udp")},
           {QStringLiteral("role"), role},
           {QStringLiteral("local"), local.toString()},
           {QStringLiteral("peer"), peer.toString()}});
    m_writer->openFlow(id, transport, role == QLatin1String("client") ? Direction::Out : Direction::In, local, peer,
                       m_time);
    return id;
}

void LogScript::record(ConnectionId connection, Direction direction, QByteArrayView bytes)
{
    const qint64 time = tick();
    while (!m_writer->append(connection, direction, bytes, time)) {
        m_writer->flush();
        std::this_thread::yield(); // The writing thread makes room
    }
}

void LogScript::flush()
{
    m_writer->flush();
    while (file()->committed() < m_writer->size()) {
        std::this_thread::yield();
    }
}

void LogScript::event(EventType type, std::optional<ConnectionId> connection, const QJsonObject &data,
                      const QString &message)
{
    Event event;
    event.time = tick();
    event.type = type;
    event.connection = connection;
    event.message = message;
    event.data = data;
    m_writer->appendEvent(event);
}

void LogScript::fin(ConnectionId connection, Direction direction)
{
    event(EventType::DirectionChanged, connection,
          {{QStringLiteral("direction"), nameOf(direction)}, {QStringLiteral("state"), QStringLiteral("fin")}});
    m_writer->finishDirection(connection, direction, m_time);
}

void LogScript::close(ConnectionId connection, const QJsonObject &more)
{
    QJsonObject data{{QStringLiteral("state"), QStringLiteral("closed")},
                     {QStringLiteral("by"), QStringLiteral("peer")},
                     {QStringLiteral("how"), QStringLiteral("fin")}};
    for (const QString &key : more.keys()) {
        data[key] = more[key];
    }
    event(EventType::Closed, connection, data);
}

QByteArrayList dump(const SessionLog &log)
{
    QByteArrayList lines;
    for (qint64 row = 0; row < log.records().count(); ++row) {
        const RecordRow &record = log.records().at(row);
        lines += "record"
            + numbers({record.time, record.fileOffset, record.streamOffset, record.previous, record.length,
                       record.wireLength, toNumber(record.connection), qint64(record.direction), record.flags,
                       log.layout().firstLine(row, RecordLayout::Width::Bytes16)});
    }
    for (qint64 row = 0; row < log.events().count(); ++row) {
        const Event event = log.event(row);
        lines += "event " + event.toJson() + ' ' + event.message.toUtf8()
            + numbers({log.events().at(row).recordsBefore, qint64(event.severity)});
    }
    for (qint64 number = 0; number < log.connectionCount(); ++number) {
        const ConnectionInfo info = log.connection(ConnectionId(static_cast<quint32>(number)));
        lines += "connection " + info.local.toString().toUtf8() + ' ' + info.peer.toString().toUtf8()
            + numbers({toNumber(info.id), qint64(info.state), qint64(info.directions[0]), qint64(info.directions[1]),
                       info.bytes[0], info.bytes[1], info.records[0], info.records[1], info.lastTimes[0],
                       info.lastTimes[1], info.messages[0], info.messages[1], info.violations, info.discarded});
    }
    const auto table = log.messages();
    for (qint64 row = 0; row < table->count(); ++row) {
        lines +=
            "message " + dumpMessage(log, table->at(row)) + ' ' + QByteArray::number(table->latency(row).value_or(-1));
    }
    for (const Message &message : table->unfinished()) {
        lines += "unfinished " + dumpMessage(log, message);
    }
    lines += "lens " + table->decision().lens + ' ' + table->decision().reason;
    return lines;
}

QByteArrayList dumpMessages(const SessionLog &log)
{
    QByteArrayList lines;
    const auto table = log.messages();
    for (qint64 row = 0; row < table->count(); ++row) {
        const Message &message = table->at(row);
        lines += QByteArray::number(toNumber(message.connection)) + ' ' + nameOf(message.direction).toLatin1() + ' '
            + toString(message.kind).data() + (message.has(MessageFlag::Unterminated) ? "! " : " ")
            + QByteArray::number(message.contentLength) + ' '
            + MessageReader(log).content(message, 1 << 20, MessageReader::Wait::Yes).value_or("?");
    }
    return lines;
}

} // namespace Sidewire::TestSupport
