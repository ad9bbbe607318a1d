// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/conversation.h"
#include "core/capture/loginterpreter.h"

#include <unordered_map>
#include <vector>

namespace Sidewire {

/// Gives a capture of another program as if it were a log of ours: each TCP or UDP conversation is a connection with its
/// events, its segments in order, and what was retransmitted, lost or cut named where it is.
class ForeignLog final : public LogInterpreter
{
public:
    static constexpr std::size_t MaxConversations = 100'000;
    static constexpr std::size_t MaxWaiting = 1'000'000; ///< Segments held back in all conversations

    void onSection(CaptureVisitor &visitor) override;
    void onPacket(const PacketBlock &packet, CaptureVisitor &visitor) override;
    void onJournal(QByteArrayView entry, CaptureVisitor &visitor) override;
    void finish(CaptureVisitor &visitor) override;

private:
    Conversation *find(const PacketBlock &packet, CaptureVisitor &visitor);
    Conversation *open(const FlowKey &canonical, const PacketBlock &packet, CaptureVisitor &visitor);
    bool isReuse(const Conversation &conversation, const PacketBlock &packet) const;
    void onTcp(Conversation &conversation, const PacketBlock &packet, CaptureVisitor &visitor);
    void onUdp(Conversation &conversation, const PacketBlock &packet, CaptureVisitor &visitor);
    void handleOutcomes(Conversation &conversation, Direction direction, CaptureVisitor &visitor);
    void flush(Conversation &conversation, CaptureVisitor &visitor);
    void tellSkipped(CaptureVisitor &visitor) const;

    std::vector<Conversation> m_conversations;
    std::unordered_map<FlowKey, std::size_t, FlowKeyHash> m_flows; ///< The newest conversation between two ends
    std::pair<const FlowKey, std::size_t> *m_lastFlow = nullptr;
    std::vector<TcpOutcome> m_outcomes; ///< Kept for its memory only
    std::size_t m_waiting = 0;
    qint64 m_fragments = 0;
    qint64 m_others = 0;
    qint64 m_cutHeaders = 0;
    qint64 m_beyondLimit = 0;
};

} // namespace Sidewire
