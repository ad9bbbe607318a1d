// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/capture/flowkey.h"

#include <span>

namespace Sidewire {

enum TcpFlag : quint8 { TcpFin = 0x01, TcpSyn = 0x02, TcpRst = 0x04, TcpPsh = 0x08, TcpAck = 0x10 };

/// What differs between the TCP packets of one conversation.
struct TcpFields
{
    quint32 sequence = 0;
    quint32 acknowledgement = 0;
    quint8 flags = 0;
};

/// The IP and TCP or UDP headers that stand before a record's bytes in a log, with correct lengths and checksums.
namespace PacketHeader {

constexpr qsizetype MaxSize = 68; ///< IPv6, TCP and its options

/// With TcpSyn there are options, among them window scale: without it tshark takes 64 KiB in flight for a full window.
qsizetype tcpSize(const FlowKey &key, quint8 flags);
qsizetype udpSize(const FlowKey &key);

/// Writes the header that belongs before `payload`, sent in `direction`. `at` has room for the size above.
void writeTcp(char *at, const FlowKey &key, Direction direction, const TcpFields &fields,
              std::span<const char> payload);
void writeUdp(char *at, const FlowKey &key, Direction direction, std::span<const char> payload);

} // namespace PacketHeader

} // namespace Sidewire
