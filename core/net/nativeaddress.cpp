// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativeaddress.h"

#include <array>
#include <cstring>

#if defined(Q_OS_UNIX)
#include <arpa/inet.h>
#include <net/if.h>
#endif

namespace Sidewire::NativeSocket {

QHostAddress unmapped(const QHostAddress &address)
{
    // toIPv4Address() alone would also make 0.0.0.0 of "::", which is another address.
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    return isMapped && (v4 != 0 || address.protocol() == QAbstractSocket::IPv4Protocol) ? QHostAddress(v4) : address;
}

#if defined(Q_OS_UNIX)

uint interfaceIndex(const QString &name)
{
    return ::if_nametoindex(name.toLocal8Bit().constData());
}

QString interfaceName(uint index)
{
    std::array<char, IF_NAMESIZE> name{};
    return ::if_indextoname(index, name.data()) ? QString::fromLocal8Bit(name.data()) : QString();
}

int familyOf(qintptr socket)
{
    int family = AF_INET;
    socklen_t size = sizeof(family);
    ::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_DOMAIN, &family, &size);
    return family;
}

socklen_t toNative(const Endpoint &endpoint, SocketAddress &native, int family)
{
    native = {};
    if (family == AF_INET6 || endpoint.address.protocol() == QAbstractSocket::IPv6Protocol) {
        native.v6.sin6_family = AF_INET6;
        native.v6.sin6_port = htons(endpoint.port);
        const Q_IPV6ADDR bytes = endpoint.address.toIPv6Address();
        std::memcpy(&native.v6.sin6_addr, &bytes, sizeof(bytes));
        const QString scope = endpoint.address.scopeId();
        bool isNumber = false;
        const uint index = scope.toUInt(&isNumber);
        native.v6.sin6_scope_id = isNumber ? index : interfaceIndex(scope);
        return sizeof(native.v6);
    }
    native.v4.sin_family = AF_INET;
    native.v4.sin_port = htons(endpoint.port);
    native.v4.sin_addr.s_addr = htonl(endpoint.address.toIPv4Address());
    return sizeof(native.v4);
}

Endpoint fromNative(const SocketAddress &native)
{
    QHostAddress address(&native.any);
    if (native.any.sa_family == AF_INET6) {
        return {unmapped(address), ntohs(native.v6.sin6_port)};
    }
    return {address, ntohs(native.v4.sin_port)};
}

#else

uint interfaceIndex(const QString &)
{
    return 0;
}

QString interfaceName(uint)
{
    return {};
}

#endif

} // namespace Sidewire::NativeSocket
