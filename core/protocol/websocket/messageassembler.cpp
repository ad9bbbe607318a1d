// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messageassembler.h"

#include "core/protocol/websocket/framedecoder.h"

#include <algorithm>

namespace Sidewire {

namespace {

/// As much of the frame's payload as `span` holds and `limit` leaves.
void appendPayload(QByteArray &content, const Frame &frame, QByteArrayView span, qint64 limit)
{
    const qint64 available = std::min(frame.payloadLength, span.size() - frame.payloadBegin);
    const qint64 size = std::min(available, limit - content.size());
    const qsizetype begin = content.size();
    content.append(span.sliced(frame.payloadBegin, size));
    if (frame.isMasked) {
        applyMask(content.data() + begin, size, frame.maskingKey);
    }
}

} // namespace

QByteArray assembleMessage(QByteArrayView span, qint64 limit)
{
    // Frame by frame through a window, so that a span of very many tiny frames needs no long list of them.
    constexpr qsizetype Window = 64 * 1024;
    FrameDecoder decoder(FrameDecoder::Sender::Client);
    std::vector<Frame> frames;
    QByteArray content;
    bool isFirst = true;
    for (qsizetype at = 0; at < span.size() && content.size() < limit; at += Window) {
        const bool isLastWindow = span.size() - at <= Window;
        frames.clear();
        decoder.feed(span.sliced(at, std::min(Window, span.size() - at)), frames);
        if (isLastWindow && decoder.unfinished()) {
            frames.push_back(*decoder.unfinished());
        }
        for (const Frame &frame : frames) {
            if (isFirst && frame.isControl()) {
                appendPayload(content, frame, span, limit);
                return content;
            }
            if (!frame.isControl()) {
                appendPayload(content, frame, span, limit);
            }
            isFirst = false;
        }
    }
    return content;
}

} // namespace Sidewire
