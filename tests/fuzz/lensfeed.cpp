// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lensfeed.h"

#include "tests/fuzz/check.h"

#include <algorithm>
#include <array>

namespace Sidewire::Fuzz {

namespace {

struct Found
{
    std::vector<Message> messages;
    std::vector<Message> unfinished;
    QByteArray lens;
    QByteArray reason;

    friend bool operator==(const Found &, const Found &) = default;
};

/// Without what depends on the records.
Message normalised(Message message)
{
    message.firstRecord = 0;
    message.lastRecord = 0;
    message.time = 0;
    return message;
}

Found feed(const LensSpec &spec, const LensContext &context, const std::vector<Transfer> &transfers, Splitter *splitter)
{
    const std::unique_ptr<Lens> lens = spec.create(context);
    Found found;
    LensInput input;
    std::array<qint64, DirectionCount> offsets{};
    for (const Transfer &transfer : transfers) {
        for (QByteArrayView rest = transfer.bytes; !rest.isEmpty();) {
            const qsizetype size = splitter ? std::min(splitter->next(), rest.size()) : rest.size();
            qint64 &offset = offsets[indexOf(transfer.direction)];
            input.direction = transfer.direction;
            input.offset = offset;
            input.length = size;
            input.bytes = lens->needsBytes() ? rest.first(size) : QByteArrayView();
            lens->feed(input, found.messages);
            ++input.record;
            ++input.time;
            offset += size;
            rest = rest.sliced(size);
        }
    }
    for (const Direction direction : {Direction::In, Direction::Out}) {
        if (const std::optional<Message> message = lens->unfinished(direction)) {
            found.unfinished.push_back(*message);
        }
    }
    for (const Direction direction : {Direction::In, Direction::Out}) {
        lens->endOfStream(direction, input.time, found.messages);
    }
    if (const std::optional<Lens::Decision> decision = lens->decision()) {
        found.lens = decision->lens;
        found.reason = decision->reason;
    }
    for (const Message &message : found.messages) {
        check(message.firstRecord <= message.lastRecord && message.lastRecord <= input.record, "records are in order");
        check(message.begin < message.end && message.begin >= 0, "a message has bytes");
        check(message.end <= offsets[indexOf(message.direction)], "a message lies in its stream");
        check(message.contentLength >= 0, "no length is negative");
        const qint64 length = message.end - message.begin;
        const bool isPlain = !message.has(MessageFlag::WebSocket) && !message.has(MessageFlag::Chunked);
        check(!isPlain || message.contentOffset + message.contentLength <= length, "the content lies in the message");
        check(!message.has(MessageFlag::Chunked)
                  || (message.contentOffset <= length && message.contentLength <= length),
              "so does that of a chunked one");
    }
    return found;
}

/// Joins reads with the reads before them and with the message in which the lens stopped fitting: where those end depends
/// on the records by definition.
std::vector<Message> comparable(const std::vector<Message> &messages)
{
    std::vector<Message> joined;
    std::array<std::ptrdiff_t, DirectionCount> last{-1, -1};
    for (const Message &each : messages) {
        const Message message = normalised(each);
        std::ptrdiff_t &before = last[indexOf(message.direction)];
        Message *previous = before < 0 ? nullptr : &joined[static_cast<std::size_t>(before)];
        const bool isRead = message.kind == MessageKind::Read && previous && previous->end == message.begin;
        if (isRead && (previous->kind == MessageKind::Read || previous->has(MessageFlag::Misfit))) {
            previous->end = message.end;
            previous->contentLength += previous->kind == MessageKind::Read ? message.contentLength : 0;
            previous->violations |= message.violations;
            previous->flags |= message.flags;
            continue;
        }
        before = std::ssize(joined);
        joined.push_back(message);
    }
    // Which of the two directions completed a message first depends on the records where reads are concerned.
    std::ranges::stable_sort(joined, {}, &Message::direction);
    return joined;
}

/// Whether `inner` is a control frame that lies between the fragments of `outer`.
bool canHold(const Message &outer, const Message &inner)
{
    const bool isFragmented = outer.has(MessageFlag::Fragmented)
        || (outer.has(MessageFlag::WebSocket) && outer.has(MessageFlag::Unterminated));
    const bool isControl = inner.kind == MessageKind::Ping || inner.kind == MessageKind::Pong
        || inner.kind == MessageKind::Close || inner.kind == MessageKind::Frame;
    return isFragmented && isControl && inner.begin >= outer.begin && inner.end <= outer.end;
}

void checkOrder(const std::vector<Message> &messages)
{
    for (auto message = messages.begin(); message != messages.end(); ++message) {
        for (auto other = messages.begin(); other != message; ++other) {
            const bool overlaps = message->direction == other->direction && message->span().overlaps(other->span());
            check(!overlaps || canHold(*message, *other) || canHold(*other, *message),
                  "no message lies over another but control frames between fragments");
        }
    }
}

/// Shows both before the run ends.
void checkEqual(const std::vector<Message> &pieces, const std::vector<Message> &whole, const char *rule)
{
    if (pieces == whole) {
        return;
    }
    for (const auto &[title, list] : {std::pair("in pieces", &pieces), std::pair("whole", &whole)}) {
        std::fprintf(stderr, "%s:\n", title);
        for (const Message &message : *list) {
            std::fprintf(stderr, "  direction %d kind %d [%lld, %lld) content %u+%lld flags %x violations %x\n",
                         int(message.direction), int(message.kind), message.begin, message.end, message.contentOffset,
                         message.contentLength, unsigned(message.flags), message.violations);
        }
    }
    check(false, rule);
}

} // namespace

std::vector<Transfer> conversation(QByteArrayView input, Direction first)
{
    const QByteArrayView turn("\xf5\xf6");
    std::vector<Transfer> transfers;
    Direction direction = first;
    while (true) {
        const qsizetype at = input.indexOf(turn);
        transfers.push_back({direction, at < 0 ? input : input.first(at)});
        if (at < 0) {
            return transfers;
        }
        input = input.sliced(at + turn.size());
        direction = opposite(direction);
    }
}

void checkLens(const LensSpec &spec, const LensContext &context, const std::vector<Transfer> &transfers)
{
    const Found whole = feed(spec, context, transfers, nullptr);
    checkOrder(whole.messages);
    Splitter splitter;
    for (const Transfer &transfer : transfers) {
        splitter.mix(transfer.bytes);
    }
    const Found pieces = feed(spec, context, transfers, &splitter);
    checkEqual(comparable(pieces.messages), comparable(whole.messages), "any splitting gives the same messages");
    checkEqual(comparable(pieces.unfinished), comparable(whole.unfinished), "and the same unfinished ones");
    // Where it stopped fitting may be said of the chunk framing before a message or of the message.
    check(pieces.lens == whole.lens && pieces.reason.isEmpty() == whole.reason.isEmpty(), "and the same decision");
}

} // namespace Sidewire::Fuzz
