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

#if defined(Q_OS_UNIX)

/// Endpoints as system calls want them.
union SocketAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

socklen_t toNative(const Endpoint &endpoint, SocketAddress &native);
Endpoint fromNative(const SocketAddress &native); ///< Unmapped

#endif

} // namespace Sidewire::NativeSocket
