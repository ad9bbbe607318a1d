// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "statustext.h"

#include "core/payload/text.h"
#include "ui/models/endingtext.h"
#include "ui/models/striptext.h"
#include "ui/models/tlstext.h"
#include "ui/models/units.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 SilenceBeforeHint = 3'000'000'000; // ns
constexpr int MaxAddress = 300; // characters of one that a peer sent

bool wasConnected(const ConnectionInfo &info)
{
    return std::any_of(info.attempts.begin(), info.attempts.end(),
                       [](const ConnectAttempt &attempt) { return attempt.result == QLatin1String("connected"); });
}

bool isLocal(const QHostAddress &address)
{
    return address.isLoopback() || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

QString rate(double bytesPerSecond)
{
    return bytesPerSecond < 1 ? QString()
                              : QStringLiteral(", %1/s").arg(Units::bytes(static_cast<qint64>(bytesPerSecond)));
}

} // namespace

QList<StripCell> StatusText::cells(const SessionFacts &facts)
{
    return StripText::cells(facts);
}

EndpointLine StatusText::endpoints(const SessionFacts &facts)
{
    return StripText::endpoints(facts);
}

QString StatusText::ending(const ConnectionInfo &info, bool isWebSocket)
{
    return EndingText::sentence(info, isWebSocket);
}

QString StatusText::counters(const SessionFacts &facts)
{
    const auto part = [&facts](Direction direction) {
        const std::size_t index = indexOf(direction);
        const qint64 records = facts.totals.records[index];
        const bool isOne = records == 1;
        const QString unit = facts.newest.transport == Transport::Udp ? (isOne ? tr("datagram") : tr("datagrams"))
            : direction == Direction::Out                             ? (isOne ? tr("write") : tr("writes"))
                                                                      : (isOne ? tr("read") : tr("reads"));
        return QStringLiteral("%1 in %2 %3%4")
            .arg(Units::bytes(facts.totals.bytes[index]), QString::number(records), unit, rate(facts.rates[index]));
    };
    //: How long the newest reply took: "reply +11 ms"
    const QString reply =
        facts.reply ? tr("reply +%1").arg(Units::duration(*facts.reply)) + QStringLiteral("   ") : QString();
    //: %1 and %2 are like "15 B in 2 reads, 1.2 kB/s"
    return reply + tr("out %1   in %2").arg(part(Direction::Out), part(Direction::In));
}

Notice StatusText::notice(const SessionFacts &facts)
{
    using Action = Notice::Action;
    const ConnectionInfo &info = facts.newest;

    if (!facts.openError.isEmpty()) {
        return {facts.openError, Theme::Tone::Error, {}};
    }
    if (!facts.listenError.isEmpty()) {
        return {facts.listenError, Theme::Tone::Error,
                !whyPassphrase(facts).isEmpty() ? QList{Action::GivePassphrase, Action::Retry} : QList{Action::Retry}};
    }
    if (facts.spec.isUdp() && facts.isRunning && facts.isPaused) {
        return {tr("Reading is paused. What comes waits in the kernel's buffer, and what has no room there is dropped"),
                Theme::Tone::Warning,
                {}};
    }
    if (facts.isListener() || !facts.hasConnection) {
        return {};
    }
    if (info.isOver()) {
        return endNotice(facts);
    }
    if (!facts.isRunning) {
        return {};
    }
    if (info.state == ConnectionState::Upgrading && info.httpStatus > 0 && info.httpStatus != 101) {
        return {tr("The server answered HTTP %1 instead of the upgrade to WebSocket, and has not closed yet")
                    .arg(info.httpStatus),
                Theme::Tone::Error,
                {}};
    }
    if (facts.speaksHttp) {
        return {tr("This peer speaks HTTP; open as ws://"), Theme::Tone::Warning, {Action::OpenAsWebSocket}};
    }
    if (facts.spec.isUdp()) {
        if (info.unreachable.isEmpty()) {
            return {};
        }
        //: %1 is an endpoint, %2 is "port unreachable" or the like
        Notice notice{tr("%1: %2. Nothing was lost here; the peer's machine refused it")
                          .arg(info.peer.toString(), info.unreachable),
                      Theme::Tone::Warning,
                      {}};
        if (isLocal(info.peer.address)) {
            notice.text = tr("%1: %2. Nothing listens there").arg(info.peer.toString(), info.unreachable);
            notice.actions.append(Action::ListenHere);
        }
        return notice;
    }
    if (info.isPaused) {
        return {tr("Reading is paused. What comes waits in the kernel, then at the peer"), Theme::Tone::Warning, {}};
    }
    if (info.directions[indexOf(Direction::In)] == DirectionState::Fin && facts.spec.options.reconnect.count() > 0) {
        return {tr("The peer has ended its side. Ours ends too once what is queued has left; then it connects again"),
                Theme::Tone::Warning,
                {}};
    }
    const bool isSilent = info.state == ConnectionState::Open && info.records[indexOf(Direction::In)] == 0;
    if (isSilent && !facts.spec.isWebSocket() && info.openedAt > 0 && facts.now - info.openedAt >= SilenceBeforeHint) {
        return {tr("Connected. Nothing received; many servers wait for you."), Theme::Tone::Text, {}};
    }
    return {};
}

