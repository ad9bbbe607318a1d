// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "proxyvalues.h"

#include "core/session/authority.h"
#include "core/session/options/optionvalues.h"

#include <QUrl>

namespace Sidewire {

using OptionValues::mismatch;
using OptionValues::usage;

namespace {

constexpr quint16 SocksPort = 1080; // RFC 1928, 3
constexpr qsizetype LongestCredential = 255; // RFC 1929, 2

Result<void> setCredentials(ProxySettings &proxy, const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    proxy.user = QUrl::fromPercentEncoding(text.left(colon).toUtf8());
    if (colon >= 0) {
        proxy.password = QUrl::fromPercentEncoding(text.mid(colon + 1).toUtf8());
    }
    for (const QString &part : {proxy.user, proxy.password}) {
        if (OptionValues::hasControlCharacter(part) || part.toUtf8().size() > LongestCredential) {
            return usage(
                QStringLiteral("user and password of a proxy are at most 255 bytes without control characters"));
        }
    }
    if (proxy.user.isEmpty() || proxy.user.contains(u':')) { // RFC 7617, 2
        return usage(QStringLiteral("the user of a proxy is neither empty nor holds a colon"));
    }
    return {};
}

} // namespace

Result<ProxySettings> ProxyValues::proxy(const QString &text)
{
    ProxySettings proxy;
    if (text == u"off") {
        return proxy;
    }
    const qsizetype schemeEnd = text.indexOf(QLatin1String("://"));
    const QString scheme = text.left(schemeEnd).toLower();
    if (schemeEnd < 0 || (scheme != u"http" && scheme != u"socks5" && scheme != u"socks5h")) {
        return mismatch();
    }
    proxy.kind = scheme == u"http" ? ProxySettings::Kind::HttpConnect : ProxySettings::Kind::Socks5;
    QString rest = text.mid(schemeEnd + 3);
    if (rest.endsWith(u'/')) {
        rest.chop(1);
    }
    const qsizetype at = rest.lastIndexOf(u'@');
    if (at >= 0) {
        if (const Result<void> set = setCredentials(proxy, rest.left(at)); !set) {
            return set.error();
        }
        rest.remove(0, at + 1);
    }
    const Result<Authority> authority = Authority::split(rest);
    if (!authority) {
        return authority.error();
    }
    proxy.host = authority->host;
    if (proxy.host.isEmpty()) {
        return usage(QStringLiteral("the host of the proxy is missing"));
    }
    if (authority->port.isEmpty() && proxy.kind == ProxySettings::Kind::Socks5) {
        proxy.port = SocksPort;
        return proxy;
    }
    const Result<quint16> port = Authority::parsePort(authority->port);
    if (!port || *port == 0) {
        return usage(QStringLiteral("the proxy needs a port from 1 to 65535: %1://%2:port").arg(scheme, proxy.host));
    }
    proxy.port = *port;
    return proxy;
}

QString ProxyValues::fromProxy(const ProxySettings &proxy)
{
    if (proxy.kind == ProxySettings::Kind::None) {
        return QStringLiteral("off");
    }
    QString url = proxy.toString();
    if (!proxy.user.isEmpty()) {
        QByteArray credentials = QUrl::toPercentEncoding(proxy.user);
        if (!proxy.password.isEmpty()) {
            credentials += ':' + QUrl::toPercentEncoding(proxy.password);
        }
        url.insert(url.indexOf(QLatin1String("://")) + 3, QString::fromLatin1(credentials) + u'@');
    }
    return url;
}

} // namespace Sidewire
