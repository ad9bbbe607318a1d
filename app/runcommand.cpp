// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "runcommand.h"

#include "app/console.h"
#include "core/export/exporter.h"

#include <algorithm>
#include <limits>

namespace Sidewire {

namespace {

constexpr qint64 StreamPiece = 1024 * 1024;
constexpr qint64 MaxInFlight = 16 * 1024 * 1024; // handed over, but not yet seen to leave

// What a log that cannot be written does not show is not waited for longer than this once the session shall close.
constexpr std::chrono::seconds RoomPatience(5);

/// The largest time there is while it has not been open.
qint64 openSince(const ConnectionInfo &info)
{
    const auto open =
        std::find_if(info.phases.begin(), info.phases.end(), [](const Phase &phase) { return phase.name == u"open"; });
    return open == info.phases.end() ? std::numeric_limits<qint64>::max() : open->begin;
}

} // namespace

RunCommand::RunCommand(RunOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    m_idle.setSingleShot(true);
    m_limit.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &RunCommand::close);
    connect(&m_limit, &QTimer::timeout, this, &RunCommand::close);
    connect(&m_roomPatience, &QTimer::timeout, this, [this] {
        if (m_log->live()->isRecordingStalled || !m_log->indexError().isEmpty()) {
            end();
        }
    });
    connect(&m_interrupt, &Interrupt::requested, this, [this] {
        if (m_isClosing && m_log) {
            end();
        } else {
            close();
        }
    });
    connect(&m_engine, &Engine::opened, this,
            [this](SessionId, const std::shared_ptr<SessionLog> &log) { onOpened(log); });
    connect(&m_engine, &Engine::openFailed, this, [this](SessionId, const Error &error) {
        Console::printError(error.detail);
        Q_EMIT finished(error.code == Error::Code::Usage ? ExitUsage : ExitNotOpened);
    });
    connect(&m_engine, &Engine::sendRejected, this, [this](SessionId, const Error &error) {
        m_hasRejected = true;
        Console::printError(QStringLiteral("not sent: ") + error.detail);
    });
    connect(&m_engine, &Engine::ended, this, [this](SessionId) { finish(); });

    m_session = m_engine.open(m_options.spec, {m_options.logPath, m_options.lens});
    if (m_options.until.time) {
        m_limit.start(*m_options.until.time);
    }
}

RunCommand::~RunCommand()
{
    if (m_log) {
        m_log->setDoorbell({});
    }
}

void RunCommand::onOpened(const std::shared_ptr<SessionLog> &log)
{
    m_log = log;
    m_subject.emplace(*log);
    m_log->setDoorbell([this] { QMetaObject::invokeMethod(this, &RunCommand::look, Qt::QueuedConnection); });
    if (m_isClosing) {
        m_engine.end(m_session); // interrupted before there was anything to close
        return;
    }
    look();
}

void RunCommand::look()
{
    if (!m_log) {
        return;
    }
    m_log->answerDoorbell();
    tellTrouble();
    if (m_isEnding) {
        return;
    }
    if (m_log->live()->isAtSizeLimit) {
        end(); // nobody is there who could raise it
    }
    const bool hasNews = m_log->records().count() > m_printedRecords;
    printNews();
    if (m_options.until.idle && (hasNews || (m_hasSent && !m_idle.isActive())) && !m_isClosing) {
        m_idle.start(*m_options.until.idle);
    }
    sendOnceOpen();
    feed();
    checkEnd();
}

void RunCommand::tellTrouble()
{
    QString trouble = m_log->live()->recordingError();
    if (trouble.isEmpty()) {
        trouble = m_log->indexError();
    }
    if (trouble != m_trouble) {
        Console::printError(trouble.isEmpty() ? QStringLiteral("all is well with the log again") : trouble);
        m_trouble = trouble;
    }
}

void RunCommand::printMessagesUpTo(qint64 record)
{
    const std::shared_ptr<const MessageTable> messages = m_log->messages();
    const qint64 count = messages->count();
    for (; m_printedMessages < count && messages->at(m_printedMessages).lastRecord <= record; ++m_printedMessages) {
        if (isPrinted(messages->at(m_printedMessages), m_printedMessages)) {
            Console::write(messageAsTextLine(*m_log, messages->at(m_printedMessages), m_printedMessages) + '\n');
        }
    }
}

bool RunCommand::isPrinted(const Message &message, qint64 number)
{
    m_subject->set(message, number);
    return m_options.filter.matches(*m_subject);
}

void RunCommand::printNews()
{
    using Print = RunOptions::Print;
    const qint64 records = m_log->records().count();
    if (m_options.print == Print::Bytes || m_options.print == Print::Both) {
        for (qint64 record = m_printedRecords; record < records; ++record) {
            if (m_options.print == Print::Both) {
                printMessagesUpTo(record - 1);
            }
            Console::write(recordAsHexDump(*m_log, record));
        }
    }
    m_printedRecords = records;
    if (m_options.print == Print::Messages || m_options.print == Print::Both) {
        printMessagesUpTo(records);
    }
    Console::flush();
}

ConnectionInfo RunCommand::decisive() const
{
    const bool isStreamClient = m_options.spec.role == Role::Client && !m_options.spec.isUdp();
    const qint64 number = isStreamClient ? m_log->connectionCount() - 1 : 0;
    return m_log->connection(ConnectionId(static_cast<quint32>(number)));
}

bool RunCommand::hasOpened(const ConnectionInfo &info) const
{
    return openSince(info) != std::numeric_limits<qint64>::max();
}

