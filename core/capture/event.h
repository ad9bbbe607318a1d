// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/base/types.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace Sidewire {

/// What happened to a session or a connection besides bytes. The names go into the log; the comment lists the keys of
/// `data`. All times are nanoseconds since 1970 UTC, all durations milliseconds as numbers with a fraction, all
/// endpoints strings as Endpoint::toString() writes them.
enum class EventType : quint8 {
    // Of a connection
    Opened, ///< A connection begins: transport ("tcp"|"udp"), role ("client"|"server"), local, peer (may be missing until Endpoints), host, proxy (if any)
    Endpoints, ///< Both ends are known, packets can follow: local, peer
    PhaseStarted, ///< phase ("resolve"|"tcp"|"proxy"|"tls"|"upgrade"|"open"|"closing")
    PhaseEnded, ///< phase, ms, result ("ok"|"failed"), detail
    Resolved, ///< addresses (array of strings), ms
    Attempt, ///< One address tried: address (endpoint), result ("connected"|"refused"|"timeout"|"unreachable"|"failed"), ms, detail
    SocketOptions, ///< What the kernel made of the options: options (array of {name, asked, actual}; asked is missing where nothing was)
    Proxied, ///< The proxy's answer: proxy ("socks5://host:port"), target, accepted (bool), answer (as the proxy said it)
    StreamBegins, ///< The bytes before belong to something else, a lens begins anew here: layer ("tunnel"|"tls")
    Secured, ///< The TLS handshake is done: the keys of TlsFacts
    VerifyFailed, ///< The peer's certificate was not accepted, or accepted in spite of this: the keys of TlsFacts, fatal (bool)
    UpgradeRequested, ///< Server side: path, origin, subprotocols (array), waiting (bool): a person decides
    Redirected, ///< The upgrade was answered with another address: status, location, followed (bool)
    Upgraded, ///< The answer to the HTTP upgrade: status, subprotocol, extensions, accepted (bool)
    DirectionChanged, ///< direction ("in"|"out"), state ("open"|"fin"|"closed"); "fin": received for in, sent for out
    Heard, ///< UDP: the first datagram from this peer: interface (where known)
    PathChanged, ///< UDP: from here on datagrams of this connection come in by another interface: interface
    Unreachable, ///< UDP: ICMP port, host or network unreachable: what ("port"|"host"|"network"), detail
    CloseFrame, ///< A WebSocket Close frame crossed: direction, code (1005 without one), reason
    Discarded, ///< Queued bytes that never left: direction ("out"), bytes
    Paused, ///< Reading was paused by hand
    Resumed,
    Reconnecting, ///< Of the session: another connection follows by itself: delay (ms), attempt (from 1); cancelled (bool)
    ///< instead of delay: it does not follow after all
    Closed, ///< The end: state ("closed"|"failed"), by ("us"|"peer"|"nobody"), how ("fin"|"rst"|"close-frame"|"timeout"|"refused"|"error"|"stopped"), code (Error code name), error (text)
    // Of the session
    Listening, ///< local, backlog
    ListenFailed, ///< local, code, error
    ListenStopped, ///< The listening socket was closed; accepted connections go on
    AcceptPaused, ///< Accepting was paused by hand: the kernel's backlog fills
    AcceptResumed,
    GroupJoined, ///< Multicast: group, interface
    GroupLeft, ///< group, interface
    OptionsChanged, ///< For the next connection: options (as SessionOptions::toJson() without secrets)
    Dropped, ///< where ("kernel"|"capture"), count (of datagrams or records), bytes if known; connection if known
    Lens, ///< lens, reason; guessed (bool)
    ClockStep, ///< seconds: somebody set the wall clock
    Ended, ///< The session was ended; nothing follows
    Note, ///< Anything else worth a row: no keys
    // Of a capture made by another program, or of a damaged one
    Retransmitted, ///< direction, bytes, offset (of the stream)
    Missing, ///< direction, bytes, offset: segments that the capture does not hold
    Cut, ///< direction, bytes, offset: shortened by the snap length
};

/// One event, as it stands in the log (a systemd Journal Export Block).
struct Event
{
    enum class Severity : quint8 { Info, Warning, Error }; // PRIORITY 6, 4 and 3

    qint64 time = 0;
    EventType type = EventType::Note;
    Severity severity = Severity::Info;
    std::optional<ConnectionId> connection;
    QString message; ///< One sentence for people, without a full stop
    QJsonObject data;

    /// The one-line JSON of SIDEWIRE_EVENT: {"type":..,"time":..,"connection":..} and the keys of data.
    QByteArray toJson() const;

    /// The inverse; `message` and `severity` stand in other fields of the block and are passed in.
    static Result<Event> fromJson(QByteArrayView json, const QString &message, Severity severity);
};

/// "opened", "phase-started" ...: lower case with hyphens.
QByteArray toString(EventType type);
std::optional<EventType> eventTypeFromString(QByteArrayView name);

} // namespace Sidewire
