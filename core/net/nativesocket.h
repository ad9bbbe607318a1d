// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/nativeaddress.h"
#include "core/net/socketsettings.h"

#include <span>

namespace Sidewire {

/// What the platform can do with a socket and Qt has no function for. System calls stand here and in the native... files
/// beside it; where a platform lacks one, the function says so by its value and the caller goes on without.
namespace NativeSocket {

struct Received
{
    enum class What {
        Nothing,
        Data,
        End, ///< The peer's FIN, and everything before it has been read
        Failed, ///< Reset by the peer, or another error
    };
    What what = What::Nothing;
    qint64 size = 0; ///< Of the data
    Error error; ///< With Failed
};

/// Reads what is there into `room`, past Qt, which would take a half-close for the end of everything. Into no room it only
/// looks, and gives data of no size. `peer` is for the error.
Received receive(QAbstractSocket &socket, std::span<char> room, const Endpoint &peer);

/// The error of the last failed call, as the user is told of it. `where` is the peer: "connection refused by WHERE".
Error lastError(const QString &where);
Error errorFrom(int systemError, const QString &where);
Error bindError(int systemError, const Endpoint &local); ///< Why a socket could not be bound

/// A socket for `local` (null: any) and `family`: dual-stack where both leave that open. The error says when they disagree.
enum class Type { Stream, Datagram };
Result<qintptr> openSocket(Type type, const QHostAddress &local, SocketSettings::Family family);

/// Begins to connect without waiting; the socket becomes writable when it is done, then see connectResult(). A failure
/// at once, or an option that is refused, is an Error.
Result<qintptr> startConnect(const Endpoint &peer, const SocketSettings &settings);
Result<void> connectResult(qintptr socket, const QString &where);

/// A socket that listens on `settings.bind`: no address, or "::", is both families unless `settings.family` says which.
Result<qintptr> startListening(const SocketSettings &settings);

bool shutdownWrite(qintptr socket);

/// Makes closing the socket send RST instead of FIN.
void resetOnClose(qintptr socket);

void close(qintptr socket);

/// Closes the socket in the background, as SO_LINGER makes closing wait.
void closeWaiting(qintptr socket);

qintptr duplicate(qintptr socket); ///< -1 when it cannot be

/// The local address that datagrams to `peer` leave from, by `interface` if one is named; null when there is no route or
/// no way to know.
QHostAddress localAddressTowards(const Endpoint &peer, const QString &interface = {});

Endpoint localEndpoint(qintptr socket);

} // namespace NativeSocket

} // namespace Sidewire
