// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectionsheet.h"

#include "core/payload/text.h"
#include "ui/models/endingtext.h"
#include "ui/models/tlstext.h"
#include "ui/models/units.h"

namespace Sidewire {

namespace {

constexpr int MaxChars = 512;

QString line(const QString &text)
{
    return Text::preview(text.toUtf8(), MaxChars);
}

/// Adds the row unless there is nothing to say.
void add(FactGroup &group, const QString &name, const QString &value, Theme::Tone tone = Theme::Tone::Text,
         const QString &remark = {})
{
    if (!value.isEmpty()) {
        group.rows.append({name, line(value), line(remark), tone});
    }
}

QString duration(double milliseconds)
{
    return Units::duration(static_cast<qint64>(milliseconds * 1e6));
}

} // namespace

QList<FactGroup> ConnectionSheet::groups(const ConnectionInfo &info, const SessionInfo &session, qint64 now)
{
    QList<FactGroup> groups{ends(info), tls(info)};
    for (std::size_t index = 0; index < info.tls.chain.size(); ++index) {
        groups.append(certificate(info.tls.chain[index], index, now));
    }
    groups.append(upgrade(info));
    groups.append(steps(info));
    groups.append(attempts(info));
    groups.append(socketOptions(tr("Socket options of this connection"), info.socketOptions));
    groups.append(socketOptions(info.transport == Transport::Udp ? tr("Socket options of the port")
                                                                 : tr("Socket options of the listening socket"),
                                session.socketOptions));
    groups.removeIf([](const FactGroup &group) { return group.rows.isEmpty(); });
    return groups;
}

QString ConnectionSheet::toText(const QList<FactGroup> &groups)
{
    QString text;
    for (const FactGroup &group : groups) {
        text += group.title + u'\n';
        for (const FactRow &row : group.rows) {
            text += QStringLiteral("  %1: ").arg(row.name) + row.value;
            text += row.remark.isEmpty() ? QStringLiteral("\n")
                                         : QStringLiteral("  (") + row.remark + QStringLiteral(")\n");
        }
    }
    return text;
}

FactGroup ConnectionSheet::ends(const ConnectionInfo &info)
{
    FactGroup group{tr("Connection #%1").arg(toNumber(info.id)), {}};
    const std::string_view state = toString(info.state);
    add(group, tr("state"), QString::fromLatin1(state.data(), static_cast<qsizetype>(state.size())),
        info.state == ConnectionState::Failed ? Theme::Tone::Error : Theme::Tone::Text,
        info.isServerSide ? tr("accepted by this listener") : QString());
    add(group, tr("ended"), EndingText::sentence(info, info.httpStatus > 0),
        info.state == ConnectionState::Failed ? Theme::Tone::Error : Theme::Tone::Text);
    add(group, tr("local"), info.local.toString());
    add(group, tr("peer"), info.peer.toString());
    add(group, tr("host as typed"), info.host);
    add(group, tr("addresses of the name"), info.resolved.join(QStringLiteral(", ")));
    add(group, tr("through the proxy"), info.proxy);
    add(group, tr("interface"), info.interface);
    return group;
}

FactGroup ConnectionSheet::steps(const ConnectionInfo &info)
{
    FactGroup group{tr("Steps"), {}};
    for (const Phase &phase : info.phases) {
        const QString time = phase.end > 0 ? Units::duration(phase.end - phase.begin) : tr("in progress");
        add(group, line(phase.name), phase.hasFailed ? tr("failed after %1").arg(time) : time,
            phase.hasFailed ? Theme::Tone::Error : Theme::Tone::Text, phase.detail);
    }
    return group;
}

FactGroup ConnectionSheet::attempts(const ConnectionInfo &info)
{
    FactGroup group{tr("Addresses tried"), {}};
    for (const ConnectAttempt &attempt : info.attempts) {
        const bool isConnected = attempt.result == QLatin1String("connected");
        //: %1 is a result such as "refused", %2 a duration
        add(group, attempt.address.toString(),
            tr("%1 after %2").arg(line(attempt.result), duration(attempt.milliseconds)),
            isConnected ? Theme::Tone::Text : Theme::Tone::Error, attempt.detail);
    }
    return group;
}

FactGroup ConnectionSheet::tls(const ConnectionInfo &info)
{
    const TlsFacts &facts = info.tls;
    FactGroup group{tr("TLS"), {}};
    add(group, tr("certificate"), TlsText::verification(facts), TlsText::verificationTone(facts));
    const QStringList problems = TlsText::problems(facts);
    for (const QString &problem : problems) {
        add(group, tr("problem"), problem, facts.isSecured ? Theme::Tone::Warning : Theme::Tone::Error);
    }
    add(group, tr("protocol"), facts.protocol, Theme::Tone::Text, facts.isResumed ? tr("session resumed") : QString());
    add(group, tr("cipher"), facts.cipher);
    add(group, tr("key exchange"), facts.group);
    if (facts.isSecured) {
        add(group, tr("ALPN"), facts.alpn.isEmpty() ? tr("none") : facts.alpn);
        add(group, tr("server name (SNI)"), facts.sni.isEmpty() ? tr("none") : facts.sni);
        add(group, tr("handshake"), duration(facts.milliseconds));
    }
    return group;
}

FactGroup ConnectionSheet::certificate(const CertificateFacts &facts, std::size_t number, qint64 now)
{
    FactGroup group{number == 0 ? tr("The peer's certificate") : tr("Certificate %1 of the chain").arg(number), {}};
    const bool isInForce = TlsText::isInForce(facts, now);
    add(group, tr("subject"), facts.subject);
    add(group, tr("issuer"), facts.isSelfSigned ? tr("itself (self-signed)") : facts.issuer);
    add(group, tr("names"), facts.names.join(QStringLiteral(", ")));
    add(group, tr("valid"), TlsText::validity(facts, now), isInForce ? Theme::Tone::Text : Theme::Tone::Error);
    add(group, tr("key"), facts.key);
    add(group, tr("signature"), facts.signature);
    add(group, tr("serial number"), facts.serial);
    add(group, tr("SHA-256"), facts.sha256);
    return group;
}

FactGroup ConnectionSheet::upgrade(const ConnectionInfo &info)
{
    FactGroup group{tr("WebSocket upgrade"), {}};
    add(group, tr("requested path"), info.requestPath);
    add(group, tr("requested by origin"), info.requestOrigin);
    add(group, tr("subprotocols asked for"), info.requestedSubprotocols.join(QStringLiteral(", ")));
    if (info.httpStatus > 0) {
        add(group, tr("answer"), tr("HTTP %1").arg(info.httpStatus),
            info.httpStatus == 101 ? Theme::Tone::Text : Theme::Tone::Error);
    }
    add(group, tr("redirected to"), info.redirectedTo);
    add(group, tr("subprotocol"), info.subprotocol);
    add(group, tr("extensions"), info.extensions);
    return group;
}

FactGroup ConnectionSheet::socketOptions(const QString &title, const std::vector<SocketOption> &options)
{
    FactGroup group{title, {}};
    for (const SocketOption &option : options) {
        const bool isOther = !option.asked.isEmpty() && option.asked != option.actual;
        add(group, line(option.name), option.actual, isOther ? Theme::Tone::Warning : Theme::Tone::Text,
            option.asked.isEmpty() ? QString()
                : isOther          ? tr("asked for %1").arg(line(option.asked))
                                   : tr("as asked"));
    }
    return group;
}

} // namespace Sidewire
