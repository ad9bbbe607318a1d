// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framinglens.h"

#include "core/lens/recordlens.h"

#include <algorithm>
#include <utility>

namespace Sidewire {

FramingLens::FramingLens(QByteArray name, std::unique_ptr<Framing> in, std::unique_ptr<Framing> out)
    : m_name(std::move(name))
{
    m_sides[indexOf(Direction::In)].framing = std::move(in);
    m_sides[indexOf(Direction::Out)].framing = std::move(out);
}

bool FramingLens::needsBytes() const
{
    return std::ranges::any_of(m_sides, [](const Side &side) { return side.framing != nullptr; });
}

void FramingLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    if (!side.framing) {
        messages.push_back(RecordLens::messageOf(input, MessageKind::Read));
        return;
    }
    qsizetype at = 0;
    while (at < input.bytes.size()) {
        const Framing::Step step = side.framing->feed(input.bytes.sliced(at));
        switch (step.outcome) {
        case Framing::Step::Outcome::More:
            extend(side, input, at, input.bytes.size());
            return;
        case Framing::Step::Outcome::Complete:
        case Framing::Step::Outcome::Outside: {
            const bool isMessage = step.outcome == Framing::Step::Outcome::Complete;
            extend(side, input, at, at + step.used);
            complete(side, isMessage ? MessageKind::Frame : MessageKind::Read, messages);
            at += step.used;
            break;
        }
        case Framing::Step::Outcome::Misfit:
            extend(side, input, at, input.bytes.size());
            side.misfit = "from byte " + QByteArray::number(side.message.begin)
                + (input.direction == Direction::In ? " in" : " out") + " on: " + side.framing->misfit();
            side.framing.reset();
            side.message.kind = MessageKind::Read;
            side.message.contentLength = side.message.end - side.message.begin;
            side.message.set(MessageFlag::Misfit);
            messages.push_back(std::exchange(side.message, {}));
            side.hasBegun = false;
            return;
        }
    }
}

void FramingLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    endOfStream(input.direction, input.time, messages);
}

void FramingLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(direction)];
    if (!side.framing) {
        return;
    }
    if (side.hasBegun && side.framing->hasBegun()) {
        Message message = measured(side);
        message.time = time;
        message.set(MessageFlag::Unterminated);
        messages.push_back(message);
    }
    side.message = {};
    side.hasBegun = false;
    side.framing->restart();
}

std::optional<Message> FramingLens::unfinished(Direction direction) const
{
    const Side &side = m_sides[indexOf(direction)];
    return side.framing && side.hasBegun && side.framing->hasBegun() ? std::optional(measured(side)) : std::nullopt;
}

std::optional<Lens::Decision> FramingLens::decision() const
{
    Decision decision{m_name, {}};
    for (const Side &side : m_sides) {
        if (!side.misfit.isEmpty()) {
            decision.reason += (decision.reason.isEmpty() ? "does not fit " : "; ") + side.misfit;
        }
    }
    return decision;
}

/// Adds bytes [from, to) of the record to the message.
void FramingLens::extend(Side &side, const LensInput &input, qint64 from, qint64 to)
{
    Message &message = side.message;
    if (!side.hasBegun) {
        side.hasBegun = true;
        message.kind = MessageKind::Frame;
        message.direction = input.direction;
        message.begin = input.offset + from;
        message.firstRecord = input.record;
    }
    message.end = input.offset + to;
    message.lastRecord = input.record;
    message.time = input.time;
}

void FramingLens::complete(Side &side, MessageKind kind, std::vector<Message> &messages)
{
    side.message.kind = kind;
    messages.push_back(measured(side));
    side.message = {};
    side.hasBegun = false;
}

/// With its content: what has come between the framing bytes.
Message FramingLens::measured(const Side &side)
{
    Message message = side.message;
    const qint64 length = message.end - message.begin;
    if (message.kind == MessageKind::Read) {
        message.contentLength = length;
        return message;
    }
    const qint64 header = std::min(side.framing->header(), length);
    message.contentOffset = static_cast<quint32>(header);
    message.contentLength = std::max<qint64>(0, length - header - side.framing->trailer());
    return message;
}

} // namespace Sidewire
