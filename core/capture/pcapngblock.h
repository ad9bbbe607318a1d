// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <QByteArray>
#include <QByteArrayView>

/// The pcapng format (draft-ietf-opsawg-pcapng) as far as this program writes and reads it.
namespace Sidewire::Pcapng {

enum BlockType : quint32 {
    SectionHeaderBlock = 0x0a0d0d0a,
    InterfaceBlock = 1,
    ObsoletePacketBlock = 2,
    SimplePacketBlock = 3,
    EnhancedPacketBlock = 6,
    JournalBlock = 9, // systemd Journal Export
};

enum Option : quint16 {
    EndOfOptions = 0,
    Comment = 1,
    SectionApplication = 4,
    InterfaceName = 2,
    InterfaceTimeResolution = 9,
    InterfaceTimeOffset = 14,
    PacketFlags = 2,
};

enum LinkType : quint16 {
    LinkNull = 0,
    LinkEthernet = 1,
    LinkRawOld = 12,
    LinkRaw = 101,
    LinkLoop = 108,
    LinkLinuxSll = 113,
    LinkIPv4 = 228,
    LinkIPv6 = 229,
    LinkLinuxSll2 = 276,
};

constexpr quint32 ByteOrderMagic = 0x1a2b3c4d;

constexpr qsizetype BlockOverhead = 12; ///< Type, length and length again
constexpr qsizetype PacketHeadSize = 28; ///< Of an enhanced packet block, up to the packet

constexpr qsizetype padded(qsizetype size)
{
    return (size + 3) & ~qsizetype(3);
}

/// epb_flags, bits 0 and 1.
constexpr quint32 packetFlags(Direction direction)
{
    return direction == Direction::In ? 1 : 2;
}

/// The blocks at the start of a log. `comment` is what the section header carries for us.
QByteArray sectionHeader(QByteArrayView application, QByteArrayView comment);
QByteArray rawInterface(QByteArrayView name, QByteArrayView comment);

QByteArray journalBlock(QByteArrayView entry);

// An enhanced packet block is written in place around a packet that already stands at `at` + PacketHeadSize.

/// Size of what follows the packet: padding, flags, a comment if there is one, the length again.
qsizetype packetTailSize(qsizetype packetSize, QByteArrayView comment = {});

/// Writes head and tail; the block is PacketHeadSize + packetSize + packetTailSize() long.
void finishPacket(char *at, qsizetype packetSize, Direction direction, qint64 time, QByteArrayView comment = {});

} // namespace Sidewire::Pcapng
