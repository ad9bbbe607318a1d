// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "recordlens.h"

#include <utility>

namespace Sidewire {

RecordLens::RecordLens(MessageKind kind, QByteArray name)
    : m_kind(kind)
    , m_name(std::move(name))
{}

void RecordLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    fill(messages.emplace_back(), input, m_kind); // Made in place: there may be millions a second
}

Message RecordLens::messageOf(const LensInput &input, MessageKind kind)
{
    Message message;
    fill(message, input, kind);
    return message;
}

void RecordLens::fill(Message &message, const LensInput &input, MessageKind kind)
{
    message.kind = kind;
    message.direction = input.direction;
    message.time = input.time;
    message.begin = input.offset;
    message.end = input.offset + input.length;
    message.contentLength = input.length;
    message.firstRecord = input.record;
    message.lastRecord = input.record;
}

} // namespace Sidewire
