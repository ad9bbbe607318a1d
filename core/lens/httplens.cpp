// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "httplens.h"

#include "core/lens/recordlens.h"
#include "core/protocol/websocket/handshake.h"
#include "core/protocol/websocket/violation.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int SwitchingProtocols = 101;

} // namespace

HttpLens::HttpLens(const LensContext &context, Use use)
    : m_context(context)
    , m_use(use)
{
    using Events = HttpJoiner::EventStreams;
    const Events events = use == Use::Events || use == Use::Guess ? Events::Cut : Events::Whole;
    for (const Direction direction : {Direction::In, Direction::Out}) {
        const auto sender = direction == m_context.client ? HttpJoiner::Sender::Client : HttpJoiner::Sender::Server;
        m_sides[indexOf(direction)].http.emplace(sender, direction, events);
    }
}

bool HttpLens::needsBytes() const
{
    return std::ranges::any_of(m_sides, [](const Side &side) { return side.cutting != Cutting::Reads; });
}

qint64 HttpLens::passesOver(Direction direction) const
{
    const Side &side = m_sides[indexOf(direction)];
    return side.cutting == Cutting::Frames && side.frames ? side.frames->passesOver() : 0;
}

void HttpLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    LensInput rest = input;
    while (rest.length > 0) {
        qsizetype used = rest.length;
        switch (side.cutting) {
        case Cutting::Http:
            used = feedHttp(side, rest, messages);
            break;
        case Cutting::Frames:
            feedFrames(side, rest, messages);
            break;
        case Cutting::Reads:
            messages.push_back(RecordLens::messageOf(rest, MessageKind::Read));
            break;
        }
        rest.offset += used;
        rest.length -= used;
        rest.bytes = rest.bytes.sliced(std::min(used, rest.bytes.size()));
    }
}

/// Takes what belongs to a message; 0 when the bytes are something else.
qsizetype HttpLens::feedHttp(Side &side, const LensInput &rest, std::vector<Message> &messages)
{
    if (mustSwitch(side, rest)) {
        side.cutting = m_next == Cutting::Http ? Cutting::Frames : m_next;
        return 0;
    }
    const bool isFromClient = isClient(side);
    const qsizetype used = side.http->feed(
        rest,
        [this, isFromClient](const HttpHead &head, Message &message) {
            return isFromClient ? onRequest(head, message) : onResponse(head, message);
        },
        messages);
    if (side.http->hasFailed()) {
        side.misfit = messages.back().begin;
        side.cutting = Cutting::Reads;
    }
    return used;
}

bool HttpLens::mustSwitch(const Side &side, const LensInput &rest) const
{
    if (!side.http->isBetweenMessages()) {
        return false;
    }
    const bool isTooEarly = isClient(side) && m_exchanges.upgrade && !isTokenCharacter(rest.bytes.front());
    return m_next != Cutting::Http || isTooEarly;
}

HttpBody HttpLens::onRequest(const HttpHead &head, Message &message)
{
    Exchanges &all = m_exchanges;
    if (isUpgradeRequest(head)) {
        all.upgrade = head;
        all.upgradeNumber = all.requests;
        message.violations |= checkUpgradeRequest(head);
    }
    const HttpRequestKind kind = requestKind(head);
    if (kind != HttpRequestKind::Ordinary && all.special.size() < Exchanges::MaxSpecial) {
        all.special.push_back({all.requests, kind});
    }
    ++all.requests;
    return bodyOf(head);
}

HttpBody HttpLens::onResponse(const HttpHead &head, Message &message)
{
    const bool isSwitch = head.status == SwitchingProtocols;
    if (head.status < 200 && !isSwitch) { // interim: the final one is still to come
        return {};
    }
    const bool isAnswer = m_exchanges.upgrade && m_exchanges.responses == m_exchanges.upgradeNumber;
    const HttpRequestKind kind = answer(head);
    if (isSwitch) {
        onSwitch(head, isAnswer ? m_exchanges.upgrade : std::nullopt, message);
    } else if (kind == HttpRequestKind::Connect && head.status / 100 == 2) {
        m_next = Cutting::Reads; // A tunnel to somewhere else
    }
    if (isAnswer) {
        m_exchanges.upgrade.reset();
    }
    return bodyOf(head, kind);
}

