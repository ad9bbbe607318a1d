// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"
#include "core/net/socketsettings.h"
#include "core/net/tlssettings.h"
#include "core/protocol/websocket/deflateparameters.h"
#include "core/session/scheme.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace Sidewire {

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
        File, ///< Send the content of `file`, read anew for each read, datagram or message
    };
    Kind kind = Kind::None;
    QByteArray text;
    QString file;
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

/// Which upgrades a WebSocket listener accepts. What does not fit is refused with `refusal`.
struct UpgradeRules
{
    enum class Decision : quint8 {
        Accept, ///< What fits the rules
        Ask, ///< What fits the rules waits for a person: Engine::answerUpgrade()
        Refuse, ///< Everything
    };
    Decision decision = Decision::Accept;
    QStringList paths; ///< Without the query; empty: any
    QStringList origins; ///< Empty: any, also none
    int refusal = 403; ///< HTTP status 400 to 599

    friend bool operator==(const UpgradeRules &, const UpgradeRules &) = default;
};

/// Whether the pings of a WebSocket are answered by themselves.
struct AutoPong
{
    bool isOn = true;
    std::chrono::milliseconds delay{0}; ///< How late

    friend bool operator==(const AutoPong &, const AutoPong &) = default;
};

/// The way to the target through a proxy.
struct ProxySettings
{
    enum class Kind : quint8 { None, HttpConnect, Socks5 }; // RFC 9110, 9.3.6; RFC 1928
    Kind kind = Kind::None;
    QString host;
    quint16 port = 0;
    QString user;
    QString password; ///< A secret

    QString toString() const; ///< "socks5://host:port", without user and password; empty for None

    friend bool operator==(const ProxySettings &, const ProxySettings &) = default;
};

/// One option as a person is told of it.
struct OptionHelp
{
    QString name;
    QString syntax; ///< "on|off", "BYTES (1 to ...)"
    QString description; ///< One line without a full stop
    QString appliesTo; ///< "every session", "listeners"
    bool isRepeatable = false; ///< Each set() adds one
    bool isSecret = false; ///< Its values, or a part of some of them, are left out of logs
};

/// What a session can be asked beyond its target; the names of `set` are those of `--option name=value`.
struct SessionOptions
{
    std::chrono::milliseconds connectTimeout{10'000}; ///< "connect-timeout", ms, 1 to 86,400,000; each address, and the
        ///< proxy, the TLS handshake and the upgrade
    SocketSettings
        socket; ///< "bind", "interface", "family", "reuse-address", "nodelay", "keepalive", "linger", "sndbuf",
    ///< "rcvbuf", "tos", "ttl", "backlog", "broadcast", "multicast", "multicast-ttl", "multicast-loop"
    qint64 logLimit = 0; ///< "log-limit": bytes that the log may have, at least 1 MiB; 0: no limit
    std::chrono::milliseconds reconnect{0}; ///< "reconnect": "off" or the delay in ms, 1 to 86,400,000
    ProxySettings proxy; ///< "proxy": http://[user:password@]host:port or socks5://...
    TlsSettings
        tls; ///< "verify", "sni", "alpn", "tls-min", "tls-max", "ciphers", "ca", "cert", "key", "passphrase-file", "client-cert"
    QString passphraseFile; ///< Where the passphrase was read from, when it was set
    QStringList
        subprotocols; ///< "subprotocol", comma separated: asked for, or offered by a listener, in order of preference
    std::vector<HttpHeader> headers; ///< "header", "Name: value", repeatable
    QStringList cookies; ///< "cookie", "name=value", repeatable; all go into one Cookie line. Secrets
    QString origin; ///< "origin"
    QString auth; ///< "auth": "user:password" (Basic) or "bearer TOKEN". A secret
    int redirects = 0; ///< "redirects": how many are followed, 0 to 20
    int inflateLimit =
        64 * 1024 * 1024; ///< "inflate-limit": bytes that a compressed message may inflate to in the views
    UpgradeRules upgrade; ///< "upgrade" (accept|ask|refuse), "accept-path", "accept-origin", "refuse-status"
    std::optional<DeflateParameters>
        deflate; ///< "deflate": "off", "on" or parameters. What is offered, or what a listener makes of offers (RFC 7692)
    AutoPong autoPong; ///< "autopong": "on", "off", or how late in ms, 1 to 86,400,000
    AnswerOptions
        answer; ///< "answer": none, echo, discard, text:TEXT, greet:TEXT, clock[:MS], unruly[:SEED], file:PATH

    /// Sets one option, or adds a value to a repeatable one; an empty value returns it to its default. The error of an
    /// unknown name or value lists what is possible.
    Result<void> set(const QString &name, const QString &value);

    /// What set() takes to make the same again: nothing at the default, several of a repeatable option only.
    QStringList values(const QString &name) const;

    /// All names that set() knows, and what they mean.
    static QStringList names();
    static std::vector<OptionHelp> help();

    /// Whether an option means something to such a session; check() has the sentence when it does not.
    static bool appliesTo(const QString &name, Scheme scheme, Role role);
    static Result<void> check(const QString &name, Scheme scheme, Role role);

    /// Whether everything that is set (differs from its default) applies, and fits together.
    Result<void> checkFor(Scheme scheme, Role role) const;

    /// Without passwords, tokens, cookies, and headers that carry such.
    SessionOptions withoutSecrets() const;

    enum class Secrets { LeaveOut, Include };
    QJsonObject toJson(Secrets secrets) const; ///< Only what differs from the default; a passphrase never
    static Result<SessionOptions> fromJson(const QJsonObject &object);

    friend bool operator==(const SessionOptions &, const SessionOptions &) = default;
};

} // namespace Sidewire
