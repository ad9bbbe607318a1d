// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/authority.h"
#include "core/session/commands/commanddraft.h"
#include "core/session/commands/toolarguments.h"
#include "core/session/commands/tools.h"

#include <QRegularExpression>

namespace Sidewire {

namespace {

constexpr quint16 DefaultPort = 31337; // ncat(1)
constexpr int HttpProxyPort = 3128;
constexpr int SocksProxyPort = 1080;

using namespace ToolOptions;

/// ncat of Nmap, and what nc and netcat of other makers have in common with it. Where a letter means different things, the
/// name of the tool decides.
class NcatCommand
{
public:
    explicit NcatCommand(const QString &tool)
        : m_draft(tool)
        , m_isNcat(tool == u"ncat")
    {}

    Result<ImportedCommand> read(const QStringList &words);

private:
    using Apply = ToolOption::Apply;

    Apply option(const char *name)
    {
        return [this, name](const QString &value) {
            return m_draft.set(name, value);
        };
    }
    static Apply into(QString &target)
    {
        return [&target](const QString &value) -> Result<void> {
            target = value;
            return {};
        };
    }
    static ToolOption isSet(const char *names, bool &target)
    {
        return flag(names, [&target]() -> Result<void> {
            target = true;
            return {};
        });
    }
    ToolOption refused(const char *names, const char *what)
    {
        return flag(names, [this, what]() -> Result<void> {
            return m_draft.error(QStringLiteral("%1 cannot be opened").arg(QLatin1String(what)));
        });
    }

    std::vector<ToolOption> commonOptions();
    std::vector<ToolOption> ncatOptions();
    std::vector<ToolOption> netcatOptions();

    Result<void> setWait(const QString &time);
    Result<void> setProgram(const QString &program);
    Result<void> setNetcatProxyKind(const QString &protocol);
    Result<void> finish();
    Result<void> setEnds();
    Result<void> setSource();
    Result<void> setTls();
    Result<void> setProxy();

