// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/loginterpreter.h"

#include <array>
#include <unordered_map>
#include <vector>

namespace Sidewire {

/// Reads a log that CaptureWriter wrote.
///
/// A packet belongs to the newest connection whose Opened or Endpoints event named its ends. Packets without payload are
/// only there for other tools: what they say stands in events.
class OwnLog final : public LogInterpreter
{
public:
    void onSection(CaptureVisitor &visitor) override;
    void onPacket(const PacketBlock &packet, CaptureVisitor &visitor) override;
    void onJournal(QByteArrayView entry, CaptureVisitor &visitor) override;
    void finish(CaptureVisitor &visitor) override;

private:
    struct Connection
    {
        Transport transport = Transport::Tcp;
        std::array<qint64, DirectionCount> offsets{}; ///< Where each direction's stream stands
    };

    bool acceptConnection(Event &event);
    void learnEndpoints(const Event &event);
    const ConnectionId *find(const FlowKey &packet, Direction direction);

    /// The packet before, as its headers have it: the next one is of the same conversation more often than not.
    struct Recent
    {
        FlowKey packet;
        const ConnectionId *connection = nullptr;
    };

    std::vector<Connection> m_connections;
    std::unordered_map<FlowKey, ConnectionId, FlowKeyHash> m_flows;
    std::array<Recent, DirectionCount> m_recent;
    qint64 m_firstOfSection = 0; ///< Numbers in a log start again in each section
    qint64 m_unknownPackets = 0;
};

} // namespace Sidewire
