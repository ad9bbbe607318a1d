// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "autolens.h"

#include "core/lens/httplens.h"

#include <algorithm>
#include <array>

namespace Sidewire {

namespace {

constexpr qint64 MaxUndecided = 512; ///< Bytes a direction

/// Bytes that text has: everything but most of the C0 controls and DEL.
bool canBeText(char byte)
{
    const auto code = static_cast<quint8>(byte);
    return (code >= 0x20 && code != 0x7f) || QByteArrayView("\t\r\n\f\x1b").contains(byte);
}

/// The first line of a TLS record that holds a handshake (RFC 8446, 5.1): its type, then 3 and the minor version.
bool canBeTls(QByteArrayView bytes)
{
    return bytes[0] == 0x16 && (bytes.size() < 2 || bytes[1] == 3) && (bytes.size() < 3 || quint8(bytes[2]) <= 4);
}
constexpr qsizetype TlsEvidence = 3;

/// A request line whose target is too long to see its end.
bool beginsLikeRequest(QByteArrayView text)
{
    constexpr std::array Methods{"GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "CONNECT "};
    return std::ranges::any_of(Methods, [text](const char *method) { return text.startsWith(method); });
}

QByteArray number(qsizetype value)
{
    return QByteArray::number(value);
}

} // namespace

AutoLens::AutoLens(const LensContext &context)
    : m_context(context)
{
    const QString known = context.isWebSocket ? QStringLiteral("websocket")
        : context.transport == Transport::Udp ? QStringLiteral("datagrams")
                                              : QString();
    if (!known.isEmpty()) {
        std::vector<Message> none;
        choose(LensSpec::parse(known).value().create(m_context), {}, none);
    }
}

void AutoLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    if (!m_chosen && !input.bytes.isEmpty()) {
        look(input, messages);
    }
    if (m_chosen) {
        m_chosen->feed(input, messages);
    } else if (!input.bytes.isEmpty()) {
        m_held.push_back({input, input.bytes.toByteArray()});
    }
}

void AutoLens::look(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    for (const char byte : input.bytes) {
        if (const std::optional<Guess> found = guess(side, byte)) {
            choose(*found, messages);
            return;
        }
    }
}

/// Byte by byte, so that the guess does not depend on how the bytes were split.
std::optional<AutoLens::Guess> AutoLens::guess(Side &side, char byte)
{
    side.seen += byte;
    const QByteArray &seen = side.seen;
    if (canBeTls(seen)) {
        const bool isEnough = seen.size() == TlsEvidence;
        return isEnough ? std::optional(Guess{Guess::Lens::Reads, "it looks like TLS: a handshake record"})
                        : std::nullopt;
    }
    if (seen[0] == 0x16) {
        return Guess{Guess::Lens::Reads, "byte 1 cannot be text"};
    }
    side.text.feed(QByteArrayView(&byte, 1));
    if (!canBeText(byte) || !side.text.isValid()) {
        return Guess{Guess::Lens::Reads, "byte " + number(seen.size()) + " cannot be text"};
    }
    if (byte == '\n') {
        if (isHttpStartLine(seen)) {
            return Guess{Guess::Lens::Http, "the first line is that of an HTTP message"};
        }
        return Guess{Guess::Lens::Lines, "the first " + number(seen.size()) + " bytes are text with a line end"};
    }
    if (seen.size() < MaxUndecided) {
        return {};
    }
    return beginsLikeRequest(seen)
        ? Guess{Guess::Lens::Http, "it begins like an HTTP request"}
        : Guess{Guess::Lens::Reads, "the first " + number(seen.size()) + " bytes have no line end"};
}

void AutoLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    if (!m_chosen) {
        choose({Guess::Lens::Reads, "bytes are missing at the beginning"}, messages);
    }
    m_chosen->gap(input, messages);
}

void AutoLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    const QByteArray &seen = m_sides[indexOf(direction)].seen;
    if (!m_chosen && !seen.isEmpty()) {
        choose(seen[0] == 0x16
                   ? Guess{Guess::Lens::Reads, "byte 1 cannot be text"}
                   : Guess{Guess::Lens::Lines, "the " + number(seen.size()) + " bytes of one direction are text"},
               messages);
    }
    if (m_chosen) {
        m_chosen->endOfStream(direction, time, messages);
    }
}

void AutoLens::choose(const Guess &guess, std::vector<Message> &messages)
{
    if (guess.lens == Guess::Lens::Http) {
        choose(std::make_unique<HttpLens>(m_context, HttpLens::Use::Guess), guess.reason, messages);
        return;
    }
    const QString name = guess.lens == Guess::Lens::Lines ? QStringLiteral("lines") : QStringLiteral("reads");
    choose(LensSpec::parse(name).value().create(m_context), guess.reason, messages);
}

void AutoLens::choose(std::unique_ptr<Lens> lens, const QByteArray &reason, std::vector<Message> &messages)
{
    m_reason = reason;
    m_chosen = std::move(lens);
    for (Held &held : m_held) {
        held.input.bytes = held.bytes;
        m_chosen->feed(held.input, messages);
    }
    m_held = {};
}

std::optional<Message> AutoLens::unfinished(Direction direction) const
{
    if (m_chosen) {
        return m_chosen->unfinished(direction);
    }
    std::optional<Message> message;
    for (const Held &held : m_held) {
        if (held.input.direction != direction) {
            continue;
        }
        if (!message) {
            message.emplace();
            message->kind = MessageKind::Line; // text without a line end, so far
            message->direction = direction;
            message->begin = held.input.offset;
            message->firstRecord = held.input.record;
        }
        message->time = held.input.time;
        message->lastRecord = held.input.record;
        message->end = held.input.offset + held.input.length;
        message->contentLength = message->end - message->begin;
    }
    return message;
}

std::optional<Lens::Decision> AutoLens::decision() const
{
    if (!m_chosen) {
        return {};
    }
    std::optional<Decision> decision = m_chosen->decision();
    if (!decision->reason.isEmpty() && !m_reason.isEmpty()) {
        decision->reason = m_reason + "; " + decision->reason;
    } else if (decision->reason.isEmpty()) {
        decision->reason = m_reason;
    }
    return decision;
}

} // namespace Sidewire
