// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contentplace.h"

#include "core/protocol/websocket/framedecoder.h"

#include <algorithm>

namespace Sidewire {

std::vector<ByteSpan> contentPlace(QByteArrayView wire, qint64 begin, const ByteSpan &part)
{
    constexpr std::size_t MaxSpans = 4096; // Of frames with a byte each there may be any number
    FrameDecoder decoder(FrameDecoder::Sender::Client);
    std::vector<Frame> frames;
    decoder.feed(wire, frames);
    if (decoder.unfinished()) {
        frames.push_back(*decoder.unfinished());
    }
    const bool isControl = !frames.empty() && frames.front().isControl();
    std::vector<ByteSpan> spans;
    qint64 at = 0; // In the content
    for (const Frame &frame : frames) {
        if (frame.isControl() != isControl || at >= part.end || spans.size() == MaxSpans) {
            continue;
        }
        const qint64 length = std::min<qint64>(frame.payloadLength, wire.size() - frame.payloadBegin);
        const qint64 first = std::max(part.begin, at);
        const qint64 last = std::min(part.end, at + length);
        if (first < last) {
            const qint64 shift = begin + frame.payloadBegin - at;
            spans.push_back({first + shift, last + shift});
        }
        at += length;
        if (isControl) {
            break;
        }
    }
    return spans;
}

} // namespace Sidewire
