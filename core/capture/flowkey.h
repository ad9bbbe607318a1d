// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/types.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace Sidewire {

/// Both ends of a conversation as they stand in packets, for building packets and for finding the connection of one.
///
/// IPv4 addresses fill the first four bytes; IPv4-mapped IPv6 addresses become IPv4, scope ids do not exist.
struct FlowKey
{
    std::array<quint8, 16> localAddress{};
    std::array<quint8, 16> peerAddress{};
    quint16 localPort = 0;
    quint16 peerPort = 0;
    Transport transport = Transport::Tcp;
    bool isIPv6 = false;

    static FlowKey from(Transport transport, const Endpoint &local, const Endpoint &peer);

    /// The same conversation seen from the other end.
    FlowKey swapped() const;

    Endpoint local() const;
    Endpoint peer() const;

    /// All of it at once, which is done for every packet of a log.
    friend bool operator==(const FlowKey &a, const FlowKey &b) { return std::memcmp(&a, &b, sizeof(FlowKey)) == 0; }
};
// Compared and hashed as a whole, so no byte of it may be padding.
static_assert(std::has_unique_object_representations_v<FlowKey>);

/// Seeded, so that nobody can write a capture whose conversations all fall together.
struct FlowKeyHash
{
    std::size_t operator()(const FlowKey &key) const noexcept;
};

} // namespace Sidewire
