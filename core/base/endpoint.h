// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHostAddress>
#include <QString>

namespace Sidewire {

/// An address and a port: one end of a conversation. Null while it is not known.
struct Endpoint
{
    QHostAddress address;
    quint16 port = 0;

    bool isNull() const { return address.isNull() && port == 0; }

    /// "127.0.0.1:80", "[::1]:80", "[fe80::1%eth0]:80"; empty for a null endpoint.
    QString toString() const;

    /// The inverse of toString(); a null endpoint for anything else.
    static Endpoint fromString(const QString &text);

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

size_t qHash(const Endpoint &endpoint, size_t seed = 0);

} // namespace Sidewire
