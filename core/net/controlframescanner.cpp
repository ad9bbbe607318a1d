// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "controlframescanner.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxControlPayload = 125; // RFC 6455, 5.5
constexpr qsizetype LongestControlFrame = 14 + MaxControlPayload;

} // namespace

bool isWellFormedControl(const Frame &frame)
{
    const bool isKnown = frame.opcode == Opcode::Close || frame.opcode == Opcode::Ping || frame.opcode == Opcode::Pong;
    return isKnown && frame.isFinal && frame.reserved == 0 && frame.payloadLength <= MaxControlPayload;
}

std::vector<ControlFrame> ControlFrameScanner::feed(QByteArrayView bytes)
{
    const qint64 base = m_decoder.offset();
    m_frames.clear();
    m_decoder.feed(bytes, m_frames);

    std::vector<ControlFrame> result;
    for (const Frame &frame : m_frames) {
        if (!isWellFormedControl(frame)) {
            continue;
        }
        ControlFrame control;
        control.opcode = frame.opcode;
        if (frame.begin < base) {
            control.wire = m_tail.right(base - frame.begin);
        }
        const qint64 from = std::max<qint64>(0, frame.begin - base);
        control.wire += bytes.sliced(from, frame.end() - base - from);
        control.payload = control.wire.right(frame.payloadLength);
        if (frame.isMasked) {
            applyMask(control.payload.data(), control.payload.size(), frame.maskingKey);
        }
        result.push_back(control);
    }
    m_tail.append(bytes.last(std::min(bytes.size(), LongestControlFrame)));
    m_tail = m_tail.right(LongestControlFrame);
    return result;
}

bool ControlFrameScanner::passOver(qint64 size)
{
    const Frame *frame = m_decoder.unfinished();
    return frame && !frame->isControl() && m_decoder.skip(size);
}

} // namespace Sidewire
