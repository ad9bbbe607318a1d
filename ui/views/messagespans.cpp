// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagespans.h"

#include "core/protocol/websocket/framedecoder.h"

namespace Sidewire {

namespace {

constexpr std::size_t MaxSpans = 1000; // A peer may send a message in a million fragments

} // namespace

std::vector<ByteSpan> spansOf(const Message &message, QByteArrayView wire)
{
    std::vector<Frame> frames;
    FrameDecoder decoder(FrameDecoder::Sender::Client, message.begin); // Who sent it does not matter here
    decoder.feed(wire, frames);
    const bool isControl =
        message.kind == MessageKind::Ping || message.kind == MessageKind::Pong || message.kind == MessageKind::Close;
    std::vector<ByteSpan> spans;
    qint64 at = message.begin;
    for (const Frame &frame : frames) {
        if (isControl || !frame.isControl() || spans.size() >= MaxSpans) {
            continue;
        }
        if (frame.begin > at) {
            spans.push_back({at, frame.begin});
        }
        at = frame.end();
    }
    if (message.end > at || spans.empty()) {
        spans.push_back({at, message.end});
    }
    return spans;
}

bool isSameMessage(const std::optional<Message> &one, const std::optional<Message> &other)
{
    return one && other && one->connection == other->connection && one->direction == other->direction
        && one->begin == other->begin && one->kind == other->kind;
}

} // namespace Sidewire
