// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/authority.h"
#include "core/session/commands/requesthead.h"
#include "core/session/commands/toolarguments.h"
#include "core/session/commands/tools.h"

#include <QHostAddress>

namespace Sidewire {

namespace {

constexpr int MostRedirects = 20; // as many as a session follows
constexpr int DefaultProxyPort = 1080; // curl(1), --proxy

using namespace ToolOptions;

/// curl's command line, as browsers copy requests. What it says about a body or about output is left out.
class CurlCommand
{
public:
    Result<ImportedCommand> read(const QStringList &words);

private:
    using Apply = ToolOption::Apply;

    Apply option(const char *name)
    {
        return [this, name](const QString &value) {
            return m_draft.set(name, value);
        };
    }
    std::function<Result<void>()> option(const char *name, const char *value)
    {
        return [this, name, value] {
            return m_draft.set(name, QLatin1String(value));
        };
    }

    std::vector<ToolOption> requestOptions();
    std::vector<ToolOption> tlsOptions();
    std::vector<ToolOption> connectionOptions();
    static std::vector<ToolOption> outputOptions();

    Result<void> setUrl(const QString &url);
    Result<void> addHeader(const QString &line);
    Result<void> setCookies(const QString &text);
    Result<void> setUser(const QString &text);
    Result<void> setCertificate(const QString &text);
    Result<void> setMethod(const QString &method);
    Result<void> setInterface(const QString &text);
    Result<void> setLocalPort(const QString &text);
    Result<void> setProxy(const QString &kind, const QString &text);
    Result<void> finish();

