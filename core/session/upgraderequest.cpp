// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "upgraderequest.h"

#include <QUrl>

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qsizetype KeySize = 16; // RFC 6455, 4.2.1

QByteArray reasonOf(int status)
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 410:
        return "Gone";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return status < 500 ? "Refused" : "Server Error";
    }
}

bool isKey(const QByteArray &value)
{
    const QByteArray::FromBase64Result key =
        QByteArray::fromBase64Encoding(value, QByteArray::AbortOnBase64DecodingErrors);
    return key && key.decoded.size() == KeySize;
}

std::optional<UpgradeRefusal> brokenRule(const HttpHead &head)
{
    const auto bad = [](const char *why) {
        return UpgradeRefusal{400, QString::fromLatin1(why)};
    };
    if (!asksForWebSocket(head)) {
        return UpgradeRefusal{426, QStringLiteral("This is a WebSocket server")};
    }
    if (head.method != "GET") {
        return bad("An upgrade to WebSocket is asked for with GET");
    }
    if (head.version < "HTTP/1.1") {
        return bad("An upgrade to WebSocket needs HTTP/1.1");
    }
    if (head.value("Host").isEmpty()) {
        return bad("The Host line is missing");
    }
    if (!head.hasToken("Connection", "upgrade")) {
        return bad("The Connection line does not name Upgrade");
    }
    if (head.value("Sec-WebSocket-Version") != "13") {
        return UpgradeRefusal{426, QStringLiteral("Only version 13 of WebSocket is spoken here")};
    }
    if (!isKey(head.value("Sec-WebSocket-Key"))) {
        return bad("Sec-WebSocket-Key is not 16 bytes in base64");
    }
    return {};
}

QString pathOf(const QString &target)
{
    const QString path = target.section(u'?', 0, 0);
    // RFC 9112, 3.2.2: a server takes the absolute form too.
    return path.startsWith(u'/') ? path : QUrl(path).path();
}

} // namespace

UpgradeRequest UpgradeRequest::from(const HttpHead &head)
{
    UpgradeRequest result;
    result.target = QString::fromUtf8(head.target);
    result.origin = QString::fromUtf8(head.value("Origin"));
    for (const QByteArray &name : head.value("Sec-WebSocket-Protocol").split(',')) {
        if (const QByteArray trimmed = name.trimmed(); !trimmed.isEmpty()) {
            result.subprotocols.append(QString::fromUtf8(trimmed));
        }
    }
    return result;
}

QString UpgradeRequest::subprotocolOf(const QStringList &offered) const
{
    const auto found =
        std::ranges::find_if(subprotocols, [&offered](const QString &name) { return offered.contains(name); });
    return found == subprotocols.end() ? QString() : *found;
}

bool asksForWebSocket(const HttpHead &head)
{
    return head.isRequest && head.hasToken("Upgrade", "websocket");
}

std::optional<UpgradeRefusal> refusalOf(const HttpHead &head, const UpgradeRules &rules)
{
    if (const std::optional<UpgradeRefusal> broken = brokenRule(head)) {
        return broken;
    }
    const UpgradeRequest request = UpgradeRequest::from(head);
    if (rules.decision == UpgradeRules::Decision::Refuse) {
        return UpgradeRefusal{rules.refusal, QStringLiteral("Every upgrade is refused here")};
    }
    if (!rules.paths.isEmpty() && !rules.paths.contains(pathOf(request.target))) {
        return UpgradeRefusal{rules.refusal,
                              QStringLiteral("The path %1 is not served here").arg(pathOf(request.target))};
    }
    if (!rules.origins.isEmpty() && !rules.origins.contains(request.origin, Qt::CaseInsensitive)) {
        return UpgradeRefusal{rules.refusal,
                              request.origin.isEmpty()
                                  ? QStringLiteral("The Origin line is missing")
                                  : QStringLiteral("The origin %1 is not accepted here").arg(request.origin)};
    }
    return {};
}

QByteArray refusalResponse(const HttpHead &request, const UpgradeRefusal &refusal)
{
    const QByteArray body = refusal.why.toUtf8() + ".\n";
    QByteArray head = "HTTP/1.1 " + QByteArray::number(refusal.status) + ' ' + reasonOf(refusal.status) + "\r\n";
    if (refusal.status == 426) { // RFC 9110, 15.5.22 and RFC 6455, 4.4
        head += "Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Version: 13\r\n";
    } else {
        head += "Connection: close\r\n";
    }
    head +=
        "Content-Type: text/plain; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    return request.method == "HEAD" ? head : head + body; // RFC 9110, 9.3.2
}

} // namespace Sidewire
