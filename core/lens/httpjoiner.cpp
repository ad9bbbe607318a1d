// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "httpjoiner.h"

#include "core/protocol/websocket/violation.h"

#include <QList>

#include <algorithm>
#include <limits>
#include <utility>

namespace Sidewire {

namespace {

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

bool isEventStream(const HttpHead &head)
{
    const QByteArray type = head.value("Content-Type").split(';').first().trimmed();
    return type.compare("text/event-stream", Qt::CaseInsensitive) == 0 && head.value("Content-Encoding").isEmpty();
}

LensInput part(const LensInput &input, qsizetype from, qsizetype size)
{
    LensInput piece = input;
    piece.offset += from;
    piece.length = size;
    piece.bytes = input.bytes.sliced(from, size);
    return piece;
}

void extend(Message &message, const LensInput &piece)
{
    message.end = piece.offset + piece.length;
    message.lastRecord = piece.record;
    message.time = piece.time;
}

} // namespace

HttpJoiner::HttpJoiner(Sender sender, Direction direction, EventStreams events)
    : m_sender(sender)
    , m_direction(direction)
    , m_eventStreams(events)
{}

qsizetype HttpJoiner::feed(const LensInput &rest, const OnHead &onHead, std::vector<Message> &messages)
{
    switch (m_state) {
    case State::Head:
        return feedHead(rest, onHead, messages);
    case State::Body: {
        const auto used = static_cast<qsizetype>(std::min<qint64>(m_bodyLeft, rest.bytes.size()));
        m_bodyLeft -= used;
        feedContent(part(rest, 0, used), messages);
        if (m_bodyLeft == 0) {
            endBody(messages);
        }
        return used;
    }
    case State::Chunks:
        return feedChunks(rest, messages);
    case State::UntilEnd:
        feedContent(rest, messages);
        break;
    case State::Failed:
        break;
    }
    return rest.bytes.size();
}

qsizetype HttpJoiner::feedHead(const LensInput &rest, const OnHead &onHead, std::vector<Message> &messages)
{
    if (!m_message) {
        const auto *start =
            std::ranges::find_if_not(rest.bytes, [](char byte) { return byte == '\r' || byte == '\n'; });
        if (start != rest.bytes.begin()) {
            return start - rest.bytes.begin(); // RFC 9112, 2.2
        }
        begin(rest, m_sender == Sender::Client ? MessageKind::Request : MessageKind::Response);
    }
    const qsizetype before = m_head.size();
    m_head += rest.bytes.first(std::min<qint64>(rest.bytes.size(), MaxHttpHead - before));
    const bool canBeHttp = m_sender == Sender::Client ? canBeRequest(m_head) : canBeResponse(m_head);
    const std::optional<qint64> end = canBeHttp ? findHeadEnd(m_head, before) : std::nullopt;
    if (!canBeHttp || (!end && m_head.size() == MaxHttpHead)) {
        fail(rest, messages);
        return rest.bytes.size();
    }
    if (!end) {
        feedContent(rest, messages);
        return rest.bytes.size();
    }
    const HttpHead head = parseHttpHead(QByteArrayView(m_head).first(*end));
    const bool hasStart = m_sender == Sender::Client ? !head.target.isEmpty() : head.status >= 100;
    if (!hasStart) {
        fail(rest, messages);
        return rest.bytes.size();
    }
    m_head.clear();
    feedContent(part(rest, 0, *end - before), messages);
    const HttpBody body = onHead(head, *m_message);
    m_message->violations |= head.isMalformed || body.isMalformed ? bit(Violation::MalformedHead) : 0;
    beginBody(head, body, messages);
    return *end - before;
}

void HttpJoiner::beginBody(const HttpHead &head, const HttpBody &body, std::vector<Message> &messages)
{
    using Framing = HttpBody::Framing;
    if (body.framing == Framing::None) {
        push(messages);
        return;
    }
    m_state = body.framing == Framing::Length ? State::Body
        : body.framing == Framing::Chunked    ? State::Chunks
                                              : State::UntilEnd;
    m_bodyLeft = body.length;
    m_chunks = {};
    if (m_eventStreams == EventStreams::Cut && m_sender == Sender::Server && isEventStream(head)) {
        push(messages);
        m_events.emplace();
        m_framing.reset();
        m_hasCutEvents = true;
    } else if (m_state == State::Chunks) {
        m_message->set(MessageFlag::Chunked);
    }
}

qsizetype HttpJoiner::feedChunks(const LensInput &rest, std::vector<Message> &messages)
{
    qsizetype at = 0;
    while (at < rest.bytes.size()) {
        const ChunkDecoder::Step step = m_chunks.feed(rest.bytes.sliced(at));
        if (m_chunks.isBroken()) {
            fail(part(rest, at, rest.bytes.size() - at), messages);
            return rest.bytes.size();
        }
        const LensInput piece = part(rest, at, step.used);
        at += step.used;
        if (step.isContent) {
            feedContent(piece, messages);
        } else if (m_events) {
            m_framing = m_framing.value_or(piece);
        } else {
            extend(*m_message, piece);
        }
        if (m_chunks.isAtEnd()) {
            endBody(messages);
            break;
        }
    }
    return at;
}

void HttpJoiner::feedContent(const LensInput &piece, std::vector<Message> &messages)
{
    if (m_events) {
        feedEvents(piece, messages);
    } else {
        extend(*m_message, piece);
        m_message->contentLength += piece.length;
    }
}

void HttpJoiner::feedEvents(LensInput piece, std::vector<Message> &messages)
{
    while (!piece.bytes.isEmpty()) {
        const EventScanner::Step step = m_events->feed(piece.bytes);
        const bool isEvent = step.outcome != EventScanner::Step::Outcome::Between;
        if (isEvent && step.used > 0) {
            if (!m_message) {
                begin(piece, MessageKind::Frame);
            } else if (m_framing && !m_message->has(MessageFlag::Chunked)) {
                const qint64 plain = m_message->end - m_message->begin;
                if (plain <= std::numeric_limits<quint32>::max()) {
                    m_message->set(MessageFlag::Chunked);
                    m_message->contentOffset = static_cast<quint32>(plain);
                }
            }
            m_framing.reset();
            extend(*m_message, part(piece, 0, step.used));
        }
        if (isEvent) {
            m_message->contentLength = m_events->contentLength();
        }
        if (step.outcome == EventScanner::Step::Outcome::Complete) {
            push(messages);
        }
        piece = part(piece, step.used, piece.bytes.size() - step.used);
    }
}

void HttpJoiner::endBody(std::vector<Message> &messages)
{
    m_state = State::Head;
    if (m_message) { // Of events, one that the body cut off
        if (m_events && !m_events->isEnding()) {
            m_message->set(MessageFlag::Unterminated);
        }
        push(messages);
    }
    m_events.reset();
}

void HttpJoiner::begin(const LensInput &rest, MessageKind kind)
{
    m_message.emplace();
    m_message->kind = kind;
    m_message->direction = m_direction;
    m_message->begin = rest.offset;
    m_message->firstRecord = rest.record;
}

void HttpJoiner::push(std::vector<Message> &messages)
{
    messages.push_back(*std::exchange(m_message, std::nullopt));
}

/// All that came of a head that is none is a read; a body that is broken stays what it was.
void HttpJoiner::fail(const LensInput &rest, std::vector<Message> &messages)
{
    if (!m_message) {
        begin(m_framing.value_or(rest), MessageKind::Read);
    }
    extend(*m_message, rest);
    if (m_state == State::Head || m_message->kind == MessageKind::Read) {
        m_message->kind = MessageKind::Read;
        m_message->contentLength = m_message->end - m_message->begin;
    }
    m_message->violations |= bit(Violation::MalformedHead);
    m_message->set(MessageFlag::Misfit);
    push(messages);
    m_head.clear();
    m_events.reset();
    m_state = State::Failed;
}

bool HttpJoiner::skip(const LensInput &missing, std::vector<Message> &messages)
{
    const bool canSkip = m_state == State::UntilEnd || (m_state == State::Body && m_bodyLeft > missing.length)
        || (m_state == State::Chunks && m_chunks.skip(missing.length));
    if (!canSkip) {
        return false;
    }
    m_bodyLeft -= m_state == State::Body ? missing.length : 0;
    if (m_events) {
        finish(missing.time, messages);
        m_events.emplace();
    } else {
        m_message->set(MessageFlag::Gap);
        m_message->contentLength += m_state == State::Chunks ? 0 : missing.length;
    }
    return true;
}

void HttpJoiner::finish(qint64 time, std::vector<Message> &messages)
{
    if (!m_message) {
        return;
    }
    m_message->time = time;
    const bool isComplete = m_events ? m_events->isEnding() : m_state == State::UntilEnd;
    if (!isComplete) {
        m_message->set(MessageFlag::Unterminated);
    }
    push(messages);
}

} // namespace Sidewire
