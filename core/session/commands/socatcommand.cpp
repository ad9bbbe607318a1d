// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/commands/commanddraft.h"
#include "core/session/commands/socataddress.h"
#include "core/session/commands/toolarguments.h"
#include "core/session/commands/tools.h"

#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

constexpr int ProxyPort = 8080; // socat(1), proxyport
constexpr int SocksPort = 1080;

/// A socat option that is one of ours with the same value.
struct SameOption
{
    const char *names; ///< socat's, separated by spaces
    const char *option;
};

constexpr std::array SameOptions = {
    SameOption{"interface if bindtodevice so-bindtodevice", "interface"},
    SameOption{"sndbuf so-sndbuf", "sndbuf"},
    SameOption{"rcvbuf so-rcvbuf", "rcvbuf"},
    SameOption{"tos ip-tos iptos", "tos"},
    SameOption{"ttl ip-ttl ipttl", "ttl"},
    SameOption{"backlog", "backlog"},
    SameOption{"linger so-linger", "linger"},
    SameOption{"ip-multicast-ttl multicast-ttl multicastttl", "multicast-ttl"},
    SameOption{"cafile openssl-cafile", "ca"},
    SameOption{"cert certificate openssl-certificate", "cert"},
    SameOption{"key openssl-key", "key"},
    SameOption{"cipher ciphers cipherlist openssl-cipherlist", "ciphers"},
    SameOption{"snihost openssl-snihost", "sni"},
};

/// Those that are on or off.
constexpr std::array SameSwitches = {
    SameOption{"reuseaddr so-reuseaddr reuseport so-reuseport", "reuse-address"},
    SameOption{"nodelay tcp-nodelay", "nodelay"},
    SameOption{"broadcast so-broadcast", "broadcast"},
    SameOption{"ip-multicast-loop multicast-loop multicastloop", "multicast-loop"},
};

/// About processes, ends of files and repeating: a session has its own ways.
const char *const Ignored =
    "fork max-children children-max retry forever interval intervall shut-down shut-close shut-none shut-null null-eof "
    "end-close ignoreeof cool-write coolwrite proxy-resolve proxyresolve resolve ignorecr openssl-fips fips nonblock "
    "commonname cn openssl-commonname no-sni nosni openssl-no-sni dhparam dh openssl-dhparam compress openssl-compress "
    "flock-ex append creat create";

bool contains(const char *names, const QString &name)
{
    return QString::fromLatin1(names).split(u' ').contains(name);
}

template<typename Table>
const SameOption *find(const Table &table, const QString &name)
{
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&name](const SameOption &entry) { return contains(entry.names, name); });
    return found == table.end() ? nullptr : &*found;
}

bool isOn(const QString &value)
{
    return value.isEmpty() || value.toInt() != 0;
}

/// The address of a command that is a socket, and what the other one means for it.
class SocatCommand
{
public:
    Result<ImportedCommand> read(const QStringList &words);

private:
    Result<void> setSocket(const SocatAddress &address);
    Result<void> setPlainSocket(const SocatAddress &address, const QRegularExpressionMatch &type);
    Result<void> setProxied(const SocatAddress &address);
    Result<void> setOther(const SocatAddress &address);
    Result<void> setOption(const QString &name, const QString &value);
    Result<void> setTlsOption(const QString &name, const QString &value);
    Result<void> setBind(const QString &value);
    Result<void> joinGroup(const QString &value);
    Result<void> setFamily(const QString &value);
    Result<void> setVersions(const QString &version, bool isMinimum, bool isMaximum);
    Result<void> finish();

    CommandDraft m_draft{QStringLiteral("socat")};
    QString m_sourcePort;
    QString m_bind;
    CommandDraft::Proxy m_proxy;
    KeepAlive m_keepAlive;
    bool m_keepsAlive = false;
    bool m_verifies = true;
};

const QRegularExpression &socketType()
{
    static const QRegularExpression pattern(
        QStringLiteral("^(TCP|INET|UDP|OPENSSL|SSL)([46]?)(?:-(CONNECT|LISTEN|L|SENDTO|SEND|DATAGRAM|DGRAM|RECVFROM|"
                       "RECV))?$"));
    return pattern;
}

