// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Sidewire::TestSupport {

namespace {

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

std::unique_ptr<QAbstractSocket> wrapped(int descriptor)
{
    auto socket = std::make_unique<QAbstractSocket>(QAbstractSocket::TcpSocket, nullptr);
    const bool isTaken = socket->setSocketDescriptor(descriptor, QAbstractSocket::ConnectedState,
                                                     QIODevice::ReadWrite | QIODevice::Unbuffered);
    return isTaken ? std::move(socket) : nullptr;
}

} // namespace

std::unique_ptr<QAbstractSocket> socketTo(quint16 port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    // To a listener on the loopback interface this does not wait for anybody.
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(descriptor);
        return nullptr;
    }
    return wrapped(descriptor);
}

SocketPair SocketPair::open()
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    SocketPair pair;
    if (::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0
        && ::listen(listener, 1) == 0 && ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size) == 0) {
        pair.client = socketTo(ntohs(address.sin_port));
        pair.server = wrapped(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    }
    ::close(listener);
    return pair;
}

} // namespace Sidewire::TestSupport
