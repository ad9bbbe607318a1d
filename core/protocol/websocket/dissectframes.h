// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"
#include "core/protocol/field.h"
#include "core/protocol/websocket/framedecoder.h"

#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// The bytes of one WebSocket message and what is known of it as a whole.
struct FrameSource
{
    ByteSpan span; ///< Where it lies in its stream
    QByteArrayView wire; ///< Its bytes from the first one on; the end may be missing
    FrameDecoder::Sender sender = FrameDecoder::Sender::Client;
    bool isCompressed = false; ///< RSV1 of its first frame says so
    quint32 violations = 0;
};

struct DissectedFrames
{
    /// One a frame. Control frames between the fragments of a message are among them, and named as what they are. What
    /// is not listed has a last field of its own that says so.
    std::vector<Field> fields;
    quint32 shown = 0; ///< Those of the message's violations that stand on a field
};

/// The frames of a message down to their bits (RFC 6455, 5.2). A field's bits lie within the message, and the fields of
/// a frame lie side by side. At most `maxFrames` frames.
DissectedFrames dissectFrames(const FrameSource &source, qsizetype maxFrames = 1000);

} // namespace Sidewire
