// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativesocket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#if defined(Q_OS_UNIX)
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif
#if defined(Q_OS_LINUX)
#include <linux/errqueue.h>
#include <linux/sock_diag.h>
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

Error lastError(const QString &where)
{
    return errorFrom(errno, where);
}

QHostAddress unmapped(const QHostAddress &address)
{
    bool isMapped = false;
    const quint32 v4 = address.toIPv4Address(&isMapped);
    return isMapped ? QHostAddress(v4) : address;
}

#if defined(Q_OS_UNIX)

namespace {

union SocketAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

socklen_t toNative(const Endpoint &endpoint, SocketAddress &native)
{
    native = {};
    if (endpoint.address.protocol() == QAbstractSocket::IPv6Protocol) {
        native.v6.sin6_family = AF_INET6;
        native.v6.sin6_port = htons(endpoint.port);
        const Q_IPV6ADDR bytes = endpoint.address.toIPv6Address();
        std::memcpy(&native.v6.sin6_addr, &bytes, sizeof(bytes));
        const QString scope = endpoint.address.scopeId();
        bool isNumber = false;
        const uint index = scope.toUInt(&isNumber);
        native.v6.sin6_scope_id = isNumber ? index : if_nametoindex(scope.toLocal8Bit().constData());
        return sizeof(native.v6);
    }
    native.v4.sin_family = AF_INET;
    native.v4.sin_port = htons(endpoint.port);
    native.v4.sin_addr.s_addr = htonl(endpoint.address.toIPv4Address());
    return sizeof(native.v4);
}

Endpoint fromNative(const SocketAddress &native)
{
    QHostAddress address(&native.any);
    if (native.any.sa_family == AF_INET6) {
        return {unmapped(address), ntohs(native.v6.sin6_port)};
    }
    return {address, ntohs(native.v4.sin_port)};
}

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

QHostAddress localAddressTowards(const Endpoint &peer)
{
    const int descriptor = openSocket(peer.address, SOCK_DGRAM);
    if (descriptor < 0) {
        return {};
    }
    QHostAddress result;
    SocketAddress native;
    socklen_t size = toNative(peer, native);
    if (::connect(descriptor, &native.any, size) == 0) {
        size = sizeof(native);
        if (::getsockname(descriptor, &native.any, &size) == 0) {
            result = fromNative(native).address;
        }
    }
    ::close(descriptor);
    return result;
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

QHostAddress localAddressTowards(const Endpoint &)
{
    return {};
}

#endif

#if defined(Q_OS_LINUX)

std::optional<quint32> kernelDrops(qintptr socket)
{
    std::array<quint32, SK_MEMINFO_VARS> values{};
    socklen_t size = sizeof(values);
    if (::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_MEMINFO, values.data(), &size) != 0
        || size <= SK_MEMINFO_DROPS * sizeof(quint32)) {
        return std::nullopt;
    }
    return values[SK_MEMINFO_DROPS];
}

void enableDatagramDetails(qintptr socket)
{
    // A dual-stack socket takes both; for the other family the call fails and changes nothing.
    const int yes = 1;
    const int descriptor = static_cast<int>(socket);
    ::setsockopt(descriptor, IPPROTO_IP, IP_RECVERR, &yes, sizeof(yes));
    ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_RECVERR, &yes, sizeof(yes));
    ::setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &yes, sizeof(yes));
    ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, &yes, sizeof(yes));
}

std::optional<IcmpError> takeIcmpError(qintptr socket)
{
    SocketAddress destination{};
    alignas(cmsghdr) std::array<char, 512> control{};
    char payload = 0;
    iovec part{&payload, 1};
    msghdr message{};
    message.msg_name = &destination;
    message.msg_namelen = sizeof(destination);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(static_cast<int>(socket), &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) {
        return std::nullopt;
    }
    IcmpError result{fromNative(destination), QStringLiteral("host"), {}};
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        const bool isV4 = header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_RECVERR;
        const bool isV6 = header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_RECVERR;
        if (!isV4 && !isV6) {
            continue;
        }
        sock_extended_err error{};
        std::memcpy(&error, CMSG_DATA(header), sizeof(error));
        const int systemError = static_cast<int>(error.ee_errno);
        if (systemError == ECONNREFUSED) {
            result.what = QStringLiteral("port");
        } else if (systemError == ENETUNREACH) {
            result.what = QStringLiteral("network");
        }
        result.detail = QString::fromLocal8Bit(std::strerror(systemError));
    }
    return result;
}

#else

std::optional<quint32> kernelDrops(qintptr)
{
    return std::nullopt;
}

void enableDatagramDetails(qintptr)
{}

std::optional<IcmpError> takeIcmpError(qintptr)
{
    return std::nullopt;
}

#endif

} // namespace NativeSocket

#if defined(Q_OS_LINUX)

namespace {

constexpr int BatchSize = 64;
constexpr int DatagramRoom = 65536;

QHostAddress destinationOf(msghdr &message)
{
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
            in_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(header), sizeof(info));
            return QHostAddress(ntohl(info.ipi_addr.s_addr));
        }
        if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(header), sizeof(info));
            return NativeSocket::unmapped(QHostAddress(info.ipi6_addr.s6_addr));
        }
    }
    return {};
}

} // namespace

class DatagramBatch::Buffers
{
public:
    std::vector<char> bytes = std::vector<char>(std::size_t(BatchSize) * DatagramRoom);
    std::array<mmsghdr, BatchSize> messages{};
    std::array<iovec, BatchSize> parts{};
    std::array<NativeSocket::SocketAddress, BatchSize> senders{};
    struct Control
    {
        alignas(cmsghdr) std::array<char, 256> bytes;
    };
    std::array<Control, BatchSize> controls{};
};

DatagramBatch::DatagramBatch()
    : m_buffers(std::make_unique<Buffers>())
{}

DatagramBatch::~DatagramBatch() = default;

int DatagramBatch::read(qintptr socket, const std::function<void(const Datagram &)> &take)
{
    Buffers &b = *m_buffers;
    for (std::size_t i = 0; i < BatchSize; ++i) {
        b.parts[i] = {b.bytes.data() + i * DatagramRoom, DatagramRoom};
        msghdr &header = b.messages[i].msg_hdr;
        header = {};
        header.msg_name = &b.senders[i];
        header.msg_namelen = sizeof(b.senders[i]);
        header.msg_iov = &b.parts[i];
        header.msg_iovlen = 1;
        header.msg_control = b.controls[i].bytes.data();
        header.msg_controllen = b.controls[i].bytes.size();
    }
    const int count = ::recvmmsg(static_cast<int>(socket), b.messages.data(), BatchSize, MSG_DONTWAIT, nullptr);
    for (int i = 0; i < count; ++i) {
        mmsghdr &message = b.messages[std::size_t(i)];
        take({QByteArrayView(b.bytes.data() + std::size_t(i) * DatagramRoom, qsizetype(message.msg_len)),
              NativeSocket::fromNative(b.senders[std::size_t(i)]), destinationOf(message.msg_hdr)});
    }
    return std::max(count, 0);
}

#else

// QUdpSocket::receiveDatagram() is all there is; see UdpPort.
class DatagramBatch::Buffers
{};

DatagramBatch::DatagramBatch() = default;
DatagramBatch::~DatagramBatch() = default;

int DatagramBatch::read(qintptr, const std::function<void(const Datagram &)> &)
{
    return 0;
}

#endif

} // namespace Sidewire
