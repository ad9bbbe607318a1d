// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessioncontrols.h"

#include <algorithm>

namespace Sidewire {

namespace {

bool hasTls(const ConnectionInfo &info)
{
    return info.tls.isSecured
        || std::ranges::any_of(info.phases, [](const Phase &phase) { return phase.name == QLatin1String("tls"); });
}

} // namespace

SessionControls SessionControls::of(const SessionFacts &facts)
{
    SessionControls controls;
    if (!facts.isRunning) {
        return controls;
    }
    const ConnectionInfo &info = facts.newest;
    const bool isAlive = facts.hasConnection && !info.isOver();
    const bool isOpen = isAlive && info.state == ConnectionState::Open;
    const bool canSend = info.directions[indexOf(Direction::Out)] == DirectionState::Open;
    const bool isStream = !facts.spec.isUdp();

    controls.canClose = facts.isListener() ? facts.openConnections > 0 : isAlive;
    controls.canCloseWithCode = facts.spec.isWebSocket() && (facts.isListener() ? facts.openConnections > 0 : isOpen);
    controls.canHalfClose =
        isStream && !facts.spec.isWebSocket() && (facts.isListener() ? facts.openConnections > 0 : isOpen && canSend);
    controls.canReset = controls.canClose && isStream;
    controls.canPause = controls.canClose || (facts.spec.isUdp() && facts.isPaused); // The port, whoever is left
    controls.canStartTls = facts.spec.scheme == Scheme::Tcp
        && (facts.isListener() ? facts.openConnections > 0
                               : isOpen && canSend && !hasTls(info)
                    && info.directions[indexOf(Direction::In)] == DirectionState::Open);
    controls.canReconnect = true;
    controls.canStopReconnecting = facts.reconnectAt > 0;
    return controls;
}

} // namespace Sidewire
