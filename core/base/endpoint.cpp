// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "endpoint.h"

namespace Sidewire {

QString Endpoint::toString() const
{
    if (isNull()) {
        return {};
    }
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        return QStringLiteral("[%1]:%2").arg(address.toString()).arg(port);
    }
    return QStringLiteral("%1:%2").arg(address.toString()).arg(port);
}

Endpoint Endpoint::fromString(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0) {
        return {};
    }
    QString host = text.left(colon);
    const bool isBracketed = host.startsWith(u'[') && host.endsWith(u']');
    if (isBracketed) {
        host = host.mid(1, host.size() - 2);
    } else if (host.contains(u':')) {
        return {};
    }
    bool isNumber = false;
    const uint port = text.mid(colon + 1).toUInt(&isNumber);
    const QHostAddress address(host);
    if (!isNumber || port > 65535 || address.isNull()) {
        return {};
    }
    return {address, static_cast<quint16>(port)};
}

size_t qHash(const Endpoint &endpoint, size_t seed)
{
    return qHashMulti(seed, endpoint.address, endpoint.port);
}

} // namespace Sidewire
