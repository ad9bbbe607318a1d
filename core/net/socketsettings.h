// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Sidewire {

/// TCP keep-alive (RFC 9293, 3.8.4): after `idle` seconds of silence a probe each `interval` seconds; after `count`
/// unanswered ones the connection is given up.
struct KeepAlive
{
    int idle = 60;
    int interval = 10;
    int count = 6;

    friend bool operator==(const KeepAlive &, const KeepAlive &) = default;
};

/// A multicast group to join, "239.1.2.3" or "ff02::1234", on an interface or on the system's choice.
struct MulticastGroup
{
    QHostAddress group;
    QString interface; ///< Its name; may be empty

    friend bool operator==(const MulticastGroup &, const MulticastGroup &) = default;
};

/// What a socket is asked before and after it is bound. What is not set is left to the system.
struct SocketSettings
{
    enum class Family : quint8 { Any, IPv4, IPv6 };

    Endpoint bind; ///< A null address or port 0 leave that to the system
    QString interface; ///< Name of the one to use (SO_BINDTODEVICE)
    Family family = Family::Any; ///< Of a listener on no address: Any is dual stack
    bool reuseAddress = false; ///< SO_REUSEADDR, and SO_REUSEPORT where there is one: several sockets on one address

    bool noDelay = true;
    std::optional<KeepAlive> keepAlive;
    std::optional<int> linger; ///< Seconds for SO_LINGER; 0: closing sends RST
    std::optional<int> sendBuffer; ///< Bytes; the kernel may take another size
    std::optional<int> receiveBuffer; ///< Bytes; UDP asks for 4 MiB when nothing is set
    std::optional<int> typeOfService; ///< 0 to 255: IP_TOS or IPV6_TCLASS
    std::optional<int> timeToLive; ///< 1 to 255: IP_TTL or IPV6_UNICAST_HOPS
    int backlog = 4096; ///< Of a listener, 1 to 65535; the kernel may cut it, Linux to this unless told otherwise

    bool broadcast = false;
    std::vector<MulticastGroup> groups;
    std::optional<int> multicastTimeToLive; ///< 0 to 255
    std::optional<bool> multicastLoopback;

    /// Whether only the place of the socket is said, and nothing of what the kernel does with it.
    bool isPlain() const
    {
        SocketSettings plain;
        plain.bind = bind;
        plain.family = family;
        plain.backlog = backlog;
        plain.groups = groups;
        return *this == plain;
    }

    friend bool operator==(const SocketSettings &, const SocketSettings &) = default;
};

} // namespace Sidewire
