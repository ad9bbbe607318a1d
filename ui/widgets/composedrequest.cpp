// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "composedrequest.h"

#include <array>

namespace Sidewire {

Result<QByteArray> ComposedRequest::bytes(const Payload &payload, const Wrapping &wrapping)
{
    Payload content = payload;
    content.ending = wrapping ? LineEnding::None : payload.ending;
    const Result<QByteArray> bytes = content.toBytes();
    return bytes && wrapping ? wrapping->wrap(*bytes) : bytes;
}

Result<SendRequest> ComposedRequest::make(const Payload &payload, ComposerTarget target, const Wrapping &wrapping)
{
    const bool isWebSocket = target == ComposerTarget::WebSocket;
    const bool isClose = payload.as == Payload::As::Close;
    const bool isControl = isWebSocket && (payload.as == Payload::As::Ping || isClose);
    Payload verbatim = payload;
    if (isControl || (isWebSocket && payload.as == Payload::As::Frames)) {
        verbatim.ending = LineEnding::None;
    }
    const Result<QByteArray> bytes = ComposedRequest::bytes(verbatim, wrapping);
    if (!bytes) {
        return bytes.error();
    }
    if (target == ComposerTarget::Tcp && bytes->isEmpty()) {
        return Error{Error::Code::Usage, tr("Nothing to send: a stream has no empty messages")};
    }
    if (target == ComposerTarget::Udp && bytes->size() > MaxDatagram) {
        return Error{Error::Code::TooLarge, tr("%1 bytes: a datagram takes at most 65,507").arg(bytes->size())};
    }
    const qsizetype limit = isClose ? MaxControlPayload - 2 : MaxControlPayload;
    if (isControl && bytes->size() > limit) {
        return Error{Error::Code::TooLarge, tr("%1 bytes: this frame takes at most %2").arg(bytes->size()).arg(limit)};
    }
    SendRequest request;
    request.bytes = *bytes;
    request.closeCode = payload.closeCode;
    if (isWebSocket && payload.as == Payload::As::Frames) {
        return frames(payload.frames, *bytes);
    }
    if (isWebSocket) {
        constexpr std::array kinds{SendRequest::Kind::Text, SendRequest::Kind::Binary, SendRequest::Kind::Ping,
                                   SendRequest::Kind::Close};
        request.kind = kinds.at(static_cast<std::size_t>(payload.as));
    }
    return request;
}

Result<SendRequest> ComposedRequest::frames(const FrameSettings &settings, const QByteArray &payload)
{
    SendRequest request;
    request.kind = SendRequest::Kind::Frames;
    request.frames = settings.frames(payload);
    request.pause = settings.pause;
    for (const FrameSpec &frame : request.frames) {
        if (const Result<void> possible = frame.check(); !possible) {
            return possible.error();
        }
    }
    return request;
}

} // namespace Sidewire
