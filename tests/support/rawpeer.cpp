// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "rawpeer.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Sidewire::TestSupport {

namespace {

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

void prepare(int socket)
{
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

quint16 portOf(int socket)
{
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.sin_port);
}

} // namespace

RawPeer::RawPeer(Accepting accepting)
    : m_accepting(accepting)
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(0);
    ::bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
    ::listen(m_listener, accepting == Accepting::Never ? 0 : 16);
    ::fcntl(m_listener, F_SETFL, O_NONBLOCK);
    m_port = portOf(m_listener);
    if (accepting == Accepting::Never) {
        const sockaddr_in target = loopback(m_port);
        for (int i = 0; i < 4; ++i) {
            const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            [[maybe_unused]] const int pending =
                ::connect(filler, reinterpret_cast<const sockaddr *>(&target), sizeof(target));
            m_fillers.push_back(filler);
        }
    }
}

RawPeer::RawPeer(Client)
{}

RawPeer::~RawPeer()
{
    for (const int filler : m_fillers) {
        ::close(filler);
    }
    close();
    if (m_listener >= 0) {
        ::close(m_listener);
    }
}

std::unique_ptr<RawPeer> RawPeer::connectTo(quint16 port)
{
    std::unique_ptr<RawPeer> peer(new RawPeer(Client()));
    peer->m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in target = loopback(port);
    if (::connect(peer->m_socket, reinterpret_cast<const sockaddr *>(&target), sizeof(target)) != 0) {
        peer->close();
        return peer;
    }
    prepare(peer->m_socket);
    peer->m_port = portOf(peer->m_socket);
    return peer;
}

quint16 RawPeer::unusedPort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(0);
    ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address));
    const quint16 port = portOf(socket);
    ::close(socket);
    return port;
}

void RawPeer::pump()
{
    if (m_socket < 0 && m_listener >= 0 && m_accepting == Accepting::Yes && !m_isFinReceived && !m_isReset) {
        m_socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (m_socket >= 0) {
            prepare(m_socket);
        }
    }
    if (m_socket < 0) {
        return;
    }
    while (!m_unsent.isEmpty()) {
        const ssize_t sent = ::send(m_socket, m_unsent.constData(), size_t(m_unsent.size()), MSG_NOSIGNAL);
        if (sent <= 0) {
            m_isReset = m_isReset || (sent < 0 && (errno == ECONNRESET || errno == EPIPE));
            break;
        }
        m_unsent.remove(0, sent);
    }
    if (m_wantsFin && m_unsent.isEmpty()) {
        ::shutdown(m_socket, SHUT_WR);
        m_wantsFin = false;
    }
    static std::array<char, 256 * 1024> buffer;
    while (m_isReading && !m_isFinReceived && !m_isReset) {
        const ssize_t size = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (size > 0) {
            m_received.append(buffer.data(), size);
            continue;
        }
        m_isFinReceived = size == 0;
        m_isReset = size < 0 && errno == ECONNRESET;
        break;
    }
}

bool RawPeer::isConnected()
{
    pump();
    return m_socket >= 0;
}

void RawPeer::send(const QByteArray &bytes)
{
    m_unsent.append(bytes);
    pump();
}

qsizetype RawPeer::unsent()
{
    pump();
    return m_unsent.size();
}

void RawPeer::finishSending()
{
    m_wantsFin = true;
    pump();
}

void RawPeer::reset()
{
    const linger now{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    close();
}

void RawPeer::close()
{
    if (m_socket >= 0) {
        ::close(m_socket);
        m_socket = -1;
        m_isFinReceived = true; // and no other client
    }
}

const QByteArray &RawPeer::received()
{
    pump();
    return m_received;
}

bool RawPeer::isFinReceived()
{
    pump();
    return m_isFinReceived;
}

bool RawPeer::isReset()
{
    pump();
    return m_isReset;
}

} // namespace Sidewire::TestSupport
