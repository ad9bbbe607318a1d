// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/framedecoder.h"
#include "ui/widgets/livebytes.h"

namespace Sidewire {

/// The same line for a payload that leaves as frames: their headers, with "kk" for each byte of a random key.
LiveBytes liveFrames(const Payload &payload, FrameDecoder::Sender sender);

} // namespace Sidewire
