// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "unmask.h"

#include "core/protocol/websocket/framedecoder.h"

#include <algorithm>

namespace Sidewire {

namespace {

/// Calls `look` with each frame, in order.
template<typename Look>
void forEachFrame(QByteArrayView span, Look look)
{
    // Through a window, so that very many tiny frames need no long list.
    constexpr qsizetype Window = 64 * 1024;
    FrameDecoder decoder(FrameDecoder::Sender::Client);
    std::vector<Frame> frames;
    for (qsizetype at = 0; at < span.size(); at += Window) {
        frames.clear();
        decoder.feed(span.sliced(at, std::min(Window, span.size() - at)), frames);
        std::for_each(frames.begin(), frames.end(), look);
    }
    if (const Frame *unfinished = decoder.unfinished()) {
        look(*unfinished);
    }
}

} // namespace

QByteArray unmaskFrames(QByteArrayView span)
{
    QByteArray bytes = span.toByteArray();
    forEachFrame(span, [&bytes](const Frame &frame) {
        if (frame.isMasked) {
            const qint64 size = std::min(frame.payloadLength, bytes.size() - frame.payloadBegin);
            applyMask(bytes.data() + frame.payloadBegin, size, frame.maskingKey);
        }
    });
    return bytes;
}

FrameSums sumFrames(QByteArrayView span)
{
    FrameSums sums;
    forEachFrame(span, [&sums](const Frame &frame) {
        if (frame.begin == 0 || !frame.isControl()) {
            ++sums.frames;
            sums.payload += std::min(frame.payloadLength, Frame::MaxOffset - sums.payload);
        }
    });
    return sums;
}

} // namespace Sidewire
