// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "livesession.h"

#include <utility>

namespace Sidewire::TestSupport {

LiveSession::LiveSession(Engine &engine, const SessionSpec &spec, const LensSpec &lens)
    : m_engine(engine)
{
    open(spec, lens);
}

LiveSession::LiveSession(Engine &engine, const QString &target, const QStringList &options)
    : m_engine(engine)
{
    Result<SessionSpec> parsed = SessionSpec::fromTarget(target);
    if (!parsed) {
        qFatal("%s", qPrintable(parsed.error().detail));
    }
    SessionSpec spec = std::move(parsed).value();
    for (const QString &option : options) {
        const Result<void> set = spec.options.set(option.section(u'=', 0, 0), option.section(u'=', 1));
        if (!set) {
            qFatal("%s", qPrintable(set.error().detail));
        }
    }
    open(spec, {});
}

void LiveSession::open(const SessionSpec &spec, const LensSpec &lens)
{
    // Signals come queued from the I/O thread, so none is missed before the id is known.
    connect(&m_engine, &Engine::opened, this, [this](SessionId id, const std::shared_ptr<SessionLog> &opened) {
        if (id == m_id) {
            m_log = opened;
        }
    });
    connect(&m_engine, &Engine::openFailed, this, [this](SessionId id, const Error &error) {
        if (id == m_id) {
            openError = error;
        }
    });
    connect(&m_engine, &Engine::sendRejected, this, [this](SessionId id, const Error &error) {
        if (id == m_id) {
            rejected.push_back(error);
        }
    });
    connect(&m_engine, &Engine::ended, this, [this](SessionId id) { m_hasEnded = m_hasEnded || id == m_id; });
    m_id = m_engine.open(spec, {{}, lens});
}

quint16 LiveSession::port() const
{
    const std::vector<Event> listening = events(EventType::Listening);
    return listening.empty()
        ? quint16(0)
        : Endpoint::fromString(listening.back().data.value(QStringLiteral("local")).toString()).port;
}

ConnectionInfo LiveSession::connection(quint32 number) const
{
    return number < connectionCount() ? m_log->connection(ConnectionId{number}) : ConnectionInfo{};
}

QString LiveSession::state(quint32 number) const
{
    const std::string_view name = toString(connection(number).state);
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

qint64 LiveSession::connectionCount() const
{
    if (!m_log) {
        return 0;
    }
    m_log->waitUntilCaughtUp();
    return m_log->connectionCount();
}

std::vector<QByteArray> LiveSession::records(Direction direction, quint32 connection) const
{
    std::vector<QByteArray> result;
    if (!m_log) {
        return result;
    }
    m_log->waitUntilCaughtUp();
    const AppendTable<RecordRow> &rows = m_log->records();
    for (qint64 row = 0, count = rows.count(); row < count; ++row) {
        const RecordRow &record = rows.at(row);
        if (record.connection == ConnectionId{connection} && record.direction == direction) {
            result.push_back(m_log->bytes().read(record.fileOffset, record.length));
        }
    }
    return result;
}

QByteArray LiveSession::stream(Direction direction, quint32 connection) const
{
    QByteArray result;
    for (const QByteArray &bytes : records(direction, connection)) {
        result += bytes;
    }
    return result;
}

std::vector<Event> LiveSession::events() const
{
    std::vector<Event> result;
    if (!m_log) {
        return result;
    }
    m_log->waitUntilCaughtUp();
    for (qint64 row = 0, count = m_log->events().count(); row < count; ++row) {
        result.push_back(m_log->event(row));
    }
    return result;
}

std::vector<Event> LiveSession::events(EventType type) const
{
    std::vector<Event> result = events();
    std::erase_if(result, [type](const Event &event) { return event.type != type; });
    return result;
}

} // namespace Sidewire::TestSupport
