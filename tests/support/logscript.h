// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturewriter.h"
#include "core/index/sessionlog.h"

#include <QByteArray>
#include <QByteArrayList>

#include <memory>

namespace Sidewire::TestSupport {

/// Writes a log as a session does, with times that are known: the first record or event is at StartTime, each one after it a
/// millisecond later.
class LogScript
{
public:
    static constexpr qint64 StartTime = 1'795'334'400'000'000'001; // 2026-11-22T08:00:00.000000001Z

    /// Without a path: a temporary file.
    explicit LogScript(const QString &target, const QString &path = {});

    std::shared_ptr<CaptureFile> file() const { return m_writer->file(); }

    ConnectionId open(Transport transport = Transport::Tcp, const QString &role = QStringLiteral("client"));
    void record(ConnectionId connection, Direction direction, QByteArrayView bytes);
    void in(ConnectionId connection, QByteArrayView bytes) { record(connection, Direction::In, bytes); }
    void out(ConnectionId connection, QByteArrayView bytes) { record(connection, Direction::Out, bytes); }
    void event(EventType type, std::optional<ConnectionId> connection, const QJsonObject &data = {},
               const QString &message = QStringLiteral("event"));
    void fin(ConnectionId connection, Direction direction);
    void close(ConnectionId connection, const QJsonObject &more = {});

    void flush(); ///< Waits until all that was written so far is in the file

    /// Everything is in the file, which does not grow any more.
    void finish() { m_writer.reset(); }

private:
    qint64 tick() { return m_time += 1'000'000; }

    std::unique_ptr<CaptureWriter> m_writer;
    qint64 m_time = StartTime - 1'000'000;
    quint32 m_connections = 0;
};

/// Everything that a log tells, one line a row, for comparing: records, events, connections and messages with their content.
QByteArrayList dump(const SessionLog &log);

/// Of the messages alone: "0 in line 5 hello", with "!" behind the kind of one that was cut off.
QByteArrayList dumpMessages(const SessionLog &log);

} // namespace Sidewire::TestSupport
