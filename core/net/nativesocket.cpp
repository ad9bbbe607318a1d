// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativesocket.h"

#include "core/base/workerpool.h"
#include "core/net/nativeoptions.h"

#include <cerrno>
#include <cstring>
#include <utility>

#if defined(Q_OS_UNIX)
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace Sidewire {

namespace NativeSocket {

Error errorFrom(int systemError, const QString &where)
{
    using Code = Error::Code;
    switch (systemError) {
    case ECONNREFUSED:
        return {Code::Refused, QStringLiteral("connection refused by %1").arg(where)};
    case ECONNRESET:
    case EPIPE:
        return {Code::Closed, QStringLiteral("connection reset by %1").arg(where)};
    case ETIMEDOUT:
        return {Code::Timeout, QStringLiteral("%1 did not answer").arg(where)};
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
        return {Code::Network, QStringLiteral("no route to %1").arg(where)};
    case EADDRINUSE:
        return {Code::AddressInUse, QStringLiteral("the local address is in use")};
    case EADDRNOTAVAIL:
        return {Code::AddressNotAvailable, QStringLiteral("the local address is not one of this machine")};
    case EACCES:
    case EPERM:
        return {Code::PermissionDenied, QStringLiteral("the system does not permit it (%1)").arg(where)};
    default:
        return {Code::Network, QStringLiteral("%1: %2").arg(where, QString::fromLocal8Bit(std::strerror(systemError)))};
    }
}

Error bindError(int systemError, const Endpoint &local)
{
    using Code = Error::Code;
    const QString where = local.address.isNull() ? QStringLiteral("port %1").arg(local.port) : local.toString();
    switch (systemError) {
    case EADDRINUSE:
        return {Code::AddressInUse, QStringLiteral("%1 is in use, by another session or another program").arg(where)};
    case EADDRNOTAVAIL:
        return {Code::AddressNotAvailable,
                QStringLiteral("%1 is not an address of this machine").arg(local.address.toString())};
    case EACCES:
        return {Code::PermissionDenied,
                QStringLiteral("the system does not permit %1; ports below 1024 often need more rights").arg(where)};
    default:
        return errorFrom(systemError, where);
    }
}

Error lastError(const QString &where)
{
    return errorFrom(errno, where);
}

#if defined(Q_OS_UNIX)

namespace {

int openDescriptor(int family, int type)
{
    const int descriptor = ::socket(family, type, 0);
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    }
    return descriptor;
}

int familyFor(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv6Protocol ? AF_INET6 : AF_INET;
}

/// Closes a socket again unless it is handed over.
class Guard final
{
    Q_DISABLE_COPY_MOVE(Guard)

public:
    explicit Guard(qintptr descriptor)
        : m_descriptor(static_cast<int>(descriptor))
    {}
    ~Guard()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }

    int get() const { return m_descriptor; }
    qintptr release() { return std::exchange(m_descriptor, -1); }

private:
    int m_descriptor;
};

Result<void> bind(int descriptor, const Endpoint &local)
{
    SocketAddress native;
    const socklen_t size = toNative(local, native, familyOf(descriptor));
    return ::bind(descriptor, &native.any, size) == 0 ? Result<void>() : bindError(errno, local);
}

/// Why connecting could not even begin.
Error connectError(int systemError, const Endpoint &peer, const Endpoint &bind)
{
    if (systemError == EADDRNOTAVAIL && bind.port != 0) {
        return {Error::Code::AddressInUse,
                QStringLiteral("there is a connection from port %1 to %2 already").arg(bind.port).arg(peer.toString())};
    }
    if (systemError == EADDRNOTAVAIL) {
        return {Error::Code::AddressNotAvailable,
                QStringLiteral("no local port is free towards %1").arg(peer.toString())};
    }
    return errorFrom(systemError, peer.toString());
}

QHostAddress anyOf(const QHostAddress &family)
{
    return QHostAddress(family.protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress::AnyIPv6
                                                                           : QHostAddress::AnyIPv4);
}

} // namespace

