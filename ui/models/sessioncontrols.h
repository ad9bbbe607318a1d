// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/models/sessionfacts.h"

namespace Sidewire {

/// What can be done with a session now, so that buttons and menus agree.
struct SessionControls
{
    bool canClose = false;
    bool canCloseWithCode = false; ///< A WebSocket Close frame
    bool canHalfClose = false;
    bool canReset = false;
    bool canPause = false;
    bool canStartTls = false; ///< On an open tcp connection that has none yet
    bool canReconnect = false;
    bool canStopReconnecting = false;

    static SessionControls of(const SessionFacts &facts);

    friend bool operator==(const SessionControls &, const SessionControls &) = default;
};

} // namespace Sidewire
