// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativedatagram.h"

#include "core/net/nativeaddress.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#if defined(Q_OS_LINUX)
#include <linux/errqueue.h>
#include <linux/sock_diag.h>
#endif

namespace Sidewire {

namespace NativeSocket {

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
