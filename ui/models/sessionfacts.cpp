// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionfacts.h"

namespace Sidewire {

SessionMark sessionMark(const SessionFacts &facts)
{
    if (facts.isOpenedLog) {
        return SessionMark::OpenedLog;
    }
    if (!facts.openError.isEmpty() || !facts.listenError.isEmpty()) {
        return SessionMark::Failed;
    }
    if (facts.isListener()) {
        if (!facts.isRunning) {
            return SessionMark::Ended;
        }
        if (facts.session.listenState == ListenState::Stopped) {
            return SessionMark::Ended;
        }
        return facts.listening.isEmpty() ? SessionMark::Busy : SessionMark::Listening;
    }
    if (facts.isRunning && facts.reconnectAt > 0) {
        return SessionMark::Busy;
    }
    if (!facts.hasConnection) {
        return facts.isRunning ? SessionMark::Busy : SessionMark::Ended;
    }
    switch (facts.newest.state) {
    case ConnectionState::New:
    case ConnectionState::Resolving:
    case ConnectionState::Connecting:
    case ConnectionState::Proxying:
    case ConnectionState::Securing:
    case ConnectionState::Upgrading:
    case ConnectionState::Closing:
        return SessionMark::Busy;
    case ConnectionState::Open:
        return facts.newest.isPaused ? SessionMark::Paused : SessionMark::Open;
    case ConnectionState::Closed:
        return SessionMark::Ended;
    case ConnectionState::Failed:
        break;
    }
    return SessionMark::Failed;
}

} // namespace Sidewire