bool isProxied(const QString &type)
{
    return QStringList{"PROXY", "PROXY-CONNECT", "SOCKS5", "SOCKS5-CONNECT", "SOCKS", "SOCKS4", "SOCKS4A"}.contains(
        type);
}

bool isSocket(const SocatAddress &address)
{
    return socketType().match(address.type).hasMatch() || isProxied(address.type);
}

Result<void> SocatCommand::setSocket(const SocatAddress &address)
{
    const QRegularExpressionMatch type = socketType().match(address.type);
    const Result<void> set = type.hasMatch() ? setPlainSocket(address, type) : setProxied(address);
    if (!set) {
        return set;
    }
    for (const auto &[name, value] : address.options) {
        if (const Result<void> done = setOption(name, value); !done) {
            return done;
        }
    }
    return finish();
}

Result<void> SocatCommand::setPlainSocket(const SocatAddress &address, const QRegularExpressionMatch &type)
{
    SessionSpec &spec = m_draft.spec();
    const QString kind = type.captured(1);
    const QString verb = type.captured(3);
    const bool listens = verb == u"LISTEN" || verb == u"L" || verb.startsWith(QLatin1String("RECV"));
    spec.scheme = kind == u"UDP" ? Scheme::Udp : kind.endsWith(QLatin1String("SSL")) ? Scheme::Tls : Scheme::Tcp;
    spec.role = listens ? Role::Listener : Role::Client;
    if (const qsizetype wanted = listens ? 1 : 2; address.parameters.size() != wanted) {
        return m_draft.error(
            QStringLiteral("%1 takes %2, not \"%3\"")
                .arg(address.type, listens ? QStringLiteral("a port") : QStringLiteral("host and port"), address.text));
    }
    if (const Result<void> done = setFamily(type.captured(2)); !done) {
        return done;
    }
    if (!listens) {
        if (const Result<void> done = m_draft.setHost(address.parameters.first()); !done) {
            return done;
        }
    }
    return m_draft.setPort(address.parameters.last());
}

Result<void> SocatCommand::setProxied(const SocatAddress &address)
{
    // PROXY:server:host:port; SOCKS5-CONNECT has the server's port in second place.
    const bool isHttp = address.type.startsWith(QLatin1String("PROXY"));
    const bool isSocks5 = address.type.startsWith(QLatin1String("SOCKS5"));
    m_proxy.kind = isHttp ? QStringLiteral("http") : isSocks5 ? QStringLiteral("socks5") : QStringLiteral("socks4");
    QStringList parameters = address.parameters;
    QString port = QString::number(isHttp ? ProxyPort : SocksPort);
    if (isSocks5 && parameters.size() == 4) {
        port = parameters.takeAt(1);
    }
    if (parameters.size() != 3) {
        return m_draft.error(
            QStringLiteral("%1 takes proxy, host and port, not \"%2\"").arg(address.type, address.text));
    }
    for (const auto &[name, value] : address.options) {
        if (contains("proxyport socksport", name)) {
            port = value;
        } else if (contains("proxyauth proxy-authorization", name)) {
            m_proxy.credentials = value;
        }
    }
    m_proxy.address = parameters.at(0) + u':' + port;
    if (const Result<void> done = m_draft.setHost(parameters.at(1)); !done) {
        return done;
    }
    if (const Result<void> done = m_draft.setPort(parameters.at(2)); !done) {
        return done;
    }
    return m_draft.setProxy(m_proxy);
}