Received receive(QAbstractSocket &socket, std::span<char> room, const Endpoint &peer)
{
    const auto descriptor = static_cast<int>(socket.socketDescriptor());
    char byte = 0;
    const ssize_t size = room.empty() ? ::recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT)
                                      : ::recv(descriptor, room.data(), room.size(), MSG_DONTWAIT);
    if (size > 0) {
        return {Received::What::Data, room.empty() ? 0 : size, {}};
    }
    if (size == 0) {
        return {Received::What::End, 0, {}};
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
        return {};
    }
    return {Received::What::Failed, 0, lastError(peer.toString())};
}

Result<qintptr> openSocket(Type type, const QHostAddress &local, SocketSettings::Family family)
{
    using Family = SocketSettings::Family;
    const bool isAny = local.isNull() || local == QHostAddress(QHostAddress::AnyIPv6);
    const bool isV4 = local.isNull() ? family == Family::IPv4 : local.protocol() == QAbstractSocket::IPv4Protocol;
    if (isV4 ? family == Family::IPv6 : family == Family::IPv4) {
        return Error{Error::Code::Usage,
                     QStringLiteral("%1 is not of the family that the option family asks for").arg(local.toString())};
    }
    const int nativeType = type == Type::Stream ? SOCK_STREAM : SOCK_DGRAM;
    int descriptor = openDescriptor(isV4 ? AF_INET : AF_INET6, nativeType);
    if (descriptor < 0 && errno == EAFNOSUPPORT && local.isNull() && family == Family::Any) {
        descriptor = openDescriptor(AF_INET, nativeType); // A machine without IPv6
    }
    if (descriptor < 0) {
        return lastError(QStringLiteral("a socket"));
    }
    const int isOnlyV6 = isAny && family == Family::Any ? 0 : 1;
    ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &isOnlyV6, sizeof(isOnlyV6));
    return qintptr(descriptor);
}

Result<qintptr> startConnect(const Endpoint &peer, const SocketSettings &settings)
{
    Guard socket(openDescriptor(familyFor(peer.address), SOCK_STREAM));
    if (socket.get() < 0) {
        return lastError(peer.toString());
    }
    if (const Result<void> applied = NativeOptions::apply(socket.get(), settings, NativeOptions::Kind::Connecting);
        !applied) {
        return applied.error();
    }
    if (!settings.bind.isNull()) {
        const QHostAddress &address = settings.bind.address;
        if (const Result<void> bound =
                bind(socket.get(), {address.isNull() ? anyOf(peer.address) : address, settings.bind.port});
            !bound) {
            return bound.error();
        }
    }
    SocketAddress native;
    const socklen_t size = toNative(peer, native);
    if (::connect(socket.get(), &native.any, size) != 0 && errno != EINPROGRESS) {
        return connectError(errno, peer, settings.bind);
    }
    return socket.release();
}

Result<qintptr> startListening(const SocketSettings &settings)
{
    const Result<qintptr> opened = openSocket(Type::Stream, settings.bind.address, settings.family);
    if (!opened) {
        return opened.error();
    }
    Guard socket(*opened);
    if (const Result<void> applied = NativeOptions::apply(socket.get(), settings, NativeOptions::Kind::Listening);
        !applied) {
        return applied.error();
    }
    const bool isV6 = familyOf(socket.get()) == AF_INET6;
    const QHostAddress any(isV6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4);
    const Endpoint local{settings.bind.address.isNull() ? any : settings.bind.address, settings.bind.port};
    if (const Result<void> bound = bind(socket.get(), local); !bound) {
        return bound.error();
    }
    // Two sockets can be bound to one address, but only one of them can listen.
    if (::listen(socket.get(), settings.backlog) != 0) {
        return bindError(errno, local);
    }
    return socket.release();
}

