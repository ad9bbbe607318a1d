// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "captureflow.h"

namespace Sidewire {

CaptureFlow::CaptureFlow(ConnectionId connection, const FlowKey &key)
    : m_key(key)
{
    // Different for each connection, so that one between the same ports as an earlier one is not taken for a repetition.
    const quint32 number = 2 * toNumber(connection);
    m_sequence = {number * 0x9e3779b1, (number + 1) * 0x9e3779b1};
}

TcpFields CaptureFlow::next(Direction direction, quint8 flags, qsizetype size)
{
    const std::size_t own = indexOf(direction);
    const std::size_t other = indexOf(opposite(direction));
    TcpFields fields{m_sequence[own], 0, flags};
    if (flags & TcpAck) {
        fields.acknowledgement = m_sequence[other];
        m_unacknowledged[other] = 0;
    }
    m_sequence[own] += static_cast<quint32>(size);
    if (flags & (TcpSyn | TcpFin)) {
        ++m_sequence[own]; // Both take a sequence number (RFC 9293, 3.4)
    }
    m_unacknowledged[own] += size > 0 ? 1 : 0;
    m_isFinished[own] = m_isFinished[own] || (flags & TcpFin);
    m_isReset = m_isReset || (flags & TcpRst);
    return fields;
}

bool CaptureFlow::needsAcknowledgement(Direction direction) const
{
    return m_unacknowledged[indexOf(direction)] >= AcknowledgeEvery;
}

} // namespace Sidewire
