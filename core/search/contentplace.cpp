// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "contentplace.h"

#include "core/lens/chunkedcontent.h"
#include "core/protocol/websocket/framedecoder.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr std::size_t MaxSpans = 4096; // Of frames or chunks with a byte each there may be any number

/// Where the content lies in the frames of a message, from their first byte on; the payload of a control frame alone.
std::vector<ByteSpan> payloads(QByteArrayView wire)
{
    FrameDecoder decoder(FrameDecoder::Sender::Client);
    std::vector<Frame> frames;
    decoder.feed(wire, frames);
    if (decoder.unfinished()) {
        frames.push_back(*decoder.unfinished());
    }
    const bool isControl = !frames.empty() && frames.front().isControl();
    std::vector<ByteSpan> spans;
    for (const Frame &frame : frames) {
        if (frame.isControl() == isControl) {
            const qint64 length = std::min<qint64>(frame.payloadLength, wire.size() - frame.payloadBegin);
            spans.push_back({frame.payloadBegin, frame.payloadBegin + length});
        }
        if (isControl) {
            break;
        }
    }
    return spans;
}

} // namespace

std::vector<ByteSpan> contentPlace(const Message &message, QByteArrayView wire, const ByteSpan &part)
{
    const std::vector<ByteSpan> content =
        message.has(MessageFlag::Chunked) ? chunkedContentSpans(message, wire, part.end) : payloads(wire);
    std::vector<ByteSpan> spans;
    qint64 at = 0; // In the content
    for (const ByteSpan &span : content) {
        const qint64 first = std::max(part.begin, at);
        const qint64 last = std::min(part.end, at + span.size());
        if (first < last && spans.size() < MaxSpans) {
            const qint64 shift = message.begin + span.begin - at;
            spans.push_back({first + shift, last + shift});
        }
        at += span.size();
    }
    return spans;
}

} // namespace Sidewire
