// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/frame.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Sidewire {

/// The bytes of one final frame, shortest length coding. With a key it is masked.
QByteArray encodeFrame(Opcode opcode, QByteArrayView payload, std::optional<std::array<quint8, 4>> maskingKey);

} // namespace Sidewire
