// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "alpn.h"

namespace Sidewire {

namespace {

/// Cuts the first name off; a length that passes the end leaves what there is.
QByteArrayView takeName(QByteArrayView &wire)
{
    const qsizetype length = static_cast<unsigned char>(wire.front());
    wire = wire.sliced(1);
    const QByteArrayView name = wire.first(std::min(length, wire.size()));
    wire = wire.sliced(name.size());
    return name;
}

} // namespace

Result<QByteArray> Alpn::toWire(const QStringList &protocols)
{
    QByteArray wire;
    for (const QString &protocol : protocols) {
        const QByteArray name = protocol.toUtf8();
        if (name.isEmpty() || name.size() > 255) {
            return Error{Error::Code::Usage,
                         QStringLiteral("a protocol for ALPN has 1 to 255 bytes: \"%1\"").arg(protocol.left(40))};
        }
        wire.append(static_cast<char>(name.size()));
        wire.append(name);
    }
    if (wire.size() > 65535) {
        return Error{Error::Code::Usage, QStringLiteral("too many protocols for ALPN")};
    }
    return wire;
}

QStringList Alpn::fromWire(QByteArrayView wire)
{
    QStringList protocols;
    while (!wire.isEmpty()) {
        protocols.append(QString::fromUtf8(takeName(wire)));
    }
    return protocols;
}

QByteArrayView Alpn::at(QByteArrayView wire, qsizetype index)
{
    for (; index > 0; --index) {
        takeName(wire);
    }
    return takeName(wire);
}

} // namespace Sidewire
