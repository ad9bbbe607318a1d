// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "nativeoptions.h"

#include "core/net/nativeaddress.h"

#include <cerrno>
#include <cstring>

#if defined(Q_OS_UNIX)
#include "core/net/nativeoptionnames.h"
#endif

namespace Sidewire::NativeOptions {

#if defined(Q_OS_UNIX)

namespace {

/// Sets one option after the other until the system refuses one.
class Setter final
{
public:
    explicit Setter(qintptr socket)
        : m_socket(static_cast<int>(socket))
        , m_isV6(NativeSocket::familyOf(socket) == AF_INET6)
    {}

    Result<void> result() const { return m_result; }

    void set(const char *name, int value, int level, int option)
    {
        setRaw(name, QString::number(value), value, level, option);
    }
    void set(const char *name, const std::optional<int> &value, int level, int option)
    {
        if (value) {
            set(name, *value, level, option);
        }
    }

    /// On a dual-stack socket for both families.
    void set(const char *name, const std::optional<int> &value, PairedOption option)
    {
        if (!value) {
            return;
        }
        if (m_isV6) {
            set(name, *value, IPPROTO_IPV6, option.v6);
            const int both = *value;
            ::setsockopt(m_socket, IPPROTO_IP, option.v4, &both, sizeof(both)); // Not every system has that.
        } else {
            set(name, *value, IPPROTO_IP, option.v4);
        }
    }

    void setLinger(int seconds)
    {
        setRaw("linger", QString::number(seconds), linger{1, seconds}, SOL_SOCKET, SO_LINGER);
    }

    void setInterface(const QString &interface)
    {
#if defined(SO_BINDTODEVICE)
        const QByteArray device = interface.toLocal8Bit();
        if (m_result
            && ::setsockopt(m_socket, SOL_SOCKET, SO_BINDTODEVICE, device.constData(),
                            static_cast<socklen_t>(device.size()))
                != 0) {
            refuse("interface", interface);
        }
#else
        m_result = Error{Error::Code::Unsupported,
                         QStringLiteral("interface %1: this system binds to addresses only").arg(interface)};
#endif
    }

private:
    template<typename T>
    void setRaw(const char *name, const QString &text, const T &value, int level, int option)
    {
        if (m_result && ::setsockopt(m_socket, level, option, &value, sizeof(value)) != 0) {
            refuse(name, text);
        }
    }

    void refuse(const char *name, const QString &value)
    {
        using Code = Error::Code;
        const int reason = errno;
        const Code code = reason == ENODEV        ? Code::NotFound
            : reason == EPERM || reason == EACCES ? Code::PermissionDenied
                                                  : Code::Network;
        m_result = Error{
            code,
            QStringLiteral("%1 %2: %3").arg(QLatin1String(name), value, QString::fromLocal8Bit(std::strerror(reason)))};
    }

    int m_socket;
    bool m_isV6;
    Result<void> m_result;
};

void setStream(Setter &setter, const SocketSettings &settings)
{
    setter.set("nodelay", settings.noDelay ? 1 : 0, IPPROTO_TCP, TCP_NODELAY);
    if (settings.keepAlive) {
        setter.set("keepalive", 1, SOL_SOCKET, SO_KEEPALIVE);
        setter.set("keepalive", settings.keepAlive->idle, IPPROTO_TCP, KeepIdle);
        setter.set("keepalive", settings.keepAlive->interval, IPPROTO_TCP, TCP_KEEPINTVL);
        setter.set("keepalive", settings.keepAlive->count, IPPROTO_TCP, TCP_KEEPCNT);
    }
    if (settings.linger) {
        setter.setLinger(*settings.linger);
    }
}

void setDatagram(Setter &setter, const SocketSettings &settings)
{
    setter.set("broadcast", settings.broadcast ? 1 : 0, SOL_SOCKET, SO_BROADCAST);
    setter.set("multicast-ttl", settings.multicastTimeToLive, MulticastTimeToLive);
    setter.set("multicast-loop", settings.multicastLoopback, MulticastLoopback);
}

/// What concerns the address: not of an accepted socket, which has one.
void setPlace(Setter &setter, const SocketSettings &settings, Kind kind)
{
    // Of TCP it only lifts the wait after a connection from the same port, so that a session can be opened again at once.
    // Of UDP it would let another program take the port over.
    const bool isReused = settings.reuseAddress || kind != Kind::Datagram;
    setter.set("reuse-address", isReused ? 1 : 0, SOL_SOCKET, SO_REUSEADDR);
#if defined(SO_REUSEPORT)
    setter.set("reuse-address", settings.reuseAddress ? 1 : 0, SOL_SOCKET, SO_REUSEPORT);
#endif
    if (!settings.interface.isEmpty()) {
        setter.setInterface(settings.interface);
    }
}

} // namespace

Result<void> apply(qintptr socket, const SocketSettings &settings, Kind kind)
{
    Setter setter(socket);
    if (kind != Kind::Accepted) {
        setPlace(setter, settings, kind);
    }
    // Before connecting and listening, as the window scale is told in the SYN (RFC 7323, 2.2).
    setter.set("sndbuf", settings.sendBuffer, SOL_SOCKET, SO_SNDBUF);
    setter.set("rcvbuf", settings.receiveBuffer, SOL_SOCKET, SO_RCVBUF);
    setter.set("tos", settings.typeOfService, TypeOfService);
    setter.set("ttl", settings.timeToLive, TimeToLive);
    if (kind == Kind::Datagram) {
        setDatagram(setter, settings);
    } else {
        setStream(setter, settings);
    }
    return setter.result();
}

#else

Result<void> apply(qintptr, const SocketSettings &settings, Kind)
{
    if (settings.isPlain()) {
        return {};
    }
    return Error{Error::Code::Unsupported, QStringLiteral("socket options cannot be set on this platform")};
}

#endif

} // namespace Sidewire::NativeOptions
