// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/proxyhandshake.h"

#include <QHostAddress>
#include <QUrl>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

constexpr char Version = 5;
constexpr char LoginVersion = 1; // RFC 1929, 2
constexpr char NoLogin = 0;
constexpr char UserAndPassword = 2;
constexpr qsizetype MaxField = 255;

enum AddressType : quint8 { IPv4 = 1, Name = 3, IPv6 = 4 };

/// RFC 1928, 6
QString nameOfReply(quint8 code)
{
    constexpr std::array Names = {
        "succeeded",           "general failure",       "not allowed by the ruleset",
        "network unreachable", "host unreachable",      "connection refused",
        "TTL expired",         "command not supported", "address type not supported",
    };
    return code < Names.size() ? QString::fromLatin1(Names.at(code)) : QStringLiteral("reply %1").arg(code);
}

class Socks5 final : public ProxyHandshake
{
public:
    Socks5(Target target, const Login &login)
        : m_target(std::move(target))
        , m_user(login.user.toUtf8())
        , m_password(login.password.toUtf8())
    {
        if (m_user.size() > MaxField || m_password.size() > MaxField) {
            refuse(QStringLiteral("SOCKS5 takes a user and a password of at most 255 bytes each"));
            return;
        }
        if (nameOfTarget().size() > MaxField) {
            refuse(QStringLiteral("SOCKS5 takes a host name of at most 255 bytes"));
            return;
        }
        say(m_user.isEmpty() ? QByteArray("\x05\x01\x00", 3) : QByteArray("\x05\x02\x00\x02", 4));
    }

    qsizetype feed(QByteArrayView bytes) override
    {
        qsizetype used = 0;
        while (state() == State::Asking && used < bytes.size()) {
            const qsizetype more = std::min(needed() - m_reply.size(), bytes.size() - used);
            m_reply += bytes.sliced(used, more).toByteArray();
            used += more;
            check();
            if (state() == State::Asking && m_reply.size() == needed()) {
                takeReply();
            }
        }
        return state() == State::Accepted ? used : bytes.size();
    }

private:
    enum class Step { Method, Login, Reply };

    QByteArray nameOfTarget() const
    {
        const QByteArray name = QUrl::toAce(m_target.host);
        return name.isEmpty() ? m_target.host.toUtf8() : name;
    }

    /// How long the reply is, as far as that is known.
    qsizetype needed() const
    {
        if (m_step != Step::Reply) {
            return 2;
        }
        if (m_reply.size() < 5) {
            return 5; // Up to the first byte of the address, which is the length of a name
        }
        switch (quint8(m_reply.at(3))) {
        case IPv4:
            return 4 + 4 + 2;
        case IPv6:
            return 4 + 16 + 2;
        default:
            return 4 + 1 + quint8(m_reply.at(4)) + 2;
        }
    }

    /// What can be said before the whole reply is there: somebody else may never send that much.
    void check()
    {
        const char version = m_step == Step::Login ? LoginVersion : Version;
        if (m_reply.front() != version) {
            const bool isHttp = m_reply.front() == 'H';
            refuse(isHttp ? QStringLiteral("the proxy speaks HTTP, not SOCKS5")
                          : QStringLiteral("the proxy's answer is not SOCKS5: it begins with 0x%1")
                                .arg(quint8(m_reply.front()), 2, 16, QLatin1Char('0')));
        } else if (m_step == Step::Reply && m_reply.size() >= 2 && m_reply.at(1) != 0) {
            // A refusal is over here for us; not every proxy sends the rest.
            const QString answer = nameOfReply(quint8(m_reply.at(1)));
            refuse(QStringLiteral("the proxy did not connect to %1: %2").arg(m_target.toString(), answer), answer);
        } else if (m_step == Step::Reply && m_reply.size() >= 4 && m_reply.at(3) != IPv4 && m_reply.at(3) != IPv6
                   && m_reply.at(3) != Name) {
            refuse(
                QStringLiteral("the proxy's answer has an address of the unknown type %1").arg(quint8(m_reply.at(3))));
        }
    }

    void takeReply()
    {
        const QByteArray reply = std::exchange(m_reply, {});
        switch (m_step) {
        case Step::Method:
            takeMethod(reply.at(1));
            break;
        case Step::Login:
            if (reply.at(1) != 0) {
                refuse(QStringLiteral("the proxy does not accept the user or the password"),
                       QStringLiteral("login status %1").arg(quint8(reply.at(1))));
                return;
            }
            ask();
            break;
        case Step::Reply:
            accept(nameOfReply(0));
            break;
        }
    }

    void takeMethod(char method)
    {
        if (method == NoLogin) {
            ask();
        } else if (method == UserAndPassword && !m_user.isEmpty()) {
            m_step = Step::Login;
            say(LoginVersion + field(m_user) + field(m_password));
        } else if (quint8(method) == 0xff) {
            refuse(m_user.isEmpty()
                       ? QStringLiteral("the proxy wants a login, and there is no user and password for it")
                       : QStringLiteral("the proxy takes neither a login by user and password nor none"),
                   QStringLiteral("no acceptable methods"));
        } else {
            refuse(QStringLiteral("the proxy chose the login method %1, which was not offered").arg(quint8(method)));
        }
    }

    void ask()
    {
        m_step = Step::Reply;
        QByteArray request("\x05\x01\x00", 3); // CONNECT
        QHostAddress address(m_target.host);
        if (address.protocol() == QAbstractSocket::IPv4Protocol) {
            const quint32 number = qToBigEndian(address.toIPv4Address());
            request += char(IPv4);
            request += QByteArray(reinterpret_cast<const char *>(&number), sizeof(number));
        } else if (address.protocol() == QAbstractSocket::IPv6Protocol) {
            const Q_IPV6ADDR number = address.toIPv6Address();
            request += char(IPv6);
            request += QByteArray(reinterpret_cast<const char *>(&number), sizeof(number));
        } else {
            request += char(Name);
            request += field(nameOfTarget());
        }
        const quint16 port = qToBigEndian(m_target.port);
        say(request + QByteArray(reinterpret_cast<const char *>(&port), sizeof(port)));
    }

    static QByteArray field(const QByteArray &bytes) { return char(bytes.size()) + bytes; }

    Target m_target;
    QByteArray m_user;
    QByteArray m_password;
    Step m_step = Step::Method;
    QByteArray m_reply; ///< What has come of it
};

} // namespace

std::unique_ptr<ProxyHandshake> ProxyHandshake::socks5(const Target &target, const Login &login)
{
    return std::make_unique<Socks5>(target, login);
}

} // namespace Sidewire
