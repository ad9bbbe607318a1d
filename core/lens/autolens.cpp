// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "autolens.h"

namespace Sidewire {

namespace {

constexpr qint64 MaxUndecided = 512; ///< Bytes a direction

/// Bytes that text has: everything but most of the C0 controls and DEL.
bool canBeText(char byte)
{
    const auto code = static_cast<quint8>(byte);
    return (code >= 0x20 && code != 0x7f) || QByteArrayView("\t\r\n\f\x1b").contains(byte);
}

QString lines()
{
    return QStringLiteral("lines");
}

QString reads()
{
    return QStringLiteral("reads");
}

} // namespace

AutoLens::AutoLens(const LensContext &context)
    : m_context(context)
{
    std::vector<Message> none;
    if (context.isWebSocket) {
        choose(QStringLiteral("websocket"), {}, none);
    } else if (context.transport == Transport::Udp) {
        choose(QStringLiteral("datagrams"), {}, none);
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

/// Byte by byte, so that the guess does not depend on how the bytes were split.
void AutoLens::look(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    for (const char &byte : input.bytes) {
        side.text.feed(QByteArrayView(&byte, 1));
        if (!canBeText(byte) || !side.text.isValid()) {
            return choose(reads(), "byte " + QByteArray::number(side.seen + 1) + " cannot be text", messages);
        }
        ++side.seen;
        if (byte == '\n') {
            return choose(lines(), "the first " + QByteArray::number(side.seen) + " bytes are text with a line end",
                          messages);
        }
        if (side.seen == MaxUndecided) {
            return choose(reads(), "the first " + QByteArray::number(side.seen) + " bytes have no line end", messages);
        }
    }
}

void AutoLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    if (!m_chosen) {
        choose(reads(), "bytes are missing at the beginning", messages);
    }
    m_chosen->gap(input, messages);
}

void AutoLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    const Side &side = m_sides[indexOf(direction)];
    if (!m_chosen && side.seen > 0) {
        choose(lines(), "the " + QByteArray::number(side.seen) + " bytes of one direction are text", messages);
    }
    if (m_chosen) {
        m_chosen->endOfStream(direction, time, messages);
    }
}

void AutoLens::choose(const QString &lens, const QByteArray &reason, std::vector<Message> &messages)
{
    m_reason = reason;
    m_chosen = LensSpec::parse(lens).value().create(m_context);
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
    decision->reason = m_reason;
    return decision;
}

} // namespace Sidewire
