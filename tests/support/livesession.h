// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/sessionlog.h"
#include "core/session/engine.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire::TestSupport {

/// A session of an engine and what its log says, for tests to wait on with QTRY_...
class LiveSession final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LiveSession)

public:
    LiveSession(Engine &engine, const SessionSpec &spec, const LensSpec &lens = {});

    /// Opens `target`, with "name=value" options.
    LiveSession(Engine &engine, const QString &target, const QStringList &options = {});

    SessionId id() const { return m_id; }
    bool isOpened() const { return m_log != nullptr; }
    bool hasEnded() const { return m_hasEnded; }
    const SessionLog &log() const { return *m_log; }

    /// The port that it listens on; 0 while it does not.
    quint16 port() const;

    ConnectionInfo connection(quint32 number = 0) const;
    QString state(quint32 number = 0) const; ///< "open", "closed" ...: a ConnectionState has no QCOMPARE of its own
    qint64 connectionCount() const;

    /// All recorded bytes of one direction, in the order of the stream.
    QByteArray stream(Direction direction, quint32 connection = 0) const;

    /// The recorded datagrams.
    std::vector<QByteArray> records(Direction direction, quint32 connection = 0) const;
    std::vector<Event> events() const;
    std::vector<Event> events(EventType type) const;

    std::optional<Error> openError;
    std::vector<Error> rejected;

private:
    void open(const SessionSpec &spec, const LensSpec &lens);

    Engine &m_engine;
    SessionId m_id{};
    std::shared_ptr<SessionLog> m_log;
    bool m_hasEnded = false;
};

} // namespace Sidewire::TestSupport
