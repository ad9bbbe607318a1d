// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websockethead.h"

#include <algorithm>

namespace Sidewire::WebSocketHead {

namespace {

constexpr QByteArrayView Extensions = "Sec-WebSocket-Extensions";
constexpr QByteArrayView Deflate = "permessage-deflate";

bool isSameName(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

QByteArray edited(QByteArrayView head, const Request &request, QByteArrayView dropped)
{
    const HttpHead parsed = parseHttpHead(head);
    const auto isReplaced = [&request](QByteArrayView name) {
        return std::any_of(request.fields.begin(), request.fields.end(),
                           [name](const auto &field) { return isSameName(field.first, name); });
    };
    QByteArray result = "GET " + request.target + " HTTP/1.1\r\n";
    for (const HttpField &field : parsed.fields) {
        if (isSameName(field.name, dropped) || isReplaced(field.name)) {
            continue;
        }
        result += field.name + ": " + (isSameName(field.name, "Host") ? request.host : field.value) + "\r\n";
    }
    for (const auto &[name, value] : request.fields) {
        result += name + ": " + value + "\r\n";
    }
    return result + "\r\n";
}

Result<void> check(const HttpHead &response, QByteArrayView key, const QByteArrayList &offeredProtocols)
{
    const auto fail = [](const QString &detail) {
        return Error{Error::Code::Protocol, detail};
    };
    if (response.isRequest || response.version.isEmpty() || response.status == 0) {
        return fail(QStringLiteral("the server's answer to the upgrade is not HTTP"));
    }
    if (response.status != 101) {
        return fail(QStringLiteral("the server answered %1 %2 to the upgrade")
                        .arg(response.status)
                        .arg(QString::fromLatin1(response.reason))
                        .simplified());
    }
    if (!response.hasToken("Upgrade", "websocket") || !response.hasToken("Connection", "upgrade")) {
        return fail(QStringLiteral("the server answered 101, but not with an upgrade to websocket"));
    }
    const QByteArray accept = response.value("Sec-WebSocket-Accept");
    if (accept != webSocketAccept(key)) {
        return fail(accept.isNull() ? QStringLiteral("the server's answer has no Sec-WebSocket-Accept")
                                    : QStringLiteral("the server's Sec-WebSocket-Accept does not answer our key"));
    }
    const QByteArray protocol = response.value("Sec-WebSocket-Protocol");
    if (!protocol.isEmpty() && !offeredProtocols.contains(protocol)) {
        return fail(QStringLiteral("the server chose the subprotocol %1, which was not offered")
                        .arg(QString::fromLatin1(protocol)));
    }
    return {};
}

Result<std::optional<DeflateParameters>> agreedDeflate(const HttpHead &response, const DeflateParameters &offer)
{
    const auto fail = [](const QString &why) {
        return Error{Error::Code::Protocol,
                     QStringLiteral("the server's answer to the offer of permessage-deflate is wrong: %1").arg(why)};
    };
    std::optional<DeflateParameters> agreed;
    for (const QByteArray &element : extensionElements(response.value(Extensions))) {
        if (extensionName(element) != Deflate) {
            continue;
        }
        if (agreed) {
            return fail(QStringLiteral("it is there twice"));
        }
        const Result<DeflateParameters> parsed = DeflateParameters::parse(element, DeflateParameters::Role::Response);
        if (!parsed) {
            return fail(parsed.error().detail);
        }
        if (const QByteArray why = DeflateParameters::whyUnacceptable(offer, *parsed); !why.isEmpty()) {
            return fail(QString::fromUtf8(why));
        }
        agreed = *parsed;
    }
    return agreed;
}

std::optional<DeflateParameters> acceptedDeflate(const HttpHead &request, const DeflateParameters &wanted)
{
    for (const QByteArray &element : extensionElements(request.value(Extensions))) {
        if (extensionName(element) != Deflate) {
            continue;
        }
        const Result<DeflateParameters> offer = DeflateParameters::parse(element, DeflateParameters::Role::Offer);
        if (!offer) {
            continue; // RFC 7692, 7.1: declined
        }
        if (std::optional<DeflateParameters> accepted = DeflateParameters::accept(*offer, wanted)) {
            return accepted;
        }
    }
    return std::nullopt;
}

QByteArray withField(QByteArrayView head, QByteArrayView name, QByteArrayView value)
{
    QByteArray result = head.chopped(2).toByteArray(); // The empty line
    result.append(name).append(": ").append(value).append("\r\n\r\n");
    return result;
}

QByteArray plainResponse(QByteArrayView key, QByteArrayView subprotocol)
{
    QByteArray result = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    result += "Sec-WebSocket-Accept: " + webSocketAccept(key) + "\r\n";
    if (!subprotocol.isEmpty()) {
        result += "Sec-WebSocket-Protocol: " + subprotocol.toByteArray() + "\r\n";
    }
    return result + "\r\n";
}

QByteArray encodedTarget(const QByteArray &path)
{
    QByteArray result;
    for (const char byte : path) {
        const auto code = static_cast<uchar>(byte);
        if (code <= 0x20 || code >= 0x7f) {
            result += '%' + QByteArray(1, byte).toHex().toUpper();
        } else {
            result += byte;
        }
    }
    return result.isEmpty() ? QByteArray("/") : result;
}

} // namespace Sidewire::WebSocketHead
