// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lens.h"
#include "core/protocol/http/chunkdecoder.h"
#include "core/protocol/http/eventscanner.h"
#include "core/protocol/http/httpbody.h"

#include <functional>
#include <optional>

namespace Sidewire {

/// Cuts one direction of an HTTP/1.1 connection into messages, each a head with its body (RFC 9112).
///
/// No body is kept. The content is head and body as they crossed; of a chunked body it is without the chunk framing
/// (MessageFlag::Chunked). Line ends before a head are no message, and neither is the chunk framing between two events.
class HttpJoiner
{
public:
    enum class Sender { Client, Server };
    enum class EventStreams {
        Whole,
        Cut, ///< Each event of a text/event-stream is a message of the kind Frame, behind a response that is its head alone
    };

    HttpJoiner(Sender sender, Direction direction, EventStreams events);

    /// Asked with each complete head: which body follows. May add violations to the message.
    using OnHead = std::function<HttpBody(const HttpHead &head, Message &message)>;

    /// Takes bytes up to the end of a message at most, at least one; the rest is for the next call.
    qsizetype feed(const LensInput &rest, const OnHead &onHead, std::vector<Message> &messages);

    bool isBetweenMessages() const { return m_state == State::Head && !m_message; }
    bool hasFailed() const { return m_state == State::Failed; } ///< What came is no HTTP: nothing must be fed any more
    bool hasCutEvents() const { return m_hasCutEvents; }

    /// Goes over bytes that are missing. False where it cannot be known what follows.
    bool skip(const LensInput &missing, std::vector<Message> &messages);

    /// Completes what has begun, as Unterminated unless the end of the stream is its end.
    void finish(qint64 time, std::vector<Message> &messages);

    std::optional<Message> unfinished() const { return m_message; }

private:
    enum class State { Head, Body, Chunks, UntilEnd, Failed };

    qsizetype feedHead(const LensInput &rest, const OnHead &onHead, std::vector<Message> &messages);
    void beginBody(const HttpHead &head, const HttpBody &body, std::vector<Message> &messages);
    qsizetype feedChunks(const LensInput &rest, std::vector<Message> &messages);
    void feedContent(const LensInput &piece, std::vector<Message> &messages);
    void feedEvents(LensInput piece, std::vector<Message> &messages);
    void endBody(std::vector<Message> &messages);
    void begin(const LensInput &rest, MessageKind kind);
    void push(std::vector<Message> &messages);
    void fail(const LensInput &rest, std::vector<Message> &messages);

    Sender m_sender;
    Direction m_direction;
    EventStreams m_eventStreams;

    State m_state = State::Head;
    QByteArray m_head; ///< What has come of it
    qint64 m_bodyLeft = 0;
    ChunkDecoder m_chunks;
    std::optional<Message> m_message; ///< That has begun: with its head, or an event
    std::optional<EventScanner> m_events; ///< Of the present body, if it is cut into events
    std::optional<LensInput> m_framing; ///< The first chunk framing since the last byte of an event
    bool m_hasCutEvents = false;
};

} // namespace Sidewire
