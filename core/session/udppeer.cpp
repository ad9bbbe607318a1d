// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "udppeer.h"

#include "core/base/clock.h"
#include "core/net/nativeaddress.h"

#include <utility>

namespace Sidewire {

namespace {

// A peer that sends by two networks in turn must not fill the log with events.
constexpr int MaxPathChanges = 1000;

} // namespace

UdpPeer::UdpPeer(std::unique_ptr<ConnectionRecorder> recorder, DatagramPath path, DatagramPath replyPath)
    : m_recorder(std::move(recorder))
    , m_path(std::move(path))
    , m_replyPath(std::move(replyPath))
{}

void UdpPeer::received(const Datagram &datagram)
{
    if (!m_isHeard || datagram.interface != m_interface) {
        tellInterface(datagram.interface);
    }
    m_recorder->datagram(Direction::In, datagram.bytes, Clock::now());
}

void UdpPeer::tellInterface(uint interface)
{
    m_interface = interface;
    if (!std::exchange(m_isHeard, true)) {
        m_recorder->heard(NativeSocket::interfaceName(interface));
        return;
    }
    if (++m_pathChanges <= MaxPathChanges) {
        m_recorder->pathChanged(NativeSocket::interfaceName(interface));
    } else if (m_pathChanges == MaxPathChanges + 1) {
        m_recorder->session().append(EventType::Note,
                                     QStringLiteral("The interface goes on changing and is not told any more"), {},
                                     Event::Severity::Warning, m_recorder->id());
    }
}

void UdpPeer::sent(QByteArrayView bytes)
{
    m_recorder->datagram(Direction::Out, bytes, Clock::now());
}

std::vector<QByteArray> UdpPeer::answersTo(QByteArrayView datagram, const Answer &answer)
{
    std::vector<SendRequest> requests;
    if (!m_answer) {
        m_answer = answer;
        requests = m_answer->greeting();
    }
    if (!m_answer->isReplyToDatagrams()) {
        return {};
    }
    SendRequest received;
    received.bytes = datagram.toByteArray();
    const Result<std::vector<SendRequest>> replies = m_answer->replyTo(received);
    if (replies) {
        requests.insert(requests.end(), replies->begin(), replies->end());
    } else {
        m_recorder->notAnswered(replies.error());
    }
    const qsizetype largest = CaptureWriter::maxPayload(Transport::Udp, m_replyPath.peer);
    std::vector<QByteArray> result;
    for (const SendRequest &request : requests) {
        if (request.bytes.size() <= largest) {
            result.push_back(request.bytes);
        } else {
            m_recorder->notAnswered(
                {Error::Code::TooLarge,
                 QStringLiteral("%1 bytes do not fit into one datagram").arg(request.bytes.size())});
        }
    }
    return result;
}

} // namespace Sidewire