Result<void> connectResult(qintptr socket, const QString &where)
{
    int systemError = 0;
    socklen_t size = sizeof(systemError);
    if (::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_ERROR, &systemError, &size) != 0) {
        return lastError(where);
    }
    if (systemError != 0) {
        return errorFrom(systemError, where);
    }
    return {};
}

bool shutdownWrite(qintptr socket)
{
    return ::shutdown(static_cast<int>(socket), SHUT_WR) == 0;
}

void resetOnClose(qintptr socket)
{
    const linger now{1, 0};
    ::setsockopt(static_cast<int>(socket), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

void close(qintptr socket)
{
    ::close(static_cast<int>(socket));
}

void closeWaiting(qintptr socket)
{
    constexpr int MaxLingering = 64; // Sockets at once, each for up to an hour; others wait for their turn
    static WorkerPool pool("closing", MaxLingering);
    pool.start([socket] { close(socket); });
}

qintptr duplicate(qintptr socket)
{
    return ::fcntl(static_cast<int>(socket), F_DUPFD_CLOEXEC, 0);
}

QHostAddress localAddressTowards(const Endpoint &peer, const QString &interface)
{
    const int descriptor = openDescriptor(familyFor(peer.address), SOCK_DGRAM);
    if (descriptor < 0) {
        return {};
    }
    const int yes = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_BROADCAST, &yes, sizeof(yes));
#if defined(Q_OS_LINUX)
    const QByteArray device = interface.toLocal8Bit();
    ::setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, device.constData(), static_cast<socklen_t>(device.size()));
#endif
    QHostAddress result;
    SocketAddress native;
    const socklen_t size = toNative(peer, native);
    if (::connect(descriptor, &native.any, size) == 0) {
        result = localEndpoint(descriptor).address;
    }
    ::close(descriptor);
    const bool isAny = result == QHostAddress(QHostAddress::AnyIPv4) || result == QHostAddress(QHostAddress::AnyIPv6);
    return isAny ? QHostAddress() : result;
}

Endpoint localEndpoint(qintptr socket)
{
    SocketAddress native;
    socklen_t size = sizeof(native);
    return ::getsockname(static_cast<int>(socket), &native.any, &size) == 0 ? fromNative(native) : Endpoint();
}

#else

// Elsewhere the end of a stream is met by reading, and a half-close is a close.
Received receive(QAbstractSocket &socket, std::span<char> room, const Endpoint &peer)
{
    const qint64 size = room.empty() ? 0 : socket.read(room.data(), static_cast<qint64>(room.size()));
    if (size < 0) {
        const QString detail = QStringLiteral("%1: %2").arg(peer.toString(), socket.errorString());
        return {Received::What::Failed, 0, {Error::Code::Network, detail}};
    }
    return {size > 0 || room.empty() ? Received::What::Data : Received::What::Nothing, size, {}};
}

namespace {

Error unsupported()
{
    return {Error::Code::Unsupported, QStringLiteral("no native sockets on this platform")};
}

} // namespace

Result<qintptr> openSocket(Type, const QHostAddress &, SocketSettings::Family)
{
    return unsupported();
}

Result<qintptr> startConnect(const Endpoint &, const SocketSettings &)
{
    return unsupported();
}

Result<qintptr> startListening(const SocketSettings &)
{
    return unsupported();
}

Result<void> connectResult(qintptr, const QString &)
{
    return {};
}

bool shutdownWrite(qintptr)
{
    return false;
}

void resetOnClose(qintptr)
{}

void close(qintptr)
{}

void closeWaiting(qintptr)
{}

qintptr duplicate(qintptr)
{
    return -1;
}

QHostAddress localAddressTowards(const Endpoint &, const QString &)
{
    return {};
}

Endpoint localEndpoint(qintptr)
{
    return {};
}

#endif

} // namespace NativeSocket

} // namespace Sidewire
