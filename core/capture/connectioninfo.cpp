// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectioninfo.h"

#include <QJsonArray>

#include <algorithm>

namespace Sidewire {

namespace {

// A log can be written by anybody: what is kept of it for a connection is bounded.
constexpr std::size_t MaxPhases = 256;
constexpr std::size_t MaxAttempts = 256;
constexpr qsizetype MaxResolved = 256;
constexpr std::size_t MaxSocketOptions = 64;
constexpr qsizetype MaxSubprotocols = 256;

constexpr double LongestPhase = 1e12; // Milliseconds, about 30 years: still exact in nanoseconds

struct PhaseState
{
    QLatin1StringView phase;
    ConnectionState state;
};

constexpr PhaseState PhaseStates[] = {
    {QLatin1StringView("resolve"), ConnectionState::Resolving}, {QLatin1StringView("tcp"), ConnectionState::Connecting},
    {QLatin1StringView("proxy"), ConnectionState::Proxying},    {QLatin1StringView("tls"), ConnectionState::Securing},
    {QLatin1StringView("upgrade"), ConnectionState::Upgrading}, {QLatin1StringView("open"), ConnectionState::Open},
    {QLatin1StringView("closing"), ConnectionState::Closing},
};

QString text(const Event &event, const char *key)
{
    return event.data.value(QLatin1StringView(key)).toString();
}

Endpoint endpoint(const Event &event, const char *key)
{
    return Endpoint::fromString(text(event, key));
}

double milliseconds(const Event &event)
{
    return std::clamp(event.data.value(QLatin1StringView("ms")).toDouble(), 0.0, LongestPhase);
}

std::optional<Direction> direction(const Event &event)
{
    const QString name = text(event, "direction");
    if (name == u"in") {
        return Direction::In;
    }
    if (name == u"out") {
        return Direction::Out;
    }
    return std::nullopt;
}

void takeEndpoints(ConnectionInfo &info, const Event &event)
{
    if (const Endpoint local = endpoint(event, "local"); !local.isNull()) {
        info.local = local;
    }
    if (const Endpoint peer = endpoint(event, "peer"); !peer.isNull()) {
        info.peer = peer;
    }
}

void open(ConnectionInfo &info, const Event &event)
{
    info.transport = text(event, "transport") == u"udp" ? Transport::Udp : Transport::Tcp;
    info.isServerSide = text(event, "role") == u"server";
    info.host = text(event, "host");
    info.proxy = text(event, "proxy");
    info.openedAt = event.time;
    takeEndpoints(info, event);
}

void startPhase(ConnectionInfo &info, const Event &event)
{
    const QString name = text(event, "phase");
    const auto known = std::ranges::find_if(PhaseStates, [&](const PhaseState &entry) { return name == entry.phase; });
    if (known != std::end(PhaseStates) && !info.isOver()) {
        info.state = known->state;
    }
    if (info.phases.size() < MaxPhases) {
        info.phases.push_back({name, event.time, 0, false, {}});
    }
}

void endPhase(ConnectionInfo &info, const Event &event)
{
    const QString name = text(event, "phase");
    const auto isIt = [&](const Phase &phase) {
        return phase.end == 0 && phase.name == name;
    };
    auto phase = std::find_if(info.phases.rbegin(), info.phases.rend(), isIt);
    if (phase == info.phases.rend()) {
        if (info.phases.size() >= MaxPhases) {
            return;
        }
        const auto begin = event.time - static_cast<qint64>(milliseconds(event) * 1e6);
        info.phases.push_back({name, begin, 0, false, {}});
        phase = info.phases.rbegin();
    }
    phase->end = event.time;
    phase->hasFailed = text(event, "result") == u"failed";
    phase->detail = text(event, "detail");
}

void resolve(ConnectionInfo &info, const Event &event)
{
    info.resolved.clear();
    for (const QJsonValue &address : event.data.value(QLatin1StringView("addresses")).toArray()) {
        if (info.resolved.size() < MaxResolved) {
            info.resolved.append(address.toString());
        }
    }
}

void addAttempt(ConnectionInfo &info, const Event &event)
{
    if (info.attempts.size() < MaxAttempts) {
        info.attempts.push_back(
            {endpoint(event, "address"), text(event, "result"), milliseconds(event), text(event, "detail")});
    }
}

void changeDirection(ConnectionInfo &info, const Event &event)
{
    const std::optional<Direction> which = direction(event);
    if (!which) {
        return;
    }
    DirectionState &state = info.directions[indexOf(*which)];
    const QString name = text(event, "state");
    if (name == u"open") {
        state = DirectionState::Open;
    } else if (name == u"fin") {
        state = DirectionState::Fin;
    } else if (name == u"closed") {
        state = DirectionState::Closed;
    }
}

void takeCloseFrame(ConnectionInfo &info, const Event &event)
{
    if (const std::optional<Direction> which = direction(event)) {
        const int code = event.data.value(QLatin1StringView("code")).toInt(1005); // RFC 6455, 7.1.5
        info.closeCodes[indexOf(*which)] = static_cast<quint16>(std::clamp(code, 0, 0xffff));
        info.closeReasons[indexOf(*which)] = text(event, "reason");
    }
}

void takeUpgradeRequest(ConnectionInfo &info, const Event &event)
{
    info.requestPath = text(event, "path");
    info.requestOrigin = text(event, "origin");
    info.isUpgradeWaiting = event.data.value(QLatin1StringView("waiting")).toBool();
    info.requestedSubprotocols.clear();
    for (const QJsonValue &name : event.data.value(QLatin1StringView("subprotocols")).toArray()) {
        if (info.requestedSubprotocols.size() < MaxSubprotocols) {
            info.requestedSubprotocols.append(name.toString());
        }
    }
}

void close(ConnectionInfo &info, const Event &event)
{
    info.isUpgradeWaiting = false;
    info.state = text(event, "state") == u"failed" ? ConnectionState::Failed : ConnectionState::Closed;
    const QString by = text(event, "by");
    info.closedBy = by == u"us" ? ClosedBy::Us : by == u"peer" ? ClosedBy::Peer : ClosedBy::Nobody;
    info.how = text(event, "how");
    info.error = text(event, "error");
    info.closedAt = event.time;
    info.isPaused = false;
    for (Phase &phase : info.phases) {
        if (phase.end == 0) {
            phase.end = event.time;
        }
    }
    for (DirectionState &state : info.directions) {
        if (state != DirectionState::NotOpen) {
            state = DirectionState::Closed;
        }
    }
}

} // namespace

std::string_view toString(ConnectionState state)
{
    switch (state) {
    case ConnectionState::New:
        return "new";
    case ConnectionState::Resolving:
        return "resolving";
    case ConnectionState::Connecting:
        return "connecting";
    case ConnectionState::Proxying:
        return "proxying";
    case ConnectionState::Securing:
        return "securing";
    case ConnectionState::Upgrading:
        return "upgrading";
    case ConnectionState::Open:
        return "open";
    case ConnectionState::Closing:
        return "closing";
    case ConnectionState::Closed:
        return "closed";
    case ConnectionState::Failed:
        return "failed";
    }
    Q_UNREACHABLE();
}

std::vector<SocketOption> socketOptionsFrom(const Event &event)
{
    std::vector<SocketOption> result;
    for (const QJsonValue &value : event.data.value(QLatin1StringView("options")).toArray()) {
        if (result.size() < MaxSocketOptions) {
            const QJsonObject option = value.toObject();
            result.push_back({option.value(QLatin1StringView("name")).toString(),
                              option.value(QLatin1StringView("asked")).toString(),
                              option.value(QLatin1StringView("actual")).toString()});
        }
    }
    return result;
}

void ConnectionInfo::apply(const Event &event)
{
    if (event.connection != id) {
        return;
    }
    switch (event.type) {
    case EventType::Opened:
        open(*this, event);
        break;
    case EventType::Endpoints:
        takeEndpoints(*this, event);
        break;
    case EventType::PhaseStarted:
        startPhase(*this, event);
        break;
    case EventType::PhaseEnded:
        endPhase(*this, event);
        break;
    case EventType::Resolved:
        resolve(*this, event);
        break;
    case EventType::Attempt:
        addAttempt(*this, event);
        break;
    case EventType::SocketOptions:
        socketOptions = socketOptionsFrom(event);
        break;
    case EventType::Proxied:
        proxy = text(event, "proxy");
        break;
    case EventType::Secured:
    case EventType::VerifyFailed:
        tls = TlsFacts::fromJson(event.data);
        tls.isSecured = event.type == EventType::Secured;
        break;
    case EventType::UpgradeRequested:
        takeUpgradeRequest(*this, event);
        break;
    case EventType::Redirected:
        redirectedTo = text(event, "location");
        break;
    case EventType::Upgraded:
        isUpgradeWaiting = false;
        httpStatus = event.data.value(QLatin1StringView("status")).toInt();
        subprotocol = text(event, "subprotocol");
        extensions = text(event, "extensions");
        break;
    case EventType::DirectionChanged:
        changeDirection(*this, event);
        break;
    case EventType::Heard:
        hasHeardFromPeer = true;
        interface = text(event, "interface");
        break;
    case EventType::PathChanged:
        interface = text(event, "interface");
        break;
    case EventType::Unreachable:
        unreachable = text(event, "what") + QStringLiteral(" unreachable");
        break;
    case EventType::CloseFrame:
        takeCloseFrame(*this, event);
        break;
    case EventType::Discarded:
        discarded += std::max<qint64>(0, event.data.value(QLatin1StringView("bytes")).toInteger());
        break;
    case EventType::Paused:
        isPaused = true;
        break;
    case EventType::Resumed:
        isPaused = false;
        break;
    case EventType::Closed:
        close(*this, event);
        break;
    case EventType::StreamBegins:
    case EventType::Reconnecting:
    case EventType::Listening:
    case EventType::ListenFailed:
    case EventType::ListenStopped:
    case EventType::AcceptPaused:
    case EventType::AcceptResumed:
    case EventType::GroupJoined:
    case EventType::GroupLeft:
    case EventType::OptionsChanged:
    case EventType::Dropped:
    case EventType::Lens:
    case EventType::ClockStep:
    case EventType::Ended:
    case EventType::Note:
    case EventType::Retransmitted:
    case EventType::Missing:
    case EventType::Cut:
        break;
    }
}

} // namespace Sidewire
