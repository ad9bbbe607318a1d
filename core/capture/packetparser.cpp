// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "packetparser.h"

#include "core/capture/linklayer.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace Sidewire {

namespace {

using Kind = PacketInfo::Kind;

constexpr quint8 ProtocolTcp = 6;
constexpr quint8 ProtocolUdp = 17;

// IPv6 extension headers that may stand before TCP and UDP (RFC 8200, 4.1).
constexpr quint8 HopByHop = 0;
constexpr quint8 Routing = 43;
constexpr quint8 Fragmented = 44;
constexpr quint8 Authentication = 51;
constexpr quint8 DestinationOptions = 60;

quint8 byteAt(std::span<const char> bytes, std::size_t at)
{
    return static_cast<quint8>(bytes[at]);
}

quint16 numberAt(std::span<const char> bytes, std::size_t at)
{
    return qFromBigEndian<quint16>(bytes.data() + at);
}

/// The IP packet as far as it has been read.
struct Cursor
{
    std::span<const char> bytes; ///< From the current header on
    std::size_t offset = 0; ///< Of the current header in the captured bytes
    qint64 size = 0; ///< On the wire, from the current header on; what follows the IP packet is not counted
    quint8 protocol = 0;

    bool has(std::size_t count) const { return bytes.size() >= count; }
    void skip(std::size_t count)
    {
        count = std::min(count, bytes.size());
        bytes = bytes.subspan(count);
        offset += count;
        size -= static_cast<qint64>(count);
    }
};

std::optional<Kind> readIPv4(Cursor &cursor, FlowKey &key)
{
    if (!cursor.has(20)) {
        return Kind::HeaderCut;
    }
    const std::size_t headerSize = 4 * (byteAt(cursor.bytes, 0) & 0x0f);
    if (headerSize < 20) {
        return Kind::Other;
    }
    if (!cursor.has(headerSize)) {
        return Kind::HeaderCut;
    }
    if (numberAt(cursor.bytes, 6) & 0x3fff) { // More fragments, or an offset
        return Kind::Fragment;
    }
    // A length of 0 is what a capture sees of a packet that the network card was going to segment.
    if (const quint16 totalLength = numberAt(cursor.bytes, 2)) {
        cursor.size = std::min<qint64>(cursor.size, totalLength);
    }
    cursor.protocol = byteAt(cursor.bytes, 9);
    std::memcpy(key.localAddress.data(), cursor.bytes.data() + 12, 4);
    std::memcpy(key.peerAddress.data(), cursor.bytes.data() + 16, 4);
    cursor.skip(headerSize);
    return std::nullopt;
}

std::optional<Kind> readIPv6(Cursor &cursor, FlowKey &key)
{
    constexpr std::size_t HeaderSize = 40;
    if (!cursor.has(HeaderSize)) {
        return Kind::HeaderCut;
    }
    if (const quint16 payloadLength = numberAt(cursor.bytes, 4)) {
        cursor.size = std::min<qint64>(cursor.size, qint64(HeaderSize) + payloadLength);
    }
    key.isIPv6 = true;
    cursor.protocol = byteAt(cursor.bytes, 6);
    std::memcpy(key.localAddress.data(), cursor.bytes.data() + 8, 16);
    std::memcpy(key.peerAddress.data(), cursor.bytes.data() + 24, 16);
    cursor.skip(HeaderSize);

    while (true) {
        std::size_t unit = 8;
        switch (cursor.protocol) {
        case Fragmented:
            return Kind::Fragment;
        case Authentication:
            unit = 4; // Counted in 32-bit words (RFC 4302, 2.2)
            break;
        case HopByHop:
        case Routing:
        case DestinationOptions:
            break;
        default:
            return std::nullopt;
        }
        if (!cursor.has(8)) {
            return Kind::HeaderCut;
        }
        const std::size_t length = byteAt(cursor.bytes, 1);
        cursor.protocol = byteAt(cursor.bytes, 0);
        const std::size_t headerSize = unit == 4 ? 4 * (length + 2) : 8 * (length + 1);
        if (!cursor.has(headerSize)) {
            return Kind::HeaderCut;
        }
        cursor.skip(headerSize);
    }
}

std::optional<Kind> readTcp(Cursor &cursor, PacketInfo &info)
{
    if (!cursor.has(20)) {
        return Kind::HeaderCut;
    }
    info.sequence = qFromBigEndian<quint32>(cursor.bytes.data() + 4);
    info.tcpFlags = byteAt(cursor.bytes, 13);
    const std::size_t headerSize = 4 * (byteAt(cursor.bytes, 12) >> 4);
    if (headerSize < 20) {
        return Kind::Other;
    }
    if (!cursor.has(headerSize)) {
        return Kind::HeaderCut;
    }
    cursor.skip(headerSize);
    return std::nullopt;
}

std::optional<Kind> readUdp(Cursor &cursor)
{
    if (!cursor.has(8)) {
        return Kind::HeaderCut;
    }
    const quint16 length = numberAt(cursor.bytes, 4);
    if (length >= 8) {
        cursor.size = std::min<qint64>(cursor.size, length);
    }
    cursor.skip(8);
    return std::nullopt;
}

Kind readHeaders(quint16 linkType, std::span<const char> head, qint64 wireSize, PacketInfo &info)
{
    const std::optional<std::size_t> begin = findIpPacket(linkType, head);
    if (!begin) {
        return Kind::Other;
    }
    Cursor cursor{head, 0, wireSize, 0};
    cursor.skip(*begin);
    if (!cursor.has(1)) {
        return Kind::HeaderCut;
    }
    const int version = byteAt(cursor.bytes, 0) >> 4;
    if (version != 4 && version != 6) {
        return Kind::Other;
    }
    if (const std::optional<Kind> other = version == 4 ? readIPv4(cursor, info.key) : readIPv6(cursor, info.key)) {
        return *other;
    }
    if (cursor.protocol != ProtocolTcp && cursor.protocol != ProtocolUdp) {
        return Kind::Other;
    }
    if (!cursor.has(4)) {
        return Kind::HeaderCut;
    }
    info.key.localPort = numberAt(cursor.bytes, 0);
    info.key.peerPort = numberAt(cursor.bytes, 2);
    const bool isTcp = cursor.protocol == ProtocolTcp;
    info.key.transport = isTcp ? Transport::Tcp : Transport::Udp;
    if (const std::optional<Kind> other = isTcp ? readTcp(cursor, info) : readUdp(cursor)) {
        return *other;
    }
    info.payloadOffset = static_cast<qsizetype>(cursor.offset);
    info.payloadSize = std::max<qint64>(0, cursor.size);
    return isTcp ? Kind::Tcp : Kind::Udp;
}

} // namespace

PacketInfo parsePacket(quint16 linkType, std::span<const char> head, qint64 wireSize)
{
    PacketInfo info;
    info.kind = readHeaders(linkType, head, wireSize, info);
    return info;
}

} // namespace Sidewire
