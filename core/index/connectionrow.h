// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/connectioninfo.h"

#include <QString>
#include <QStringList>

#include <array>
#include <vector>

namespace Sidewire {

/// What a list of connections shows of one: a ConnectionInfo without what only a page of its own would tell, so that
/// thousands can be copied while the traffic goes on.
struct ConnectionRow
{
    ConnectionRow() = default;
    explicit ConnectionRow(const ConnectionInfo &info);

    ConnectionId id{};
    Transport transport = Transport::Tcp;
    ConnectionState state = ConnectionState::New;
    std::array<DirectionState, DirectionCount> directions{};
    bool isPaused = false;
    bool isUpgradeWaiting = false; ///< A person decides about the upgrade
    Endpoint local; ///< UDP: where the peer's datagrams go to
    Endpoint peer;
    qint64 openedAt = 0;
    qint64 closedAt = 0; ///< 0 while it lasts
    ClosedBy closedBy = ClosedBy::Nobody;
    QString how; ///< As ConnectionInfo::how
    QString path; ///< Of the upgrade that was asked for, like the next two
    QString origin;
    QStringList subprotocols;
    bool hasHeardFromPeer = false; ///< UDP
    QString unreachable; ///< UDP: the last ICMP error; empty when there was none
    QString interface; ///< UDP: where the newest datagram came in
    std::array<qint64, DirectionCount> bytes{};
    std::array<qint64, DirectionCount> messages{};
    qint64 violations = 0;

    bool isOver() const { return state == ConnectionState::Closed || state == ConnectionState::Failed; }
};

/// The connections that changed since a generation, oldest change first.
struct ConnectionChanges
{
    std::vector<ConnectionRow> rows;
    quint64 generation = 0; ///< To ask with next time
    bool hasMore = false; ///< The limit was reached: ask again
};

} // namespace Sidewire
