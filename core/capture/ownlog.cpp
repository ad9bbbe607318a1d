// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "ownlog.h"

#include "core/capture/journalentry.h"

namespace Sidewire {

void OwnLog::onSection(CaptureVisitor &)
{
    m_firstOfSection = std::ssize(m_connections);
    m_flows.clear();
    m_recent = {};
}

void OwnLog::onPacket(const PacketBlock &packet, CaptureVisitor &visitor)
{
    sawTime(packet.time);
    const bool isTcp = packet.info.kind == PacketInfo::Kind::Tcp;
    const bool isPacket = isTcp || packet.info.kind == PacketInfo::Kind::Udp;
    if (isTcp && packet.payloadSize == 0) {
        return;
    }
    const ConnectionId *connection = isPacket && packet.direction ? find(packet.info.key, *packet.direction) : nullptr;
    if (!connection) {
        ++m_unknownPackets;
        return;
    }
    qint64 &offset = m_connections[toNumber(*connection)].offsets[indexOf(*packet.direction)];
    deliver(visitor, packet, *connection, *packet.direction, offset);
}

void OwnLog::onJournal(QByteArrayView entry, CaptureVisitor &visitor)
{
    std::optional<Event> event = JournalEntry::toEvent(entry);
    if (!event) {
        return; // Of another program, merged into this file
    }
    sawTime(event->time);
    if (!acceptConnection(*event)) {
        event->type = EventType::Note;
        event->connection.reset();
    }
    if (event->type == EventType::Opened || event->type == EventType::Endpoints) {
        learnEndpoints(*event);
    }
    visitor.onEvent(*event);
}

void OwnLog::finish(CaptureVisitor &visitor)
{
    if (m_unknownPackets > 0) {
        note(visitor,
             QStringLiteral("%1 packets belong to no connection of this log and are not shown").arg(m_unknownPackets));
    }
}

/// Whether the event's connection is what the order of the log allows.
bool OwnLog::acceptConnection(Event &event)
{
    if (!event.connection) {
        return event.type != EventType::Opened;
    }
    const qint64 number = m_firstOfSection + toNumber(*event.connection);
    const qint64 count = std::ssize(m_connections);
    if (event.type == EventType::Opened) {
        if (number != count) {
            return false;
        }
        Connection connection;
        if (event.data.value(QLatin1StringView("transport")) == QLatin1StringView("udp")) {
            connection.transport = Transport::Udp;
        }
        m_connections.push_back(connection);
    } else if (number >= count) {
        return false;
    }
    event.connection = ConnectionId(number);
    return true;
}

void OwnLog::learnEndpoints(const Event &event)
{
    if (!event.connection) {
        return;
    }
    const Endpoint local = Endpoint::fromString(event.data.value(QLatin1StringView("local")).toString());
    const Endpoint peer = Endpoint::fromString(event.data.value(QLatin1StringView("peer")).toString());
    if (local.isNull() || peer.isNull()) {
        return; // An Endpoints event follows
    }
    const Transport transport = m_connections[toNumber(*event.connection)].transport;
    m_flows.insert_or_assign(FlowKey::from(transport, local, peer), *event.connection);
}

const ConnectionId *OwnLog::find(const FlowKey &packet, Direction direction)
{
    Recent &recent = m_recent[indexOf(direction)];
    if (!recent.connection || !(recent.packet == packet)) {
        const auto found = m_flows.find(direction == Direction::Out ? packet : packet.swapped());
        if (found == m_flows.end()) {
            return nullptr;
        }
        recent = {packet, &found->second}; // Stays where it is while others are added
    }
    return recent.connection;
}

} // namespace Sidewire
