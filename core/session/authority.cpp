// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "authority.h"

#include <QHostAddress>

#include <algorithm>

namespace Sidewire {

namespace {

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

Result<void> checkHost(const QString &host)
{
    for (const QChar c : host) {
        if (c.isSpace()) {
            return usage(QStringLiteral("there is a space in the host \"%1\"").arg(host));
        }
        if (c < u' ' || c == u'\x7f' || QStringView(u"/?#[]@\\\"<>^`{|}").contains(c)) {
            return usage(
                QStringLiteral("the host \"%1\" holds a character that no host name can have: \"%2\"").arg(host, c));
        }
    }
    // Four numbers that are no address ("300.1.1.1") would otherwise be looked up as a name.
    const QStringList parts = host.split(u'.');
    const bool isDotted = parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](const QString &part) {
                              bool isNumber = false;
                              part.toUInt(&isNumber);
                              return isNumber;
                          });
    if (isDotted && QHostAddress(host).protocol() != QAbstractSocket::IPv4Protocol) {
        return usage(QStringLiteral("\"%1\" is not an IPv4 address").arg(host));
    }
    return {};
}

} // namespace

Result<Authority> Authority::split(const QString &text)
{
    if (text.startsWith(u'[')) {
        const qsizetype close = text.indexOf(u']');
        if (close < 0) {
            return usage(QStringLiteral("\"]\" is missing after the IPv6 address"));
        }
        Authority result{text.mid(1, close - 1), {}};
        result.host.replace(QLatin1String("%25"), QLatin1String("%")); // RFC 6874 writes the zone's % like that
        if (QHostAddress(result.host).protocol() != QAbstractSocket::IPv6Protocol) {
            return usage(QStringLiteral("\"%1\" is not an IPv6 address").arg(result.host));
        }
        const QString rest = text.mid(close + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':')) {
            return usage(QStringLiteral("after \"]\" a colon and the port are expected, not \"%1\"").arg(rest));
        }
        result.port = rest.mid(1);
        return result;
    }
    if (text.count(u':') > 1) {
        return usage(QStringLiteral("an IPv6 address needs brackets: [%1]:port").arg(text));
    }
    const qsizetype colon = text.indexOf(u':');
    const Authority result{text.left(colon), colon < 0 ? QString() : text.mid(colon + 1)};
    if (const Result<void> ok = checkHost(result.host); !ok) {
        return ok.error();
    }
    return result;
}

Result<quint16> Authority::parsePort(const QString &text)
{
    bool isNumber = false;
    const qulonglong value = text.toULongLong(&isNumber);
    const bool isDigits = std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isDigits || text.isEmpty()) {
        return usage(QStringLiteral("the port \"%1\" is not a number").arg(text));
    }
    if (!isNumber || value > 65535) {
        return usage(QStringLiteral("port %1 is out of range; ports are 1 to 65535").arg(text));
    }
    return static_cast<quint16>(value);
}

QString bracketed(const QString &host)
{
    return host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host;
}

} // namespace Sidewire
