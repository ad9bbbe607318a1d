// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>

/// The names of options that setting and reading share. Only where there are native sockets.
namespace Sidewire::NativeOptions {

/// What IPv4 and IPv6 call differently.
struct PairedOption
{
    int v4;
    int v6;
};

inline constexpr PairedOption TypeOfService{IP_TOS, IPV6_TCLASS};
inline constexpr PairedOption TimeToLive{IP_TTL, IPV6_UNICAST_HOPS};
inline constexpr PairedOption MulticastTimeToLive{IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS};
inline constexpr PairedOption MulticastLoopback{IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP};

#if defined(TCP_KEEPIDLE)
inline constexpr int KeepIdle = TCP_KEEPIDLE;
#else
inline constexpr int KeepIdle = TCP_KEEPALIVE; // macOS
#endif

} // namespace Sidewire::NativeOptions
