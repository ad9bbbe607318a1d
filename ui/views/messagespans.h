// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace Sidewire {

/// The spans of a WebSocket message's own bytes: without control frames that lie between its fragments. `wire` are the
/// bytes of the message, which may be cut off.
std::vector<ByteSpan> spansOf(const Message &message, QByteArrayView wire);

/// Whether one is the other, which may have grown since.
bool isSameMessage(const std::optional<Message> &one, const std::optional<Message> &other);

} // namespace Sidewire
