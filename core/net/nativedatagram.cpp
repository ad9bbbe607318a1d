// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativedatagram.h"

#include "core/net/nativeaddress.h"
#include "core/net/nativesocket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#if defined(Q_OS_LINUX)
#include <linux/errqueue.h>
#include <linux/sock_diag.h>
#endif

namespace Sidewire {

size_t qHash(const DatagramPath &path, size_t seed)
{
    return qHashMulti(seed, path.peer, path.local);
}

namespace NativeSocket {

bool isTryAgain(int systemError)
{
    return systemError == EAGAIN || systemError == EWOULDBLOCK || systemError == EINTR;
}

Error sendError(int systemError, const DatagramPath &path, qsizetype size)
{
    using Code = Error::Code;
    const QString to = path.peer.toString();
    switch (systemError) {
    case EACCES:
        return {Code::PermissionDenied,
                QStringLiteral("%1 is a broadcast address: the option broadcast=on permits sending to it").arg(to)};
    case EPERM:
        return {Code::PermissionDenied,
                QStringLiteral("a rule of the system's firewall forbids to send to %1").arg(to)};
    case EMSGSIZE:
        return {Code::TooLarge, QStringLiteral("%1 bytes are too many for one datagram to %2").arg(size).arg(to)};
    case ENOBUFS:
        return {Code::Network,
                QStringLiteral("the sending queue of the interface is full; the datagram to %1 was lost").arg(to)};
    case EAFNOSUPPORT:
        return {Code::Usage, QStringLiteral("%1 is not of the family that the port is bound to").arg(to)};
    case ENETUNREACH:
    case EHOSTUNREACH:
        if (path.local.isNull()) {
            return errorFrom(systemError, to);
        }
        return {Code::Network, QStringLiteral("no route from %1 to %2").arg(path.local.toString(), to)};
    case EINVAL:
        if (path.peer.address.isMulticast() || path.peer.address.isLinkLocal()) {
            return {Code::Usage,
                    QStringLiteral("%1 can be on any network: name the interface, with the option interface").arg(to)};
        }
        return {Code::AddressNotAvailable,
                QStringLiteral("%1 cannot be reached from %2, which may not be an address of this machine any more")
                    .arg(to, path.local.toString())};
    default:
        return errorFrom(systemError, to);
    }
}

#if defined(Q_OS_LINUX)

Result<void> bindDatagramSocket(qintptr socket, const Endpoint &local)
{
    const int descriptor = static_cast<int>(socket);
    SocketAddress native{};
    native.any.sa_family = static_cast<sa_family_t>(familyOf(socket));
    const socklen_t size = local.address.isNull() ? sizeof(native) : toNative(local, native);
    if (local.address.isNull()) {
        native.v4.sin_port = htons(local.port); // At the same place in both
    }
    return ::bind(descriptor, &native.any, size) == 0 ? Result<void>() : bindError(errno, local);
}

namespace {

/// The path of a datagram as the kernel tells of it: plain bytes, to be compared before anything is made of them.
struct RawPath
{
    SocketAddress peer{};
    bool isV4 = false;
    in_pktinfo v4{};
    in6_pktinfo v6{};
};

RawPath rawPathOf(msghdr &message)
{
    RawPath path;
    std::memcpy(&path.peer, message.msg_name, std::min<std::size_t>(message.msg_namelen, sizeof(path.peer)));
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
            path.isV4 = true;
            std::memcpy(&path.v4, CMSG_DATA(header), sizeof(path.v4));
        } else if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
            std::memcpy(&path.v6, CMSG_DATA(header), sizeof(path.v6));
        }
    }
    return path;
}

bool isSame(const RawPath &a, const RawPath &b)
{
    return std::memcmp(&a.peer, &b.peer, sizeof(a.peer)) == 0 && a.isV4 == b.isV4
        && std::memcmp(&a.v4, &b.v4, sizeof(a.v4)) == 0 && std::memcmp(&a.v6, &b.v6, sizeof(a.v6)) == 0;
}

/// A dual-stack socket tells of a datagram over IPv4 twice; the words of IPv4 know more.
void setPath(Datagram &datagram, const RawPath &raw)
{
    datagram.path.peer = fromNative(raw.peer);
    if (raw.isV4) {
        datagram.path.local = QHostAddress(ntohl(raw.v4.ipi_addr.s_addr));
        datagram.ours =
            raw.v4.ipi_spec_dst.s_addr == INADDR_ANY ? QHostAddress() : QHostAddress(ntohl(raw.v4.ipi_spec_dst.s_addr));
        datagram.interface = static_cast<uint>(raw.v4.ipi_ifindex);
    } else {
        datagram.path.local = unmapped(QHostAddress(raw.v6.ipi6_addr.s6_addr));
        datagram.ours = {};
        datagram.interface = raw.v6.ipi6_ifindex;
    }
}

} // namespace

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
    // The ICMP packet came to the address that ours had left from.
    Datagram answer;
    setPath(answer, rawPathOf(message));
    IcmpError result{answer.path, QStringLiteral("host"), {}};
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

int sendDatagram(qintptr socket, QByteArrayView bytes, const DatagramPath &path)
{
    const int family = familyOf(socket);
    const bool isV6 = path.peer.address.protocol() == QAbstractSocket::IPv6Protocol;
    if (isV6 && family == AF_INET) {
        return EAFNOSUPPORT;
    }
    SocketAddress to;
    iovec part{const_cast<char *>(bytes.data()), std::size_t(bytes.size())};
    msghdr message{};
    message.msg_name = &to;
    message.msg_namelen = toNative(path.peer, to, family);
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in6_pktinfo))> control{};
    if (!path.local.isNull() && !path.peer.address.isMulticast()) { // To a group the interface decides.
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        SocketAddress from;
        toNative({path.local, 0}, from);
        if (isV6) {
            in6_pktinfo info{};
            info.ipi6_addr = from.v6.sin6_addr;
            *header = {CMSG_LEN(sizeof(info)), IPPROTO_IPV6, IPV6_PKTINFO};
            std::memcpy(CMSG_DATA(header), &info, sizeof(info));
        } else {
            in_pktinfo info{};
            info.ipi_spec_dst = from.v4.sin_addr;
            *header = {CMSG_LEN(sizeof(info)), IPPROTO_IP, IP_PKTINFO};
            std::memcpy(CMSG_DATA(header), &info, sizeof(info));
        }
        message.msg_controllen = header->cmsg_len;
    }
    return ::sendmsg(static_cast<int>(socket), &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0 ? 0 : errno;
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

Result<void> bindDatagramSocket(qintptr, const Endpoint &)
{
    return Error{Error::Code::Unsupported, QStringLiteral("no datagrams on this platform")};
}

int sendDatagram(qintptr, QByteArrayView, const DatagramPath &)
{
    return ENOTSUP;
}

#endif

} // namespace NativeSocket

#if defined(Q_OS_LINUX)

namespace {

constexpr int BatchSize = 64;
constexpr int DatagramRoom = 65536;

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
    NativeSocket::RawPath path;
    Datagram datagram; ///< By that path
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
        const std::size_t at = std::size_t(i);
        // Datagrams mostly come in rows by one path, which is made once for each row.
        const NativeSocket::RawPath path = NativeSocket::rawPathOf(b.messages[at].msg_hdr);
        if (!NativeSocket::isSame(path, b.path)) {
            b.path = path;
            NativeSocket::setPath(b.datagram, path);
        }
        b.datagram.bytes = {b.bytes.data() + at * DatagramRoom, qsizetype(b.messages[at].msg_len)};
        take(b.datagram);
    }
    return std::max(count, 0);
}

#else

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
