// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionitem.h"

#include "core/base/clock.h"
#include "ui/models/logwatcher.h"

#include <QFileInfo>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 RecordsToLookAt = 64; // for the first bytes of the peer

/// "ws 127.0.0.1:9001/chat": as the target, but shorter.
QString shortName(const SessionSpec &spec)
{
    QString name = spec.target();
    name.replace(QLatin1String("://"), QLatin1String(" "));
    return name;
}

} // namespace

SessionItem::SessionItem(SessionId id, SessionSpec spec, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_spec(std::move(spec))
    , m_name(shortName(m_spec))
{}

SessionItem::SessionItem(std::shared_ptr<SessionLog> log, QObject *parent)
    : QObject(parent)
{
    if (const Result<SessionSpec> spec = SessionSpec::fromTarget(log->header().target)) {
        m_spec = *spec;
    }
    m_name = QFileInfo(log->file()->path()).fileName();
    setLog(std::move(log));
}

SessionItem::~SessionItem() = default;

void SessionItem::setOptions(const SessionOptions &options)
{
    m_spec.options = options;
    Q_EMIT changed();
}

void SessionItem::setName(const QString &name)
{
    if (!name.isEmpty() && name != m_name) {
        m_name = name;
        Q_EMIT nameChanged();
    }
}

void SessionItem::setLog(std::shared_ptr<SessionLog> log)
{
    m_log = std::move(log);
    m_watcher = std::make_unique<LogWatcher>(m_log);
    connect(m_watcher.get(), &LogWatcher::changed, this, &SessionItem::onLogChanged);
    Q_EMIT changed();
}

void SessionItem::setOpenError(const QString &text)
{
    m_openError = text;
    Q_EMIT changed();
}

SessionFacts SessionItem::facts() const
{
    SessionFacts facts;
    facts.spec = m_spec;
    facts.isOpenedLog = isOpenedLog();
    facts.openError = m_openError;
    facts.listenError = m_listenError;
    facts.listening = m_listening.toString();
    facts.openConnections = m_openConnections;
    facts.speaksHttp = m_speaksHttp.value_or(false);
    facts.now = Clock::now();
    if (!m_log) {
        facts.isRunning = m_id.has_value() && m_openError.isEmpty();
        return facts;
    }
    facts.connections = m_log->connectionCount();
    facts.hasConnection = facts.connections > 0;
    facts.totals = m_log->totals();
    facts.session = m_log->session();
    if (facts.hasConnection) {
        facts.newest = m_log->connection(static_cast<ConnectionId>(facts.connections - 1));
        facts.isPaused = m_spec.isUdp() ? m_isPortPaused : facts.newest.isPaused;
    }
    const std::shared_ptr<const MessageTable> messages = m_log->messages();
    if (const qint64 row = messages->newestReply(); row >= 0) {
        facts.reply = messages->latency(row);
    }
    const SessionInfo session = m_log->session();
    facts.reconnectAt = session.reconnectAt;
    facts.reconnectAttempt = session.reconnectAttempt;
    if (const std::shared_ptr<LiveStatus> live = m_log->live()) {
        facts.isRunning = live->isRunning.load();
        facts.queued = live->queued.load();
    }
    return facts;
}

void SessionItem::onLogChanged()
{
    takeEvents();
    lookForHttp();
    Q_EMIT changed();
}

void SessionItem::takeEvents()
{
    const AppendTable<EventRow> &events = m_log->events();
    const qint64 count = events.count();
    for (; m_eventsTaken < count; ++m_eventsTaken) {
        switch (events.at(m_eventsTaken).type) {
        case EventType::Opened:
            ++m_openConnections;
            break;
        case EventType::Closed:
            m_openConnections = std::max<qint64>(m_openConnections - 1, 0);
            break;
        case EventType::Paused:
        case EventType::Resumed:
            m_isPortPaused = events.at(m_eventsTaken).type == EventType::Paused;
            break;
        case EventType::Listening:
        case EventType::ListenFailed:
            takeEvent(m_log->event(m_eventsTaken));
            break;
        default:
            break;
        }
    }
}

void SessionItem::takeEvent(const Event &event)
{
    if (event.type == EventType::ListenFailed) {
        m_listenError = event.message;
        m_listening = {};
        return;
    }
    m_listenError.clear();
    m_listening = Endpoint::fromString(event.data.value(QStringLiteral("local")).toString());
    if (m_spec.port == 0 && m_name == shortName(m_spec)) {
        SessionSpec actual = m_spec;
        actual.port = m_listening.port;
        setName(shortName(actual));
    }
    Q_EMIT listening();
}

void SessionItem::lookForHttp()
{
    const bool isWanted = m_spec.scheme == Scheme::Tcp && m_spec.role == Role::Client && !m_speaksHttp;
    if (!isWanted) {
        return;
    }
    const AppendTable<RecordRow> &records = m_log->records();
    const qint64 count = std::min(records.count(), RecordsToLookAt);
    for (; m_recordsLooked < count; ++m_recordsLooked) {
        const RecordRow &record = records.at(m_recordsLooked);
        if (record.direction != Direction::In || record.length == 0) {
            continue;
        }
        // Not in memory yet: the view has asked for it, or the next look does.
        constexpr qint64 PrefixLength = 5;
        const std::optional<QByteArray> bytes =
            m_log->bytes().tryRead(record.fileOffset, std::min<qint64>(record.length, PrefixLength));
        if (bytes) {
            m_speaksHttp = bytes->startsWith("HTTP/");
        }
        return;
    }
}

} // namespace Sidewire
