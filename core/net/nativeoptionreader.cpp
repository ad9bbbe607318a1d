// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativeoptions.h"

#include "core/net/nativesocket.h"

#include <array>

#if defined(Q_OS_UNIX)
#include "core/net/nativeoptionnames.h"
#endif

namespace Sidewire::NativeOptions {

#if defined(Q_OS_UNIX)

namespace {

/// Reads options and lists them in words.
class Reader final
{
public:
    explicit Reader(qintptr socket)
        : m_socket(static_cast<int>(socket))
        // A dual-stack socket that talks to an IPv4 peer sends by the options of IPv4.
        , m_isV6(NativeSocket::localEndpoint(socket).address.protocol() == QAbstractSocket::IPv6Protocol)
    {}

    std::vector<SocketOption> take() { return std::move(m_options); }

    template<typename T>
    std::optional<T> read(int level, int option) const
    {
        T value{};
        socklen_t size = sizeof(value);
        return ::getsockopt(m_socket, level, option, &value, &size) == 0 ? std::optional(value) : std::nullopt;
    }

    void add(const char *name, const QString &asked, const std::optional<QString> &actual)
    {
        if (actual) {
            m_options.push_back({QLatin1String(name), asked, *actual});
        }
    }

    void addNumber(const char *name, const std::optional<int> &asked, int level, int option)
    {
        const std::optional<int> actual = read<int>(level, option);
        add(name, asked ? QString::number(*asked) : QString(),
            actual ? std::optional(QString::number(*actual)) : std::nullopt);
    }
    void addNumber(const char *name, const std::optional<int> &asked, PairedOption option)
    {
        m_isV6 ? addNumber(name, asked, IPPROTO_IPV6, option.v6) : addNumber(name, asked, IPPROTO_IP, option.v4);
    }

    void addSwitch(const char *name, const std::optional<bool> &asked, int level, int option)
    {
        const std::optional<int> actual = read<int>(level, option);
        add(name, asked ? onOff(*asked) : QString(), actual ? std::optional(onOff(*actual != 0)) : std::nullopt);
    }

    static QString onOff(bool value) { return value ? QStringLiteral("on") : QStringLiteral("off"); }

    bool isV6() const { return m_isV6; }

private:
    int m_socket;
    bool m_isV6;
    std::vector<SocketOption> m_options;
};

/// What differs from the default was asked for.
std::optional<bool> askedSwitch(bool value, bool normally)
{
    return value == normally ? std::nullopt : std::optional(value);
}

QString keepAliveText(const KeepAlive &times)
{
    return QStringLiteral("%1,%2,%3").arg(times.idle).arg(times.interval).arg(times.count);
}

void readStream(Reader &reader, const SocketSettings &settings, qintptr socket)
{
    reader.addSwitch("nodelay", askedSwitch(settings.noDelay, SocketSettings().noDelay), IPPROTO_TCP, TCP_NODELAY);
    QString keepAlive = QStringLiteral("off");
    if (reader.read<int>(SOL_SOCKET, SO_KEEPALIVE).value_or(0) != 0) {
        keepAlive = keepAliveText({reader.read<int>(IPPROTO_TCP, KeepIdle).value_or(0),
                                   reader.read<int>(IPPROTO_TCP, TCP_KEEPINTVL).value_or(0),
                                   reader.read<int>(IPPROTO_TCP, TCP_KEEPCNT).value_or(0)});
    }
    reader.add("keepalive", settings.keepAlive ? keepAliveText(*settings.keepAlive) : QString(), keepAlive);
    const std::optional<int> linger = lingerOf(socket);
    reader.add("linger", settings.linger ? QString::number(*settings.linger) : QString(),
               linger ? QString::number(*linger) : QStringLiteral("off"));
}

void readPath(Reader &reader)
{
    reader.addNumber("mss", {}, IPPROTO_TCP, TCP_MAXSEG);
#if defined(IP_MTU) && defined(IPV6_MTU)
    reader.addNumber("mtu", {}, {IP_MTU, IPV6_MTU});
#endif
}

void readDatagram(Reader &reader, const SocketSettings &settings)
{
    reader.addSwitch("broadcast", askedSwitch(settings.broadcast, false), SOL_SOCKET, SO_BROADCAST);
    reader.addNumber("multicast-ttl", settings.multicastTimeToLive, MulticastTimeToLive);
    reader.isV6() ? reader.addSwitch("multicast-loop", settings.multicastLoopback, IPPROTO_IPV6, MulticastLoopback.v6)
                  : reader.addSwitch("multicast-loop", settings.multicastLoopback, IPPROTO_IP, MulticastLoopback.v4);
}

void readPlace(Reader &reader, const SocketSettings &settings, qintptr socket)
{
#if defined(SO_REUSEPORT)
    if (settings.reuseAddress) {
        reader.addSwitch("reuse-address", true, SOL_SOCKET, SO_REUSEPORT);
    }
#endif
#if defined(SO_BINDTODEVICE)
    std::array<char, 64> name{};
    socklen_t size = name.size();
    if (::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_BINDTODEVICE, name.data(), &size) == 0 && size > 0) {
        reader.add("interface", settings.interface, QString::fromLocal8Bit(name.data()));
    }
#endif
}

} // namespace

