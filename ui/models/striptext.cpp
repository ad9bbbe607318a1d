// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "striptext.h"

#include "core/protocol/websocket/closecode.h"
#include "ui/models/tlstext.h"
#include "ui/models/units.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 IdleFrom = 1'000'000'000; // ns; below that a direction is simply "open"
constexpr quint16 NoCode = 1005; // RFC 6455, 7.4.1

const Phase *phaseOf(const ConnectionInfo &info, const char *name)
{
    const auto found = std::find_if(info.phases.rbegin(), info.phases.rend(),
                                    [name](const Phase &phase) { return phase.name == QLatin1String(name); });
    return found == info.phases.rend() ? nullptr : &*found;
}

/// How long a phase took, or takes so far; empty if it never began.
QString timeOf(const SessionFacts &facts, const char *name)
{
    const Phase *phase = phaseOf(facts.newest, name);
    if (!phase) {
        return {};
    }
    if (phase->end > 0) {
        return Units::duration(phase->end - phase->begin);
    }
    return facts.now - phase->begin < IdleFrom ? QString() : Units::clock(facts.now - phase->begin);
}

QString portOf(const Endpoint &endpoint)
{
    return QStringLiteral(":%1").arg(endpoint.port);
}

} // namespace

QList<StripCell> StripText::cells(const SessionFacts &facts)
{
    if (facts.isListener()) {
        return {listenerCell(facts)};
    }
    if (facts.spec.isUdp() || (facts.hasConnection && facts.newest.transport == Transport::Udp)) {
        return {udpCell(facts)};
    }
    QList<StripCell> cells{tcpCell(facts)};
    if (phaseOf(facts.newest, "proxy")) {
        cells.append(proxyCell(facts));
    }
    if (TlsText::hasLayer(facts)) {
        cells.append(TlsText::cell(facts));
    }
    if (facts.spec.isWebSocket() || facts.newest.httpStatus > 0) {
        cells.append(webSocketCell(facts));
    }
    return cells;
}

StripCell StripText::listenerCell(const SessionFacts &facts)
{
    QString layer = facts.spec.isUdp() ? tr("UDP") : facts.spec.isWebSocket() ? tr("WebSocket") : tr("TCP");
    if (facts.spec.isTls()) {
        //: %1 is a protocol
        layer = tr("%1 over TLS").arg(layer);
    }
    if (!facts.listenError.isEmpty() || !facts.openError.isEmpty()) {
        return {layer, tr("NOT LISTENING"), {}, Theme::Tone::Error};
    }
    const bool isOne = facts.openConnections == 1;
    const QString unit =
        facts.spec.isUdp() ? (isOne ? tr("peer") : tr("peers")) : (isOne ? tr("client") : tr("clients"));
    const QString clients = QStringLiteral("%1 %2").arg(QString::number(facts.openConnections), unit);
    if (!facts.isRunning) {
        return {layer, facts.isOpenedLog ? tr("LISTENED") : tr("STOPPED"), {}, Theme::Tone::Text};
    }
    if (facts.listening.isEmpty()) {
        return {layer, tr("STARTING"), {}, Theme::Tone::Warning};
    }
    switch (facts.session.listenState) {
    case ListenState::AcceptPaused:
        //: %1 is like "5 clients"
        return {layer, tr("LISTENING"), tr("%1, accepting paused").arg(clients), Theme::Tone::Warning};
    case ListenState::Stopped:
        return {layer, tr("STOPPED"), facts.openConnections > 0 ? clients : QString(), Theme::Tone::Text};
    default:
        return {layer, tr("LISTENING"), clients, Theme::Tone::Success};
    }
}

StripCell StripText::udpCell(const SessionFacts &facts)
{
    const ConnectionInfo &info = facts.newest;
    const QString layer = tr("UDP");
    if (!facts.hasConnection || info.state < ConnectionState::Open) {
        return {layer,
                info.state == ConnectionState::Resolving ? tr("RESOLVING") : tr("STARTING"),
                {},
                Theme::Tone::Warning};
    }
    if (info.state == ConnectionState::Failed) {
        return {layer, tr("FAILED"), {}, Theme::Tone::Error};
    }
    if (info.isOver()) {
        return {layer, tr("CLOSED"), {}, Theme::Tone::Text};
    }
    //: %1 is a port such as ":50214"
    const QString bound = tr("BOUND %1").arg(portOf(info.local));
    if (!info.unreachable.isEmpty()) {
        //: %1 is a port such as ":9002", %2 is "port unreachable"
        return {layer, bound, tr("%1 %2").arg(portOf(info.peer), info.unreachable), Theme::Tone::Error};
    }
    if (info.hasHeardFromPeer) {
        return {layer, bound, tr("heard from %1").arg(portOf(info.peer)), Theme::Tone::Success};
    }
    return {layer, bound, tr("nothing heard from %1 yet").arg(portOf(info.peer)), Theme::Tone::Text};
}

