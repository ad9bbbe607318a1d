// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "event.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

struct EventName
{
    EventType type;
    const char *name;
};

constexpr std::array EventNames = {
    EventName{EventType::Opened, "opened"},
    EventName{EventType::Endpoints, "endpoints"},
    EventName{EventType::PhaseStarted, "phase-started"},
    EventName{EventType::PhaseEnded, "phase-ended"},
    EventName{EventType::Resolved, "resolved"},
    EventName{EventType::Attempt, "attempt"},
    EventName{EventType::SocketOptions, "socket-options"},
    EventName{EventType::Proxied, "proxied"},
    EventName{EventType::StreamBegins, "stream-begins"},
    EventName{EventType::Secured, "secured"},
    EventName{EventType::VerifyFailed, "verify-failed"},
    EventName{EventType::UpgradeRequested, "upgrade-requested"},
    EventName{EventType::Redirected, "redirected"},
    EventName{EventType::Upgraded, "upgraded"},
    EventName{EventType::DirectionChanged, "direction-changed"},
    EventName{EventType::Heard, "heard"},
    EventName{EventType::PathChanged, "path-changed"},
    EventName{EventType::Unreachable, "unreachable"},
    EventName{EventType::CloseFrame, "close-frame"},
    EventName{EventType::Discarded, "discarded"},
    EventName{EventType::Paused, "paused"},
    EventName{EventType::Resumed, "resumed"},
    EventName{EventType::Reconnecting, "reconnecting"},
    EventName{EventType::Closed, "closed"},
    EventName{EventType::Listening, "listening"},
    EventName{EventType::ListenFailed, "listen-failed"},
    EventName{EventType::ListenStopped, "listen-stopped"},
    EventName{EventType::AcceptPaused, "accept-paused"},
    EventName{EventType::AcceptResumed, "accept-resumed"},
    EventName{EventType::GroupJoined, "group-joined"},
    EventName{EventType::GroupLeft, "group-left"},
    EventName{EventType::OptionsChanged, "options-changed"},
    EventName{EventType::Dropped, "dropped"},
    EventName{EventType::Lens, "lens"},
    EventName{EventType::ClockStep, "clock-step"},
    EventName{EventType::Ended, "ended"},
    EventName{EventType::Note, "note"},
    EventName{EventType::Retransmitted, "retransmitted"},
    EventName{EventType::Missing, "missing"},
    EventName{EventType::Cut, "cut"},
};

const QString TypeKey = QStringLiteral("type");
const QString TimeKey = QStringLiteral("time");
const QString ConnectionKey = QStringLiteral("connection");

constexpr qint64 MaxConnection = 0xffff'fffe; // The table of connections counts in 32 bits

} // namespace

QByteArray Event::toJson() const
{
    QJsonObject object = data;
    object.insert(TypeKey, QString::fromLatin1(toString(type)));
    object.insert(TimeKey, time);
    if (connection) {
        object.insert(ConnectionKey, qint64(toNumber(*connection)));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Event> Event::fromJson(QByteArrayView json, const QString &message, Severity severity)
{
    // Not fromRawData(): the parser may keep strings of its input.
    const QJsonDocument document = QJsonDocument::fromJson(json.toByteArray());
    if (!document.isObject()) {
        return Error{Error::Code::Malformed, QStringLiteral("an event of the log is not a JSON object")};
    }
    Event event;
    event.message = message;
    event.severity = severity;
    event.data = document.object();

    const QJsonValue time = event.data.take(TimeKey);
    if (!time.isDouble()) {
        return Error{Error::Code::Malformed, QStringLiteral("an event of the log has no time")};
    }
    event.time = time.toInteger();

    if (event.data.contains(ConnectionKey)) {
        const qint64 number = event.data.take(ConnectionKey).toInteger(-1);
        if (number < 0 || number > MaxConnection) {
            return Error{Error::Code::Malformed, QStringLiteral("an event of the log has an impossible connection")};
        }
        event.connection = ConnectionId(number);
    }

    // A type that a later version added is still a row with a sentence; its name stays in the data.
    const std::optional<EventType> type = eventTypeFromString(event.data.value(TypeKey).toString().toLatin1());
    if (type) {
        event.type = *type;
        event.data.remove(TypeKey);
    }
    return event;
}

QByteArray toString(EventType type)
{
    const auto found = std::ranges::find(EventNames, type, &EventName::type);
    Q_ASSERT(found != EventNames.end());
    return found->name;
}

std::optional<EventType> eventTypeFromString(QByteArrayView name)
{
    const auto found = std::ranges::find_if(EventNames, [name](const EventName &entry) { return name == entry.name; });
    if (found == EventNames.end()) {
        return std::nullopt;
    }
    return found->type;
}

} // namespace Sidewire
