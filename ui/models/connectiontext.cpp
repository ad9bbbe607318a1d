// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "connectiontext.h"

namespace Sidewire {

QString ConnectionText::state(const ConnectionRow &row)
{
    if (row.isUpgradeWaiting && !row.isOver()) {
        return tr("waits for you");
    }
    switch (row.state) {
    case ConnectionState::New:
        return tr("starting");
    case ConnectionState::Resolving:
        return tr("resolving");
    case ConnectionState::Connecting:
        return tr("connecting");
    case ConnectionState::Proxying:
        return tr("asking the proxy");
    case ConnectionState::Securing:
        return tr("TLS handshake");
    case ConnectionState::Upgrading:
        return tr("upgrading");
    case ConnectionState::Open:
        return openState(row);
    case ConnectionState::Closing:
        return tr("closing");
    case ConnectionState::Closed:
    case ConnectionState::Failed:
        break;
    }
    return endState(row);
}

QString ConnectionText::openState(const ConnectionRow &row)
{
    if (row.transport == Transport::Udp && !row.unreachable.isEmpty()) {
        return row.unreachable;
    }
    const bool isInOver = row.directions[indexOf(Direction::In)] == DirectionState::Fin;
    const bool isOutOver = row.directions[indexOf(Direction::Out)] == DirectionState::Fin;
    const QString text = row.transport == Transport::Udp ? (row.hasHeardFromPeer ? tr("heard") : tr("not heard yet"))
        : isInOver && isOutOver                          ? tr("closing")
        : isInOver                                       ? tr("FIN received")
        : isOutOver                                      ? tr("FIN sent")
                                                         : tr("open");
    //: %1 is a state such as "open"
    return row.isPaused ? tr("%1, paused").arg(text) : text;
}

QString ConnectionText::endState(const ConnectionRow &row)
{
    if (row.how == QLatin1String("rst")) {
        return row.closedBy == ClosedBy::Us ? tr("reset by us") : tr("reset by peer");
    }
    if (row.state == ConnectionState::Failed) {
        return row.how == QLatin1String("timeout") ? tr("timed out") : tr("failed");
    }
    switch (row.closedBy) {
    case ClosedBy::Us:
        return tr("closed by us");
    case ClosedBy::Peer:
        return tr("closed by peer");
    case ClosedBy::Nobody:
        break;
    }
    return tr("closed");
}

Theme::Tone ConnectionText::stateTone(const ConnectionRow &row)
{
    if (row.isOver()) {
        const bool isBad = row.state == ConnectionState::Failed || row.how == QLatin1String("rst");
        return isBad ? Theme::Tone::Error : Theme::Tone::Muted;
    }
    if (row.isUpgradeWaiting || row.isPaused || row.state != ConnectionState::Open) {
        return Theme::Tone::Warning;
    }
    return row.unreachable.isEmpty() ? Theme::Tone::Success : Theme::Tone::Error;
}

Theme::Icon ConnectionText::stateIcon(const ConnectionRow &row)
{
    switch (row.state) {
    case ConnectionState::Closed:
        return Theme::Icon::StateClosed;
    case ConnectionState::Failed:
        return Theme::Icon::StateFailed;
    case ConnectionState::Open:
        return row.isPaused ? Theme::Icon::Pause : Theme::Icon::StateOpen;
    default:
        return row.isUpgradeWaiting ? Theme::Icon::Warning : Theme::Icon::StateBusy;
    }
}

QString ConnectionText::upgrade(const ConnectionRow &row)
{
    QStringList parts{row.path};
    if (!row.origin.isEmpty()) {
        parts += tr("origin %1").arg(row.origin);
    }
    if (!row.subprotocols.isEmpty()) {
        parts += tr("subprotocols %1").arg(row.subprotocols.join(QStringLiteral(", ")));
    }
    return parts.join(QStringLiteral(", "));
}

QString ConnectionText::name(const ConnectionRow &row)
{
    return QStringLiteral("#%1 %2").arg(QString::number(toNumber(row.id)), row.peer.toString()).trimmed();
}

} // namespace Sidewire
