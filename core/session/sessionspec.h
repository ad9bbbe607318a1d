// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace Sidewire {

enum class Scheme : quint8 { Tcp, Tls, Udp, Ws, Wss };
enum class Role : quint8 { Client, Listener };

/// What a listener does with what comes.
struct AnswerOptions
{
    enum class Kind : quint8 {
        None,
        Echo,
        Discard, ///< Read and answer nothing (as None, but says so)
        Text, ///< Send `text` for each read, datagram or message
        Greet, ///< Send `text` once when a client connects, then echo
        Clock, ///< Send the time as a line every `interval`; WebSocket: a JSON object
        Unruly, ///< UDP: echo, but drop, reorder and duplicate by `seed`
    };
    Kind kind = Kind::None;
    QByteArray text;
    std::chrono::milliseconds interval{1000};
    quint32 seed = 1;

    friend bool operator==(const AnswerOptions &, const AnswerOptions &) = default;
};

/// One line of the upgrade request, as typed: order, spelling and duplicates are kept.
struct HttpHeader
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const HttpHeader &, const HttpHeader &) = default;
};

/// What a session can be asked beyond its target; the names of `set` are those of `--option name=value`.
struct SessionOptions
{
    std::chrono::milliseconds connectTimeout{
        10'000}; ///< "connect-timeout", ms, 1 to 86,400,000; each address, and the upgrade
    Endpoint
        bind; ///< "bind": "address", ":port", "address:port" or "[v6]:port"; a null address or port 0 leave it open
    QStringList subprotocols; ///< "subprotocol", comma separated
    std::vector<HttpHeader> headers; ///< "header", "Name: value", repeatable
    QString origin; ///< "origin"
    QString auth; ///< "auth": "user:password" (Basic) or "bearer TOKEN". A secret
    AnswerOptions answer; ///< "answer": none, echo, discard, text:TEXT, greet:TEXT, clock[:MS], unruly[:SEED]

    /// Sets one option; the error of an unknown name or value lists what is possible.
    Result<void> set(const QString &name, const QString &value);

    /// All names that set() knows.
    static QStringList names();

    enum class Secrets { LeaveOut, Include };
    QJsonObject toJson(Secrets secrets) const; ///< Only what differs from the default
    static Result<SessionOptions> fromJson(const QJsonObject &object);

    friend bool operator==(const SessionOptions &, const SessionOptions &) = default;
};

/// What to open: a target with its options. A plain value that can be saved, compared and shown.
struct SessionSpec
{
    Scheme scheme = Scheme::Tcp;
    Role role = Role::Client;
    QString host; ///< A name or a literal address without brackets; for a listener the address to bind, empty for any
    quint16 port = 0; ///< 0 only for a listener: a free port
    QString path = QStringLiteral("/"); ///< With the query; WebSocket only
    SessionOptions options;

    /// From what a person types: "tcp://host:port", "host:port", "host port", "ws://host[:80]/path",
    /// "udp-listen://:5000" ... Each thing that can be wrong has its own sentence.
    static Result<SessionSpec> fromTarget(const QString &text);

    /// The canonical target, "ws://127.0.0.1:9001/"; fromTarget() reads it back to the same spec (options aside).
    QString target() const;

    bool isWebSocket() const { return scheme == Scheme::Ws || scheme == Scheme::Wss; }
    bool isTls() const { return scheme == Scheme::Tls || scheme == Scheme::Wss; }
    bool isUdp() const { return scheme == Scheme::Udp; }

    friend bool operator==(const SessionSpec &, const SessionSpec &) = default;
};

/// "tcp", "ws-listen" ...
QString toString(Scheme scheme, Role role);

} // namespace Sidewire
