// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"
#include "core/session/engine.h"
#include "ui/settings/payload.h"

#include <QCoreApplication>

namespace Sidewire {

/// What a composer writes for.
enum class ComposerTarget : quint8 { Tcp, Udp, WebSocket };

/// Makes what the engine sends of what a person composed, within the limits of the transport.
class ComposedRequest
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::ComposedRequest)

public:
    static constexpr qsizetype MaxDatagram = 65'507;
    static constexpr qsizetype MaxControlPayload = 125; // RFC 6455, 5.5

    /// With `wrapping` the bytes are framed as that lens cuts them, and no ending is added.
    using Wrapping = std::optional<LensSpec>;
    static Result<SendRequest> make(const Payload &payload, ComposerTarget target, const Wrapping &wrapping = {});
    static Result<QByteArray> bytes(const Payload &payload, const Wrapping &wrapping);

private:
    static Result<SendRequest> frames(const FrameSettings &settings, const QByteArray &payload);
};

} // namespace Sidewire
