// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"

#if defined(Q_OS_UNIX)
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace Sidewire::NativeSocket {

/// The IPv4 address that a dual-stack socket shows as ::ffff:a.b.c.d; any other address as it is.
QHostAddress unmapped(const QHostAddress &address);

/// The number of a network interface, 0 when there is none of that name; and back, empty when there is none any more.
uint interfaceIndex(const QString &name);
QString interfaceName(uint index);

#if defined(Q_OS_UNIX)

/// Endpoints as system calls want them.
union SocketAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

/// For a socket of `family`, if it is known: one of AF_INET6 reaches an IPv4 address as ::ffff:a.b.c.d.
socklen_t toNative(const Endpoint &endpoint, SocketAddress &native, int family = AF_UNSPEC);
int familyOf(qintptr socket); ///< AF_INET or AF_INET6
Endpoint fromNative(const SocketAddress &native); ///< Unmapped

#endif

} // namespace Sidewire::NativeSocket