std::vector<SocketOption> readBack(qintptr socket, const SocketSettings &settings, Kind kind)
{
    Reader reader(socket);
    if (kind == Kind::Listening) {
        reader.add("backlog", QString::number(settings.backlog), QString::number(backlogOf(socket)));
    }
    if (kind == Kind::Datagram) {
        readDatagram(reader, settings);
    } else {
        readStream(reader, settings, socket);
    }
    reader.addNumber("sndbuf", settings.sendBuffer, SOL_SOCKET, SO_SNDBUF);
    reader.addNumber("rcvbuf", settings.receiveBuffer, SOL_SOCKET, SO_RCVBUF);
    reader.addNumber("tos", settings.typeOfService, TypeOfService);
    reader.addNumber("ttl", settings.timeToLive, TimeToLive);
    readPlace(reader, settings, socket);
    if (kind == Kind::Connecting || kind == Kind::Accepted) {
        readPath(reader);
    }
    return reader.take();
}

int backlogOf(qintptr socket)
{
#if defined(Q_OS_LINUX)
    // Of a listening socket these two fields are the length of its queue and the most it may be.
    tcp_info info{};
    socklen_t size = sizeof(info);
    if (::getsockopt(static_cast<int>(socket), IPPROTO_TCP, TCP_INFO, &info, &size) == 0) {
        return static_cast<int>(info.tcpi_sacked);
    }
#else
    Q_UNUSED(socket)
#endif
    return 0;
}

int receiveBufferOf(qintptr socket)
{
#if defined(Q_OS_LINUX)
    constexpr int Factor = 2;
#else
    constexpr int Factor = 1;
#endif
    return Reader(socket).read<int>(SOL_SOCKET, SO_RCVBUF).value_or(0) / Factor;
}

std::optional<int> lingerOf(qintptr socket)
{
    linger value{};
    socklen_t size = sizeof(value);
    const bool isRead = ::getsockopt(static_cast<int>(socket), SOL_SOCKET, SO_LINGER, &value, &size) == 0;
    return isRead && value.l_onoff != 0 ? std::optional<int>(value.l_linger) : std::nullopt;
}

#else

std::vector<SocketOption> readBack(qintptr, const SocketSettings &, Kind)
{
    return {};
}

int backlogOf(qintptr)
{
    return 0;
}

int receiveBufferOf(qintptr)
{
    return 0;
}

std::optional<int> lingerOf(qintptr)
{
    return {};
}

#endif

} // namespace Sidewire::NativeOptions
