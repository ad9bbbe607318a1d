// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturewriter.h"
#include "core/index/sessionlog.h"

#include <QByteArray>

#include <memory>

namespace Sidewire::TestSupport {

/// Writes a session log with the product's own writer, for tests of what shows it. Each record is a millisecond after
/// the one before, unless wait() was called.
class LogBuilder
{
public:
    explicit LogBuilder(const CaptureHeader &header = {});

    /// Opens the next connection, to a port of its own.
    ConnectionId open(Transport transport = Transport::Tcp);

    LogBuilder &in(const QByteArray &bytes, ConnectionId connection = ConnectionId{0});
    LogBuilder &out(const QByteArray &bytes, ConnectionId connection = ConnectionId{0});
    LogBuilder &wait(qint64 nanoseconds);
    LogBuilder &close(ConnectionId connection);
    LogBuilder &event(EventType type, Event::Severity severity, const QString &message);

    /// A log that follows what is being written.
    std::shared_ptr<SessionLog> follow(const QString &lens);

    /// Hands out what was added and waits until `log` shows it.
    void publish(const SessionLog &log);

    /// Ends the file and reads it.
    std::shared_ptr<SessionLog> finish(const QString &lens);

private:
    void append(ConnectionId connection, Direction direction, const QByteArray &bytes);

    std::unique_ptr<CaptureWriter> m_writer;
    std::shared_ptr<CaptureFile> m_file;
    qint64 m_time = 1'769'860'000'000'000'000; // 2026-01-31
    quint32 m_connections = 0;
};

} // namespace Sidewire::TestSupport
