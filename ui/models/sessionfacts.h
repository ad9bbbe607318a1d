// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/connectioninfo.h"
#include "core/capture/sessioninfo.h"
#include "core/session/sessionspec.h"

#include <optional>

namespace Sidewire {

/// Everything that the window says of a session follows from these values.
struct SessionFacts
{
    SessionSpec spec; ///< For a foreign capture the default
    ConnectionInfo newest; ///< The connection opened last; meaningless without one
    ConnectionInfo totals; ///< Counters of all connections
    SessionInfo session;
    bool hasConnection = false;
    qint64 connections = 0; ///< Ever
    qint64 openConnections = 0; ///< Now
    QString listening; ///< Where a listener listens: "127.0.0.1:9001"
    QString listenError; ///< Why it does not
    QString openError; ///< There is no log: the session never began
    bool isRunning = false; ///< False for an opened log and after the end
    bool isOpenedLog = false;
    bool isPaused = false;
    bool speaksHttp = false; ///< A tcp session whose peer answered "HTTP/"
    qint64 reconnectAt = 0; ///< When the next connection follows by itself; 0: none will
    qint64 reconnectAttempt = 0;
    qint64 queued = 0;
    qint64 now = 0;
    std::array<double, DirectionCount> rates{}; ///< Bytes a second
    std::optional<qint64> reply; ///< How long the newest reply took, nanoseconds

    bool isListener() const { return spec.role == Role::Listener; }
};

/// How a session is marked in a list.
enum class SessionMark : quint8 { Busy, Open, Paused, Listening, Ended, Failed, OpenedLog };

SessionMark sessionMark(const SessionFacts &facts);

} // namespace Sidewire
