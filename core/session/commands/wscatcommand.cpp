// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/authority.h"
#include "core/session/commands/requesthead.h"
#include "core/session/commands/toolarguments.h"
#include "core/session/commands/tools.h"

namespace Sidewire {

namespace {

constexpr QLatin1String DefaultRedirects("10"); // wscat --help

/// wscat's url may leave the scheme out, as ws does not.
QString targetOf(const QString &url)
{
    if (url.startsWith(QLatin1String("http://")) || url.startsWith(QLatin1String("https://"))) {
        return QStringLiteral("ws") + url.mid(4);
    }
    return url.contains(QLatin1String("://")) ? url : QStringLiteral("ws://") + url;
}

Result<void> setProxy(CommandDraft &draft, const QString &url)
{
    return draft.set("proxy", url.contains(QLatin1String("://")) ? url : QStringLiteral("http://") + url);
}

} // namespace

Result<ImportedCommand> readWscat(const QStringList &words)
{
    using namespace ToolOptions;
    CommandDraft draft(QStringLiteral("wscat"));
    RequestHead head(draft);
    QString url;
    QString port;
    QString host;
    QString redirects;
    bool follows = false;
    const auto into = [](QString &target) {
        return [&target](const QString &value) -> Result<void> {
            target = value;
            return {};
        };
    };
    const auto option = [&draft](const char *name) {
        return [&draft, name](const QString &value) {
            return draft.set(name, value);
        };
    };
    const std::vector<ToolOption> options{
        value("-c --connect", into(url)),
        value("-l --listen", into(port)),
        value("--host", into(host)),
        value("-H --header", [&head](const QString &line) { return head.add(line); }),
        value("-o --origin", option("origin")),
        value("-s --subprotocol", [&head](const QString &names) { return head.addSubprotocols(names); }),
        value("--auth", option("auth")),
        flag("-n --no-check", [&draft] { return draft.set("verify", QStringLiteral("off")); }),
        value("--ca", option("ca")),
        value("--cert", option("cert")),
        value("--key", option("key")),
        value("--passphrase", into(draft.spec().options.tls.passphrase)),
        value("--proxy", [&draft](const QString &proxy) { return setProxy(draft, proxy); }),
        value("--max-redirects", into(redirects)),
        flag("-L --location",
             [&follows]() -> Result<void> {
                 follows = true;
                 return {};
             }),
        value("-x --execute",
              [&draft](const QString &message) -> Result<void> {
                  draft.note(QStringLiteral("not sent: %1").arg(message));
                  return {};
              }),
        value("-p --protocol",
              [&draft](const QString &version) -> Result<void> {
                  if (version != u"13") {
                      return draft.error(QStringLiteral("there is no WebSocket version %1 but 13").arg(version));
                  }
                  return {};
              }),
        ignoredValue("-w --wait"),
        ignored("-P --show-ping-pong --slash --no-color"),
    };
    const Result<void> walked = readToolArguments(words, options, [&draft](const QString &word) -> Result<void> {
        return draft.error(QStringLiteral("\"%1\" is not expected; the url stands behind -c").arg(word));
    });
    if (!walked) {
        return walked.error();
    }
    if (url.isEmpty() == port.isEmpty()) {
        return draft.error(QStringLiteral("either -c with a url or -l with a port is needed"));
    }
    const Result<void> target = draft.setTarget(
        port.isEmpty() ? targetOf(url) : QStringLiteral("ws-listen://%1:%2").arg(bracketed(host), port));
    if (!target) {
        return target.error();
    }
    if (follows) {
        const Result<void> set = draft.set("redirects", redirects.isEmpty() ? QString(DefaultRedirects) : redirects);
        if (!set) {
            return set.error();
        }
    }
    head.finish();
    return draft.finish();
}

} // namespace Sidewire
