// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/commands/requesthead.h"
#include "core/session/commands/toolarguments.h"
#include "core/session/commands/tools.h"

#include <QRegularExpression>

#include <algorithm>

namespace Sidewire {

namespace {

using namespace ToolOptions;

/// websocat of the first series: one of its two addresses is the socket.
class WebsocatCommand
{
public:
    Result<ImportedCommand> read(const QStringList &words);

private:
    ToolOption::Apply option(const char *name)
    {
        return [this, name](const QString &value) {
            return m_draft.set(name, value);
        };
    }
    std::vector<ToolOption> options();
    Result<void> setAddress(const QString &address);
    static bool isSocket(const QString &address);

    CommandDraft m_draft{QStringLiteral("websocat")};
    RequestHead m_head{m_draft};
    QStringList m_addresses;
    bool m_isServer = false;
};

std::vector<ToolOption> WebsocatCommand::options()
{
    const auto subprotocols = [this](const QString &names) {
        return m_head.addSubprotocols(names);
    };
    return {
        value("-H --header", [this](const QString &line) { return m_head.add(line); }),
        value("--origin", option("origin")),
        value("--protocol --server-protocol", subprotocols),
        value("--basic-auth", option("auth")),
        flag("-k --insecure", [this] { return m_draft.set("verify", QStringLiteral("off")); }),
        value("--tls-domain", option("sni")),
        value("--restrict-uri", option("accept-path")),
        value("--socks5",
              [this](const QString &address) {
                  return m_draft.setProxy({QStringLiteral("socks5"), address, {}});
              }),
        flag("-s --server-mode",
             [this]() -> Result<void> {
                 m_isServer = true;
                 return {};
             }),
        notedValue("--ping-interval --ping-timeout", m_draft, "pings are sent by hand or answered, not repeated"),
        notedValue("--client-pkcs12-der --client-pkcs12-passwd --pkcs12-der --pkcs12-passwd", m_draft,
                   "a PKCS #12 file cannot be read; a certificate in a PEM file can (cert)"),
        notedValue("--basic-auth-file --header-to-env --close-status-code --close-reason --max-messages --conncap",
                   m_draft, "some options are left out"),
        ignoredValue("-B --buffer-size --queue-len"),
        ignored("-t --text -b --binary -v -q -n --no-close -E --exit-on-eof -1 --one-message -S --strict -U "
                "--unidirectional "
                "-u --unidirectional-reverse -0 --null-terminated --no-line -e --set-environment --oneshot --no-lints "
                "--async-stdio --linemode-zero-terminated --print-ping-rtts --no-fixups --no-async-stdio --ua"),
    };
}

bool WebsocatCommand::isSocket(const QString &address)
{
    static const QRegularExpression pattern(QStringLiteral(
        "^(wss?://"
        "|(ws-l|ws-listen|l-ws|listen-ws|tcp|tcp-connect|tcp-l|tcp-listen|udp|udp-connect|udp-l|udp-listen):)"));
    return pattern.match(address).hasMatch();
}

Result<void> WebsocatCommand::setAddress(const QString &address)
{
    if (address.contains(QLatin1String("://"))) {
        return m_draft.setTarget(address);
    }
    const QString type = address.section(u':', 0, 0);
    const QString rest = address.section(u':', 1);
    const QString scheme = type.startsWith(QLatin1String("tcp")) ? QStringLiteral("tcp")
        : type.startsWith(QLatin1String("udp"))                  ? QStringLiteral("udp")
                                                                 : QStringLiteral("ws");
    const bool listens = type.startsWith(QLatin1String("ws")) || type.startsWith(QLatin1String("l"))
        || type.endsWith(QLatin1String("-l")) || type.endsWith(QLatin1String("-listen"));
    return m_draft.setTarget(scheme + (listens ? QStringLiteral("-listen://") : QStringLiteral("://")) + rest);
}

Result<ImportedCommand> WebsocatCommand::read(const QStringList &words)
{
    const Result<void> walked = readToolArguments(words, options(), [this](const QString &word) -> Result<void> {
        m_addresses << word;
        return {};
    });
    if (!walked) {
        return walked.error();
    }
    if (m_addresses.isEmpty()) {
        return m_draft.error(QStringLiteral("the address is missing"));
    }
    if (m_isServer) { // "-s 1234", "-s 0.0.0.0:1234"
        const QString &address = m_addresses.first();
        m_addresses[0] =
            QStringLiteral("ws-l:") + (address.contains(u':') ? address : QStringLiteral("127.0.0.1:") + address);
    }
    const auto sockets = std::count_if(m_addresses.begin(), m_addresses.end(), isSocket);
    if (m_addresses.size() > 2 || sockets == 2) {
        return m_draft.error(
            QStringLiteral("one socket can be opened, not \"%1\"").arg(m_addresses.join(QStringLiteral("\" and \""))));
    }
    if (sockets == 0) {
        return m_draft.error(
            QStringLiteral("\"%1\" is none of the sockets that can be opened").arg(m_addresses.first()));
    }
    const qsizetype own = isSocket(m_addresses.first()) ? 0 : 1;
    if (const Result<void> done = setAddress(m_addresses.at(own)); !done) {
        return done.error();
    }
    const QString other = m_addresses.value(1 - own, QStringLiteral("-"));
    if (m_draft.isListener() && other == u"mirror:") {
        if (const Result<void> done = m_draft.set("answer", QStringLiteral("echo")); !done) {
            return done.error();
        }
    } else if (other != u"-" && other != u"stdio:" && other != u"inetd:") {
        m_draft.note(QStringLiteral("left out: %1").arg(other));
    }
    m_head.finish();
    return m_draft.finish();
}

} // namespace

Result<ImportedCommand> readWebsocat(const QStringList &words)
{
    return WebsocatCommand().read(words);
}

} // namespace Sidewire
