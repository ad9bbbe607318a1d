// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/types.h"
#include "core/capture/event.h"
#include "core/capture/tlsfacts.h"

#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace Sidewire {

/// Where a connection stands.
enum class ConnectionState : quint8 {
    New,
    Resolving,
    Connecting,
    Proxying, ///< Asking a proxy for the way on
    Securing, ///< TLS handshake
    Upgrading, ///< HTTP upgrade to WebSocket
    Open, ///< For UDP this is shown as "bound", never as "open"
    Closing,
    Closed,
    Failed,
};

/// "resolving", "open", "failed" ...
std::string_view toString(ConnectionState state);

/// Each direction of a stream ends on its own (RFC 9293, 3.6).
enum class DirectionState : quint8 {
    NotOpen,
    Open,
    Fin, ///< FIN received (In) or sent (Out)
    Closed, ///< Over without a FIN, or after the end of the connection
};

enum class ClosedBy : quint8 { Nobody, Us, Peer };

/// A step of a connection's life with its duration.
struct Phase
{
    QString name; ///< "resolve", "tcp", "proxy", "tls", "upgrade", "open", "closing"
    qint64 begin = 0;
    qint64 end = 0; ///< 0 while it lasts
    bool hasFailed = false;
    QString detail;
};

/// One address that was tried.
struct ConnectAttempt
{
    Endpoint address;
    QString result; ///< "connected", "refused", "timeout", "unreachable", "failed"
    double milliseconds = 0;
    QString detail;
};

/// One socket option as it was asked for and as the kernel has it, in words: "sndbuf", "4096", "8192".
struct SocketOption
{
    QString name;
    QString asked; ///< Empty where nothing was asked
    QString actual;

    friend bool operator==(const SocketOption &, const SocketOption &) = default;
};

/// Of a SocketOptions event.
std::vector<SocketOption> socketOptionsFrom(const Event &event);

/// Everything that a log tells of one connection, rebuilt from its events alone, so that a live connection and its
/// reopened log cannot differ.
struct ConnectionInfo
{
    ConnectionId id{};
    Transport transport = Transport::Tcp;
    bool isServerSide = false; ///< Accepted by a listener of ours
    QString host; ///< As typed
    Endpoint local;
    Endpoint peer;
    ConnectionState state = ConnectionState::New;
    std::array<DirectionState, DirectionCount> directions{}; ///< By indexOf(Direction)
    QStringList resolved;
    std::vector<ConnectAttempt> attempts;
    std::vector<Phase> phases;
    qint64 openedAt = 0;
    qint64 closedAt = 0; ///< 0 while it lasts
    bool isPaused = false;

    bool hasHeardFromPeer = false; ///< UDP
    QString unreachable; ///< UDP: the last ICMP error, "port unreachable"; empty when there was none

    std::vector<SocketOption> socketOptions;
    QString proxy; ///< "socks5://127.0.0.1:1080"; empty without one
    QString interface; ///< UDP: where the newest datagram came in, where known
    TlsFacts tls;

    QString requestPath; ///< Of the upgrade that a client of ours asks for; server side
    QString requestOrigin;
    QStringList requestedSubprotocols;
    bool isUpgradeWaiting = false; ///< A person decides about the upgrade
    QString redirectedTo; ///< Location of a redirect, followed or not

    int httpStatus = 0; ///< Answer to the upgrade; 0 while there is none
    QString subprotocol;
    QString extensions;
    std::array<std::optional<quint16>, DirectionCount>
        closeCodes; ///< Of the Close frames seen; 1005 for one without a code
    std::array<QString, DirectionCount> closeReasons;

    ClosedBy closedBy = ClosedBy::Nobody;
    QString how; ///< "fin", "rst", "close-frame", "timeout", "refused", "error", "stopped"
    QString error; ///< Empty unless something went wrong

    qint64 discarded = 0; ///< Queued bytes that never left

    // Counted from the records and messages, not from events.
    std::array<qint64, DirectionCount> bytes{};
    std::array<qint64, DirectionCount> records{};
    std::array<qint64, DirectionCount> lastTimes{}; ///< 0 when there was none
    std::array<qint64, DirectionCount> messages{};
    qint64 violations = 0;

    bool isOver() const { return state == ConnectionState::Closed || state == ConnectionState::Failed; }

    /// Takes over what `event` tells; events of other connections and of the session change nothing.
    void apply(const Event &event);
};

} // namespace Sidewire
