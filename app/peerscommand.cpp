// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "peerscommand.h"

#include "app/console.h"
#include "core/peers/builtinpeers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Sidewire {

PeersCommand::PeersCommand(Format format, QObject *parent)
    : QObject(parent)
    , m_format(format)
{
    connect(&m_interrupt, &Interrupt::requested, this, [this] { Q_EMIT finished(ExitDone); });
    connect(&m_engine, &Engine::opened, this, &PeersCommand::onOpened);
    connect(&m_engine, &Engine::openFailed, this, [this](SessionId, const Error &error) {
        Console::printError(error.detail);
        Q_EMIT finished(ExitNotOpened);
    });
    for (std::size_t peer = 0; peer < builtinPeers().size(); ++peer) {
        m_started[m_engine.open(builtinPeers()[peer].listener, {})].peer = peer;
    }
}

PeersCommand::~PeersCommand()
{
    for (const auto &[session, started] : m_started) {
        if (started.log) {
            started.log->setDoorbell({});
        }
    }
}

void PeersCommand::onOpened(SessionId session, const std::shared_ptr<SessionLog> &log)
{
    m_started[session].log = log;
    log->setDoorbell([this, session] {
        QMetaObject::invokeMethod(
            this, [this, session] { look(session); }, Qt::QueuedConnection);
    });
    look(session);
}

void PeersCommand::look(SessionId session)
{
    Started &started = m_started[session];
    started.log->answerDoorbell();
    if (!started.target.isEmpty()) {
        return;
    }
    for (qint64 row = 0; row < started.log->events().count(); ++row) {
        const Event event = started.log->event(row);
        if (event.type == EventType::ListenFailed) {
            Console::printError(event.message);
            Q_EMIT finished(ExitNotOpened);
            return;
        }
        if (event.type == EventType::Listening) {
            const Endpoint local = Endpoint::fromString(event.data.value(QLatin1String("local")).toString());
            started.target = clientTarget(builtinPeers()[started.peer], local.port);
        }
    }
    const bool isComplete = std::all_of(m_started.begin(), m_started.end(),
                                        [](const auto &entry) { return !entry.second.target.isEmpty(); });
    if (isComplete) {
        printTargets();
    }
}

void PeersCommand::printTargets()
{
    QJsonArray array;
    for (const auto &[session, started] : m_started) {
        const BuiltinPeer &peer = builtinPeers()[started.peer];
        if (m_format == Format::Json) {
            array.append(QJsonObject{{QStringLiteral("id"), peer.id},
                                     {QStringLiteral("target"), started.target},
                                     {QStringLiteral("description"), peer.description}});
        } else {
            Console::write(QStringLiteral("%1 %2  %3\n")
                               .arg(peer.id, -10)
                               .arg(started.target, -26)
                               .arg(peer.description)
                               .toUtf8());
        }
    }
    if (m_format == Format::Json) {
        Console::write(QJsonDocument(array).toJson(QJsonDocument::Compact) + '\n');
    }
    Console::flush();
}

} // namespace Sidewire
