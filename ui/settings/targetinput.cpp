// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "targetinput.h"

#include <QRegularExpression>

namespace Sidewire::TargetInput {

namespace {

/// "9001" and "::1 9001" are fine for a person; the rest of the program knows host:port only.
QString withHostAndPort(const QString &text, const QString &scheme)
{
    static const QRegularExpression onlyPort(QStringLiteral("^:?(\\d+)$"));
    static const QRegularExpression hostSpacePort(QStringLiteral("^(\\S+)\\s+(\\d+)$"));
    if (const auto match = onlyPort.match(text); match.hasMatch() && scheme.endsWith(QLatin1String("-listen"))) {
        return QStringLiteral(":%1").arg(match.captured(1));
    }
    if (const auto match = hostSpacePort.match(text); match.hasMatch()) {
        QString host = match.captured(1);
        if (host.contains(QLatin1Char(':')) && !host.startsWith(QLatin1Char('['))) {
            host = QStringLiteral("[%1]").arg(host);
        }
        return QStringLiteral("%1:%2").arg(host, match.captured(2));
    }
    return text;
}

} // namespace

QStringList schemes()
{
    QStringList names;
    for (const Role role : {Role::Client, Role::Listener}) {
        for (const Scheme scheme : {Scheme::Tcp, Scheme::Tls, Scheme::Udp, Scheme::Ws, Scheme::Wss}) {
            names.append(toString(scheme, role));
        }
    }
    return names;
}

QString schemeOf(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*([A-Za-z][A-Za-z0-9+.-]*)://"));
    return pattern.match(text).captured(1).toLower();
}

Result<SessionSpec> parse(const QString &text, const QString &selected)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        return Error{Error::Code::Usage, QStringLiteral("Type a target, such as 127.0.0.1:9001")};
    }
    const QString target = schemeOf(trimmed).isEmpty()
        ? QStringLiteral("%1://%2").arg(selected, withHostAndPort(trimmed, selected))
        : trimmed;
    const QString scheme = schemeOf(target);
    if (const QStringList known = schemes(); !known.contains(scheme)) {
        return Error{
            Error::Code::Unsupported,
            QStringLiteral("There is no scheme %1://; there are %2").arg(scheme, known.join(QLatin1String(", ")))};
    }
    return SessionSpec::fromTarget(target);
}

std::optional<QString> webSocketTarget(const QString &text)
{
    const QString scheme = schemeOf(text);
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https")) {
        return std::nullopt;
    }
    const QString webSocket = scheme == QLatin1String("https") ? QStringLiteral("wss") : QStringLiteral("ws");
    return webSocket + text.trimmed().mid(scheme.size());
}

} // namespace Sidewire::TargetInput
