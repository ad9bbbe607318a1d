// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// Where a part of a message's content lies: `wire` are the bytes of the message, `part` counts in the content, the spans in
/// the stream. More than one where framing lies in between, of WebSocket or of chunks; nothing where `wire` is cut off
/// before.
std::vector<ByteSpan> contentPlace(const Message &message, QByteArrayView wire, const ByteSpan &part);

} // namespace Sidewire
