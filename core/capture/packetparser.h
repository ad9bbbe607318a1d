// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/flowkey.h"

#include <span>

namespace Sidewire {

/// What the headers of a captured packet say. All but the kind is only of Tcp and Udp.
struct PacketInfo
{
    enum class Kind : quint8 {
        Tcp,
        Udp,
        Fragment, ///< Of an IP packet
        Other, ///< Neither TCP nor UDP over IP
        HeaderCut, ///< The capture holds too little of it to tell
    };

    Kind kind = Kind::Other;
    quint8 tcpFlags = 0; ///< TcpFlag bits
    quint32 sequence = 0;
    FlowKey key; ///< Local is the sender
    qsizetype payloadOffset = 0; ///< In the captured bytes
    qint64 payloadSize = 0; ///< On the wire; less may be captured
};

/// The first bytes of a packet that parsePacket() wants: more than link, IP and TCP headers take.
constexpr qsizetype PacketParserWindow = 512;

/// Reads the headers at the beginning of a packet: `head` are its first captured bytes, `wireSize` is what it had on the wire.
PacketInfo parsePacket(quint16 linkType, std::span<const char> head, qint64 wireSize);

} // namespace Sidewire