Notice StatusText::endNotice(const SessionFacts &facts)
{
    using Action = Notice::Action;
    const ConnectionInfo &info = facts.newest;
    Notice notice{ending(info, facts.spec.isWebSocket()),
                  info.state == ConnectionState::Failed ? Theme::Tone::Error : Theme::Tone::Text,
                  {}};
    if (facts.isRunning && TlsText::isNotTrusted(info)) {
        notice.text = tr("Not connected: the certificate of %1 was not accepted").arg(facts.spec.host); // Why is below
    }
    if (!info.redirectedTo.isEmpty()) {
        //: Behind another sentence; %1 is an address that a server gave
        notice.text += tr(". It points to %1").arg(Text::preview(info.redirectedTo.toUtf8(), MaxAddress));
    }
    if (!facts.isRunning) {
        return notice;
    }
    if (const QString next = reconnecting(facts); !next.isEmpty()) {
        notice.text += QStringLiteral(". ") + next;
        notice.actions = {Action::StopReconnecting};
    }
    if (!whyPassphrase(facts).isEmpty()) {
        notice.actions.append(Action::GivePassphrase);
    }
    notice.actions.append(Action::Retry);
    const bool isRefusedHere =
        !wasConnected(info) && !info.attempts.empty() && isLocal(info.attempts.front().address.address);
    if (isRefusedHere) {
        notice.actions.append(Action::ListenHere);
    }
    if (!info.redirectedTo.isEmpty()) {
        notice.actions.append(Action::OpenRedirect);
    }
    if (facts.speaksHttp) {
        notice.text = tr("This peer speaks HTTP; open as ws://") + QStringLiteral("   ") + notice.text;
        notice.actions.append(Action::OpenAsWebSocket);
    }
    return notice;
}

QString StatusText::reconnecting(const SessionFacts &facts)
{
    if (facts.reconnectAt == 0 || !facts.isRunning) {
        return {};
    }
    const qint64 left = std::max<qint64>(facts.reconnectAt - facts.now, 0);
    const qint64 seconds = (left + 999'999'999) / 1'000'000'000;
    //: %1 is "3 s" or "2:05 min", %2 the number of the attempt
    return tr("Reconnecting in %1 (attempt %2)")
        .arg(seconds < 100 ? tr("%1 s").arg(seconds) : Units::duration(left), QString::number(facts.reconnectAttempt));
}

QString StatusText::whyPassphrase(const SessionFacts &facts)
{
    const QString &error = facts.isListener() ? facts.listenError : facts.newest.error;
    return facts.isRunning && asksForPassphrase(facts.spec, error) ? error : QString();
}

bool StatusText::asksForPassphrase(const SessionSpec &spec, const QString &error)
{
    // Only where there is a key: otherwise the words are somebody else's.
    const TlsSettings &tls = spec.options.tls;
    const bool hasKey = !tls.keyFile.isEmpty() || !tls.certificateFile.isEmpty();
    return hasKey && error.contains(QLatin1String("passphrase"));
}

QString StatusText::markName(SessionMark mark)
{
    switch (mark) {
    case SessionMark::Busy:
        return tr("in progress");
    case SessionMark::Open:
        return tr("open");
    case SessionMark::Paused:
        return tr("paused");
    case SessionMark::Listening:
        return tr("listening");
    case SessionMark::Ended:
        return tr("closed");
    case SessionMark::Failed:
        return tr("failed");
    case SessionMark::OpenedLog:
        return tr("opened log");
    }
    return {};
}

Theme::Tone StatusText::markTone(SessionMark mark)
{
    switch (mark) {
    case SessionMark::Busy:
        return Theme::Tone::Warning;
    case SessionMark::Open:
    case SessionMark::Listening:
        return Theme::Tone::Success;
    case SessionMark::Paused:
        return Theme::Tone::Warning;
    case SessionMark::Failed:
        return Theme::Tone::Error;
    case SessionMark::Ended:
    case SessionMark::OpenedLog:
        break;
    }
    return Theme::Tone::Text;
}

QString StatusText::whyNotSend(const SessionFacts &facts)
{
    if (facts.isOpenedLog) {
        return tr("This is an opened log: nothing can be sent");
    }
    if (!facts.isRunning) {
        return tr("The session has ended: nothing was sent");
    }
    if (facts.isListener()) {
        return facts.openConnections > 0 ? QString()
            : facts.spec.isUdp()         ? tr("No peer has been heard yet: nothing was sent")
                                         : tr("No client is connected: nothing was sent");
    }
    if (!facts.hasConnection || facts.newest.state < ConnectionState::Open) {
        return tr("Not connected yet: nothing was sent");
    }
    if (facts.newest.state > ConnectionState::Open) {
        return tr("The connection is closed: nothing was sent. Ctrl+R connects again");
    }
    if (facts.newest.directions[indexOf(Direction::Out)] == DirectionState::Fin) {
        return tr("We have sent FIN: nothing more can be sent on this connection");
    }
    return {};
}

bool StatusText::needsClock(const SessionFacts &facts)
{
    return facts.isRunning && facts.hasConnection && !facts.isListener()
        && (!facts.newest.isOver() || facts.reconnectAt > 0);
}

} // namespace Sidewire
