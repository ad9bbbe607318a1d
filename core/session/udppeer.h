// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/nativedatagram.h"
#include "core/session/answer.h"
#include "core/session/connectionrecorder.h"

#include <memory>
#include <optional>
#include <vector>

namespace Sidewire {

/// One connection of a UDP port: what came by one path, what left by it, and by which interface it came.
class UdpPeer final
{
public:
    /// `replyPath` differs from `path` where that ends in a group: an answer leaves from an address of ours.
    UdpPeer(std::unique_ptr<ConnectionRecorder> recorder, DatagramPath path, DatagramPath replyPath);

    ConnectionRecorder &recorder() { return *m_recorder; }
    const DatagramPath &path() const { return m_path; }
    const DatagramPath &replyPath() const { return m_replyPath; }

    void received(const Datagram &datagram);
    void sent(QByteArrayView bytes);

    /// What a listener with this answer sends to whoever sent `datagram`, after the greeting if it is the first. What
    /// cannot be sent is lost, as datagrams may be; the log says why.
    std::vector<QByteArray> answersTo(QByteArrayView datagram, const Answer &answer);

private:
    void tellInterface(uint interface);

    std::unique_ptr<ConnectionRecorder> m_recorder;
    DatagramPath m_path;
    DatagramPath m_replyPath;
    std::optional<Answer> m_answer; ///< A copy for this peer, from the first datagram on
    bool m_isHeard = false;
    uint m_interface = 0;
    int m_pathChanges = 0;
};

} // namespace Sidewire