Result<void> SocatCommand::setOption(const QString &name, const QString &value)
{
    if (const SameOption *same = find(SameOptions, name)) {
        bool isNumber = false;
        const int number = value.toInt(&isNumber, 0); // socat takes 0x10 too
        return m_draft.set(same->option, isNumber ? QString::number(number) : value);
    }
    if (const SameOption *same = find(SameSwitches, name)) {
        return m_draft.set(same->option, isOn(value) ? QStringLiteral("on") : QStringLiteral("off"));
    }
    if (name == u"bind") {
        m_bind = value;
    } else if (contains("sourceport sp", name)) {
        m_sourcePort = value;
    } else if (name == u"connect-timeout") {
        return m_draft.setTimeout(value);
    } else if (contains("keepalive so-keepalive", name)) {
        m_keepsAlive = isOn(value);
    } else if (contains("keepidle tcp-keepidle", name)) {
        m_keepAlive.idle = value.toInt();
    } else if (contains("keepintvl tcp-keepintvl", name)) {
        m_keepAlive.interval = value.toInt();
    } else if (contains("keepcnt tcp-keepcnt", name)) {
        m_keepAlive.count = value.toInt();
    } else if (contains("ip-add-membership add-membership membership ipv6-join-group join-group", name)) {
        return joinGroup(value);
    } else if (contains("pf protocol-family", name)) {
        return setFamily(value.right(1));
    } else if (contains("ipv6only ipv6-v6only v6only", name)) {
        return setFamily(isOn(value) ? QStringLiteral("6") : QString());
    } else if (contains("crnl crlf", name)) {
        m_draft.note(QStringLiteral("%1 is left out: the composer has the line endings").arg(name));
    } else if (!contains("proxyport socksport proxyauth proxy-authorization", name) && !contains(Ignored, name)) {
        return setTlsOption(name, value);
    }
    return {};
}

Result<void> SocatCommand::setTlsOption(const QString &name, const QString &value)
{
    if (contains("verify openssl-verify", name)) {
        m_verifies = isOn(value);
        return {};
    }
    const bool isMethod = contains("method openssl-method", name);
    const bool isMinimum = contains("min-proto min-proto-version openssl-min-proto-version", name);
    const bool isMaximum = contains("max-proto max-proto-version openssl-max-proto-version", name);
    if (isMethod || isMinimum || isMaximum) {
        return setVersions(value, isMethod || isMinimum, isMethod || isMaximum);
    }
    return m_draft.error(QStringLiteral("the option %1 is not known").arg(name));
}

