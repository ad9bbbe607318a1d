// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// curl, wscat and websocat: what they have in common is the head of an upgrade.

#include "core/session/commands/commandwriter.h"

namespace Sidewire {

namespace {

/// Sixteen bytes, as RFC 6455, 4.1 wants them; any will do for a look at the answer.
const char *const CurlKey = "c2lkZXdpcmUgdXBncmFkZQ==";

bool isBearer(const QString &auth)
{
    return auth.startsWith(QLatin1String("bearer "), Qt::CaseInsensitive);
}

/// `flag 'Name: value'` for each header, and for the options that the tool knows as headers only.
void addHeaders(CommandWriter &writer, const QString &flag, const QStringList &others)
{
    const bool isGlued = flag.endsWith(u'=');
    const auto add = [&writer, &flag, isGlued](const QString &line) {
        writer.add(isGlued ? QStringList(flag + line) : QStringList{flag, line});
    };
    for (const QString &line : writer.take("header")) {
        add(line);
    }
    for (const QString &line : others) {
        add(line);
    }
}

QString cookieLine(CommandWriter &writer)
{
    const QStringList cookies = writer.take("cookie");
    return cookies.isEmpty() ? QString() : cookies.join(QStringLiteral("; "));
}

void addPassphrase(CommandWriter &writer, const char *flag)
{
    const QString &passphrase = writer.spec().options.tls.passphrase;
    if (!passphrase.isEmpty()) {
        writer.take("passphrase-file");
        writer.add({QLatin1String(flag), passphrase});
    }
}

/// "off" or nothing; a pinned certificate is noted.
bool isVerifyOff(CommandWriter &writer)
{
    const QString verify = writer.takeOne("verify");
    if (!verify.isEmpty() && verify != u"off") {
        writer.note(QStringLiteral("%1 cannot pin a certificate; it verifies it as usual").arg(writer.tool()));
    }
    return verify == u"off";
}

Error onlyWebSocket(const char *tool)
{
    return {Error::Code::Unsupported, QStringLiteral("%1 opens WebSockets only").arg(QLatin1String(tool))};
}

QString proxyAddress(const ProxySettings &proxy)
{
    return QStringLiteral("%1:%2").arg(bracketed(proxy.host)).arg(proxy.port);
}

void addCurlConnection(CommandWriter &curl)
{
    const SessionOptions &options = curl.spec().options;
    if (const QString family = curl.takeOne("family"); !family.isEmpty()) {
        curl.add(u'-' + family);
    }
    if (!curl.take("connect-timeout").isEmpty()) {
        curl.add({QStringLiteral("--connect-timeout"), toSeconds(options.connectTimeout)});
    }
    curl.take("bind");
    const Endpoint &bind = options.socket.bind;
    if (!bind.address.isNull()) {
        curl.add({QStringLiteral("--interface"), bind.address.toString()});
    } else {
        curl.addOption("--interface", "interface");
    }
    if (bind.port != 0) {
        curl.add({QStringLiteral("--local-port"), QString::number(bind.port)});
    }
    if (!curl.take("nodelay").isEmpty()) {
        curl.add(QStringLiteral("--no-tcp-nodelay"));
    }
    if (!curl.take("proxy").isEmpty()) {
        const bool isSocks = options.proxy.kind == ProxySettings::Kind::Socks5;
        curl.add({QStringLiteral("-x"),
                  (isSocks ? QStringLiteral("socks5h://") : QStringLiteral("http://")) + proxyAddress(options.proxy)});
        if (!isSocks) {
            curl.add(QStringLiteral("-p"));
        }
        if (!options.proxy.user.isEmpty()) {
            curl.add({QStringLiteral("-U"), options.proxy.user + u':' + options.proxy.password});
        }
    }
    if (const QString redirects = curl.takeOne("redirects"); !redirects.isEmpty()) {
        curl.add({QStringLiteral("-L"), QStringLiteral("--max-redirs"), redirects});
    }
}

void addCurlTls(CommandWriter &curl)
{
    if (isVerifyOff(curl)) {
        curl.add(QStringLiteral("-k"));
    }
    curl.addOption("--cacert", "ca");
    for (QString file : curl.take("cert")) {
        curl.add({QStringLiteral("--cert"), file.replace(u':', QLatin1String("\\:"))});
    }
    curl.addOption("--key", "key");
    addPassphrase(curl, "--pass");
    curl.addOption("--ciphers", "ciphers");
    if (const QString version = curl.takeOne("tls-min"); !version.isEmpty()) {
        curl.add(QStringLiteral("--tlsv") + version);
    }
    curl.addOption("--tls-max", "tls-max");
}

} // namespace

Result<ExportedCommand> writeCurl(const SessionSpec &spec)
{
    if (!spec.isWebSocket() || spec.role == Role::Listener) {
        return Error{Error::Code::Unsupported, QStringLiteral("curl opens WebSockets only, and does not listen")};
    }
    CommandWriter curl(QStringLiteral("curl"), spec);
    curl.add({QStringLiteral("-i"), QStringLiteral("-N"), QStringLiteral("--http1.1")});
    addCurlConnection(curl);
    addCurlTls(curl);
    QStringList lines{QStringLiteral("Connection: Upgrade"), QStringLiteral("Upgrade: websocket"),
                      QStringLiteral("Sec-WebSocket-Version: 13"),
                      QStringLiteral("Sec-WebSocket-Key: ") + QLatin1String(CurlKey)};
    if (const QStringList names = curl.take("subprotocol"); !names.isEmpty()) {
        lines << QStringLiteral("Sec-WebSocket-Protocol: ")
                + QString(names.first()).replace(u',', QStringLiteral(", "));
    }
    if (const QString origin = curl.takeOne("origin"); !origin.isEmpty()) {
        lines << QStringLiteral("Origin: ") + origin;
    }
    addHeaders(curl, QStringLiteral("-H"), lines);
    if (const QString cookies = cookieLine(curl); !cookies.isEmpty()) {
        curl.add({QStringLiteral("-b"), cookies});
    }
    if (const QString auth = curl.takeOne("auth"); isBearer(auth)) {
        curl.add({QStringLiteral("--oauth2-bearer"), auth.section(u' ', 1)});
    } else if (!auth.isEmpty()) {
        curl.add({QStringLiteral("-u"), auth});
    }
    QString url = spec.target();
    url.replace(0, 2, QStringLiteral("http")); // ws:// is not known to every curl
    // Else curl would take {}, [] and ../ for its own.
    if (url.contains(u'{') || url.contains(u'[')) {
        curl.add(QStringLiteral("-g"));
    }
    if (url.contains(QLatin1String("/."))) {
        curl.add(QStringLiteral("--path-as-is"));
    }
    curl.add(url);
    return curl.finish();
}

Result<ExportedCommand> writeWscat(const SessionSpec &spec)
{
    if (!spec.isWebSocket()) {
        return onlyWebSocket("wscat");
    }
    CommandWriter wscat(QStringLiteral("wscat"), spec);
    if (wscat.isListener()) {
        if (spec.isTls()) {
            return Error{Error::Code::Unsupported, QStringLiteral("wscat listens without TLS only")};
        }
        wscat.add({QStringLiteral("-l"), QString::number(spec.port)});
        if (!spec.host.isEmpty()) {
            wscat.add({QStringLiteral("--host"), spec.host});
        }
        return wscat.finish();
    }
    wscat.add({QStringLiteral("-c"), spec.target()});
    if (const QStringList names = wscat.take("subprotocol"); !names.isEmpty()) {
        for (const QString &name : names.first().split(u',')) {
            wscat.add({QStringLiteral("-s"), name});
        }
    }
    wscat.addOption("-o", "origin");
    QStringList lines;
    if (const QString cookies = cookieLine(wscat); !cookies.isEmpty()) {
        lines << QStringLiteral("Cookie: ") + cookies;
    }
    if (const QString auth = wscat.takeOne("auth"); isBearer(auth)) {
        lines << QStringLiteral("Authorization: Bearer ") + auth.section(u' ', 1);
    } else if (!auth.isEmpty()) {
        wscat.add({QStringLiteral("--auth"), auth});
    }
    addHeaders(wscat, QStringLiteral("-H"), lines);
    if (isVerifyOff(wscat)) {
        wscat.add(QStringLiteral("-n"));
    }
    wscat.addOption("--ca", "ca");
    wscat.addOption("--cert", "cert");
    wscat.addOption("--key", "key");
    addPassphrase(wscat, "--passphrase");
    if (spec.options.proxy.kind == ProxySettings::Kind::HttpConnect) {
        wscat.addOption("--proxy", "proxy");
    }
    if (const QString redirects = wscat.takeOne("redirects"); !redirects.isEmpty()) {
        wscat.add({QStringLiteral("-L"), QStringLiteral("--max-redirects"), redirects});
    }
    return wscat.finish();
}

Result<ExportedCommand> writeWebsocat(const SessionSpec &spec)
{
    if (!spec.isWebSocket()) {
        return onlyWebSocket("websocat");
    }
    CommandWriter websocat(QStringLiteral("websocat"), spec);
    if (websocat.isListener()) {
        if (spec.isTls()) {
            return Error{Error::Code::Unsupported, QStringLiteral("websocat listens with a PKCS #12 file only")};
        }
        websocat.addOption("--server-protocol", "subprotocol");
        if (spec.options.upgrade.paths.size() == 1) {
            websocat.addOption("--restrict-uri", "accept-path");
        }
        const QString host = spec.host.isEmpty() ? QStringLiteral("0.0.0.0") : bracketed(spec.host);
        const bool isEcho = spec.options.answer.kind == AnswerOptions::Kind::Echo;
        if (isEcho) {
            websocat.take("answer");
        }
        websocat.add({QStringLiteral("-t"), QStringLiteral("ws-l:%1:%2").arg(host).arg(spec.port),
                      isEcho ? QStringLiteral("mirror:") : QStringLiteral("-")});
        return websocat.finish();
    }
    if (const QStringList names = websocat.take("subprotocol"); !names.isEmpty()) {
        websocat.add({QStringLiteral("--protocol"), QString(names.first()).replace(u',', QStringLiteral(", "))});
    }
    websocat.addOption("--origin", "origin");
    QStringList lines;
    if (const QString cookies = cookieLine(websocat); !cookies.isEmpty()) {
        lines << QStringLiteral("Cookie: ") + cookies;
    }
    if (const QString auth = websocat.takeOne("auth"); isBearer(auth)) {
        lines << QStringLiteral("Authorization: Bearer ") + auth.section(u' ', 1);
    } else if (!auth.isEmpty()) {
        websocat.add({QStringLiteral("--basic-auth"), auth});
    }
    // Glued: it would take the words behind a header for more headers.
    addHeaders(websocat, QStringLiteral("--header="), lines);
    if (isVerifyOff(websocat)) {
        websocat.add(QStringLiteral("-k"));
    }
    websocat.addOption("--tls-domain", "sni");
    const ProxySettings &proxy = spec.options.proxy;
    if (proxy.kind == ProxySettings::Kind::Socks5 && proxy.user.isEmpty()) {
        websocat.take("proxy");
        websocat.add({QStringLiteral("--socks5"), proxyAddress(proxy)});
    }
    websocat.add(spec.target());
    return websocat.finish();
}

} // namespace Sidewire
