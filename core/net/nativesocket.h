// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <optional>

namespace Sidewire {

/// What the platform can do with a socket and Qt has no function for. The only place with system calls; where a platform
/// lacks one, the function says so by its value and the caller goes on without.
namespace NativeSocket {

enum class Waiting {
    Nothing,
    Data,
    End, ///< The peer's FIN, and everything before it has been read
    Failed, ///< Reset by the peer, or another error: see lastError()
};

/// What the next read would meet. It takes nothing out of the socket.
Waiting peek(qintptr socket);

/// The error of the last failed call, as the user is told of it. `where` is the peer: "connection refused by WHERE".
Error lastError(const QString &where);
Error errorFrom(int systemError, const QString &where);

/// Begins to connect without waiting; the socket becomes writable when it is done, then see connectResult(). A failure
/// at once is an Error. `bind` may be null.
Result<qintptr> startConnect(const Endpoint &peer, const Endpoint &bind);
Result<void> connectResult(qintptr socket, const QString &where);

bool shutdownWrite(qintptr socket);

/// Makes closing the socket send RST instead of FIN.
void resetOnClose(qintptr socket);

void close(qintptr socket);
qintptr duplicate(qintptr socket); ///< -1 when it cannot be

/// The IPv4 address that a dual-stack socket shows as ::ffff:a.b.c.d; any other address as it is.
QHostAddress unmapped(const QHostAddress &address);

/// The local address that datagrams to `peer` leave from; null when there is no route or no way to know.
QHostAddress localAddressTowards(const Endpoint &peer);

/// Datagrams that the kernel dropped because the receive buffer was full, since the socket was made.
std::optional<quint32> kernelDrops(qintptr socket);

/// An ICMP answer to a datagram of ours.
struct IcmpError
{
    Endpoint destination;
    QString what; ///< "port", "host" or "network"
    QString detail;
};

/// Asks for ICMP errors and for the destination address of what arrives.
void enableDatagramDetails(qintptr socket);
std::optional<IcmpError> takeIcmpError(qintptr socket);

} // namespace NativeSocket

/// Reads many datagrams with one system call. 4 MiB of buffers, so one for each port, not for each peer.
class DatagramBatch final
{
public:
    struct Datagram
    {
        QByteArrayView bytes; ///< Valid until the next read
        Endpoint from;
        QHostAddress to; ///< Null where the platform does not tell
    };

    DatagramBatch();
    ~DatagramBatch();
    Q_DISABLE_COPY_MOVE(DatagramBatch)

    /// Calls `take` for each datagram that is waiting, at most one batch. Returns how many there were.
    int read(qintptr socket, const std::function<void(const Datagram &)> &take);

private:
    class Buffers;
    std::unique_ptr<Buffers> m_buffers;
};

} // namespace Sidewire
