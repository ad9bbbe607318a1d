// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/capture/connectioninfo.h"
#include "core/capture/event.h"

#include <QString>

#include <vector>

namespace Sidewire {

/// Where the socket of a listener, or the port of a UDP session, stands.
enum class ListenState : quint8 {
    NotYet, ///< Or no listener
    Listening,
    AcceptPaused, ///< By hand: the kernel's backlog fills
    Stopped,
    Failed,
};

/// A multicast group that was joined.
struct GroupMembership
{
    QString group;
    QString interface; ///< Name; empty where the system chose

    friend bool operator==(const GroupMembership &, const GroupMembership &) = default;
};

/// What a log tells of the session itself, rebuilt from the events that belong to no connection.
struct SessionInfo
{
    ListenState listenState = ListenState::NotYet;
    Endpoint listening; ///< Where it listens or listened last
    int backlog = 0; ///< Connections that the kernel keeps for us; 0 for UDP
    QString listenError; ///< A sentence; empty unless Failed
    std::vector<SocketOption> socketOptions; ///< Of the listening socket or the UDP port
    std::vector<GroupMembership> groups;
    QString lens; ///< That a person chose last; empty: none
    qint64 reconnectAt = 0; ///< When another connection follows by itself, ns since 1970; 0: none will
    qint64 reconnectAttempt = 0; ///< The number of that attempt, from 1

    /// Takes over what `event` tells; Opened ends a wait for reconnecting, other events of connections change nothing.
    void apply(const Event &event);
};

} // namespace Sidewire
