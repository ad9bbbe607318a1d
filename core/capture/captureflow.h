// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/flowkey.h"
#include "core/capture/packetheader.h"

#include <array>

namespace Sidewire {

/// What the writer knows of one connection: its ends and, for TCP, where both directions stand, so that the packets made
/// up around its bytes fit each other. Sequence numbers wrap at 2^32.
class CaptureFlow
{
public:
    /// An acknowledgement of its own is due after so many packets in one direction: tshark takes more than 10,000 for
    /// a fault.
    static constexpr int AcknowledgeEvery = 500;

    CaptureFlow(ConnectionId connection, const FlowKey &key);

    const FlowKey &key() const { return m_key; }
    bool isTcp() const { return m_key.transport == Transport::Tcp; }

    /// The fields of the next packet from `direction`, which has `flags` and takes `size` bytes of payload.
    TcpFields next(Direction direction, quint8 flags, qsizetype size);

    /// Whether the side opposite to `direction` has to acknowledge now.
    bool needsAcknowledgement(Direction direction) const;

    bool isFinished(Direction direction) const { return m_isFinished[indexOf(direction)]; }
    bool isReset() const { return m_isReset; }

private:
    FlowKey m_key;
    std::array<quint32, DirectionCount> m_sequence{};
    std::array<int, DirectionCount> m_unacknowledged{};
    std::array<bool, DirectionCount> m_isFinished{};
    bool m_isReset = false;
};

} // namespace Sidewire