    CommandDraft m_draft{QStringLiteral("curl")};
    RequestHead m_head{m_draft};
    QStringList m_urls;
    CommandDraft::Proxy m_proxy;
    QString m_localAddress;
    QString m_localPort;
    bool m_follows = false;
    QString m_redirects = QString::number(MostRedirects);
};

std::vector<ToolOption> CurlCommand::requestOptions()
{
    const char *const body = "the body is left out: an upgrade has none";
    return {
        value("--url",
              [this](const QString &url) -> Result<void> {
                  m_urls << url;
                  return {};
              }),
        value("-H --header", [this](const QString &line) { return addHeader(line); }),
        value("-b --cookie", [this](const QString &text) { return setCookies(text); }),
        value("-A --user-agent",
              [this](const QString &name) { return addHeader(QStringLiteral("User-Agent: ") + name); }),
        value("-e --referer",
              [this](const QString &url) {
                  return addHeader(QStringLiteral("Referer: ") + url.section(QStringLiteral(";auto"), 0, 0));
              }),
        value("-u --user", [this](const QString &text) { return setUser(text); }),
        value("--oauth2-bearer",
              [this](const QString &token) { return m_draft.set("auth", QStringLiteral("bearer ") + token); }),
        value("-X --request", [this](const QString &method) { return setMethod(method); }),
        notedValue("-d --data --data-raw --data-binary --data-ascii --data-urlencode --json", m_draft, body),
        notedValue("-F --form --form-string -T --upload-file", m_draft, body),
        noted("-I --head", m_draft, "the method is left out: an upgrade is a GET"),
        ignored("-G --get --basic --anyauth"),
        noted("--digest --ntlm --negotiate", m_draft, "only basic and bearer authentication are known"),
        noted("-n --netrc --netrc-optional", m_draft, "no password is looked up in .netrc"),
        flag("-L --location --location-trusted",
             [this]() -> Result<void> {
                 m_follows = true;
                 return {};
             }),
        value("--max-redirs",
              [this](const QString &number) -> Result<void> {
                  m_redirects = number;
                  return {};
              }),
        noted("--http2 --http2-prior-knowledge --http3 --http3-only -0 --http1.0", m_draft,
              "the upgrade speaks HTTP/1.1"),
        ignored("--http1.1 --compressed --no-compressed -g --globoff --path-as-is"),
    };
}

std::vector<ToolOption> CurlCommand::tlsOptions()
{
    return {
        flag("-k --insecure", option("verify", "off")),
        value("--cacert", option("ca")),
        value("-E --cert", [this](const QString &text) { return setCertificate(text); }),
        value("--key", option("key")),
        value("--pass",
              [this](const QString &phrase) -> Result<void> {
                  m_draft.spec().options.tls.passphrase = phrase;
                  return {};
              }),
        value("--ciphers", option("ciphers")),
        flag("-1 --tlsv1 --tlsv1.0", option("tls-min", "1.0")),
        flag("--tlsv1.1", option("tls-min", "1.1")),
        flag("--tlsv1.2", option("tls-min", "1.2")),
        flag("--tlsv1.3", option("tls-min", "1.3")),
        value("--tls-max",
              [this](const QString &version) {
                  return m_draft.set("tls-max", version == u"default" ? QStringLiteral("any") : version);
              }),
        notedValue("--pinnedpubkey", m_draft, "a public key cannot be pinned, a certificate can (verify)"),
        notedValue("--capath --crlfile --tls13-ciphers --curves", m_draft, "some TLS options are left out"),
        noted("--cert-status --ssl-reqd --no-alpn --no-sessionid", m_draft, "some TLS options are left out"),
        ignoredValue("--cert-type --key-type"),
    };
}

std::vector<ToolOption> CurlCommand::connectionOptions()
{
    const auto proxy = [this](const char *kind) {
        return [this, kind](const QString &text) {
            return setProxy(QLatin1String(kind), text);
        };
    };
    return {
        value("-x --proxy", proxy("http")),
        value("--socks5 --socks5-hostname", proxy("socks5")),
        value("--socks4 --socks4a", proxy("socks4")),
        value("-U --proxy-user",
              [this](const QString &user) -> Result<void> {
                  m_proxy.credentials = user;
                  return {};
              }),
        ignored("-p --proxytunnel --proxy-basic --suppress-connect-headers"),
        notedValue("--noproxy --preproxy --proxy-header", m_draft, "some options of the proxy are left out"),
        value("--connect-timeout", [this](const QString &seconds) { return m_draft.setTimeout(seconds); }),
        value("--interface", [this](const QString &text) { return setInterface(text); }),
        value("--local-port", [this](const QString &text) { return setLocalPort(text); }),
        flag("-4 --ipv4", option("family", "4")),
        flag("-6 --ipv6", option("family", "6")),
        flag("--tcp-nodelay", option("nodelay", "on")),
        flag("--no-tcp-nodelay", option("nodelay", "off")),
        value("--keepalive-time", option("keepalive")),
        flag("--no-keepalive", option("keepalive", "off")),
        notedValue("--resolve --connect-to", m_draft,
                   "the host is looked up as usual: --resolve and --connect-to are left out"),
        notedValue("-m --max-time", m_draft, "--max-time is left out: a session lasts until it is closed"),
        notedValue("--retry --retry-delay --retry-max-time", m_draft, "--retry is left out: see the option reconnect"),
        noted("--tcp-fastopen", m_draft, "--tcp-fastopen is left out"),
    };
}

std::vector<ToolOption> CurlCommand::outputOptions()
{
    return {
        ignored("-s --silent -S --show-error -v --verbose -i --include -N --no-buffer -# --progress-bar -f --fail "
                "--fail-with-body --no-progress-meter -O --remote-name -J --remote-header-name --raw -q --disable "
                "--trace-time --styled-output --no-styled-output -Z --parallel --create-dirs --retry-connrefused"),
        ignoredValue("-o --output -D --dump-header -w --write-out --trace --trace-ascii --stderr -c --cookie-jar "
                     "--output-dir --limit-rate -y --speed-time -Y --speed-limit --max-filesize"),
    };
}

Result<void> CurlCommand::setUrl(const QString &url)
{
    const qsizetype end = url.indexOf(QLatin1String("://"));
    const QString scheme = end < 0 ? QStringLiteral("http") : url.left(end).toLower();
    const bool isTls = scheme == u"https" || scheme == u"wss";
    if (!isTls && scheme != u"http" && scheme != u"ws") {
        return m_draft.error(QStringLiteral("%1:// is no address of a WebSocket").arg(scheme));
    }
    const QString rest = end < 0 ? url : url.mid(end + 3);
    return m_draft.setTarget((isTls ? QStringLiteral("wss://") : QStringLiteral("ws://")) + rest);
}

Result<void> CurlCommand::addHeader(const QString &line)
{
    if (line.startsWith(u'@')) {
        m_draft.note(QStringLiteral("the headers in the file %1 are left out").arg(line.mid(1)));
        return {};
    }
    if (!line.contains(u':') && line.endsWith(u';')) { // an empty header, curl(1)
        return m_head.add(line.chopped(1) + u':');
    }
    const bool isRemoval = line.indexOf(u':') == line.size() - 1;
    return isRemoval ? Result<void>() : m_head.add(line);
}

Result<void> CurlCommand::setCookies(const QString &text)
{
    if (!text.contains(u'=')) {
        m_draft.note(QStringLiteral("the cookies in the file %1 are left out").arg(text));
        return {};
    }
    return m_head.addCookies(text);
}

Result<void> CurlCommand::setUser(const QString &text)
{
    return m_draft.set("auth", text.contains(u':') ? text : text + u':');
}

/// "file:passphrase", where a backslash takes a colon's meaning.
Result<void> CurlCommand::setCertificate(const QString &text)
{
    qsizetype colon = text.indexOf(u':');
    while (colon > 0 && text.at(colon - 1) == u'\\') {
        colon = text.indexOf(u':', colon + 1);
    }
    if (colon >= 0) {
        m_draft.spec().options.tls.passphrase = text.mid(colon + 1);
    }
    return m_draft.set("cert", text.left(colon).replace(QLatin1String("\\:"), QLatin1String(":")));
}

Result<void> CurlCommand::setMethod(const QString &method)
{
    if (method != u"GET") {
        m_draft.note(QStringLiteral("the method is left out: an upgrade is a GET"));
    }
    return {};
}

Result<void> CurlCommand::setInterface(const QString &text)
{
    const QString name =
        text.startsWith(QLatin1String("if!")) || text.startsWith(QLatin1String("host!")) ? text.section(u'!', 1) : text;
    if (QHostAddress(name).isNull()) {
        return m_draft.set("interface", name);
    }
    m_localAddress = name;
    return {};
}

Result<void> CurlCommand::setLocalPort(const QString &text)
{
    m_localPort = text.section(u'-', 0, 0);
    if (text.contains(u'-')) {
        m_draft.note(QStringLiteral("of the local ports %1 the first is used").arg(text));
    }
    return {};
}

Result<void> CurlCommand::setProxy(const QString &kind, const QString &text)
{
    const qsizetype end = text.indexOf(QLatin1String("://"));
    m_proxy.kind = end < 0 ? kind : text.left(end).toLower();
    if (m_proxy.kind == u"socks5h") { // who looks the name up is not ours to choose
        m_proxy.kind = QStringLiteral("socks5");
    }
    QString rest = end < 0 ? text : text.mid(end + 3);
    if (rest.endsWith(u'/')) {
        rest.chop(1);
    }
    const qsizetype at = rest.lastIndexOf(u'@');
    if (at >= 0) {
        m_proxy.credentials = QString::fromUtf8(QByteArray::fromPercentEncoding(rest.left(at).toUtf8()));
        rest.remove(0, at + 1);
    }
    const bool hasPort = rest.lastIndexOf(u':') > rest.lastIndexOf(u']');
    m_proxy.address = hasPort || rest.isEmpty() ? rest : QStringLiteral("%1:%2").arg(rest).arg(DefaultProxyPort);
    return {};
}

Result<void> CurlCommand::finish()
{
    if (m_urls.isEmpty()) {
        return m_draft.error(QStringLiteral("the address is missing"));
    }
    if (m_urls.size() > 1) {
        m_draft.note(QStringLiteral("only the first address is opened, not %1").arg(m_urls.mid(1).join(u' ')));
    }
    if (const Result<void> done = setUrl(m_urls.first()); !done) {
        return done;
    }
    if (!m_proxy.address.isEmpty()) {
        if (const Result<void> done = m_draft.setProxy(m_proxy); !done) {
            return done;
        }
    }
    if (!m_localAddress.isEmpty() || !m_localPort.isEmpty()) {
        const QString bind = m_localPort.isEmpty() ? m_localAddress : bracketed(m_localAddress) + u':' + m_localPort;
        if (const Result<void> done = m_draft.set("bind", bind); !done) {
            return done;
        }
    }
    if (m_follows) {
        bool isNumber = false;
        const int redirects = m_redirects.toInt(&isNumber);
        const bool isMore = isNumber && (redirects < 0 || redirects > MostRedirects);
        if (const Result<void> done = m_draft.set("redirects", isMore ? QString::number(MostRedirects) : m_redirects);
            !done) {
            return done;
        }
    }
    m_head.finish();
    return {};
}

Result<ImportedCommand> CurlCommand::read(const QStringList &words)
{
    std::vector<ToolOption> options;
    for (const std::vector<ToolOption> &part : {requestOptions(), tlsOptions(), connectionOptions(), outputOptions()}) {
        options.insert(options.end(), part.begin(), part.end());
    }
    const Result<void> walked = readToolArguments(words, options, [this](const QString &url) -> Result<void> {
        m_urls << url;
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

Result<ImportedCommand> readCurl(const QStringList &words)
{
    return CurlCommand().read(words);
}

} // namespace Sidewire
