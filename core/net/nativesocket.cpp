// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativesocket.h"

#include <cerrno>
#include <cstring>

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

int openSocket(const QHostAddress &address, int type)
{
    const int family = address.protocol() == QAbstractSocket::IPv6Protocol ? AF_INET6 : AF_INET;
    const int descriptor = ::socket(family, type, 0);
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    }
    return descriptor;
}

QHostAddress anyOf(const QHostAddress &family)
{
    return QHostAddress(family.protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress::AnyIPv6
                                                                           : QHostAddress::AnyIPv4);
}

} // namespace

Waiting peek(qintptr socket)
{
    char byte = 0;
    const ssize_t size = ::recv(static_cast<int>(socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (size > 0) {
        return Waiting::Data;
    }
    if (size == 0) {
        return Waiting::End;
    }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? Waiting::Nothing : Waiting::Failed;
}

Result<qintptr> startConnect(const Endpoint &peer, const Endpoint &bind)
{
    const int descriptor = openSocket(peer.address, SOCK_STREAM);
    if (descriptor < 0) {
        return lastError(peer.toString());
    }
    const auto fail = [descriptor](Error error) {
        ::close(descriptor);
        return error;
    };
    SocketAddress native;
    if (!bind.isNull()) {
        const int yes = 1;
        ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
        const Endpoint local{bind.address.isNull() ? anyOf(peer.address) : bind.address, bind.port};
        const socklen_t size = toNative(local, native);
        if (::bind(descriptor, &native.any, size) != 0) {
            Error error = lastError(local.toString());
            error.detail += QStringLiteral(" (bind %1)").arg(local.toString());
            return fail(error);
        }
    }
    const socklen_t size = toNative(peer, native);
    if (::connect(descriptor, &native.any, size) != 0 && errno != EINPROGRESS) {
        return fail(lastError(peer.toString()));
    }
    return qintptr(descriptor);
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

qintptr duplicate(qintptr socket)
{
    return ::fcntl(static_cast<int>(socket), F_DUPFD_CLOEXEC, 0);
}

QHostAddress localAddressTowards(const Endpoint &peer, const QString &interface)
{
    const int descriptor = openSocket(peer.address, SOCK_DGRAM);
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
Waiting peek(qintptr)
{
    return Waiting::Data;
}

Result<qintptr> startConnect(const Endpoint &, const Endpoint &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("no native sockets on this platform")};
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
