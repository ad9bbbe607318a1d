// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "idlelens.h"

#include <utility>

namespace Sidewire {

void IdleLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    std::optional<Message> &open = m_open[indexOf(input.direction)];
    if (open && input.time - open->time >= m_silence) {
        messages.push_back(*std::exchange(open, std::nullopt));
    }
    if (!open) {
        open.emplace();
        open->kind = MessageKind::Frame;
        open->direction = input.direction;
        open->begin = input.offset;
        open->firstRecord = input.record;
    }
    open->end = input.offset + input.length;
    open->contentLength = open->end - open->begin;
    open->lastRecord = input.record;
    open->time = input.time;
}

void IdleLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    std::optional<Message> &open = m_open[indexOf(input.direction)];
    if (open) {
        open->set(MessageFlag::Unterminated);
        messages.push_back(*std::exchange(open, std::nullopt));
    }
}

void IdleLens::endOfStream(Direction direction, qint64, std::vector<Message> &messages)
{
    std::optional<Message> &open = m_open[indexOf(direction)];
    if (open) {
        messages.push_back(*std::exchange(open, std::nullopt)); // The end is a silence, too
    }
}

} // namespace Sidewire
