// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/protocol/http/httphead.h"

#include <QByteArray>
#include <QByteArrayList>

#include <utility>
#include <vector>

namespace Sidewire::WebSocketHead {

/// What the upgrade request shall say.
struct Request
{
    QByteArray target; ///< "/chat?room=1", already fit for a request line
    QByteArray host; ///< The Host line, unless `fields` has one
    std::vector<std::pair<QByteArray, QByteArray>>
        fields; ///< In this order and spelling; each replaces what `head` has of its name
};

/// The request head that QWebSocket wrote for the tap as it leaves for the server: without `dropped`.
QByteArray edited(QByteArrayView head, const Request &request, QByteArrayView dropped);

/// Whether `response` opens a WebSocket (RFC 6455, 4.1). The error is a sentence on what the server did instead.
Result<void> check(const HttpHead &response, QByteArrayView key, const QByteArrayList &offeredProtocols);

/// A 101 that QWebSocket accepts, whatever the spelling of the server's.
QByteArray plainResponse(QByteArrayView key, QByteArrayView subprotocol);

/// Bytes that cannot stand in a request line are percent-encoded.
QByteArray encodedTarget(const QByteArray &path);

} // namespace Sidewire::WebSocketHead