/// Which kind of request this final response answers.
HttpRequestKind HttpLens::answer(const HttpHead &head)
{
    Exchanges &all = m_exchanges;
    if (all.responses == all.requests && head.status != SwitchingProtocols) {
        return HttpRequestKind::Ordinary; // The recording began after the request
    }
    const qint64 number = all.responses++;
    while (!all.special.empty() && all.special.front().number < number) {
        all.special.pop_front();
    }
    if (all.special.empty() || all.special.front().number != number) {
        return HttpRequestKind::Ordinary;
    }
    const HttpRequestKind kind = all.special.front().kind;
    all.special.pop_front();
    return kind;
}

void HttpLens::onSwitch(const HttpHead &head, const std::optional<HttpHead> &request, Message &message)
{
    const bool isWebSocket = m_use == Use::WebSocket || request || head.hasToken("Upgrade", "websocket");
    if (!isWebSocket) {
        m_next = Cutting::Reads;
        return;
    }
    message.violations |= checkUpgradeResponse(request.value_or(HttpHead()), head);
    m_next = Cutting::Frames;
    m_deflate = agreedDeflate(head);
    for (Side &side : m_sides) { // A client that did not wait sends frames already
        startInflating(side);
    }
}

void HttpLens::startInflating(Side &side)
{
    if (!side.frames || !m_deflate) {
        return;
    }
    const bool isFromClient = isClient(side);
    const bool forgets = isFromClient ? m_deflate->clientNoContextTakeover : m_deflate->serverNoContextTakeover;
    const std::optional<int> bits = isFromClient ? m_deflate->clientMaxWindowBits : m_deflate->serverMaxWindowBits;
    side.frames->startInflating({forgets ? ContextTakeover::Off : ContextTakeover::On, bits.value_or(15),
                                 m_context.contents, m_context.maxInflated});
}

void HttpLens::feedFrames(Side &side, const LensInput &rest, std::vector<Message> &messages)
{
    if (!side.frames) {
        const auto sender = isClient(side) ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server;
        side.frames.emplace(sender, rest.direction, rest.offset);
        startInflating(side);
    }
    const std::size_t before = messages.size();
    side.frames->feed(rest, messages);
    for (std::size_t i = before; i < messages.size() && m_next != Cutting::Frames; ++i) {
        messages[i].violations |= bit(Violation::SentTooEarly);
    }
}

void HttpLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    if (side.cutting == Cutting::Frames ? side.frames && side.frames->skip(input) : side.http->skip(input, messages)) {
        return;
    }
    endOfStream(input.direction, input.time, messages);
    side.frames.reset();
    side.cutting = Cutting::Reads; // where the next head or frame begins cannot be known
}

void HttpLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(direction)];
    if (side.cutting == Cutting::Http && !side.http->isBetweenMessages()) {
        side.cutting = Cutting::Reads; // Should bytes come all the same: they belong to no message
    }
    side.http->finish(time, messages);
    if (side.frames) {
        side.frames->finish(time, messages);
    }
}

std::optional<Message> HttpLens::unfinished(Direction direction) const
{
    const Side &side = m_sides[indexOf(direction)];
    return side.frames ? side.frames->unfinished() : side.http->unfinished();
}

std::optional<Lens::Decision> HttpLens::decision() const
{
    switch (m_use) {
    case Use::Http:
        return Decision{"http", misfits()};
    case Use::WebSocket:
        return Decision{"websocket", misfits()};
    case Use::Events:
        return Decision{"sse", misfits()};
    case Use::Guess:
        break;
    }
    QByteArray reason = misfits();
    const auto because = [&reason](const QByteArray &what) {
        return reason.isEmpty() ? what : what + "; " + reason;
    };
    if (m_next == Cutting::Frames) {
        return Decision{"websocket", because("it was upgraded to WebSocket")};
    }
    const bool hasEvents = std::ranges::any_of(m_sides, [](const Side &side) { return side.http->hasCutEvents(); });
    return hasEvents ? Decision{"sse", because("a response is an event stream")} : Decision{"http", reason};
}

QByteArray HttpLens::misfits() const
{
    QByteArray text;
    for (const Direction direction : {Direction::In, Direction::Out}) {
        const qint64 begin = m_sides[indexOf(direction)].misfit;
        if (begin >= 0) {
            text += (text.isEmpty() ? "does not fit from byte " : "; from byte ") + QByteArray::number(begin)
                + (direction == Direction::In ? " in on" : " out on") + ": no HTTP message";
        }
    }
    return text;
}

} // namespace Sidewire
