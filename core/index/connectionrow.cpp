// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectionrow.h"

namespace Sidewire {

ConnectionRow::ConnectionRow(const ConnectionInfo &info)
    : id(info.id)
    , transport(info.transport)
    , state(info.state)
    , directions(info.directions)
    , isPaused(info.isPaused)
    , isUpgradeWaiting(info.isUpgradeWaiting)
    , local(info.local)
    , peer(info.peer)
    , openedAt(info.openedAt)
    , closedAt(info.closedAt)
    , closedBy(info.closedBy)
    , how(info.how)
    , path(info.requestPath)
    , origin(info.requestOrigin)
    , subprotocols(info.requestedSubprotocols)
    , hasHeardFromPeer(info.hasHeardFromPeer)
    , unreachable(info.unreachable)
    , interface(info.interface)
    , bytes(info.bytes)
    , messages(info.messages)
    , violations(info.violations)
{}

} // namespace Sidewire
