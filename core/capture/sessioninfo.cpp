// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessioninfo.h"

#include <QJsonArray>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr std::size_t MaxGroups = 1024; // A log can be written by anybody

QString text(const Event &event, const char *key)
{
    return event.data.value(QLatin1StringView(key)).toString();
}

} // namespace

void SessionInfo::apply(const Event &event)
{
    if (event.connection) {
        if (event.type == EventType::Opened) {
            reconnectAt = 0;
        }
        return;
    }
    switch (event.type) {
    case EventType::Listening:
        listenState = ListenState::Listening;
        listening = Endpoint::fromString(text(event, "local"));
        backlog = event.data.value(QLatin1StringView("backlog")).toInt();
        listenError.clear();
        break;
    case EventType::ListenFailed:
        listenState = ListenState::Failed;
        listening = Endpoint::fromString(text(event, "local"));
        listenError = event.message;
        break;
    case EventType::ListenStopped:
        listenState = ListenState::Stopped;
        groups.clear();
        break;
    case EventType::AcceptPaused:
        listenState = ListenState::AcceptPaused;
        break;
    case EventType::AcceptResumed:
        listenState = ListenState::Listening;
        break;
    case EventType::SocketOptions:
        socketOptions = socketOptionsFrom(event);
        break;
    case EventType::GroupJoined:
        if (groups.size() < MaxGroups) {
            groups.push_back({text(event, "group"), text(event, "interface")});
        }
        break;
    case EventType::GroupLeft:
        std::erase(groups, GroupMembership{text(event, "group"), text(event, "interface")});
        break;
    case EventType::Reconnecting:
        if (event.data.value(QLatin1StringView("cancelled")).toBool()) {
            reconnectAt = 0;
            break;
        }
        reconnectAt = event.time + static_cast<qint64>(event.data.value(QLatin1StringView("delay")).toDouble() * 1e6);
        reconnectAttempt = event.data.value(QLatin1StringView("attempt")).toInteger();
        break;
    case EventType::Lens:
        if (!event.data.value(QLatin1StringView("guessed")).toBool()) {
            lens = text(event, "lens");
        }
        break;
    case EventType::Ended:
        reconnectAt = 0;
        break;
    default:
        break;
    }
}

} // namespace Sidewire
