// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "optiontable.h"

#include "core/session/options/answervalues.h"
#include "core/session/options/optionaccess.h"
#include "core/session/options/proxyvalues.h"
#include "core/session/options/socketvalues.h"
#include "core/session/options/tlsvalues.h"
#include "core/session/options/upgradevalues.h"
#include "core/session/options/websocketvalues.h"

#include <algorithm>
#include <limits>

namespace Sidewire {

namespace {

using namespace OptionAccesses;

constexpr OptionScope Everything("every session", {Scheme::Tcp, Scheme::Tls, Scheme::Udp, Scheme::Ws, Scheme::Wss},
                                 {Scheme::Tcp, Scheme::Tls, Scheme::Udp, Scheme::Ws, Scheme::Wss});
constexpr OptionScope Clients("clients", {Scheme::Tcp, Scheme::Tls, Scheme::Udp, Scheme::Ws, Scheme::Wss}, {});
constexpr OptionScope Listeners("listeners", {}, {Scheme::Tcp, Scheme::Tls, Scheme::Udp, Scheme::Ws, Scheme::Wss});
constexpr OptionScope Streams("everything but udp", {Scheme::Tcp, Scheme::Tls, Scheme::Ws, Scheme::Wss},
                              {Scheme::Tcp, Scheme::Tls, Scheme::Ws, Scheme::Wss});
constexpr OptionScope StreamClients("clients other than udp", {Scheme::Tcp, Scheme::Tls, Scheme::Ws, Scheme::Wss}, {});
constexpr OptionScope StreamListeners("listeners other than udp", {},
                                      {Scheme::Tcp, Scheme::Tls, Scheme::Ws, Scheme::Wss});
constexpr OptionScope Datagrams("udp", {Scheme::Udp}, {Scheme::Udp});
// Connecting, or a handshake that an accepted client has to finish.
constexpr OptionScope Handshakes("everything but udp-listen",
                                 {Scheme::Tcp, Scheme::Tls, Scheme::Udp, Scheme::Ws, Scheme::Wss},
                                 {Scheme::Tcp, Scheme::Tls, Scheme::Ws, Scheme::Wss});
// On tcp TLS can be started by hand; a ws client can be redirected to wss.
constexpr OptionScope Tls("everything but udp and ws-listen", {Scheme::Tcp, Scheme::Tls, Scheme::Ws, Scheme::Wss},
                          {Scheme::Tcp, Scheme::Tls, Scheme::Wss});
constexpr OptionScope TlsListeners("tcp-listen, tls-listen and wss-listen", {},
                                   {Scheme::Tcp, Scheme::Tls, Scheme::Wss});
constexpr OptionScope WebSockets("ws and wss", {Scheme::Ws, Scheme::Wss}, {Scheme::Ws, Scheme::Wss});
constexpr OptionScope WebSocketClients("clients of ws and wss", {Scheme::Ws, Scheme::Wss}, {});
constexpr OptionScope WebSocketListeners("listeners of ws and wss", {}, {Scheme::Ws, Scheme::Wss});

// Linux doubles it in an int.
constexpr int LargestBuffer = std::numeric_limits<int>::max() / 2;

// A record is never refused by an empty log.
constexpr qint64 LeastLog = 1024 * 1024;

template<typename Member>
auto inSocket(Member member)
{
    return field(&SessionOptions::socket, member);
}

template<typename Member>
auto inTls(Member member)
{
    return field(&SessionOptions::tls, member);
}

template<typename Member>
auto inUpgrade(Member member)
{
    return field(&SessionOptions::upgrade, member);
}

template<typename Field>
OptionAccess time(Field field)
{
    return single(field, OptionValues::milliseconds, OptionValues::fromMilliseconds);
}

template<typename Field, typename Parse>
OptionAccess list(Field field, Parse parse)
{
    return single(field, parse, [](const QStringList &values) { return values.join(u','); });
}

OptionAccess reconnect()
{
    OptionAccess access = time(field(&SessionOptions::reconnect));
    access.set = [ms = access.set, off = access.clear](SessionOptions &options, const QString &text) -> Result<void> {
        if (text == u"off") {
            off(options);
            return {};
        }
        return ms(options, text);
    };
    return access;
}

OptionAccess logLimit()
{
    const auto limit = [](const QString &text) {
        return OptionValues::size(text, LeastLog);
    };
    return single(field(&SessionOptions::logLimit), limit, OptionValues::fromSize);
}

OptionAccess verify()
{
    return {[](SessionOptions &options, const QString &text) { return TlsValues::setVerify(options.tls, text); },
            [](const SessionOptions &options) {
                return options.tls.verify == TlsSettings::Verify::On ? QStringList()
                                                                     : QStringList{TlsValues::fromVerify(options.tls)};
            },
            [](SessionOptions &options) {
                options.tls.verify = TlsSettings::Verify::On;
                options.tls.fingerprint.clear();
            }};
}

OptionAccess passphraseFile()
{
    return {[](SessionOptions &options, const QString &path) -> Result<void> {
                Result<QString> passphrase = TlsValues::readPassphrase(path);
                if (!passphrase) {
                    return passphrase.error();
                }
                options.tls.passphrase = *std::move(passphrase);
                options.passphraseFile = path;
                return {};
            },
            [](const SessionOptions &options) {
                return options.passphraseFile.isEmpty() ? QStringList() : QStringList{options.passphraseFile};
            },
            [](SessionOptions &options) {
                options.tls.passphrase.clear();
                options.passphraseFile.clear();
            }};
}

QString same(const QString &value)
{
    return value;
}

std::vector<Option> makeTable()
{
    using Socket = SocketSettings;
    constexpr int Repeatable = Option::Repeatable;
    constexpr int Secret = Option::Secret;
    return {
        // Where a socket is and how it gets there
        {"bind", "ADDRESS|:PORT|ADDRESS:PORT", "The local end to connect from", Clients,
         single(inSocket(&Socket::bind), SocketValues::bind, SocketValues::fromBind)},
        {"interface", "NAME", "The network interface to use, for instance eth0", Everything,
         single(inSocket(&Socket::interface), SocketValues::interface, same)},
        {"family", "any|4|6", "IPv4 only, IPv6 only, or both", Everything,
         single(inSocket(&Socket::family), SocketValues::family, SocketValues::fromFamily)},
        {"reuse-address", "on|off", "Several sockets on one local address and port", Everything,
         onOff(inSocket(&Socket::reuseAddress))},
        {"connect-timeout", "MS (1 to 86400000)", "How long each address, proxy and handshake may take", Handshakes,
         time(field(&SessionOptions::connectTimeout))},
        {"reconnect", "off|MS (1 to 86400000)", "Connect again by itself, so long after the end", StreamClients,
         reconnect()},
        {"proxy", "off|http://[USER:PASSWORD@]HOST:PORT|socks5://...", "The proxy on the way to the target",
         StreamClients, single(field(&SessionOptions::proxy), ProxyValues::proxy, ProxyValues::fromProxy), Secret},

        {"log-limit", "off|BYTES[k|M|G] (at least 1M)", "How long the log may become; then nothing more is read",
         Everything, logLimit()},

        // What the kernel does with it
        {"nodelay", "on|off", "Send small writes at once (TCP_NODELAY)", Streams, onOff(inSocket(&Socket::noDelay))},
        {"keepalive", "off|on|IDLE[,INTERVAL[,COUNT]]", "Probe a silent connection: seconds, seconds, probes", Streams,
         single(inSocket(&Socket::keepAlive), SocketValues::keepAlive, SocketValues::fromKeepAlive)},
        {"linger", "off|SECONDS (0 to 3600)", "What closing does with unsent bytes (SO_LINGER); 0 resets", Streams,
         single(inSocket(&Socket::linger), SocketValues::linger, SocketValues::fromLinger)},
        {"sndbuf", "BYTES (1 to 1073741823)", "The send buffer (SO_SNDBUF)", Everything,
         number(inSocket(&Socket::sendBuffer), 1, LargestBuffer)},
        {"rcvbuf", "BYTES (1 to 1073741823)", "The receive buffer (SO_RCVBUF)", Everything,
         number(inSocket(&Socket::receiveBuffer), 1, LargestBuffer)},
        {"tos", "0 to 255", "Type of service, or traffic class: DSCP and ECN", Everything,
         number(inSocket(&Socket::typeOfService), 0, 255)},
        {"ttl", "1 to 255", "How many hops a packet may make", Everything,
         number(inSocket(&Socket::timeToLive), 1, 255)},
        {"backlog", "1 to 65535", "How many clients may wait to be accepted", StreamListeners,
         number(inSocket(&Socket::backlog), 1, 65535)},
        {"broadcast", "on|off", "Allow datagrams to broadcast addresses", Datagrams,
         onOff(inSocket(&Socket::broadcast))},
        {"multicast", "GROUP[,INTERFACE]", "A multicast group to join", Datagrams,
         repeated(inSocket(&Socket::groups), SocketValues::group, SocketValues::fromGroup), Repeatable},
        {"multicast-ttl", "0 to 255", "How many hops a multicast datagram may make", Datagrams,
         number(inSocket(&Socket::multicastTimeToLive), 0, 255)},
        {"multicast-loop", "on|off", "Whether this machine hears its own multicast datagrams", Datagrams,
         onOff(inSocket(&Socket::multicastLoopback))},

        // TLS
        {"verify", "on|off|SHA256 (64 hex digits, colons allowed)",
         "Which certificate of the peer is accepted: a good one, any, or that one", Tls, verify()},
        {"ca", "FILE", "Certificates to trust, PEM, instead of the system's", Tls, line(inTls(&TlsSettings::caFile))},
        {"cert", "FILE", "The certificate to present, PEM, with its chain", Tls,
         line(inTls(&TlsSettings::certificateFile))},
        {"key", "FILE", "Its private key, PEM, where it is not in the same file", Tls,
         line(inTls(&TlsSettings::keyFile))},
        {"passphrase-file", "FILE", "Its first line opens the key", Tls, passphraseFile()},
        {"sni", "NAME", "The server name to ask for, instead of the host", StreamClients,
         line(inTls(&TlsSettings::serverName))},
        {"alpn", "NAME[,NAME...]", "Application protocols, the preferred first", Tls,
         list(inTls(&TlsSettings::alpn), TlsValues::alpn)},
        {"tls-min", "any|1.0|1.1|1.2|1.3", "The oldest TLS version", Tls,
         single(inTls(&TlsSettings::minimum), TlsValues::version, TlsValues::fromVersion)},
        {"tls-max", "any|1.0|1.1|1.2|1.3", "The newest TLS version", Tls,
         single(inTls(&TlsSettings::maximum), TlsValues::version, TlsValues::fromVersion)},
        {"ciphers", "LIST", "Ciphers as OpenSSL names them, between colons", Tls, line(inTls(&TlsSettings::ciphers))},
        {"client-cert", "none|ask|require", "Whether clients present a certificate", TlsListeners,
         single(inTls(&TlsSettings::clientCertificate), TlsValues::clientCertificate,
                TlsValues::fromClientCertificate)},

        // The upgrade to WebSocket
        {"subprotocol", "NAME[,NAME...]", "Subprotocols to ask for, or to offer, the preferred first", WebSockets,
         list(field(&SessionOptions::subprotocols), UpgradeValues::subprotocols)},
        {"origin", "ORIGIN", "The Origin line, for instance https://example.org", WebSocketClients,
         line(field(&SessionOptions::origin))},
        {"header", "Name: value", "A line of the request, as it is written here", WebSocketClients,
         repeated(field(&SessionOptions::headers), UpgradeValues::header, UpgradeValues::fromHeader),
         Repeatable | Secret},
        {"cookie", "NAME=VALUE", "A cookie to send", WebSocketClients,
         repeated(field(&SessionOptions::cookies), UpgradeValues::cookie, same), Repeatable | Secret},
        {"auth", "USER:PASSWORD|bearer TOKEN", "The Authorization line", WebSocketClients,
         single(field(&SessionOptions::auth), UpgradeValues::auth, same), Secret},
        {"redirects", "0 to 20", "How many redirects are followed", WebSocketClients,
         number(field(&SessionOptions::redirects), 0, 20)},
        {"inflate-limit", "BYTES (1 to 1073741824)", "What a compressed WebSocket message may inflate to", Streams,
         number(field(&SessionOptions::inflateLimit), 1, 1 << 30)},
        {"upgrade", "accept|ask|refuse", "What becomes of clients that fit the rules", WebSocketListeners,
         single(inUpgrade(&UpgradeRules::decision), UpgradeValues::decision, UpgradeValues::fromDecision)},
        {"accept-path", "/PATH", "The only path to accept, or one of them", WebSocketListeners,
         repeated(inUpgrade(&UpgradeRules::paths), UpgradeValues::path, same), Repeatable},
        {"accept-origin", "ORIGIN", "The only origin to accept, or one of them", WebSocketListeners,
         repeated(inUpgrade(&UpgradeRules::origins), OptionValues::line, same), Repeatable},
        {"refuse-status", "400 to 599", "The status that refuses", WebSocketListeners,
         number(inUpgrade(&UpgradeRules::refusal), 400, 599)},

        // Its messages
        {"deflate", "off|on|PARAMETERS (client_no_context_takeover; server_max_window_bits=10)",
         "Compress messages (permessage-deflate, RFC 7692) if the other side does too", WebSockets,
         single(field(&SessionOptions::deflate), WebSocketValues::deflate, WebSocketValues::fromDeflate)},
        {"autopong", "on|off|MS (1 to 86400000)", "Answer pings at once, never, or so late", WebSockets,
         single(field(&SessionOptions::autoPong), WebSocketValues::autoPong, WebSocketValues::fromAutoPong)},

        {"answer", "none|echo|discard|text:TEXT|greet:TEXT|clock[:MS]|unruly[:SEED]|file:PATH",
         "What is sent back to clients", Listeners,
         single(field(&SessionOptions::answer), AnswerValues::answer, AnswerValues::fromAnswer)},
    };
}

} // namespace

const std::vector<Option> &optionTable()
{
    static const std::vector<Option> table = makeTable();
    return table;
}

const Option *findOption(const QString &name)
{
    const std::vector<Option> &table = optionTable();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&name](const Option &option) { return name == QLatin1String(option.name); });
    return found == table.end() ? nullptr : &*found;
}

} // namespace Sidewire
