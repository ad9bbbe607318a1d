// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "handshake.h"

#include "core/protocol/websocket/violation.h"

#include <QList>

#include <algorithm>
#include <iterator>
#include <set>

namespace Sidewire {

namespace {

constexpr QByteArrayView DeflateName("permessage-deflate");

/// The elements of a comma separated list of tokens.
QList<QByteArray> elementsOf(const QByteArray &list)
{
    QList<QByteArray> elements;
    for (const QByteArray &element : list.split(',')) {
        if (const QByteArray name = element.trimmed(); !name.isEmpty()) {
            elements.append(name);
        }
    }
    return elements;
}

bool hasUpgradeFields(const HttpHead &head)
{
    return head.hasToken("Upgrade", "websocket") && head.hasToken("Connection", "upgrade");
}

std::vector<QByteArray> valuesOf(const HttpHead &head, QByteArrayView name)
{
    std::vector<QByteArray> values;
    for (const HttpField &field : head.fields) {
        if (QByteArrayView(field.name).compare(name, Qt::CaseInsensitive) == 0) {
            values.push_back(field.value);
        }
    }
    return values;
}

QByteArray firstValue(const HttpHead &head, QByteArrayView name)
{
    const std::vector<QByteArray> values = valuesOf(head, name);
    return values.empty() ? QByteArray() : values.front();
}

bool isRepeated(const HttpHead &head, QByteArrayView name)
{
    return valuesOf(head, name).size() > 1;
}

/// Of RFC 6455, 4.1: 16 bytes in base64.
bool isValidKey(const QByteArray &key)
{
    constexpr qsizetype Size = 16;
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == Size;
}

bool hasDuplicates(QList<QByteArray> names)
{
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
}

quint32 checkSubprotocols(const HttpHead &request, const HttpHead &response)
{
    const QByteArray value = response.value("Sec-WebSocket-Protocol");
    if (value.isNull()) {
        return 0;
    }
    const QList<QByteArray> chosen = elementsOf(value);
    if (chosen.size() > 1) {
        return bit(Violation::SeveralSubprotocols);
    }
    const QList<QByteArray> offered = elementsOf(request.value("Sec-WebSocket-Protocol"));
    return chosen.isEmpty() || !offered.contains(chosen.first()) ? bit(Violation::SubprotocolNotOffered) : 0;
}

/// Whether `agreed` may answer any of the offers (RFC 7692, 7.1).
bool followsFromAnOffer(const std::vector<QByteArray> &offers, const DeflateParameters &agreed)
{
    return std::any_of(offers.begin(), offers.end(), [&agreed](const QByteArray &offer) {
        const Result<DeflateParameters> offered = DeflateParameters::parse(offer, DeflateParameters::Role::Offer);
        return offered && DeflateParameters::whyUnacceptable(*offered, agreed).isEmpty();
    });
}

quint32 checkExtensions(const HttpHead &request, const HttpHead &response)
{
    const std::vector<QByteArray> offers = extensionElements(request.value("Sec-WebSocket-Extensions"));
    std::set<QByteArray> offered; // A head may name very many
    std::transform(offers.begin(), offers.end(), std::inserter(offered, offered.end()), extensionName);

    quint32 violations = 0;
    bool hasDeflate = false;
    for (const QByteArray &element : extensionElements(response.value("Sec-WebSocket-Extensions"))) {
        const QByteArray name = extensionName(element);
        const bool isOffered = offered.find(name) != offered.end();
        violations |= isOffered ? 0 : bit(Violation::ExtensionNotOffered);
        if (name != DeflateName) {
            continue;
        }
        const auto agreed = DeflateParameters::parse(element, DeflateParameters::Role::Response);
        if (!agreed || hasDeflate) {
            violations |= bit(Violation::InvalidExtension);
        } else if (isOffered && !followsFromAnOffer(offers, *agreed)) {
            violations |= bit(Violation::ExtensionNotAsOffered);
        }
        hasDeflate = true;
    }
    return violations;
}

} // namespace

bool isUpgradeRequest(const HttpHead &request)
{
    return request.hasToken("Upgrade", "websocket") || !request.value("Sec-WebSocket-Key").isNull();
}

quint32 checkUpgradeRequest(const HttpHead &request)
{
    quint32 violations = 0;
    const auto require = [&violations](bool isRight, Violation violation) {
        violations |= isRight ? 0 : bit(violation);
    };
    require(hasUpgradeFields(request), Violation::WrongUpgrade);
    require(request.method == "GET" && request.version >= "HTTP/1.1" && valuesOf(request, "Host").size() == 1,
            Violation::WrongRequest);
    require(isValidKey(firstValue(request, "Sec-WebSocket-Key")), Violation::InvalidKey);
    require(firstValue(request, "Sec-WebSocket-Version") == "13", Violation::WrongVersion);
    require(!isRepeated(request, "Sec-WebSocket-Key") && !isRepeated(request, "Sec-WebSocket-Version")
                && !hasDuplicates(elementsOf(request.value("Sec-WebSocket-Protocol"))),
            Violation::RepeatedField);
    for (const QByteArray &offer : extensionElements(request.value("Sec-WebSocket-Extensions"))) {
        require(extensionName(offer) != DeflateName
                    || DeflateParameters::parse(offer, DeflateParameters::Role::Offer).has_value(),
                Violation::InvalidExtension);
    }
    return violations;
}

quint32 checkUpgradeResponse(const HttpHead &request, const HttpHead &response)
{
    quint32 violations = checkSubprotocols(request, response) | checkExtensions(request, response);
    if (!hasUpgradeFields(response)) {
        violations |= bit(Violation::WrongUpgrade);
    }
    const QByteArray accept = firstValue(response, "Sec-WebSocket-Accept");
    if (accept.isNull()) {
        violations |= bit(Violation::MissingAccept);
    } else if (accept != webSocketAccept(firstValue(request, "Sec-WebSocket-Key"))) {
        violations |= bit(Violation::WrongAccept);
    }
    if (isRepeated(response, "Sec-WebSocket-Accept") || isRepeated(response, "Sec-WebSocket-Protocol")) {
        violations |= bit(Violation::RepeatedField);
    }
    return violations;
}

std::optional<DeflateParameters> agreedDeflate(const HttpHead &response)
{
    for (const QByteArray &element : extensionElements(response.value("Sec-WebSocket-Extensions"))) {
        if (extensionName(element) == DeflateName) {
            const auto agreed = DeflateParameters::parse(element, DeflateParameters::Role::Response);
            return agreed ? *agreed : DeflateParameters();
        }
    }
    return {};
}

} // namespace Sidewire
