// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/packetparser.h"
#include "core/capture/readwindow.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace Sidewire {

/// A packet of a pcapng file, its headers understood, its payload still in the file.
struct PacketBlock
{
    qint64 time = 0;
    qint64 payloadOffset = 0; ///< In the file
    quint32 payloadCaptured = 0; ///< Bytes in the file
    quint32 payloadSize = 0; ///< Bytes on the wire
    std::optional<Direction> direction; ///< As the file says (epb_flags)
    PacketInfo info;
};

/// Goes through the blocks of a pcapng file of either byte order, with any number of sections and interfaces.
///
/// Every length is checked against the block and the file before it is used; payloads are passed over without being read
/// where that is cheaper.
class BlockReader
{
public:
    explicit BlockReader(const CaptureFile &file);

    enum class Found {
        Section, ///< See application() and comment()
        Packet, ///< See packet()
        Journal, ///< See journal()
        Other, ///< A block without interest
        End, ///< Read up to `end`
        Torn, ///< The block goes on after `end`
        Damaged, ///< What stands here cannot be a block
        Failed, ///< The disk
    };

    /// Reads the block at position() and moves behind it, unless it is End or worse. Looks at the file up to `end`.
    Found next(qint64 end);

    qint64 position() const { return m_position; }

    const QByteArray &application() const { return m_application; }
    const QByteArray &comment() const { return m_comment; }
    const PacketBlock &packet() const { return m_packet; }
    QByteArrayView journal() const { return m_journal; } ///< Until the next call

private:
    struct Interface
    {
        quint16 linkType = 0;
        quint8 timeResolution = 6; ///< As if_tsresol has it: microseconds
        qint64 timeOffset = 0; ///< Seconds
    };
    struct PacketHead
    {
        quint32 interface = 0;
        qint64 headSize = 0; ///< Of the block before the packet
        qint64 captured = 0;
        qint64 original = 0;
        quint64 ticks = 0;
        bool hasTicks = true;
    };

    template<typename T>
    T number(const char *at) const;

    Found readSection(qint64 end);
    Found readBlock(quint32 type, qint64 length);
    Found readInterface(qint64 length);
    Found readEnhancedPacket(qint64 length);
    Found readSimplePacket(qint64 length);
    Found readObsoletePacket(qint64 length);
    Found readPacket(const PacketHead &head, qint64 length);
    Found readJournal(qint64 length);
    QByteArrayView options(qint64 begin, qint64 end);
    template<typename Use>
    void readOptions(QByteArrayView options, Use use) const;
    Found failure() const { return m_window.hasFailed() ? Found::Failed : Found::Damaged; }

    ReadWindow m_window;
    qint64 m_position = 0;
    bool m_isSwapped = false;
    std::vector<Interface> m_interfaces;
    QByteArray m_application;
    QByteArray m_comment;
    PacketBlock m_packet;
    QByteArrayView m_journal;
};

} // namespace Sidewire
