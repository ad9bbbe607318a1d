// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/commands/commandwriter.h"

namespace Sidewire {

namespace {

void addTls(CommandWriter &ncat)
{
    ncat.add(QStringLiteral("--ssl"));
    if (!ncat.isListener()) {
        const QString verify = ncat.takeOne("verify");
        if (verify != u"off") {
            ncat.add(QStringLiteral("--ssl-verify"));
        }
        if (!verify.isEmpty() && verify != u"off") {
            ncat.note(QStringLiteral("ncat cannot pin a certificate; it verifies it as usual"));
        }
    }
    ncat.addOption("--ssl-cert", "cert");
    ncat.addOption("--ssl-key", "key");
    ncat.addOption("--ssl-trustfile", "ca");
    ncat.addOption("--ssl-ciphers", "ciphers");
    ncat.addOption("--ssl-servername", "sni");
    ncat.addOption("--ssl-alpn", "alpn");
}

void addProxy(CommandWriter &ncat)
{
    const ProxySettings &proxy = ncat.spec().options.proxy;
    if (ncat.take("proxy").isEmpty()) {
        return;
    }
    const bool isSocks = proxy.kind == ProxySettings::Kind::Socks5;
    ncat.add({QStringLiteral("--proxy"), QStringLiteral("%1:%2").arg(bracketed(proxy.host)).arg(proxy.port),
              QStringLiteral("--proxy-type"), isSocks ? QStringLiteral("socks5") : QStringLiteral("http")});
    if (!proxy.user.isEmpty()) {
        ncat.add({QStringLiteral("--proxy-auth"), proxy.user + u':' + proxy.password});
    }
}

void addAnswer(CommandWriter &ncat)
{
    const AnswerOptions::Kind kind = ncat.spec().options.answer.kind;
    if (kind == AnswerOptions::Kind::Echo) {
        ncat.take("answer");
        ncat.add({QStringLiteral("--exec"), QStringLiteral("/bin/cat")});
    } else if (kind == AnswerOptions::Kind::Discard) {
        ncat.take("answer");
        ncat.add(QStringLiteral("--recv-only"));
    }
    // Over UDP ncat goes on with another peer only where each has a program of its own.
    if (!ncat.spec().isUdp() || kind == AnswerOptions::Kind::Echo) {
        ncat.add(QStringLiteral("-k"));
    } else {
        ncat.note(QStringLiteral("ncat hears one UDP peer only"));
    }
}

} // namespace

Result<ExportedCommand> writeNcat(const SessionSpec &spec)
{
    if (spec.isWebSocket()) {
        return Error{Error::Code::Unsupported, QStringLiteral("ncat does not speak WebSocket")};
    }
    CommandWriter ncat(QStringLiteral("ncat"), spec);
    if (spec.isUdp()) {
        ncat.add(QStringLiteral("-u"));
    }
    if (const QString family = ncat.takeOne("family"); !family.isEmpty()) {
        ncat.add(u'-' + family);
    }
    if (spec.isTls()) {
        addTls(ncat);
    }
    if (ncat.isListener()) {
        ncat.add(QStringLiteral("-l"));
        addAnswer(ncat);
    } else {
        const Endpoint &bind = spec.options.socket.bind;
        ncat.take("bind");
        if (!bind.address.isNull()) {
            ncat.add({QStringLiteral("-s"), bind.address.toString()});
        }
        if (bind.port != 0) {
            ncat.add({QStringLiteral("-p"), QString::number(bind.port)});
        }
        addProxy(ncat);
        for (const QString &ms : ncat.take("connect-timeout")) {
            ncat.add({QStringLiteral("-w"), ms + QStringLiteral("ms")});
        }
    }
    if (!spec.host.isEmpty()) {
        ncat.add(spec.host);
    }
    ncat.add(QString::number(spec.port));
    return ncat.finish();
}

} // namespace Sidewire
