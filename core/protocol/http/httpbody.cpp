// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "httpbody.h"

#include <QList>

#include <algorithm>
#include <optional>

namespace Sidewire {

namespace {

/// 1*DIGIT, also the same number several times (RFC 9112, 6.3).
std::optional<qint64> parseLength(const QByteArray &value)
{
    const QList<QByteArray> parts = value.split(',');
    const QByteArray first = parts.first().trimmed();
    const bool isSame =
        std::ranges::all_of(parts, [&first](const QByteArray &part) { return part.trimmed() == first; });
    const bool isDigits =
        !first.isEmpty() && std::ranges::all_of(first, [](char digit) { return digit >= '0' && digit <= '9'; });
    bool isNumber = false;
    const qint64 length = first.toLongLong(&isNumber);
    return isSame && isDigits && isNumber ? std::optional(length) : std::nullopt;
}

} // namespace

HttpRequestKind requestKind(const HttpHead &request)
{
    return request.method == "HEAD"   ? HttpRequestKind::Head
        : request.method == "CONNECT" ? HttpRequestKind::Connect
                                      : HttpRequestKind::Ordinary;
}

HttpBody bodyOf(const HttpHead &head, HttpRequestKind request)
{
    using Framing = HttpBody::Framing;
    const bool opensTunnel = request == HttpRequestKind::Connect && head.status / 100 == 2;
    const bool hasNone = head.status < 200 || head.status == 204 || head.status == 304
        || request == HttpRequestKind::Head || opensTunnel;
    if (!head.isRequest && hasNone) {
        return {};
    }
    const QByteArray coding = head.value("Transfer-Encoding");
    const QByteArray length = head.value("Content-Length");
    if (!coding.isNull()) {
        const bool isChunked = coding.split(',').last().trimmed().compare("chunked", Qt::CaseInsensitive) == 0;
        return {isChunked ? Framing::Chunked : Framing::UntilEnd, 0,
                !length.isNull() || (head.isRequest && !isChunked)};
    }
    if (length.isNull()) {
        return {head.isRequest ? Framing::None : Framing::UntilEnd};
    }
    const std::optional<qint64> value = parseLength(length);
    if (!value) {
        return {Framing::UntilEnd, 0, true};
    }
    return {*value > 0 ? Framing::Length : Framing::None, *value};
}

} // namespace Sidewire