    CommandDraft m_draft;
    bool m_isNcat;
    QStringList m_words;
    bool m_listens = false;
    bool m_isUdp = false;
    bool m_isTls = false;
    bool m_verifies = false;
    bool m_onlyReceives = false;
    QString m_sourceAddress;
    QString m_port; ///< The source port, or that of a listener
    CommandDraft::Proxy m_proxy{QStringLiteral("http"), {}, {}};
};

std::vector<ToolOption> NcatCommand::commonOptions()
{
    return {
        isSet("-l --listen", m_listens),
        isSet("-u --udp", m_isUdp),
        flag("-4", [this] { return m_draft.set("family", QStringLiteral("4")); }),
        flag("-6", [this] { return m_draft.set("family", QStringLiteral("6")); }),
        value("-s --source", into(m_sourceAddress)),
        value("-p --source-port", into(m_port)),
        value("-w --wait", [this](const QString &time) { return setWait(time); }),
        value("-e --exec", [this](const QString &program) { return setProgram(program); }),
        isSet("--recv-only", m_onlyReceives),
        noted("-C --crlf", m_draft, "-C is left out: the composer has the line endings"),
        noted("-t --telnet", m_draft, "telnet negotiations are not answered"),
        noted("-z", m_draft, "-z is left out: the session stays open"),
        refused("-U --unixsock", "a Unix domain socket"),
        notedValue("-i --idle-timeout --delay", m_draft, "times of silence are left out"),
        ignoredValue("-o --output --hex-dump"),
        ignored("-k --keep-open -n --nodns -v --verbose --send-only --no-shutdown --append-output -r"),
    };
}

std::vector<ToolOption> NcatCommand::ncatOptions()
{
    return {
        isSet("--ssl", m_isTls),
        isSet("--ssl-verify", m_verifies),
        value("--ssl-cert", option("cert")),
        value("--ssl-key", option("key")),
        value("--ssl-trustfile", option("ca")),
        value("--ssl-ciphers", option("ciphers")),
        value("--ssl-servername", option("sni")),
        value("--ssl-alpn", option("alpn")),
        value("--proxy", into(m_proxy.address)),
        value("--proxy-type", into(m_proxy.kind)),
        value("--proxy-auth", into(m_proxy.credentials)),
        ignoredValue("--proxy-dns"),
        refused("--sctp", "SCTP"),
        refused("--vsock", "a vsock"),
        notedValue("-m --max-conns", m_draft, "the number of clients is not limited"),
        notedValue("--allow --deny --allowfile --denyfile", m_draft, "every client is accepted"),
        noted("--broker --chat", m_draft, "what clients send is not passed on to others"),
        notedValue("-g -G", m_draft, "source routing is left out"),
    };
}

std::vector<ToolOption> NcatCommand::netcatOptions()
{
    return {
        value("-x", into(m_proxy.address)), // nc of OpenBSD; its proxy is SOCKS5 unless -X says otherwise
        value("-X", [this](const QString &protocol) { return setNetcatProxyKind(protocol); }),
        value("-P", into(m_proxy.credentials)),
        value("-I", option("rcvbuf")),
        value("-O", option("sndbuf")),
        value("-M", option("ttl")),
        flag("-b", [this] { return m_draft.set("broadcast", QStringLiteral("on")); }),
        notedValue("-T", m_draft, "-T is left out: see the option tos"),
        notedValue("-q -m -W -V", m_draft, "when nc ends is left out"),
        ignored("-N -d -D -h -F -S"),
    };
}

/// Seconds, or with the unit that ncat takes.
Result<void> NcatCommand::setWait(const QString &time)
{
    static const QRegularExpression pattern(QStringLiteral("^([0-9.]+)(ms|s|m|h)?$"));
    const QRegularExpressionMatch match = pattern.match(time);
    const QString unit = match.captured(2);
    const double factor = unit == u"ms" ? 1 : unit == u"m" ? 60'000 : unit == u"h" ? 3'600'000 : 1000;
    return m_draft.setTimeout(match.hasMatch() ? match.captured(1) : time, factor);
}

Result<void> NcatCommand::setProgram(const QString &program)
{
    if (program == u"cat" || program.endsWith(QLatin1String("/cat"))) {
        return m_draft.set("answer", QStringLiteral("echo"));
    }
    m_draft.note(QStringLiteral("not run: %1").arg(program));
    return {};
}

Result<void> NcatCommand::setNetcatProxyKind(const QString &protocol)
{
    m_proxy.kind = protocol == u"5" ? QStringLiteral("socks5")
        : protocol == u"4"          ? QStringLiteral("socks4")
        : protocol == u"connect"    ? QStringLiteral("http")
                                    : protocol;
    return {};
}

Result<void> NcatCommand::setEnds()
{
    if (m_words.size() > 2) {
        return m_draft.error(QStringLiteral("after host and port nothing is expected, not \"%1\"").arg(m_words.at(2)));
    }
    QString host = m_words.value(0);
    QString port = m_words.value(1);
    bool isNumber = false;
    host.toUInt(&isNumber);
    if (m_listens && port.isEmpty() && isNumber) { // "-l 5000", "-l -p 5000 127.0.0.1"
        std::swap(host, port);
    }
    if (m_listens && !m_port.isEmpty()) {
        port = m_port;
    }
    if (port.isEmpty() && m_isNcat) {
        port = QString::number(DefaultPort);
    }
    if (host.isEmpty() && !m_listens) {
        return m_draft.error(QStringLiteral("the host is missing"));
    }
    if (port.isEmpty()) {
        return m_draft.error(QStringLiteral("the port is missing"));
    }
    if (const Result<void> done = m_draft.setHost(host); !done) {
        return done;
    }
    return m_draft.setPort(port);
}

Result<void> NcatCommand::setSource()
{
    if (m_listens || (m_sourceAddress.isEmpty() && m_port.isEmpty())) {
        return {};
    }
    return m_draft.set("bind", m_port.isEmpty() ? m_sourceAddress : bracketed(m_sourceAddress) + u':' + m_port);
}

Result<void> NcatCommand::setTls()
{
    SessionSpec &spec = m_draft.spec();
    if (m_isUdp && m_isTls) {
        return m_draft.error(QStringLiteral("--ssl over udp (DTLS) cannot be opened"));
    }
    spec.scheme = m_isUdp ? Scheme::Udp : m_isTls ? Scheme::Tls : Scheme::Tcp;
    if (!m_isTls || m_listens || m_verifies) {
        return {};
    }
    m_draft.note(QStringLiteral("certificates are not verified, as ncat does without --ssl-verify"));
    return m_draft.set("verify", QStringLiteral("off"));
}

Result<void> NcatCommand::setProxy()
{
    if (m_proxy.address.isEmpty()) {
        return {};
    }
    const bool hasPort = m_proxy.address.lastIndexOf(u':') > m_proxy.address.lastIndexOf(u']');
    if (!hasPort) {
        m_proxy.address += u':' + QString::number(m_proxy.kind == u"http" ? HttpProxyPort : SocksProxyPort);
    }
    return m_draft.setProxy(m_proxy);
}

Result<void> NcatCommand::finish()
{
    m_draft.spec().role = m_listens ? Role::Listener : Role::Client;
    for (const auto step :
         {&NcatCommand::setEnds, &NcatCommand::setSource, &NcatCommand::setTls, &NcatCommand::setProxy}) {
        if (const Result<void> done = (this->*step)(); !done) {
            return done;
        }
    }
    if (m_listens && m_onlyReceives) {
        return m_draft.set("answer", QStringLiteral("discard"));
    }
    return {};
}

Result<ImportedCommand> NcatCommand::read(const QStringList &words)
{
    std::vector<ToolOption> options = commonOptions();
    const ToolOption shell = value("-c --sh-exec", [this](const QString &program) { return setProgram(program); });
    for (const std::vector<ToolOption> &part :
         {m_isNcat ? std::vector<ToolOption>() : netcatOptions(), ncatOptions(), std::vector{shell},
          // Of ncat only, where others use the letter for something else
          m_isNcat ? std::vector{ignoredValue("-x"), notedValue("-d", m_draft, "times of silence are left out")}
                   : std::vector<ToolOption>()}) {
        options.insert(options.end(), part.begin(), part.end());
    }
    if (!m_isNcat) {
        m_proxy.kind = QStringLiteral("socks5");
    }
    const Result<void> walked = readToolArguments(words, options, [this](const QString &word) -> Result<void> {
        m_words << word;
        return {};
    });
    if (!walked) {
        return walked.error();
    }
    if (const Result<void> done = finish(); !done) {
        return done.error();
    }
    return m_draft.finish();
}

} // namespace

Result<ImportedCommand> readNcat(const QString &tool, const QStringList &words)
{
    return NcatCommand(tool).read(words);
}

} // namespace Sidewire
