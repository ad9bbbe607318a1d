// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/violation.h"
#include "ui/settings/payload.h"

#include <QCoreApplication>

#include <vector>

namespace Sidewire {

/// A frame that breaks a rule, ready to be sent.
struct FramePreset
{
    QString name;
    Violation breaks; ///< What the receiver has to notice
    Payload payload; ///< With Payload::As::Frames
};

/// The classic mistakes of WebSocket endpoints (RFC 6455).
class FramePresets
{
    Q_DECLARE_TR_FUNCTIONS(Sidewire::FramePresets)

public:
    static std::vector<FramePreset> all();

    /// "RFC 6455, 5.1: A client frame was not masked"
    static QString ruleOf(const FramePreset &preset);
};

} // namespace Sidewire
