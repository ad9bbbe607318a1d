// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "commanddraft.h"

#include "core/session/authority.h"

#include <QUrl>

#include <cmath>

namespace Sidewire {

Result<void> CommandDraft::set(const char *name, const QString &value)
{
    const Result<void> done = spec().options.set(QLatin1String(name), value);
    return done ? done : error(done.error().detail);
}

void CommandDraft::note(const QString &sentence)
{
    if (!m_command.notes.contains(sentence)) {
        m_command.notes << sentence;
    }
}

Error CommandDraft::error(const QString &sentence) const
{
    return {Error::Code::Usage, QStringLiteral("%1: %2").arg(m_command.tool, sentence)};
}

Result<void> CommandDraft::setTarget(const QString &target)
{
    const Result<SessionSpec> parsed = SessionSpec::fromTarget(target);
    if (!parsed) {
        return error(parsed.error().detail);
    }
    spec().scheme = parsed->scheme;
    spec().role = parsed->role;
    spec().host = parsed->host;
    spec().port = parsed->port;
    spec().path = parsed->path;
    return parsed->options.auth.isEmpty() ? Result<void>() : set("auth", parsed->options.auth);
}

Result<void> CommandDraft::setHost(const QString &host)
{
    const Result<Authority> authority = Authority::split(bracketed(host));
    if (!authority) {
        return error(authority.error().detail);
    }
    spec().host = authority->host;
    return {};
}

Result<void> CommandDraft::setPort(const QString &port)
{
    const Result<quint16> number = Authority::parsePort(port);
    if (!number) {
        return error(number.error().detail);
    }
    if (*number == 0 && !isListener()) {
        return error(QStringLiteral("port 0 cannot be connected to"));
    }
    spec().port = *number;
    return {};
}

Result<void> CommandDraft::setTimeout(const QString &seconds, double factor)
{
    bool isNumber = false;
    const double ms = seconds.toDouble(&isNumber) * factor;
    if (!isNumber || !std::isfinite(ms) || ms < 0) {
        return error(QStringLiteral("\"%1\" is not a time").arg(seconds));
    }
    return set("connect-timeout", QString::number(ms, 'f', 0));
}

Result<void> CommandDraft::setProxy(const Proxy &proxy)
{
    if (proxy.kind != u"http" && proxy.kind != u"socks5") {
        return error(
            QStringLiteral("a proxy of the kind %1 is not supported; there are http and socks5").arg(proxy.kind));
    }
    QByteArray credentials;
    if (!proxy.credentials.isEmpty()) {
        const qsizetype colon = proxy.credentials.indexOf(u':');
        credentials = QUrl::toPercentEncoding(proxy.credentials.left(colon));
        if (colon >= 0) {
            credentials += ':' + QUrl::toPercentEncoding(proxy.credentials.mid(colon + 1));
        }
        credentials += '@';
    }
    return set("proxy", QStringLiteral("%1://%2%3").arg(proxy.kind, QString::fromLatin1(credentials), proxy.address));
}

Result<ImportedCommand> CommandDraft::finish()
{
    const QString kind = toString(spec().scheme, spec().role);
    for (const QString &name : SessionOptions::names()) {
        if (!spec().options.values(name).isEmpty() && !SessionOptions::appliesTo(name, spec().scheme, spec().role)) {
            note(QStringLiteral("%1 means nothing to %2").arg(name, kind));
            if (const Result<void> cleared = spec().options.set(name, {}); !cleared) {
                return cleared.error();
            }
        }
    }
    if (const Result<void> fits = spec().options.checkFor(spec().scheme, spec().role); !fits) {
        return error(fits.error().detail);
    }
    return m_command;
}

} // namespace Sidewire
