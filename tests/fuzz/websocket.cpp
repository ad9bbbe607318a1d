// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// The first byte chooses what the handshake agreed on; behind it the frames of both directions, the client's first.

#include "core/protocol/websocket/framedecoder.h"
#include "core/protocol/websocket/messageassembler.h"
#include "core/protocol/websocket/violation.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/lensfeed.h"

#include <algorithm>

using namespace Sidewire;
using Fuzz::check;

namespace {

const char Request[] = "GET /chat HTTP/1.1\r\n"
                       "Host: server.example.com\r\n"
                       "Upgrade: websocket\r\n"
                       "Connection: Upgrade\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                       "Sec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";
const char Response[] = "HTTP/1.1 101 Switching Protocols\r\n"
                        "Upgrade: websocket\r\n"
                        "Connection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
const char *const Extensions[] = {
    "\r\n",
    "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
    "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n\r\n",
    "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9; client_max_window_bits=9\r\n\r\n",
};

std::vector<Frame> decode(FrameDecoder::Sender sender, QByteArrayView bytes, Fuzz::Splitter *splitter)
{
    FrameDecoder decoder(sender);
    std::vector<Frame> frames;
    for (QByteArrayView rest = bytes; !rest.isEmpty();) {
        const qsizetype size = splitter ? std::min(splitter->next(), rest.size()) : rest.size();
        decoder.feed(rest.first(size), frames);
        rest = rest.sliced(size);
    }
    check(decoder.offset() == bytes.size(), "the decoder takes every byte");
    const qint64 end = frames.empty() ? 0 : frames.back().end();
    check(decoder.unfinishedBegin() == end, "what is unfinished begins where the last frame ended");
    if (const Frame *frame = decoder.unfinished()) {
        frames.push_back(*frame);
    }
    return frames;
}

void checkFrames(FrameDecoder::Sender sender, QByteArrayView bytes)
{
    const std::vector<Frame> frames = decode(sender, bytes, nullptr);
    qint64 end = 0;
    qint64 payload = 0;
    for (const Frame &frame : frames) {
        check(frame.begin == end && frame.payloadBegin >= frame.begin + 2, "frames follow each other without a gap");
        check(frame.payloadLength >= 0 && frame.end() >= frame.payloadBegin, "no frame ends before it begins");
        check(!frame.isControl() || frame.payloadLength <= 125 || frame.violations != 0,
              "a long control frame is said");
        describeViolations(frame.violations);
        end = frame.end();
        payload += std::clamp<qint64>(bytes.size() - frame.payloadBegin, 0, frame.payloadLength);
    }
    Fuzz::Splitter splitter;
    splitter.mix(bytes);
    check(decode(sender, bytes, &splitter) == frames, "any splitting gives the same frames");
    check(assembleMessage(bytes, 1 << 20).size() <= payload, "no content is longer than the payloads");
    check(assembleMessage(bytes, 10).size() <= 10, "the limit on the content holds");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    checkFrames(FrameDecoder::Sender::Client, bytes);
    checkFrames(FrameDecoder::Sender::Server, bytes);

    const QByteArray response = QByteArray(Response) + Extensions[data[0] & 3];
    const bool isListener = (data[0] & 4) != 0;
    const Direction client = isListener ? Direction::In : Direction::Out;
    std::vector<Fuzz::Transfer> transfers{{client, Request}, {opposite(client), response}};
    for (const Fuzz::Transfer &transfer : Fuzz::conversation(bytes, client)) {
        transfers.push_back(transfer);
    }
    const LensSpec spec = LensSpec::parse(QStringLiteral("websocket")).value();
    Fuzz::checkLens(spec, {Transport::Tcp, true, client}, transfers);
    return 0;
}
