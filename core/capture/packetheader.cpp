// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "packetheader.h"

#include "core/capture/checksum.h"

#include <QtEndian>

#include <cstring>

namespace Sidewire::PacketHeader {

namespace {

constexpr qsizetype IPv4Size = 20;
constexpr qsizetype IPv6Size = 40;
constexpr qsizetype TcpSize = 20;
constexpr qsizetype UdpSize = 8;
constexpr quint8 HopLimit = 64;
constexpr quint8 ProtocolTcp = 6;
constexpr quint8 ProtocolUdp = 17;

// Maximum segment size (RFC 9293, 3.2), the payload of our longest record; no option; window scale (RFC 7323, 2.2) with a
// shift by 14, a window of 1 GiB.
constexpr unsigned char SynOptions[8] = {2, 4, 0xff, 0xd7, 1, 3, 3, 14};

qsizetype ipSize(const FlowKey &key)
{
    return key.isIPv6 ? IPv6Size : IPv4Size;
}

void put16(char *at, qsizetype value)
{
    qToBigEndian(static_cast<quint16>(value), at);
}

void putRaw16(char *at, quint16 value)
{
    std::memcpy(at, &value, sizeof value);
}

/// Writes the IP header and gives the sum of the pseudo header (RFC 9293, 3.1; RFC 8200, 8.1).
Checksum writeIp(char *at, const FlowKey &key, Direction direction, quint8 protocol, qsizetype size)
{
    const bool isOut = direction == Direction::Out;
    const auto &source = isOut ? key.localAddress : key.peerAddress;
    const auto &destination = isOut ? key.peerAddress : key.localAddress;

    Checksum pseudo;
    char tail[8] = {};
    qToBigEndian(static_cast<quint32>(size), tail);
    tail[7] = static_cast<char>(protocol);
    pseudo.add(tail);

    if (key.isIPv6) {
        std::memset(at, 0, 8);
        at[0] = 0x60;
        put16(at + 4, size);
        at[6] = static_cast<char>(protocol);
        at[7] = static_cast<char>(HopLimit);
        std::memcpy(at + 8, source.data(), 16);
        std::memcpy(at + 24, destination.data(), 16);
        pseudo.add({at + 8, 32});
    } else {
        std::memset(at, 0, 12);
        at[0] = 0x45;
        put16(at + 2, IPv4Size + size);
        at[6] = 0x40; // Don't fragment, so that the identification may be 0 (RFC 6864, 4.1)
        at[8] = static_cast<char>(HopLimit);
        at[9] = static_cast<char>(protocol);
        std::memcpy(at + 12, source.data(), 4);
        std::memcpy(at + 16, destination.data(), 4);
        Checksum header;
        header.add({at, IPv4Size});
        putRaw16(at + 10, header.result());
        pseudo.add({at + 12, 8});
    }
    return pseudo;
}

void writePorts(char *at, const FlowKey &key, Direction direction)
{
    const bool isOut = direction == Direction::Out;
    put16(at, isOut ? key.localPort : key.peerPort);
    put16(at + 2, isOut ? key.peerPort : key.localPort);
}

qsizetype optionsSize(quint8 flags)
{
    return flags & TcpSyn ? qsizetype(sizeof SynOptions) : 0;
}

} // namespace

qsizetype tcpSize(const FlowKey &key, quint8 flags)
{
    return ipSize(key) + TcpSize + optionsSize(flags);
}

qsizetype udpSize(const FlowKey &key)
{
    return ipSize(key) + UdpSize;
}

void writeTcp(char *at, const FlowKey &key, Direction direction, const TcpFields &fields, std::span<const char> payload)
{
    const qsizetype headerSize = TcpSize + optionsSize(fields.flags);
    Checksum sum = writeIp(at, key, direction, ProtocolTcp, headerSize + std::ssize(payload));
    at += ipSize(key);
    writePorts(at, key, direction);
    qToBigEndian(fields.sequence, at + 4);
    qToBigEndian(fields.acknowledgement, at + 8);
    at[12] = static_cast<char>(headerSize / 4 << 4);
    at[13] = static_cast<char>(fields.flags);
    put16(at + 14, 0xffff); // Window
    std::memset(at + 16, 0, 4); // Checksum, urgent pointer
    std::memcpy(at + TcpSize, SynOptions, static_cast<std::size_t>(headerSize - TcpSize));
    sum.add({at, static_cast<std::size_t>(headerSize)});
    sum.add(payload);
    putRaw16(at + 16, sum.result());
}

void writeUdp(char *at, const FlowKey &key, Direction direction, std::span<const char> payload)
{
    const qsizetype size = UdpSize + std::ssize(payload);
    Checksum sum = writeIp(at, key, direction, ProtocolUdp, size);
    at += ipSize(key);
    writePorts(at, key, direction);
    put16(at + 4, size);
    put16(at + 6, 0);
    sum.add({at, UdpSize});
    sum.add(payload);
    const quint16 result = sum.result();
    putRaw16(at + 6, result == 0 ? 0xffff : result); // 0 means "no checksum" (RFC 768)
}

} // namespace Sidewire::PacketHeader
