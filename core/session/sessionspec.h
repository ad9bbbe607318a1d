// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/session/scheme.h"
#include "core/session/sessionoptions.h"

#include <QString>

namespace Sidewire {

/// What to open: a target with its options. A plain value that can be saved, compared and shown.
struct SessionSpec
{
    Scheme scheme = Scheme::Tcp;
    Role role = Role::Client;
    QString host; ///< A name or a literal address without brackets; for a listener the address to bind, empty for any
    quint16 port = 0; ///< 0 only for a listener: a free port
    QString path = QStringLiteral("/"); ///< With the query; WebSocket only
    SessionOptions options;

    /// From what a person types: "tcp://host:port", "host:port", "host port", "ws://host[:80]/path",
    /// "udp-listen://:5000" ... Each thing that can be wrong has its own sentence.
    static Result<SessionSpec> fromTarget(const QString &text);

    /// The canonical target, "ws://127.0.0.1:9001/"; fromTarget() reads it back to the same spec (options aside).
    QString target() const;

    bool isWebSocket() const { return scheme == Scheme::Ws || scheme == Scheme::Wss; }
    bool isTls() const { return scheme == Scheme::Tls || scheme == Scheme::Wss; }
    bool isUdp() const { return scheme == Scheme::Udp; }

    friend bool operator==(const SessionSpec &, const SessionSpec &) = default;
};

/// "tcp", "ws-listen" ...
QString toString(Scheme scheme, Role role);

} // namespace Sidewire
