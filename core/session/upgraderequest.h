// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/http/httphead.h"
#include "core/session/sessionoptions.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sidewire {

/// What a client asks a WebSocket listener for.
struct UpgradeRequest
{
    QString target; ///< "/chat?room=1"
    QString origin;
    QStringList subprotocols; ///< In the client's order

    static UpgradeRequest from(const HttpHead &head);

    /// The first of the client's that is offered; empty when there is none (RFC 6455, 4.2.2).
    QString subprotocolOf(const QStringList &offered) const;
};

/// Why an upgrade is refused.
struct UpgradeRefusal
{
    int status = 400;
    QString why; ///< A sentence; the client gets it as text
};

/// Whether `head` asks for a WebSocket at all, however badly.
bool asksForWebSocket(const HttpHead &head);

/// What is wrong with the request (RFC 6455, 4.2.1), or against it by the rules. Whether a person is asked is not looked at.
std::optional<UpgradeRefusal> refusalOf(const HttpHead &head, const UpgradeRules &rules);

/// The answer to a request that is refused; the connection is closed after it.
QByteArray refusalResponse(const HttpHead &request, const UpgradeRefusal &refusal);

} // namespace Sidewire
