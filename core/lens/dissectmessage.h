// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/message.h"
#include "core/protocol/field.h"
#include "core/protocol/websocket/framedecoder.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// A message and what is known of the bytes around it.
struct MessageSource
{
    Message message;
    QByteArrayView wire; ///< Its bytes from the first one on; the end may be missing
    FrameDecoder::Sender sender = FrameDecoder::Sender::Client;
    QByteArrayView request; ///< Of a response: the head that it answers; empty where that is not known
};

/// All that the protocol says of a message, as a tree: the frames of a WebSocket message down to their bits, the lines of
/// an HTTP head, the framing and the content of anything else, and every broken rule on the field that shows it. What no
/// field shows is a field of its own. Whatever has bits lies within the message.
Field dissectMessage(const MessageSource &source);

/// The innermost fields that hold a bit of the byte at `offset`, in order.
std::vector<const Field *> fieldsAt(const Field &root, qint64 offset);

} // namespace Sidewire
