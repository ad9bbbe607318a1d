// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/blockreader.h"
#include "core/capture/capturereader.h"

#include <algorithm>

namespace Sidewire {

/// Makes records and events of the blocks of a file: one implementation for our logs, one for captures of others.
///
/// Whatever the file holds, connections come out dense: the Opened event of each has the next number, and nothing names
/// a connection before that.
class LogInterpreter
{
public:
    LogInterpreter() = default;
    virtual ~LogInterpreter() = default;
    Q_DISABLE_COPY_MOVE(LogInterpreter)

    virtual void onSection(CaptureVisitor &visitor) = 0; ///< Another one than the first
    virtual void onPacket(const PacketBlock &packet, CaptureVisitor &visitor) = 0;
    virtual void onJournal(QByteArrayView entry, CaptureVisitor &visitor) = 0;

    /// The file is over: tells what is still to be told.
    virtual void finish(CaptureVisitor &visitor) = 0;

    /// A row about the whole log.
    void note(CaptureVisitor &visitor, const QString &message) const;

protected:
    /// Notes are stamped with the latest time that was seen.
    void sawTime(qint64 time) { m_lastTime = std::max(m_lastTime, time); }
    qint64 lastTime() const { return m_lastTime; }

    /// Passes on a record, and a Cut event if the snap length shortened it.
    static void deliver(CaptureVisitor &visitor, const CaptureRecord &record)
    {
        visitor.onRecord(record);
        if (record.flags & quint8(RecordFlag::CutShort)) {
            tellCut(visitor, record);
        }
    }

    /// The same for a packet of `connection`, whose payload stands at `offset` of its direction; moves `offset` past it.
    static void deliver(CaptureVisitor &visitor, const PacketBlock &packet, ConnectionId connection,
                        Direction direction, qint64 &offset)
    {
        const bool isCut = packet.payloadCaptured < packet.payloadSize;
        deliver(visitor,
                {
                    .time = packet.time,
                    .fileOffset = packet.payloadOffset,
                    .streamOffset = offset,
                    .length = packet.payloadCaptured,
                    .wireLength = packet.payloadSize,
                    .connection = connection,
                    .direction = direction,
                    .flags = isCut ? quint8(RecordFlag::CutShort) : quint8(0),
                });
        offset += packet.payloadSize;
    }

    /// An event about `span` of a direction: Retransmitted, Missing or Cut.
    static void tellBytes(CaptureVisitor &visitor, EventType type, qint64 time, ConnectionId connection,
                          Direction direction, ByteSpan span, const QString &message);

private:
    static void tellCut(CaptureVisitor &visitor, const CaptureRecord &record);

    qint64 m_lastTime = 0;
};

} // namespace Sidewire
