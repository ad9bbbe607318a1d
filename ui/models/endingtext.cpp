// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "endingtext.h"

#include "core/payload/text.h"
#include "core/protocol/websocket/closecode.h"
#include "ui/models/units.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr std::size_t MaxAttemptsShown = 6;
constexpr quint16 NoCode = 1005; // RFC 6455, 7.4.1

const Phase *phaseOf(const ConnectionInfo &info, QLatin1String name)
{
    const auto found = std::find_if(info.phases.rbegin(), info.phases.rend(),
                                    [name](const Phase &phase) { return phase.name == name; });
    return found == info.phases.rend() ? nullptr : &*found;
}

bool hasFailed(const ConnectionInfo &info, QLatin1String name)
{
    const Phase *phase = phaseOf(info, name);
    return phase && phase->hasFailed;
}

} // namespace

QString EndingText::sentence(const ConnectionInfo &info, bool isWebSocket)
{
    if (!info.isOver()) {
        return {};
    }
    const bool isConnected = info.transport == Transport::Udp || info.isServerSide
        || std::any_of(info.attempts.begin(), info.attempts.end(),
                       [](const ConnectAttempt &attempt) { return attempt.result == QLatin1String("connected"); });
    if (!isConnected && info.records[indexOf(Direction::In)] == 0 && info.records[indexOf(Direction::Out)] == 0
        && info.state == ConnectionState::Failed) {
        return notReached(info);
    }

    QString text = whoAndHow(info);
    const bool hadUpgrade = isWebSocket && info.httpStatus == 101;
    if (hadUpgrade && !info.closeCodes[indexOf(Direction::In)] && info.how != QLatin1String("close-frame")) {
        text += tr(", no Close frame");
    }
    const qint64 last = std::max(info.lastTimes[0], info.lastTimes[1]);
    if (last > 0 && info.closedAt > last) {
        //: %1 is a duration such as "60.0 s"
        text += tr(", %1 after the last byte").arg(Units::duration(info.closedAt - last));
    }
    if (info.discarded > 0) {
        //: %1 is a size such as "15 B"
        text += tr("; %1 were queued and never left").arg(Units::bytes(info.discarded));
    }
    return text;
}

QString EndingText::whoAndHow(const ConnectionInfo &info)
{
    const bool isPeer = info.closedBy == ClosedBy::Peer;
    if (hasFailed(info, QLatin1String("upgrade"))) {
        if (info.httpStatus == 101) {
            return tr("The answer to the upgrade breaks the protocol: %1").arg(info.error);
        }
        return info.httpStatus > 0
            ? tr("The server answered HTTP %1 instead of the upgrade to WebSocket").arg(info.httpStatus)
            : info.error.isEmpty() ? tr("The upgrade to WebSocket failed")
                                   : tr("The upgrade to WebSocket failed: %1").arg(info.error);
    }
    if (info.how == QLatin1String("close-frame")) {
        //: %1 is a close code with its name and reason
        return isPeer ? tr("Peer closed with %1").arg(closeFrame(info, Direction::In))
                      : tr("We closed with %1").arg(closeFrame(info, Direction::Out));
    }
    if (info.how == QLatin1String("fin")) {
        return isPeer ? tr("Peer sent FIN") : tr("We sent FIN");
    }
    if (info.how == QLatin1String("rst")) {
        return isPeer ? tr("Peer reset the connection (RST)") : tr("We reset the connection (RST)");
    }
    if (info.how == QLatin1String("stopped")) {
        return tr("Stopped here");
    }
    if (info.how == QLatin1String("timeout")) {
        return info.error.isEmpty() ? tr("No answer in time") : info.error;
    }
    return info.error.isEmpty() ? tr("Closed") : info.error;
}

QString EndingText::notReached(const ConnectionInfo &info)
{
    if (info.attempts.empty()) {
        return info.error.isEmpty() ? tr("Could not connect") : info.error;
    }
    QStringList tried;
    for (const ConnectAttempt &attempt : info.attempts) {
        if (static_cast<std::size_t>(tried.size()) == MaxAttemptsShown) {
            tried.append(tr("and %n more", nullptr, static_cast<int>(info.attempts.size() - MaxAttemptsShown)));
            break;
        }
        //: %1 is an endpoint, %2 its result ("refused"), %3 a duration
        tried.append(tr("%1 %2 after %3")
                         .arg(attempt.address.toString(), attempt.result,
                              Units::duration(static_cast<qint64>(attempt.milliseconds * 1e6))));
    }
    return tr("Not connected: %1").arg(tried.join(QStringLiteral("; ")));
}

QString EndingText::closeFrame(const ConnectionInfo &info, Direction direction)
{
    const std::optional<quint16> code = info.closeCodes[indexOf(direction)];
    if (!code || *code == NoCode) {
        return tr("a Close frame without a code");
    }
    const std::string_view name = closeCodeName(*code);
    QString text = QStringLiteral("%1 %2").arg(QString::number(*code),
                                               QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
    const QString reason = Text::preview(info.closeReasons[indexOf(direction)].toUtf8(), 125);
    if (!reason.isEmpty()) {
        text += QStringLiteral(" “%1”").arg(reason);
    }
    return text;
}

} // namespace Sidewire
