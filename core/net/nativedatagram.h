// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <optional>

namespace Sidewire {

namespace NativeSocket {

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