void RunCommand::sendOnceOpen()
{
    if (m_isFeeding || m_isClosing || m_log->connectionCount() == 0 || decisive().state != ConnectionState::Open) {
        return;
    }
    m_isFeeding = true;
    for (const QByteArray &bytes : m_options.sends) {
        SendRequest request;
        if (m_options.spec.isWebSocket()) {
            request.kind = m_options.isBinary ? SendRequest::Kind::Binary : SendRequest::Kind::Text;
        }
        // A stream has no messages: a large file goes in pieces, as the queue empties.
        const qint64 piece = m_options.spec.isWebSocket() || m_options.spec.isUdp() ? bytes.size() : StreamPiece;
        qint64 taken = 0;
        do {
            request.bytes = bytes.mid(taken, piece);
            m_unsent.push_back(request);
            taken += piece;
        } while (taken < bytes.size());
    }
    m_options.sends.clear();
    feed();
}

/// Hands over what the session's queue has room for.
void RunCommand::feed()
{
    if (!m_isFeeding || m_hasSent || m_isClosing) {
        return;
    }
    const auto left = [this] {
        const ConnectionInfo totals = m_log->totals();
        return m_fed - totals.bytes[indexOf(Direction::Out)];
    };
    while (!m_unsent.empty() && left() < MaxInFlight) {
        m_fed += m_unsent.front().bytes.size();
        m_engine.send(m_session, m_unsent.front());
        m_unsent.pop_front();
    }
    m_hasSent = m_unsent.empty();
    if (m_hasSent && m_options.until.idle) {
        m_idle.start(*m_options.until.idle);
    }
}

void RunCommand::checkEnd()
{
    for (const qint64 count = m_log->events().count(); m_seenEvents < count; ++m_seenEvents) {
        const EventType type = m_log->events().at(m_seenEvents).type;
        if (type == EventType::Listening) {
            Console::printError(m_log->event(m_seenEvents).message); // names the port that was found for port 0
        }
        if (type == EventType::ListenFailed) {
            m_hasListenFailed = true;
            Console::printError(m_log->event(m_seenEvents).message);
            end();
            return;
        }
    }
    if (m_options.until.messages && !m_isClosing) {
        const std::shared_ptr<const MessageTable> messages = m_log->messages();
        for (const qint64 count = messages->count(); m_countedMessages < count; ++m_countedMessages) {
            const Message &message = messages->at(m_countedMessages);
            const bool isHead = message.kind == MessageKind::Request || message.kind == MessageKind::Response;
            const bool isOfProxy = m_options.spec.options.proxy.kind != ProxySettings::Kind::None
                && message.time < openSince(m_log->connection(message.connection));
            m_messagesIn += message.direction == Direction::In && !isHead && !isOfProxy ? 1 : 0;
        }
        if (m_messagesIn >= *m_options.until.messages) {
            close();
        }
    }
    if (m_options.spec.role == Role::Listener && !m_isClosing) {
        return; // clients come and go
    }
    if (m_log->connectionCount() == 0) {
        return;
    }
    const ConnectionInfo info = decisive();
    const bool isReconnecting = m_options.spec.options.reconnect.count() > 0 && !m_isClosing;
    // A redirect that is not followed is a failure.
    const bool isRedirected = !info.redirectedTo.isEmpty() && info.state != ConnectionState::Failed && !m_isClosing;
    if (info.isOver()) {
        if (!isReconnecting && !isRedirected) {
            end();
        }
    } else if (!isReconnecting && info.directions[indexOf(Direction::In)] == DirectionState::Fin && m_hasSent
               && !m_isClosing) {
        close(); // the peer is done; so are we once everything has left
    }
}

void RunCommand::close()
{
    if (m_isClosing) {
        return;
    }
    m_isClosing = true;
    m_idle.stop();
    m_limit.stop();
    if (!m_log) {
        return;
    }
    if (m_options.spec.role == Role::Listener || m_options.spec.isUdp() || m_log->connectionCount() == 0) {
        end();
        return;
    }
    m_engine.close(m_session);
    m_roomPatience.start(RoomPatience);
}

void RunCommand::end()
{
    m_isEnding = true;
    m_engine.end(m_session);
}

int RunCommand::exitStatus() const
{
    if (m_hasListenFailed) {
        return ExitNotOpened;
    }
    if (m_log->live()->unwritten > 0 || m_log->live()->isRemoved || !m_log->indexError().isEmpty()) {
        return ExitFailed;
    }
    if (m_log->connectionCount() == 0) {
        return ExitDone; // a listener that nobody called, or an interrupt
    }
    const ConnectionInfo info = decisive();
    const bool isOneOfMany = m_options.spec.role == Role::Listener; // Whose failure is not that of the session
    if (isOneOfMany || info.state != ConnectionState::Failed) {
        return m_hasRejected || info.discarded > 0 ? ExitFailed : ExitDone;
    }
    return hasOpened(info) ? ExitFailed : ExitNotOpened;
}

void RunCommand::finish()
{
    m_isEnding = true;
    if (!m_log) {
        Q_EMIT finished(ExitNotOpened);
        return;
    }
    m_log->waitUntilCaughtUp();
    tellTrouble();
    if (const qint64 unwritten = m_log->live()->unwritten; unwritten > 0) {
        Console::printError(
            QStringLiteral("the log is incomplete: its last %1 bytes could not be written").arg(unwritten));
    }
    printNews();
    Console::write(m_options.summary == RunOptions::Summary::Json ? sessionSummaryAsJson(*m_log) + '\n'
                                                                  : sessionSummaryAsText(*m_log));
    const bool isWritten = Console::flush();
    Q_EMIT finished(isWritten ? exitStatus() : ExitUsage);
}

} // namespace Sidewire
