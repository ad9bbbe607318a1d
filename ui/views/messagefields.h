// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"
#include "core/protocol/websocket/framedecoder.h"

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace Sidewire {

/// The frames in a WebSocket message's bytes, one that is cut off at the end included.
std::vector<Frame> framesOf(const Message &message, QByteArrayView wire, FrameDecoder::Sender sender);

/// The spans of the message's own bytes: without control frames that lie between its fragments.
std::vector<ByteSpan> spansOf(const Message &message, const std::vector<Frame> &frames);

/// What the protocol says of a message, in words, one field a line: where it lies, each WebSocket frame with its FIN,
/// opcode, mask and length, or the lines of an HTTP head, and every broken rule. `wire` may be cut off.
QString describeFields(const Message &message, QByteArrayView wire, FrameDecoder::Sender sender);

} // namespace Sidewire