Result<void> SocatCommand::setVersions(const QString &version, bool isMinimum, bool isMaximum)
{
    static const QRegularExpression pattern(QStringLiteral("^TLSv?1(?:\\.([0-3]))?$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(version);
    if (!match.hasMatch()) {
        return m_draft.error(QStringLiteral("\"%1\" is no version of TLS; there are TLS1.0 to TLS1.3").arg(version));
    }
    const QString digit = match.captured(1).isEmpty() ? QStringLiteral("0") : match.captured(1);
    for (const auto &[isWanted, option] : {std::pair(isMinimum, "tls-min"), {isMaximum, "tls-max"}}) {
        if (isWanted) {
            if (const Result<void> done = m_draft.set(option, QStringLiteral("1.") + digit); !done) {
                return done;
            }
        }
    }
    return {};
}

/// "239.1.2.3:eth0", "[ff02::1]:eth0"; the interface may be an address too.
Result<void> SocatCommand::joinGroup(const QString &value)
{
    const qsizetype colon = value.indexOf(u':', value.lastIndexOf(u']') + 1);
    QString group = value.left(colon);
    group.remove(u'[').remove(u']');
    const QString where = colon < 0 ? QString() : value.mid(colon + 1).section(u':', 0, 0);
    const QHostAddress address(where);
    if (where.isEmpty() || address == QHostAddress(QHostAddress::AnyIPv4)) {
        return m_draft.set("multicast", group);
    }
    if (!address.isNull()) {
        m_draft.note(QStringLiteral("the group %1 is joined on the interface that the system chooses, not by the "
                                    "address %2")
                         .arg(group, where));
        return m_draft.set("multicast", group);
    }
    return m_draft.set("multicast", group + u',' + where);
}

/// "4", "6" or nothing.
Result<void> SocatCommand::setFamily(const QString &value)
{
    return m_draft.set("family", value == u"4" || value == u"6" ? value : QString());
}

Result<void> SocatCommand::setBind(const QString &value)
{
    if (value.isEmpty() && m_sourcePort.isEmpty()) {
        return {};
    }
    if (m_draft.isListener()) {
        const bool isV6 = value.startsWith(u'[');
        const QString host = isV6 ? value.left(value.indexOf(u']') + 1) : value.section(u':', 0, 0);
        if (isV6) { // the address says it already
            m_draft.spec().options.socket.family = SocketSettings::Family::Any;
        }
        return m_draft.setHost(host);
    }
    const QString port = m_sourcePort.isEmpty() ? QString() : u':' + m_sourcePort;
    return m_draft.set("bind", value + port);
}

Result<void> SocatCommand::finish()
{
    if (const Result<void> done = setBind(m_bind); !done) {
        return done;
    }
    if (m_keepsAlive) {
        const QString value =
            QStringLiteral("%1,%2,%3").arg(m_keepAlive.idle).arg(m_keepAlive.interval).arg(m_keepAlive.count);
        if (const Result<void> done = m_draft.set("keepalive", value); !done) {
            return done;
        }
    }
    if (!m_draft.spec().isTls()) {
        return {};
    }
    // socat verifies whoever is at the other end, which makes a listener ask for a certificate.
    if (m_draft.isListener()) {
        return m_draft.set("client-cert", m_verifies ? QStringLiteral("require") : QString());
    }
    return m_draft.set("verify", m_verifies ? QString() : QStringLiteral("off"));
}

Result<void> SocatCommand::setOther(const SocatAddress &address)
{
    const QString program = address.parameters.value(0);
    const bool isCat =
        contains("EXEC SYSTEM SHELL", address.type) && (program == u"cat" || program.endsWith(QLatin1String("/cat")));
    const bool isPipe = address.type == u"PIPE" && address.parameters.isEmpty();
    if (m_draft.isListener() && (isCat || isPipe)) {
        return m_draft.set("answer", QStringLiteral("echo"));
    }
    if (!contains("STDIO STDIN STDOUT STDERR READLINE", address.type)) {
        m_draft.note(QStringLiteral("left out: %1").arg(address.text));
    }
    return {};
}

Result<ImportedCommand> SocatCommand::read(const QStringList &words)
{
    using namespace ToolOptions;
    std::vector<SocatAddress> addresses;
    const std::vector<ToolOption> options{
        ignored("-d -D -v -x -u -U -s -g -4 -6 -S"),
        ignoredValue("-t -T -b -l -L -W -r -R"),
    };
    const Result<void> walked = readToolArguments(words, options, [&addresses](const QString &word) -> Result<void> {
        const Result<SocatAddress> address = SocatAddress::parse(word);
        if (!address) {
            return address.error();
        }
        addresses.push_back(*address);
        return {};
    });
    if (!walked) {
        return walked.error();
    }
    const auto sockets = std::count_if(addresses.begin(), addresses.end(), isSocket);
    if (addresses.size() > 2) {
        return m_draft.error(QStringLiteral("there are two addresses, \"%1\" is one too many").arg(addresses[2].text));
    }
    if (sockets == 2) {
        return m_draft.error(QStringLiteral("two sockets are a relay; leave one of \"%1\" and \"%2\"")
                                 .arg(addresses[0].text, addresses[1].text));
    }
    if (sockets == 0) {
        return m_draft.error(addresses.empty()
                                 ? QStringLiteral("the addresses are missing")
                                 : QStringLiteral("\"%1\" is none of the sockets that can be opened")
                                       .arg(addresses.size() > 1 && addresses[0].type == u"STDIO" ? addresses[1].text
                                                                                                  : addresses[0].text));
    }
    std::stable_partition(addresses.begin(), addresses.end(), isSocket);
    if (const Result<void> done = setSocket(addresses.front()); !done) {
        return done.error();
    }
    if (addresses.size() == 2) {
        if (const Result<void> done = setOther(addresses.back()); !done) {
            return done.error();
        }
    }
    return m_draft.finish();
}

} // namespace

Result<ImportedCommand> readSocat(const QStringList &words)
{
    QStringList known = words;
    known.replaceInStrings(QRegularExpression(QStringLiteral("^-,")), QStringLiteral("STDIO,")); // no option
    return SocatCommand().read(known);
}

} // namespace Sidewire
