// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "foreignlog.h"

#include "core/capture/conversationevents.h"
#include "core/capture/journalentry.h"
#include "core/capture/packetheader.h"

#include <tuple>

namespace Sidewire {

namespace {

const QString TcpPhase = QStringLiteral("tcp");
const QString OpenPhase = QStringLiteral("open");

/// The same key for both directions.
FlowKey canonical(const FlowKey &key)
{
    const bool isOrdered = std::tie(key.localAddress, key.localPort) <= std::tie(key.peerAddress, key.peerPort);
    return isOrdered ? key : key.swapped();
}

bool isOpening(const PacketBlock &packet)
{
    return packet.info.kind == PacketInfo::Kind::Tcp && (packet.info.tcpFlags & (TcpSyn | TcpAck)) == TcpSyn;
}

/// Whether the sender of the first packet seen is the side that opened the conversation.
bool isFromOpener(const PacketInfo &info)
{
    if (info.kind == PacketInfo::Kind::Tcp && (info.tcpFlags & TcpSyn)) {
        return !(info.tcpFlags & TcpAck);
    }
    return info.key.localPort >= info.key.peerPort; // Servers have the low ports
}

Direction directionOf(const Conversation &conversation, const PacketBlock &packet)
{
    return packet.info.key == conversation.key ? Direction::Out : Direction::In;
}

void becomeOpen(Conversation &conversation, qint64 time, CaptureVisitor &visitor)
{
    conversation.isOpen = true;
    visitor.onEvent(ConversationEvents::phaseStarted(conversation, OpenPhase, time));
    if (conversation.key.transport == Transport::Tcp) {
        for (const Direction direction : {Direction::Out, Direction::In}) {
            visitor.onEvent(
                ConversationEvents::directionChanged(conversation, direction, QStringLiteral("open"), time));
        }
    }
}

void close(Conversation &conversation, ConversationEvents::End end, Direction by, qint64 time, CaptureVisitor &visitor)
{
    if (!conversation.isClosed) {
        conversation.isClosed = true;
        visitor.onEvent(ConversationEvents::closed(conversation, end, by, time));
    }
}

} // namespace

void ForeignLog::onSection(CaptureVisitor &)
{} // The same conversations may go on in the next section

void ForeignLog::onJournal(QByteArrayView entry, CaptureVisitor &visitor)
{
    // What a person marked in this program stands behind the packets of a saved copy.
    const std::optional<Event> event = JournalEntry::toEvent(entry);
    if (event && event->type == EventType::Note && event->connection
        && toNumber(*event->connection) < m_conversations.size()) {
        visitor.onEvent(*event);
    }
}

void ForeignLog::onPacket(const PacketBlock &packet, CaptureVisitor &visitor)
{
    sawTime(packet.time);
    switch (packet.info.kind) {
    case PacketInfo::Kind::Fragment:
        ++m_fragments;
        return;
    case PacketInfo::Kind::Other:
        ++m_others;
        return;
    case PacketInfo::Kind::HeaderCut:
        ++m_cutHeaders;
        return;
    case PacketInfo::Kind::Tcp:
    case PacketInfo::Kind::Udp:
        break;
    }
    Conversation *conversation = find(packet, visitor);
    if (!conversation) {
        ++m_beyondLimit;
    } else if (packet.info.kind == PacketInfo::Kind::Tcp) {
        onTcp(*conversation, packet, visitor);
    } else {
        onUdp(*conversation, packet, visitor);
    }
}

void ForeignLog::finish(CaptureVisitor &visitor)
{
    for (Conversation &conversation : m_conversations) {
        flush(conversation, visitor);
        close(conversation, ConversationEvents::End::EndOfCapture, Direction::In, lastTime(), visitor);
    }
    tellSkipped(visitor);
}

Conversation *ForeignLog::find(const PacketBlock &packet, CaptureVisitor &visitor)
{
    const FlowKey key = canonical(packet.info.key);
    if (!m_lastFlow || !(m_lastFlow->first == key)) {
        const auto found = m_flows.find(key);
        if (found == m_flows.end()) {
            return open(key, packet, visitor);
        }
        m_lastFlow = &*found;
    }
    Conversation &conversation = m_conversations[m_lastFlow->second];
    if (!isReuse(conversation, packet)) {
        return &conversation;
    }
    flush(conversation, visitor);
    close(conversation, ConversationEvents::End::EndOfCapture, Direction::In, packet.time, visitor);
    return open(key, packet, visitor);
}

Conversation *ForeignLog::open(const FlowKey &canonicalKey, const PacketBlock &packet, CaptureVisitor &visitor)
{
    if (m_conversations.size() >= MaxConversations) {
        return nullptr;
    }
    const std::size_t index = m_conversations.size();
    Conversation &conversation = m_conversations.emplace_back();
    conversation.id = ConnectionId(index);
    conversation.key = isFromOpener(packet.info) ? packet.info.key : packet.info.key.swapped();
    conversation.begin = packet.time;
    m_lastFlow = &*m_flows.insert_or_assign(canonicalKey, index).first;

    visitor.onEvent(ConversationEvents::opened(conversation, packet.time));
    if (packet.info.kind == PacketInfo::Kind::Tcp && (packet.info.tcpFlags & TcpSyn)) {
        visitor.onEvent(ConversationEvents::phaseStarted(conversation, TcpPhase, packet.time));
    } else {
        becomeOpen(conversation, packet.time, visitor);
    }
    return &conversation;
}

/// A SYN that begins another conversation between the same ends, as opposed to the same SYN again.
bool ForeignLog::isReuse(const Conversation &conversation, const PacketBlock &packet) const
{
    if (!isOpening(packet)) {
        return false;
    }
    const TcpReassembly &stream = conversation.streams[indexOf(directionOf(conversation, packet))];
    const bool isSameSyn = stream.firstSequence() == packet.info.sequence + 1;
    return conversation.isClosed || (stream.isStarted() && !isSameSyn);
}

void ForeignLog::onTcp(Conversation &conversation, const PacketBlock &packet, CaptureVisitor &visitor)
{
    using namespace ConversationEvents;
    const PacketInfo &info = packet.info;
    const Direction direction = directionOf(conversation, packet);
    TcpReassembly &stream = conversation.streams[indexOf(direction)];
    const std::size_t waitingBefore = stream.waiting();

    quint32 sequence = info.sequence;
    if (info.tcpFlags & TcpSyn) {
        ++sequence; // Takes a sequence number, before any payload (RFC 9293, 3.4)
        if (!stream.isStarted()) {
            stream.start(sequence);
        }
    } else if (!conversation.isOpen && !(info.tcpFlags & TcpRst)) {
        visitor.onEvent(phaseEnded(conversation, TcpPhase, true, packet.time));
        becomeOpen(conversation, packet.time, visitor);
    }
    if (packet.payloadSize > 0) {
        stream.add({sequence, packet.payloadSize, packet.payloadCaptured, packet.payloadOffset, packet.time},
                   m_outcomes);
    }
    if (info.tcpFlags & TcpFin) {
        stream.finish(sequence + packet.payloadSize, packet.time, m_outcomes);
    }
    m_waiting += stream.waiting() - waitingBefore;
    if (m_waiting > MaxWaiting) {
        m_waiting -= stream.waiting();
        stream.flush(m_outcomes);
    }
    handleOutcomes(conversation, direction, visitor);

    if ((info.tcpFlags & TcpRst) && !conversation.isClosed) {
        flush(conversation, visitor);
        if (!conversation.isOpen) {
            visitor.onEvent(phaseEnded(conversation, TcpPhase, false, packet.time));
        }
        close(conversation, conversation.isOpen ? End::Rst : End::Refused, direction, packet.time, visitor);
    }
}

void ForeignLog::onUdp(Conversation &conversation, const PacketBlock &packet, CaptureVisitor &visitor)
{
    const Direction direction = directionOf(conversation, packet);
    if (direction == Direction::In && !conversation.hasHeardFromPeer) {
        conversation.hasHeardFromPeer = true;
        visitor.onEvent(ConversationEvents::heard(conversation, packet.time));
    }
    deliver(visitor, packet, conversation.id, direction, conversation.offsets[indexOf(direction)]);
}

void ForeignLog::handleOutcomes(Conversation &conversation, Direction direction, CaptureVisitor &visitor)
{
    using Kind = TcpOutcome::Kind;
    const auto tell = [&](EventType type, const TcpOutcome &outcome, const QString &sentence) {
        tellBytes(visitor, type, outcome.time, conversation.id, direction, outcome.span,
                  sentence.arg(outcome.span.size()));
    };
    for (const TcpOutcome &outcome : m_outcomes) {
        const auto size = static_cast<quint32>(outcome.span.size());
        quint8 flags = 0;
        switch (outcome.kind) {
        case Kind::Data:
            flags |= outcome.hasGapBefore ? quint8(RecordFlag::GapBefore) : quint8(0);
            flags |= outcome.stored < size ? quint8(RecordFlag::CutShort) : quint8(0);
            deliver(visitor,
                    {
                        .time = outcome.time,
                        .fileOffset = outcome.fileOffset,
                        .streamOffset = outcome.span.begin,
                        .length = outcome.stored,
                        .wireLength = size,
                        .connection = conversation.id,
                        .direction = direction,
                        .flags = flags,
                    });
            break;
        case Kind::Retransmitted:
            tell(EventType::Retransmitted, outcome, QStringLiteral("%1 bytes were retransmitted"));
            break;
        case Kind::Missing:
            tell(EventType::Missing, outcome, QStringLiteral("%1 bytes are missing: the capture does not hold them"));
            break;
        case Kind::TooEarly:
            tell(EventType::Missing, outcome,
                 QStringLiteral("%1 bytes from before the first segment of this capture are not shown"));
            break;
        case Kind::Fin:
            if (!conversation.hasFin[indexOf(opposite(direction))]) {
                conversation.firstFin = direction;
            }
            conversation.hasFin[indexOf(direction)] = true;
            visitor.onEvent(
                ConversationEvents::directionChanged(conversation, direction, QStringLiteral("fin"), outcome.time));
            if (conversation.hasFin[indexOf(opposite(direction))]) {
                close(conversation, ConversationEvents::End::Fin, conversation.firstFin, outcome.time, visitor);
            }
            break;
        }
    }
    m_outcomes.clear();
}

void ForeignLog::flush(Conversation &conversation, CaptureVisitor &visitor)
{
    for (const Direction direction : {Direction::Out, Direction::In}) {
        TcpReassembly &stream = conversation.streams[indexOf(direction)];
        m_waiting -= stream.waiting();
        stream.flush(m_outcomes);
        handleOutcomes(conversation, direction, visitor);
    }
}

void ForeignLog::tellSkipped(CaptureVisitor &visitor) const
{
    const auto tell = [&](qint64 count, const QString &sentence) {
        if (count > 0) {
            note(visitor, sentence.arg(count));
        }
    };
    tell(m_others, QStringLiteral("%1 packets that are neither TCP nor UDP over IP are not shown"));
    tell(m_fragments, QStringLiteral("%1 fragments of IP packets are not shown"));
    tell(m_cutHeaders, QStringLiteral("%1 packets were captured without their whole headers and are not shown"));
    tell(m_beyondLimit,
         QStringLiteral("%1 packets are not shown: they belong to conversations beyond the first 100,000"));
}

} // namespace Sidewire
