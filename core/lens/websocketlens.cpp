// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketlens.h"

#include "core/protocol/websocket/handshake.h"
#include "core/protocol/websocket/violation.h"

#include <algorithm>
#include <cstring>

namespace Sidewire {

namespace {

constexpr int SwitchingProtocols = 101;

/// RFC 9110, 5.6.2
bool isTokenCharacter(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z')
        || (byte > 0 && std::strchr("!#$%&'*+-.^_`|~", byte));
}

bool canBeRequest(QByteArrayView bytes)
{
    constexpr qsizetype MaxMethod = 32;
    const auto *end = std::find_if_not(bytes.begin(), bytes.end(), isTokenCharacter);
    const qsizetype size = end - bytes.begin();
    return size <= MaxMethod && (end == bytes.end() || (*end == ' ' && size > 0));
}

bool canBeResponse(QByteArrayView bytes)
{
    const QByteArrayView start("HTTP/");
    return bytes.startsWith(start) || start.startsWith(bytes);
}

void extend(Message &message, const LensInput &rest, qint64 size)
{
    message.end = rest.offset + size;
    message.contentLength = message.end - message.begin;
    message.lastRecord = rest.record;
    message.time = rest.time;
}

} // namespace

WebSocketLens::WebSocketLens(const LensContext &context)
    : m_client(context.client)
{}

bool WebSocketLens::needsBytes() const
{
    return std::any_of(m_sides.begin(), m_sides.end(), [](const Side &side) { return side.state != State::Reads; });
}

void WebSocketLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    LensInput rest = input;
    while (rest.length > 0) {
        qsizetype used = rest.length;
        switch (side.state) {
        case State::Head:
            used = feedHead(side, rest, messages);
            break;
        case State::Body:
        case State::UntilEnd:
            used = feedBody(side, rest, messages);
            break;
        case State::Frames:
            feedFrames(side, rest, messages);
            break;
        case State::Reads:
            startMessage(side, rest);
            extend(*side.message, rest, rest.length);
            messages.push_back(*side.message);
            side.message.reset();
            break;
        }
        rest.offset += used;
        rest.length -= used;
        rest.bytes = rest.bytes.sliced(std::min(used, rest.bytes.size()));
    }
}

/// Takes what belongs to the head; 0 when the bytes are for another state.
qsizetype WebSocketLens::feedHead(Side &side, const LensInput &rest, std::vector<Message> &messages)
{
    const bool isWaiting = isClient(side) && m_request;
    if (side.head.isEmpty() && (m_isUpgraded || (isWaiting && !isTokenCharacter(rest.bytes.front())))) {
        side.state = State::Frames;
        return 0;
    }
    startMessage(side, rest);
    const qsizetype before = side.head.size();
    side.head += rest.bytes.first(std::min<qint64>(rest.bytes.size(), MaxHttpHead - before)).toByteArray();
    const bool canBeHttp = isClient(side) ? canBeRequest(side.head) : canBeResponse(side.head);
    const std::optional<qint64> end = canBeHttp ? findHeadEnd(side.head, before) : std::nullopt;
    if (!canBeHttp || (!end && side.head.size() == MaxHttpHead)) {
        giveUp(side, rest, messages);
        return rest.length;
    }
    if (!end) {
        extend(*side.message, rest, rest.length);
        return rest.length;
    }

    const HttpHead head = parseHttpHead(QByteArrayView(side.head).first(*end));
    const bool hasStart = isClient(side) ? !head.target.isEmpty() : head.status >= 100;
    if (!hasStart) {
        giveUp(side, rest, messages);
        return rest.length;
    }
    side.head.clear();
    extend(*side.message, rest, *end - before);
    side.message->violations |= head.isMalformed ? bit(Violation::MalformedHead) : 0;
    const std::optional<qint64> body = bodyLength(head);
    side.bodyLeft = body.value_or(0);
    side.state = !body ? State::UntilEnd : *body > 0 ? State::Body : State::Head;
    if (isClient(side)) {
        onRequest(side, head);
    } else {
        onResponse(side, head);
    }
    if (body == 0) {
        messages.push_back(*side.message);
        side.message.reset();
    }
    return *end - before;
}

