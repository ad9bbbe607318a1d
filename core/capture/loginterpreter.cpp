// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "loginterpreter.h"

namespace Sidewire {

void LogInterpreter::note(CaptureVisitor &visitor, const QString &message) const
{
    Event event;
    event.time = m_lastTime;
    event.severity = Event::Severity::Warning;
    event.message = message;
    visitor.onEvent(event);
}

void LogInterpreter::tellCut(CaptureVisitor &visitor, const CaptureRecord &record)
{
    const qint64 begin = record.streamOffset + record.length;
    tellBytes(visitor, EventType::Cut, record.time, record.connection, record.direction,
              {begin, record.streamOffset + record.wireLength},
              QStringLiteral("%1 bytes were not captured: the snap length cut the packet")
                  .arg(record.wireLength - record.length));
}

void LogInterpreter::tellBytes(CaptureVisitor &visitor, EventType type, qint64 time, ConnectionId connection,
                               Direction direction, ByteSpan span, const QString &message)
{
    Event event;
    event.time = time;
    event.type = type;
    event.severity = Event::Severity::Warning;
    event.connection = connection;
    event.message = message;
    event.data = {
        {QStringLiteral("direction"), direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out")},
        {QStringLiteral("bytes"), span.size()},
        {QStringLiteral("offset"), span.begin},
    };
    visitor.onEvent(event);
}

} // namespace Sidewire
