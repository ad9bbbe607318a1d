// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optionlayout.h"

#include "core/session/sessionoptions.h"

namespace Sidewire {

std::vector<OptionPlace> OptionLayout::places()
{
    using Group = OptionPlace::Group;
    using Kind = OptionPlace::Kind;
    constexpr bool Common = true;
    constexpr bool Rare = false;

    std::vector<OptionPlace> places;
    const auto add = [&places](const char *name, const QString &label, Group group, Kind kind, bool isCommon,
                               const QList<OptionPlace::Choice> &choices = {}) {
        places.push_back({QString::fromLatin1(name), label, group, kind, isCommon, choices, {}});
    };
    const auto hint = [&places](const QString &text) {
        places.back().hint = text;
    };
    const QString system = tr("as the system has it");
    const SessionOptions defaults;
    const auto choice = [](const char *value, const QString &text) {
        return OptionPlace::Choice{QString::fromLatin1(value), text};
    };
    const QList<OptionPlace::Choice> versions{choice("any", system), choice("1.0", tr("TLS 1.0")),
                                              choice("1.1", tr("TLS 1.1")), choice("1.2", tr("TLS 1.2")),
                                              choice("1.3", tr("TLS 1.3"))};

    add("answer", tr("Answer"), Group::Listener, Kind::OpenChoice, Common,
        {choice("none", tr("none")), choice("echo", tr("echo")), choice("discard", tr("discard")),
         choice("text:hello", tr("text:hello")), choice("greet:welcome", tr("greet:welcome")),
         choice("clock:1000", tr("clock:1000")), choice("file:", tr("file:"))});
    hint(tr("none, echo, discard, text:…, greet:…, clock:ms, file:path"));
    add("backlog", tr("Backlog"), Group::Listener, Kind::Line, Rare);
    hint(QString::number(defaults.socket.backlog));
    add("upgrade", tr("Upgrades"), Group::Listener, Kind::Choice, Common,
        {choice("accept", tr("accept what fits the rules")), choice("ask", tr("ask each time")),
         choice("refuse", tr("refuse all"))});
    add("accept-path", tr("Accepted paths"), Group::Listener, Kind::Lines, Rare);
    hint(tr("/chat; empty: any"));
    add("accept-origin", tr("Accepted origins"), Group::Listener, Kind::Lines, Rare);
    hint(tr("https://example.org; empty: any"));
    add("refuse-status", tr("Status of a refusal"), Group::Listener, Kind::Line, Rare);
    hint(QString::number(defaults.upgrade.refusal));

    add("bind", tr("Local address"), Group::General, Kind::Line, Common);
    hint(tr("any, or address, :port, address:port"));
    add("connect-timeout", tr("Time limit (ms)"), Group::General, Kind::Line, Common);
    hint(QString::number(defaults.connectTimeout.count()));
    add("reconnect", tr("Connect again after (ms)"), Group::General, Kind::Line, Common);
    hint(tr("off"));
    add("family", tr("Addresses"), Group::General, Kind::Choice, Rare,
        {choice("any", tr("IPv4 and IPv6")), choice("4", tr("IPv4 only")), choice("6", tr("IPv6 only"))});
    add("interface", tr("Network interface"), Group::General, Kind::Interface, Rare);
    hint(tr("any"));
    add("log-limit", tr("Size limit of the log"), Group::General, Kind::Line, Rare);
    hint(tr("off, or for instance 500M"));
    add("proxy", tr("Proxy"), Group::General, Kind::Proxy, Common);

    add("subprotocol", tr("Subprotocols"), Group::WebSocket, Kind::Line, Common);
    hint(tr("none; several with commas between"));
    add("origin", tr("Origin"), Group::WebSocket, Kind::Line, Common);
    hint(tr("none"));
    add("auth", tr("Authorization"), Group::WebSocket, Kind::Secret, Common);
    hint(tr("user:password, or bearer and a token"));
    add("header", tr("Headers"), Group::WebSocket, Kind::Lines, Common);
    hint(tr("Name: value"));
    add("cookie", tr("Cookies"), Group::WebSocket, Kind::Lines, Rare);
    hint(tr("name=value"));
    add("deflate", tr("Compression"), Group::WebSocket, Kind::OpenChoice, Common,
        {choice("off", tr("off")), choice("on", tr("on"))});
    hint(tr("off, on, or parameters: server_max_window_bits=10; …"));
    add("autopong", tr("Answer pings"), Group::WebSocket, Kind::OpenChoice, Rare,
        {choice("on", tr("at once")), choice("off", tr("never"))});
    hint(tr("on, off, or after so many ms"));
    add("inflate-limit", tr("Inflate messages up to"), Group::WebSocket, Kind::Line, Rare);
    add("redirects", tr("Redirects to follow"), Group::WebSocket, Kind::Line, Rare);
    hint(tr("0: none"));

    add("verify", tr("Peer's certificate"), Group::Tls, Kind::OpenChoice, Common,
        {choice("on", tr("verify")), choice("off", tr("do not verify"))});
    hint(tr("or the SHA-256 fingerprint of the only one to accept"));
    add("ca", tr("CA file"), Group::Tls, Kind::File, Common);
    hint(tr("the system's authorities"));
    add("cert", tr("Own certificate"), Group::Tls, Kind::File, Common);
    hint(tr("none; listeners make their own"));
    add("key", tr("Private key"), Group::Tls, Kind::File, Common);
    hint(tr("in the same file"));
    add("passphrase-file", tr("Passphrase file"), Group::Tls, Kind::File, Rare);
    hint(tr("none"));
    add("passphrase", tr("Passphrase"), Group::Tls, Kind::Secret, Rare);
    hint(tr("kept in memory only"));
    add("client-cert", tr("Certificate of clients"), Group::Tls, Kind::Choice, Common,
        {choice("none", tr("not asked for")), choice("ask", tr("asked for")), choice("require", tr("required"))});
    add("sni", tr("Server name (SNI)"), Group::Tls, Kind::Line, Common);
    hint(tr("the host"));
    add("alpn", tr("ALPN"), Group::Tls, Kind::Line, Common);
    hint(tr("none; several with commas between"));
    add("tls-min", tr("Oldest version"), Group::Tls, Kind::Choice, Rare, versions);
    add("tls-max", tr("Newest version"), Group::Tls, Kind::Choice, Rare, versions);
    add("ciphers", tr("Ciphers"), Group::Tls, Kind::Line, Rare);
    hint(tr("those of OpenSSL"));

    add("multicast", tr("Multicast groups"), Group::Udp, Kind::Lines, Common);
    hint(tr("group or group,interface"));
    add("multicast-ttl", tr("Multicast hops"), Group::Udp, Kind::Line, Rare);
    hint(system);
    add("multicast-loop", tr("Multicast to itself"), Group::Udp, Kind::Switch, Rare);
    add("broadcast", tr("Broadcast"), Group::Udp, Kind::Switch, Common);

    add("nodelay", tr("No delay"), Group::Socket, Kind::Switch, Rare);
    add("keepalive", tr("Keep-alive"), Group::Socket, Kind::Line, Rare);
    hint(tr("off, on, or seconds idle,interval,probes"));
    add("linger", tr("Linger"), Group::Socket, Kind::Line, Rare);
    hint(tr("off, or seconds; 0 resets"));
    add("sndbuf", tr("Send buffer"), Group::Socket, Kind::Line, Rare);
    hint(system);
    add("rcvbuf", tr("Receive buffer"), Group::Socket, Kind::Line, Rare);
    hint(system);
    add("tos", tr("Type of service"), Group::Socket, Kind::Line, Rare);
    hint(system);
    add("ttl", tr("Time to live"), Group::Socket, Kind::Line, Rare);
    hint(system);
    add("reuse-address", tr("Reuse address"), Group::Socket, Kind::Switch, Rare);
    return places;
}

QString OptionLayout::title(OptionPlace::Group group)
{
    using Group = OptionPlace::Group;
    switch (group) {
    case Group::General:
        return tr("General");
    case Group::Socket:
        return tr("Socket");
    case Group::Tls:
        return tr("TLS");
    case Group::WebSocket:
        return tr("WebSocket upgrade");
    case Group::Listener:
        return tr("Listener");
    case Group::Udp:
        return tr("UDP");
    case Group::Other:
        break;
    }
    return tr("Other");
}

} // namespace Sidewire
