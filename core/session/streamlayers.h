// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/proxyhandshake.h"
#include "core/net/tlsstream.h"

#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace Sidewire {

/// What lies between a connected socket and the bytes that a connection carries, from the socket upwards.
struct StreamLayers
{
    struct Tls
    {
        std::shared_ptr<const TlsContext> context;
        QString host; ///< Of a client: what the certificate is checked against
    };

    struct Proxy
    {
        std::unique_ptr<ProxyHandshake> handshake;
        QString name; ///< As ProxySettings::toString()
        QString target; ///< "example.test:80"
    };

    std::optional<Proxy> proxy;
    std::optional<Tls> tls;
    std::chrono::milliseconds timeout{10'000}; ///< For each
};

} // namespace Sidewire