void WebSocketLens::startMessage(Side &side, const LensInput &rest)
{
    if (side.message) {
        return;
    }
    side.message.emplace();
    side.message->kind = side.state == State::Reads ? MessageKind::Read
        : isClient(side)                            ? MessageKind::Request
                                                    : MessageKind::Response;
    side.message->direction = rest.direction;
    side.message->begin = rest.offset;
    side.message->firstRecord = rest.record;
}

void WebSocketLens::onRequest(Side &side, const HttpHead &head)
{
    if (isUpgradeRequest(head)) {
        m_request = head;
        m_requestNumber = m_requests;
        side.message->violations |= checkUpgradeRequest(head);
    }
    ++m_requests;
}

void WebSocketLens::onResponse(Side &side, const HttpHead &head)
{
    if (head.status < 200 && head.status != SwitchingProtocols) { // interim: the final one is still to come
        return;
    }
    const bool isAnswer = m_request && m_responses == m_requestNumber;
    ++m_responses;
    if (head.status == SwitchingProtocols) {
        side.message->violations |= checkUpgradeResponse(isAnswer ? *m_request : HttpHead(), head);
        m_isUpgraded = true;
        m_deflate = negotiatesDeflate(head) ? MessageJoiner::Deflate::Negotiated : MessageJoiner::Deflate::Off;
    }
    if (isAnswer) {
        m_request.reset();
    }
}

/// Not HTTP: all that came of it is one read, and so is each record that follows.
void WebSocketLens::giveUp(Side &side, const LensInput &rest, std::vector<Message> &messages)
{
    extend(*side.message, rest, rest.length);
    side.message->kind = MessageKind::Read;
    side.message->violations |= bit(Violation::MalformedHead);
    messages.push_back(*side.message);
    side = {};
    side.state = State::Reads;
}

qsizetype WebSocketLens::feedBody(Side &side, const LensInput &rest, std::vector<Message> &messages)
{
    if (side.state == State::UntilEnd) {
        extend(*side.message, rest, rest.length);
        return rest.length;
    }
    const qint64 used = std::min(side.bodyLeft, rest.length);
    side.bodyLeft -= used;
    extend(*side.message, rest, used);
    if (side.bodyLeft == 0) {
        messages.push_back(*side.message);
        side.message.reset();
        side.state = State::Head;
    }
    return used;
}

void WebSocketLens::feedFrames(Side &side, const LensInput &rest, std::vector<Message> &messages)
{
    if (!side.frames) {
        const auto sender = isClient(side) ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server;
        side.frames.emplace(sender, rest.direction, rest.offset, m_deflate);
    }
    side.frames->feed(rest, messages);
}

void WebSocketLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    if (side.frames && side.frames->skip(input)) {
        return;
    }
    if (side.state == State::UntilEnd || (side.state == State::Body && side.bodyLeft > input.length)) {
        side.bodyLeft -= side.state == State::Body ? input.length : 0;
        side.message->set(MessageFlag::Gap);
        return;
    }
    endOfStream(input.direction, input.time, messages);
    side = {};
    side.state = State::Reads; // where the next head or frame begins cannot be known
}

void WebSocketLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(direction)];
    if (side.frames) {
        side.frames->finish(time, messages);
    }
    if (side.message) {
        side.message->time = time;
        if (side.state != State::UntilEnd) {
            side.message->set(MessageFlag::Unterminated);
        }
        messages.push_back(*side.message);
        side.message.reset();
    }
}

std::optional<Message> WebSocketLens::unfinished(Direction direction) const
{
    const Side &side = m_sides[indexOf(direction)];
    return side.frames ? side.frames->unfinished() : side.message;
}

} // namespace Sidewire
