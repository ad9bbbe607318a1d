// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "logbuilder.h"

#include <QJsonObject>

#include <thread>

namespace Sidewire::TestSupport {

LogBuilder::LogBuilder(const CaptureHeader &header)
{
    auto writer = CaptureWriter::create({}, header);
    if (!writer) {
        qFatal("%s", qPrintable(writer.error().detail));
    }
    m_writer = std::move(writer).value();
    m_file = m_writer->file();
}

ConnectionId LogBuilder::open(Transport transport)
{
    const auto id = ConnectionId{m_connections};
    const Endpoint local{QHostAddress(QStringLiteral("127.0.0.1")), 50214};
    const Endpoint peer{QHostAddress(QStringLiteral("127.0.0.1")), static_cast<quint16>(9001 + m_connections)};
    ++m_connections;
    Event opened;
    opened.time = m_time;
    opened.type = EventType::Opened;
    opened.connection = id;
    opened.message = QStringLiteral("Connected to %1").arg(peer.toString());
    opened.data = {
        {QStringLiteral("transport"), transport == Transport::Udp ? QStringLiteral("udp") : QStringLiteral("tcp")},
        {QStringLiteral("role"), QStringLiteral("client")},
        {QStringLiteral("local"), local.toString()},
        {QStringLiteral("peer"), peer.toString()}};
    m_writer->appendEvent(opened);
    m_writer->openFlow(id, transport, Direction::Out, local, peer, m_time);
    return id;
}

LogBuilder &LogBuilder::in(const QByteArray &bytes, ConnectionId connection)
{
    append(connection, Direction::In, bytes);
    return *this;
}

LogBuilder &LogBuilder::out(const QByteArray &bytes, ConnectionId connection)
{
    append(connection, Direction::Out, bytes);
    return *this;
}

LogBuilder &LogBuilder::wait(qint64 nanoseconds)
{
    m_time += nanoseconds;
    return *this;
}

LogBuilder &LogBuilder::close(ConnectionId connection)
{
    m_writer->appendEvent({.time = m_time,
                           .type = EventType::Closed,
                           .connection = connection,
                           .message = QStringLiteral("closed"),
                           .data = {{QStringLiteral("state"), QStringLiteral("closed")}}});
    return *this;
}

LogBuilder &LogBuilder::event(EventType type, Event::Severity severity, const QString &message)
{
    Event event;
    event.time = m_time;
    event.type = type;
    event.severity = severity;
    event.message = message;
    m_writer->appendEvent(event);
    return *this;
}

void LogBuilder::append(ConnectionId connection, Direction direction, const QByteArray &bytes)
{
    m_time += 1'000'000;
    while (!m_writer->append(connection, direction, bytes, m_time)) {
        m_writer->flush(); // The buffers are full: the writing thread empties them
    }
}

std::shared_ptr<SessionLog> LogBuilder::follow(const QString &lens)
{
    auto log = SessionLog::create(m_file, LensSpec::parse(lens).value());
    if (!log) {
        qFatal("%s", qPrintable(log.error().detail));
    }
    return std::move(log).value();
}

void LogBuilder::publish(const SessionLog &log)
{
    m_writer->flush();
    while (m_file->committed() < m_writer->size()) {
        std::this_thread::yield();
    }
    log.waitUntilCaughtUp();
}

std::shared_ptr<SessionLog> LogBuilder::finish(const QString &lens)
{
    m_writer.reset();
    std::shared_ptr<SessionLog> log = follow(lens);
    log->waitUntilCaughtUp();
    return log;
}

} // namespace Sidewire::TestSupport
