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

std::vector<QByteArray> UdpPeer::answersTo(QByteArrayView datagram, const AnswerOptions &options)
{
    using Kind = AnswerOptions::Kind;
    switch (options.kind) {
    case Kind::Echo:
    case Kind::Greet:
        return {datagram.toByteArray()};
    case Kind::Text:
        return {options.text};
    case Kind::Unruly:
        if (!m_unruly) {
            m_unruly.emplace(options.seed);
        }
        return m_unruly->fate(datagram.toByteArray());
    case Kind::File:
    case Kind::None:
    case Kind::Discard:
    case Kind::Clock:
        break;
    }
    return {};
}

void UdpPeer::answerFailed(const Error &error)
{
    if (!std::exchange(m_hasAnswerFailed, true)) {
        m_recorder->notSent(error);
    }
}

} // namespace Sidewire
