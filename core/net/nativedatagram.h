// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/socketsettings.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <optional>

namespace Sidewire {

/// The way of a datagram, whichever direction it takes: what tells the connections of one port apart.
struct DatagramPath
{
    Endpoint peer;
    QHostAddress
        local; ///< Where it was sent to, possibly a group, or leaves from. Null: the system chooses, or does not tell

    friend bool operator==(const DatagramPath &, const DatagramPath &) = default;
};

size_t qHash(const DatagramPath &path, size_t seed = 0);

/// A datagram that came in.
struct Datagram
{
    QByteArrayView bytes; ///< Valid during the call that tells of it
    DatagramPath path;
    QHostAddress ours; ///< The address to answer from where `path.local` is a broadcast or a group; null if not known
    uint interface = 0; ///< Number of the one that it came in by; 0 if not known
};

namespace NativeSocket {

Result<void> bindDatagramSocket(qintptr socket, const Endpoint &local);

/// Datagrams that the kernel dropped because the receive buffer was full, since the socket was made.
std::optional<quint32> kernelDrops(qintptr socket);

/// Asks for ICMP errors, and for the destination and the interface of what arrives.
void enableDatagramDetails(qintptr socket);

/// An ICMP answer to a datagram of ours.
struct IcmpError
{
    DatagramPath path;
    QString what; ///< "port", "host" or "network"
    QString detail;
};
std::optional<IcmpError> takeIcmpError(qintptr socket);

/// Sends at once or not at all. 0, or the system's number of the error.
int sendDatagram(qintptr socket, QByteArrayView bytes, const DatagramPath &path);
bool isTryAgain(int systemError);

/// Why a datagram could not be sent, as the user is told of it.
Error sendError(int systemError, const DatagramPath &path, qsizetype size);

} // namespace NativeSocket

/// Reads many datagrams with one system call. 4 MiB of buffers, so one for each port, not for each peer.
class DatagramBatch final
{
public:
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