StripCell StripText::tcpCell(const SessionFacts &facts)
{
    const ConnectionInfo &info = facts.newest;
    const QString layer = tr("TCP");
    if (!facts.hasConnection) {
        return facts.openError.isEmpty() && facts.isRunning
            ? StripCell{layer, tr("STARTING"), {}, Theme::Tone::Warning}
            : StripCell{layer, tr("NOT STARTED"), {}, Theme::Tone::Text};
    }
    if (info.isOver()) {
        return tcpEnd(facts);
    }
    switch (info.state) {
    case ConnectionState::New:
        return {layer, tr("STARTING"), {}, Theme::Tone::Warning};
    case ConnectionState::Resolving:
        return {layer, tr("RESOLVING"), timeOf(facts, "resolve"), Theme::Tone::Warning};
    case ConnectionState::Connecting:
        return {layer, tr("CONNECTING"), timeOf(facts, "tcp"), Theme::Tone::Warning};
    default:
        break;
    }
    const bool isInOver = info.directions[indexOf(Direction::In)] == DirectionState::Fin;
    const bool isOutOver = info.directions[indexOf(Direction::Out)] == DirectionState::Fin;
    if (isInOver && isOutOver) {
        return {layer, tr("CLOSING"), {}, Theme::Tone::Warning};
    }
    if (isInOver || isOutOver) {
        return {layer, isInOver ? tr("FIN RECEIVED") : tr("FIN SENT"), tr("half-closed"), Theme::Tone::Warning};
    }
    return {layer, tr("ESTABLISHED"), timeOf(facts, "tcp"), Theme::Tone::Success};
}

StripCell StripText::tcpEnd(const SessionFacts &facts)
{
    const ConnectionInfo &info = facts.newest;
    const Phase *tcp = phaseOf(info, "tcp");
    const bool wasOpen = info.isServerSide || (tcp && tcp->end > 0 && !tcp->hasFailed);
    if (info.state == ConnectionState::Failed && !wasOpen && !info.attempts.empty()) {
        return {tr("TCP"), info.attempts.back().result.toUpper(), timeOf(facts, "tcp"), Theme::Tone::Error};
    }
    if (info.state == ConnectionState::Failed && !wasOpen) {
        const Phase *resolve = phaseOf(info, "resolve");
        return {tr("TCP"), resolve && resolve->hasFailed ? tr("NO ADDRESS") : tr("FAILED"), {}, Theme::Tone::Error};
    }
    const bool isReset = info.how == QLatin1String("rst");
    return {tr("TCP"), isReset ? tr("RESET") : tr("CLOSED"), {}, isReset ? Theme::Tone::Error : Theme::Tone::Text};
}

StripCell StripText::proxyCell(const SessionFacts &facts)
{
    const Phase &phase = *phaseOf(facts.newest, "proxy");
    const QString layer = tr("Proxy");
    if (phase.hasFailed) {
        return {layer, tr("REFUSED"), {}, Theme::Tone::Error};
    }
    if (phase.end == 0) {
        return {layer, tr("ASKING"), timeOf(facts, "proxy"), Theme::Tone::Warning};
    }
    return {layer, facts.newest.isOver() ? tr("PASSED") : tr("OPEN"), timeOf(facts, "proxy"),
            facts.newest.isOver() ? Theme::Tone::Text : Theme::Tone::Success};
}

StripCell StripText::webSocketCell(const SessionFacts &facts)
{
    const QString layer = tr("WebSocket");
    const ConnectionInfo &info = facts.newest;
    if (info.isOver()) {
        return webSocketEnd(facts);
    }
    switch (info.state) {
    case ConnectionState::Upgrading:
        if (info.httpStatus > 0 && info.httpStatus != 101) {
            return {layer, tr("REFUSED"), tr("HTTP %1").arg(info.httpStatus), Theme::Tone::Error};
        }
        return {layer, tr("UPGRADING"), timeOf(facts, "upgrade"), Theme::Tone::Warning};
    case ConnectionState::Open: {
        const Phase *open = phaseOf(info, "open");
        const QString age = Units::clock(facts.now - (open ? open->begin : info.openedAt));
        const QString upgrade = timeOf(facts, "upgrade");
        //: %1 is how long it has been open, %2 how long the upgrade took
        QString text = upgrade.isEmpty() ? age : tr("%1 (upgrade %2)").arg(age, upgrade);
        if (const QString deflate = QStringLiteral("permessage-deflate"); info.extensions.contains(deflate)) {
            text += QStringLiteral(", ") + deflate;
        }
        return {layer, tr("OPEN"), text, Theme::Tone::Success};
    }
    case ConnectionState::Closing:
        return {layer, tr("CLOSING"), {}, Theme::Tone::Warning};
    default:
        return {layer, tr("WAITING"), {}, Theme::Tone::Text};
    }
}

