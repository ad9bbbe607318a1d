// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativemulticast.h"

#include "core/net/nativeaddress.h"
#include "core/net/nativesocket.h"

#include <cerrno>
#include <cstring>

#if defined(Q_OS_UNIX)
#include <net/if.h>
#endif

namespace Sidewire::NativeSocket {

MulticastGroup normalized(const MulticastGroup &group)
{
    MulticastGroup result = group;
    if (result.interface.isEmpty()) {
        result.interface = result.group.scopeId();
    }
    result.group.setScopeId({});
    return result;
}

#if defined(Q_OS_UNIX)

namespace {

QString interfaceNames()
{
    QStringList names;
    struct if_nameindex *list = ::if_nameindex();
    for (const struct if_nameindex *each = list; each && each->if_index != 0; ++each) {
        names.append(QString::fromLocal8Bit(each->if_name));
    }
    if (list) {
        ::if_freenameindex(list);
    }
    return names.join(QStringLiteral(", "));
}

/// 0 for an empty name: the system chooses.
Result<uint> indexOf(const QString &interface)
{
    const uint index = interface.isEmpty() ? 0 : interfaceIndex(interface);
    if (index == 0 && !interface.isEmpty()) {
        return Error{Error::Code::NotFound,
                     QStringLiteral("there is no interface %1; there are %2").arg(interface, interfaceNames())};
    }
    return index;
}

bool isForBothFamilies(qintptr socket)
{
    int isOnlyV6 = 1;
    socklen_t size = sizeof(isOnlyV6);
    return ::getsockopt(static_cast<int>(socket), IPPROTO_IPV6, IPV6_V6ONLY, &isOnlyV6, &size) == 0 && isOnlyV6 == 0;
}

/// Bound to an address of one machine, a socket hears no group: what is delivered goes by the destination.
Result<void> checkAddress(qintptr socket, const MulticastGroup &group)
{
    const QHostAddress local = localEndpoint(socket).address;
    const bool isAny = local == QHostAddress(QHostAddress::AnyIPv4) || local == QHostAddress(QHostAddress::AnyIPv6);
    if (isAny || local == group.group) {
        return {};
    }
    return Error{
        Error::Code::Usage,
        QStringLiteral("bound to %1 the port would hear nothing of the group %2; bind to any address, or to the "
                       "group itself")
            .arg(local.toString(), group.group.toString())};
}

Error groupError(int systemError, const MulticastGroup &group)
{
    using Code = Error::Code;
    const QString where = group.interface.isEmpty() ? QString() : QStringLiteral(" on %1").arg(group.interface);
    const QString name = group.group.toString();
    switch (systemError) {
    case EADDRINUSE:
        return {Code::AddressInUse, QStringLiteral("the group %1 is joined already%2").arg(name, where)};
    case EADDRNOTAVAIL:
        return {Code::AddressNotAvailable, QStringLiteral("the group %1 is not joined%2").arg(name, where)};
    case ENODEV:
        return {Code::Network, QStringLiteral("no interface leads to the group %1: name one").arg(name)};
    case ENOBUFS:
        return {Code::TooLarge,
                QStringLiteral("the system allows no more groups on one port (net.ipv4.igmp_max_memberships)")};
    default:
        return {
            Code::Network,
            QStringLiteral("the group %1%2: %3").arg(name, where, QString::fromLocal8Bit(std::strerror(systemError)))};
    }
}

Result<void> change(qintptr socket, int option, const MulticastGroup &group)
{
    const Result<uint> index = indexOf(group.interface);
    if (!index) {
        return index.error();
    }
    group_req request{}; // RFC 3678, 5.1: the same for both families
    request.gr_interface = *index;
    SocketAddress address;
    const socklen_t size = toNative({group.group, 0}, address);
    std::memcpy(&request.gr_group, &address, size);
    const int level = address.any.sa_family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP;
    if (::setsockopt(static_cast<int>(socket), level, option, &request, sizeof(request)) != 0) {
        return groupError(errno, group);
    }
    return {};
}

} // namespace

Result<void> joinGroup(qintptr socket, const MulticastGroup &group)
{
    if (!group.group.isMulticast()) {
        return Error{
            Error::Code::Usage,
            QStringLiteral("%1 is not a multicast address; those are 224.0.0.0 to 239.255.255.255 and ff00::/8")
                .arg(group.group.toString())};
    }
    const bool isV6Group = group.group.protocol() == QAbstractSocket::IPv6Protocol;
    const bool isV6Port = familyOf(socket) == AF_INET6;
    if (isV6Group && !isV6Port) {
        return Error{Error::Code::Usage,
                     QStringLiteral("the port is bound to IPv4 only and cannot join the IPv6 group %1")
                         .arg(group.group.toString())};
    }
    if (!isV6Group && isV6Port && !isForBothFamilies(socket)) {
        return Error{Error::Code::Usage,
                     QStringLiteral("the port is bound to IPv6 only and cannot join the IPv4 group %1")
                         .arg(group.group.toString())};
    }
    if (const Result<void> fits = checkAddress(socket, group); !fits) {
        return fits;
    }
    return change(socket, MCAST_JOIN_GROUP, group);
}

Result<void> leaveGroup(qintptr socket, const MulticastGroup &group)
{
    return change(socket, MCAST_LEAVE_GROUP, group);
}

Result<void> setMulticastInterface(qintptr socket, const QString &interface)
{
    const Result<uint> index = indexOf(interface);
    if (!index) {
        return index.error();
    }
    // A dual-stack socket takes both; for the other family the call fails and changes nothing.
    const int descriptor = static_cast<int>(socket);
    const int number = static_cast<int>(*index);
    ip_mreqn v4{};
    v4.imr_ifindex = number;
    ::setsockopt(descriptor, IPPROTO_IP, IP_MULTICAST_IF, &v4, sizeof(v4));
    ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_MULTICAST_IF, &number, sizeof(number));
    return {};
}

#else

Result<void> joinGroup(qintptr, const MulticastGroup &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("no multicast on this platform")};
}

Result<void> leaveGroup(qintptr, const MulticastGroup &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("no multicast on this platform")};
}

Result<void> setMulticastInterface(qintptr, const QString &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("no multicast on this platform")};
}

#endif

#if defined(Q_OS_LINUX)

void hearOwnGroupsOnly(qintptr socket)
{
    const int no = 0;
    ::setsockopt(static_cast<int>(socket), IPPROTO_IP, IP_MULTICAST_ALL, &no, sizeof(no));
    ::setsockopt(static_cast<int>(socket), IPPROTO_IPV6, IPV6_MULTICAST_ALL, &no, sizeof(no));
}

#else

void hearOwnGroupsOnly(qintptr)
{}

#endif

} // namespace Sidewire::NativeSocket
