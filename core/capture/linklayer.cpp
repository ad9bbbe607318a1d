// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "linklayer.h"

#include "core/capture/pcapngblock.h"

#include <QtEndian>

namespace Sidewire {

namespace {

constexpr std::size_t EthernetSize = 14;
constexpr std::size_t SllSize = 16;
constexpr std::size_t Sll2Size = 20;
constexpr std::size_t LoopbackSize = 4;
constexpr std::size_t VlanTagSize = 4;

bool isVlanTag(quint16 etherType)
{
    return etherType == 0x8100 || etherType == 0x88a8 || etherType == 0x9100;
}

bool isIp(quint16 etherType)
{
    return etherType == 0x0800 || etherType == 0x86dd;
}

/// Follows an EtherType at `typeAt`, whose payload begins at `payload`, through any VLAN tags.
std::optional<std::size_t> followEtherType(std::span<const char> frame, std::size_t typeAt, std::size_t payload)
{
    while (payload <= frame.size()) {
        const auto type = qFromBigEndian<quint16>(frame.data() + typeAt);
        if (!isVlanTag(type)) {
            return isIp(type) ? std::optional(payload) : std::nullopt;
        }
        typeAt = payload + 2;
        payload += VlanTagSize;
    }
    return std::nullopt;
}

/// The address family is in the byte order of whoever captured; the values of IPv6 differ between systems.
bool isIpFamily(const char *at)
{
    for (const quint32 family : {qFromBigEndian<quint32>(at), qFromLittleEndian<quint32>(at)}) {
        if (family == 2 || family == 10 || family == 24 || family == 28 || family == 30) {
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<std::size_t> findIpPacket(quint16 linkType, std::span<const char> frame)
{
    switch (linkType) {
    case Pcapng::LinkRaw:
    case Pcapng::LinkRawOld:
    case Pcapng::LinkIPv4:
    case Pcapng::LinkIPv6:
        return 0;
    case Pcapng::LinkEthernet:
        return followEtherType(frame, EthernetSize - 2, EthernetSize);
    case Pcapng::LinkLinuxSll:
        return followEtherType(frame, SllSize - 2, SllSize);
    case Pcapng::LinkLinuxSll2:
        return followEtherType(frame, 0, Sll2Size);
    case Pcapng::LinkNull:
    case Pcapng::LinkLoop:
        if (frame.size() >= LoopbackSize && isIpFamily(frame.data())) {
            return LoopbackSize;
        }
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace Sidewire