StripCell StripText::webSocketEnd(const SessionFacts &facts)
{
    const QString layer = tr("WebSocket");
    const ConnectionInfo &info = facts.newest;
    const Phase *upgrade = phaseOf(info, "upgrade");
    if (!upgrade && info.httpStatus == 0) {
        return {layer, tr("NOT REACHED"), {}, Theme::Tone::Text};
    }
    if (info.httpStatus != 101) {
        return info.httpStatus > 0
            ? StripCell{layer, tr("REFUSED"), tr("HTTP %1").arg(info.httpStatus), Theme::Tone::Error}
            : StripCell{layer, tr("FAILED"), {}, Theme::Tone::Error};
    }
    for (const Direction direction : {Direction::In, Direction::Out}) {
        if (const std::optional<quint16> code = info.closeCodes[indexOf(direction)]) {
            const std::string_view name = closeCodeName(*code);
            const QString text = *code == NoCode
                ? tr("without a code")
                : QStringLiteral("%1 %2").arg(QString::number(*code),
                                              QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
            return {layer, tr("CLOSED"), text, Theme::Tone::Text};
        }
    }
    return {layer, tr("CLOSED"), tr("no Close frame"), Theme::Tone::Warning};
}

EndpointLine StripText::endpoints(const SessionFacts &facts)
{
    if (facts.isListener()) {
        //: Of a listening socket: how many connections the kernel keeps for us
        return {facts.listening,
                {},
                {},
                facts.session.backlog > 0 ? tr("backlog %1").arg(facts.session.backlog) : QString()};
    }
    if (!facts.hasConnection) {
        return {{}, {}, {}, facts.spec.host.isEmpty() ? QString() : tr("to %1").arg(facts.spec.target())};
    }
    const ConnectionInfo &info = facts.newest;
    //: While no peer is known; %1 is a target
    return {info.local.toString(), outState(facts), inState(facts),
            info.peer.isNull() ? tr("to %1").arg(facts.spec.target()) : info.peer.toString()};
}

QString StripText::outState(const SessionFacts &facts)
{
    if (facts.newest.transport == Transport::Udp && !facts.newest.isOver()) {
        if (!facts.isRunning) {
            return {};
        }
        //: %1 is a size; it has not left yet
        return tr("queued %1").arg(facts.queued == 0 ? QStringLiteral("0") : Units::bytes(facts.queued));
    }
    switch (facts.newest.directions[indexOf(Direction::Out)]) {
    case DirectionState::NotOpen:
        return tr("not open");
    case DirectionState::Open:
        //: %1 is a size; it has not left yet
        return tr("open, queued %1").arg(facts.queued == 0 ? QStringLiteral("0") : Units::bytes(facts.queued));
    case DirectionState::Fin:
        return tr("FIN sent");
    case DirectionState::Closed:
        break;
    }
    return tr("closed");
}

QString StripText::inState(const SessionFacts &facts)
{
    const ConnectionInfo &info = facts.newest;
    if (info.transport == Transport::Udp && !info.isOver()) {
        if (!facts.isRunning) {
            return {};
        }
        const qint64 heard = info.lastTimes[indexOf(Direction::In)];
        //: %1 is a duration
        return heard == 0 ? tr("nothing yet") : tr("idle %1").arg(Units::clock(facts.now - heard));
    }
    switch (info.directions[indexOf(Direction::In)]) {
    case DirectionState::NotOpen:
        return tr("not open");
    case DirectionState::Open: {
        if (!facts.isRunning) {
            return tr("open");
        }
        if (info.isPaused) {
            return tr("open, paused");
        }
        const qint64 last = std::max(info.lastTimes[indexOf(Direction::In)], info.openedAt);
        const qint64 idle = facts.now - last;
        //: %1 is a duration
        return last > 0 && idle >= IdleFrom ? tr("open, idle %1").arg(Units::clock(idle)) : tr("open");
    }
    case DirectionState::Fin:
        return tr("FIN received");
    case DirectionState::Closed:
        break;
    }
    return tr("closed");
}

} // namespace Sidewire
