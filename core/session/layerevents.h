// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/tlsfacts.h"
#include "core/net/proxyhandshake.h"
#include "core/session/connectionrecorder.h"

/// The events of what lies between a socket and the bytes that a connection carries, with their sentences.
namespace Sidewire::LayerEvents {

enum class Layer { Tunnel, Tls };

/// What came before belongs to something else: a lens begins anew.
void streamBegins(ConnectionRecorder &recorder, Layer layer);

/// What the proxy answered to being asked for `target`.
void proxied(ConnectionRecorder &recorder, const QString &proxy, const QString &target,
             const ProxyHandshake &handshake);

/// The upgrade was answered with another address.
void redirected(ConnectionRecorder &recorder, int status, const QString &location, const Result<void> &followed);

void secured(ConnectionRecorder &recorder, const TlsFacts &facts);
void verifyFailed(ConnectionRecorder &recorder, const TlsFacts &facts, bool isFatal);

} // namespace Sidewire::LayerEvents
