// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "redirect.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

constexpr qsizetype MaxLocation = 16 * 1024;

constexpr std::array FirstServerOnly = {"Authorization", "Cookie", "Host", "Proxy-Authorization"};

bool isForFirstServerOnly(const HttpHeader &header)
{
    return std::any_of(FirstServerOnly.begin(), FirstServerOnly.end(),
                       [&](const char *name) { return header.name.compare(name, Qt::CaseInsensitive) == 0; });
}

/// RFC 6454, 4
bool isSameOrigin(const SessionSpec &a, const SessionSpec &b)
{
    return a.scheme == b.scheme && a.port == b.port && a.host.compare(b.host, Qt::CaseInsensitive) == 0;
}

/// As a WebSocket; a null URL where that is impossible.
QUrl asWebSocket(QUrl url)
{
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("http") || scheme == QLatin1String("https")) {
        url.setScheme(scheme == QLatin1String("http") ? QStringLiteral("ws") : QStringLiteral("wss"));
    }
    const bool isWebSocket = url.scheme() == QLatin1String("ws") || url.scheme() == QLatin1String("wss");
    return isWebSocket ? url : QUrl();
}

} // namespace

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<SessionSpec> redirected(const SessionSpec &from, const QByteArray &location)
{
    const auto cannot = [](const QString &why) {
        return Error{Error::Code::Protocol, why};
    };
    if (location.size() > MaxLocation) {
        return cannot(QStringLiteral("its Location has %1 bytes").arg(location.size()));
    }
    const QUrl relative = QUrl::fromEncoded(location, QUrl::StrictMode);
    if (location.isEmpty() || !relative.isValid()) {
        return cannot(QStringLiteral("its Location is no address"));
    }
    QUrl url = asWebSocket(QUrl(from.target()).resolved(relative));
    if (url.isEmpty() || url.host().isEmpty()) {
        return cannot(QStringLiteral("its Location is no WebSocket"));
    }
    url.setUserInfo({}); // Whoever redirects does not say as whom we log in.
    const Result<SessionSpec> target = SessionSpec::fromTarget(url.toString(QUrl::FullyEncoded | QUrl::RemoveFragment));
    if (!target) {
        return cannot(target.error().detail);
    }
    SessionSpec result = *target;
    result.options = from.options;
    if (!isSameOrigin(from, result)) {
        result.options.auth.clear();
        result.options.cookies.clear();
        std::erase_if(result.options.headers, isForFirstServerOnly);
        result.options.tls.serverName.clear();
    }
    return result;
}

} // namespace Sidewire
