// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/deflateparameters.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>
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

/// What a 101 agrees on of permessage-deflate as it was offered; nothing: no compression. An Error, a sentence, when the
/// client must fail the connection (RFC 7692, 7.1).
Result<std::optional<DeflateParameters>> agreedDeflate(const HttpHead &response, const DeflateParameters &offer);

/// What a server that prefers `wanted` answers to the first offer of `request` that it can accept.
std::optional<DeflateParameters> acceptedDeflate(const HttpHead &request, const DeflateParameters &wanted);

/// A head with one more line at its end.
QByteArray withField(QByteArrayView head, QByteArrayView name, QByteArrayView value);

/// A 101 that QWebSocket accepts, whatever the spelling of the server's.
QByteArray plainResponse(QByteArrayView key, QByteArrayView subprotocol);

/// Bytes that cannot stand in a request line are percent-encoded.
QByteArray encodedTarget(const QByteArray &path);

} // namespace Sidewire::WebSocketHead
