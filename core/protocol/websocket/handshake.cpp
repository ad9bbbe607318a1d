// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "handshake.h"

#include "core/protocol/websocket/violation.h"

#include <QList>

#include <algorithm>

namespace Sidewire {

namespace {

/// The elements of a comma separated list, each without its parameters ("; name=value").
QList<QByteArray> elementsOf(const QByteArray &list)
{
    QList<QByteArray> elements;
    for (const QByteArray &element : list.split(',')) {
        const QByteArray name = element.split(';').first().trimmed();
        if (!name.isEmpty()) {
            elements.append(name);
        }
    }
    return elements;
}

bool hasUpgradeFields(const HttpHead &head)
{
    return head.hasToken("Upgrade", "websocket") && head.hasToken("Connection", "upgrade");
}

/// Whether everything that the response names in `field` was offered there.
bool isOffered(const HttpHead &request, const HttpHead &response, QByteArrayView field)
{
    const QList<QByteArray> offered = elementsOf(request.value(field));
    const QList<QByteArray> chosen = elementsOf(response.value(field));
    return std::all_of(chosen.begin(), chosen.end(),
                       [&offered](const QByteArray &each) { return offered.contains(each); });
}

} // namespace

bool isUpgradeRequest(const HttpHead &request)
{
    return request.hasToken("Upgrade", "websocket") || !request.value("Sec-WebSocket-Key").isNull();
}

quint32 checkUpgradeRequest(const HttpHead &request)
{
    const bool isRight = hasUpgradeFields(request) && request.method == "GET"
        && request.value("Sec-WebSocket-Version") == "13" && !request.value("Sec-WebSocket-Key").isEmpty();
    return isRight ? 0 : bit(Violation::WrongUpgrade);
}

quint32 checkUpgradeResponse(const HttpHead &request, const HttpHead &response)
{
    quint32 violations = 0;
    if (!hasUpgradeFields(response)) {
        violations |= bit(Violation::WrongUpgrade);
    }
    const QByteArray accept = response.value("Sec-WebSocket-Accept");
    if (accept.isNull()) {
        violations |= bit(Violation::MissingAccept);
    } else if (accept != webSocketAccept(request.value("Sec-WebSocket-Key"))) {
        violations |= bit(Violation::WrongAccept);
    }
    if (!isOffered(request, response, "Sec-WebSocket-Protocol")) {
        violations |= bit(Violation::SubprotocolNotOffered);
    }
    if (!isOffered(request, response, "Sec-WebSocket-Extensions")) {
        violations |= bit(Violation::ExtensionNotOffered);
    }
    return violations;
}

bool negotiatesDeflate(const HttpHead &response)
{
    return elementsOf(response.value("Sec-WebSocket-Extensions")).contains("permessage-deflate");
}

} // namespace Sidewire
