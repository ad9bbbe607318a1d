// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "sessionspec.h"

#include "core/session/authority.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

struct SchemeName
{
    const char *name;
    Scheme scheme;
    quint16 defaultPort; ///< 0: the port must be given
};

constexpr std::array SchemeNames = {
    SchemeName{"tcp", Scheme::Tcp, 0}, SchemeName{"tls", Scheme::Tls, 0},   SchemeName{"udp", Scheme::Udp, 0},
    SchemeName{"ws", Scheme::Ws, 80},  SchemeName{"wss", Scheme::Wss, 443},
};

constexpr QLatin1String ListenSuffix("-listen");

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

QString knownSchemes()
{
    QStringList names;
    for (const SchemeName &entry : SchemeNames) {
        names << QStringLiteral("%1://, %1-listen://").arg(QLatin1String(entry.name));
    }
    return names.join(QStringLiteral(", "));
}

const SchemeName &entryOf(Scheme scheme)
{
    return *std::find_if(SchemeNames.begin(), SchemeNames.end(),
                         [scheme](const SchemeName &entry) { return entry.scheme == scheme; });
}

Result<void> setScheme(SessionSpec &spec, const QString &text)
{
    QString name = text.toLower();
    if (name == u"http" || name == u"https") {
        const QString instead = name == u"http" ? QStringLiteral("ws") : QStringLiteral("wss");
        return usage(QStringLiteral("%1:// is not a session of its own; for a WebSocket use %2://").arg(name, instead));
    }
    const bool listens = name.endsWith(ListenSuffix);
    if (listens) {
        name.chop(ListenSuffix.size());
    }
    for (const SchemeName &entry : SchemeNames) {
        if (name == QLatin1String(entry.name)) {
            spec.scheme = entry.scheme;
            spec.role = listens ? Role::Listener : Role::Client;
            return {};
        }
    }
    return usage(QStringLiteral("unknown scheme \"%1\"; there are %2").arg(text, knownSchemes()));
}

/// ncat's "host port" as "host:port".
QString joinHostAndPort(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words.size() != 2 || text.contains(QLatin1String("://"))) {
        return text;
    }
    bool isNumber = false;
    words.at(1).toUInt(&isNumber);
    if (!isNumber) {
        return text;
    }
    return bracketed(words.at(0)) + u':' + words.at(1);
}

/// Takes "user:password@" off the authority of a WebSocket target; it becomes the auth option.
Result<void> takeUserInfo(QString &authority, SessionSpec &spec)
{
    const qsizetype at = authority.lastIndexOf(u'@');
    if (at < 0) {
        return {};
    }
    if (!spec.isWebSocket() || spec.role == Role::Listener) {
        return usage(QStringLiteral("a user name in the target is possible for ws:// and wss:// only"));
    }
    spec.options.auth = QUrl::fromPercentEncoding(authority.left(at).toUtf8());
    if (!spec.options.auth.contains(u':')) {
        spec.options.auth += u':';
    }
    authority.remove(0, at + 1);
    return {};
}

/// Percent-encodes what is not ASCII, as browsers do; what is encoded already stays.
QString encodeBeyondAscii(const QString &path)
{
    QString encoded;
    for (const char byte : path.toUtf8()) {
        const auto value = static_cast<uchar>(byte);
        encoded += value < 0x80 ? QString(QLatin1Char(byte)) : QString::asprintf("%%%02X", value);
    }
    return encoded;
}

Result<void> setPath(SessionSpec &spec, QString path)
{
    const qsizetype fragment = path.indexOf(u'#');
    if (fragment >= 0) {
        path.truncate(fragment); // RFC 6455, 3: a fragment is not sent
    }
    if (!spec.isWebSocket()) {
        if (!path.isEmpty() && path != u"/") {
            return usage(QStringLiteral("%1:// takes no path").arg(toString(spec.scheme, spec.role)));
        }
        return {};
    }
    if (std::any_of(path.begin(), path.end(), [](QChar c) { return c <= u' ' || c == u'\x7f'; })) {
        return usage(QStringLiteral("there is a space or a control character in the path; write %20 for a space"));
    }
    spec.path = path.startsWith(u'/') ? path : u'/' + path; // an empty path, or a query alone
    spec.path = encodeBeyondAscii(spec.path);
    return {};
}

Result<void> setPort(SessionSpec &spec, const QString &text)
{
    if (text.isEmpty()) {
        spec.port = spec.role == Role::Client ? entryOf(spec.scheme).defaultPort : 0;
        if (spec.port == 0 && spec.role == Role::Client) {
            return usage(QStringLiteral("the port is missing: %1:port")
                             .arg(spec.host.isEmpty() ? QStringLiteral("host") : spec.host));
        }
        return {};
    }
    const Result<quint16> port = Authority::parsePort(text);
    if (!port) {
        return port.error();
    }
    if (*port == 0 && spec.role == Role::Client) {
        return usage(QStringLiteral("port 0 cannot be connected to; ports are 1 to 65535"));
    }
    spec.port = *port;
    return {};
}

} // namespace

QString toString(Scheme scheme, Role role)
{
    const QString name = QLatin1String(entryOf(scheme).name);
    return role == Role::Listener ? name + ListenSuffix : name;
}

Result<SessionSpec> SessionSpec::fromTarget(const QString &text)
{
    const QString target = joinHostAndPort(text.trimmed());
    if (target.isEmpty()) {
        return usage(QStringLiteral("the target is empty; type host:port or ws://host/path"));
    }
    SessionSpec spec;
    QString rest = target;
    const qsizetype schemeEnd = target.indexOf(QLatin1String("://"));
    if (schemeEnd >= 0) {
        if (const Result<void> known = setScheme(spec, target.left(schemeEnd)); !known) {
            return known.error();
        }
        rest = target.mid(schemeEnd + 3);
    }
    qsizetype pathBegin = 0;
    while (pathBegin < rest.size() && !QStringView(u"/?#").contains(rest.at(pathBegin))) {
        ++pathBegin;
    }
    QString authority = rest.left(pathBegin);
    if (const Result<void> user = takeUserInfo(authority, spec); !user) {
        return user.error();
    }
    const Result<Authority> split = Authority::split(authority);
    if (!split) {
        return split.error();
    }
    spec.host = split->host;
    if (spec.host.isEmpty() && spec.role == Role::Client) {
        return usage(QStringLiteral("the host is missing"));
    }
    if (spec.role == Role::Listener && spec.host == u"*") {
        spec.host.clear();
    }
    if (const Result<void> ok = setPort(spec, split->port); !ok) {
        return ok.error();
    }
    if (const Result<void> ok = setPath(spec, rest.mid(pathBegin)); !ok) {
        return ok.error();
    }
    return spec;
}

QString SessionSpec::target() const
{
    const quint16 defaultPort = role == Role::Client ? entryOf(scheme).defaultPort : 0;
    QString text = toString(scheme, role) + QLatin1String("://") + bracketed(host);
    if (port != defaultPort || defaultPort == 0) {
        text += u':' + QString::number(port);
    }
    return isWebSocket() ? text + path : text;
}

} // namespace Sidewire
