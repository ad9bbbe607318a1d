// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace Sidewire {

/// A line of an HTTP head with its place, so that it can be marked in the byte view.
struct HttpField
{
    QByteArray name; ///< As it crossed the wire
    QByteArray value; ///< Without the white space around it
    qint64 begin = 0; ///< From the start of the head
    qint64 end = 0; ///< Line end excluded
};

/// The head of a request or a response (RFC 9112). Parsed leniently: bare LF, odd spacing and unknown versions are kept.
struct HttpHead
{
    bool isRequest = false;
    QByteArray method; ///< Requests
    QByteArray target;
    QByteArray version; ///< "HTTP/1.1"
    int status = 0; ///< Responses
    QByteArray reason;
    std::vector<HttpField> fields;
    qint64 size = 0; ///< Bytes, the empty line included
    bool isMalformed = false; ///< A line that is no field, or no start line

    /// Values of all fields of that name (case does not matter), joined by ", ". Null when there is none.
    QByteArray value(QByteArrayView name) const;
    bool hasToken(QByteArrayView name, QByteArrayView token) const; ///< "Connection: keep-alive, Upgrade" has "upgrade"
};

/// Where the head at the start of `bytes` ends (the empty line included), or nothing yet. Pass how much was already
/// searched to make it linear.
std::optional<qint64> findHeadEnd(QByteArrayView bytes, qint64 searched = 0);

/// Parses a complete head. `bytes` must start with it; what follows is left alone.
HttpHead parseHttpHead(QByteArrayView bytes);

/// Whether a line (its end included or not) begins a request or a response of HTTP/1.
bool isHttpStartLine(QByteArrayView line);

/// Of a method or the name of a field (RFC 9110, 5.6.2).
bool isTokenCharacter(char byte);

/// The longest head that we wait for: 256 KiB.
constexpr qint64 MaxHttpHead = 256 * 1024;

/// `Sec-WebSocket-Accept` that answers `key` (RFC 6455, 4.2.2).
QByteArray webSocketAccept(QByteArrayView key);

} // namespace Sidewire
