// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "linelens.h"

#include <cstring>

namespace Sidewire {

void LineLens::feed(const LensInput &input, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(input.direction)];
    const QByteArrayView bytes = input.bytes;
    qsizetype at = 0;
    while (at < bytes.size()) {
        const void *found = std::memchr(bytes.data() + at, '\n', static_cast<std::size_t>(bytes.size() - at));
        if (!found) {
            if (!side.hasBegun) {
                begin(side.line, input, at);
                side.hasBegun = true;
            }
            extend(side.line, input, bytes.size());
            side.endsWithReturn = bytes.back() == '\r';
            return;
        }
        const qsizetype feed = static_cast<const char *>(found) - bytes.data();
        const bool hasReturn = feed > at ? bytes[feed - 1] == '\r' : side.endsWithReturn;
        Message &line = messages.emplace_back(); // Made in place: there may be millions a second
        if (side.hasBegun) {
            line = side.line;
            side = {};
        } else {
            begin(line, input, at);
        }
        extend(line, input, feed + 1);
        line.contentLength -= hasReturn ? 2 : 1;
        at = feed + 1;
    }
}

void LineLens::gap(const LensInput &input, std::vector<Message> &messages)
{
    endOfStream(input.direction, input.time, messages);
}

void LineLens::endOfStream(Direction direction, qint64 time, std::vector<Message> &messages)
{
    Side &side = m_sides[indexOf(direction)];
    if (side.hasBegun) {
        side.line.time = time;
        side.line.set(MessageFlag::Unterminated);
        messages.push_back(side.line);
    }
    side = {};
}

std::optional<Message> LineLens::unfinished(Direction direction) const
{
    const Side &side = m_sides[indexOf(direction)];
    return side.hasBegun ? std::optional(side.line) : std::nullopt;
}

/// The line begins at byte `from` of the record.
void LineLens::begin(Message &line, const LensInput &input, qint64 from)
{
    line.kind = MessageKind::Line;
    line.direction = input.direction;
    line.begin = input.offset + from;
    line.firstRecord = input.record;
}

/// It goes on up to byte `to` of the record.
void LineLens::extend(Message &line, const LensInput &input, qint64 to)
{
    line.end = input.offset + to;
    line.contentLength = line.end - line.begin;
    line.lastRecord = input.record;
    line.time = input.time;
}

} // namespace Sidewire
