// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// The first byte chooses what is taken apart; behind it the frames of a message, or a head and the head before it.

#include "core/protocol/http/dissecthead.h"
#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/dissectframes.h"
#include "core/protocol/websocket/dissecthandshake.h"
#include "core/protocol/websocket/messageassembler.h"
#include "core/search/contentplace.h"
#include "tests/fuzz/check.h"

#include <algorithm>

using namespace Sidewire;
using Fuzz::check;

namespace {

constexpr qint64 Offset = 1000; ///< Of the first byte in its stream

void checkFields(const std::vector<Field> &fields, const BitSpan &room)
{
    for (const Field &field : fields) {
        check(!field.name.isEmpty(), "a field has a name");
        check(!field.isBroken || !field.remark.isEmpty(), "a broken rule is said");
        check(field.bits.begin <= field.bits.end, "bits are in order");
        check(field.bits.isEmpty() || (field.bits.begin >= room.begin && field.bits.end <= room.end),
              "a field lies within what it is a part of");
        checkFields(field.children, field.bits.isEmpty() ? room : field.bits);
    }
}

void dissectMessage(quint8 choice, QByteArrayView bytes)
{
    const bool isCut = (choice & 2) != 0;
    FrameSource source;
    source.span = {Offset, Offset + bytes.size()};
    source.wire = isCut ? bytes.first(bytes.size() / 2) : bytes;
    source.sender = (choice & 4) != 0 ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server;
    source.isCompressed = (choice & 8) != 0;
    source.violations = (choice & 16) != 0 ? 0xffffffff : 0;
    const DissectedFrames dissected = dissectFrames(source, 20);
    const BitSpan room{8 * source.span.begin, 8 * source.span.end};
    checkFields(dissected.fields, room);
    qint64 end = room.begin;
    for (const Field &field : dissected.fields) {
        check(field.bits.begin == end, "frames lie side by side");
        end = field.bits.end;
    }
    check(end == room.end || (choice & 2) != 0 || bytes.isEmpty(), "and fill the message");
    check((dissected.shown & ~source.violations) == 0 || source.violations == 0, "what is shown was broken");

    const QByteArray content = assembleMessage(bytes, bytes.size());
    qint64 placed = 0;
    Message message;
    message.begin = Offset;
    message.set(MessageFlag::WebSocket);
    for (const ByteSpan &span : contentPlace(message, bytes, {0, content.size()})) {
        check(span.begin < span.end && span.begin >= Offset && span.end <= Offset + bytes.size(),
              "content has its place");
        placed += span.size();
    }
    check(placed == content.size(), "all of it");
}

void dissectHeads(quint8 choice, QByteArrayView bytes)
{
    const qsizetype headEnd = static_cast<qsizetype>(findHeadEnd(bytes).value_or(bytes.size()));
    const QByteArrayView request = bytes.first(headEnd);
    const QByteArrayView head = (choice & 2) != 0 ? request : bytes.sliced(headEnd);
    Field field = dissectHead(head, Offset, 50);
    const quint32 violations = (choice & 4) != 0 ? 0xffffffff : 0;
    const quint32 shown = dissectUpgrade(field, head, (choice & 2) != 0 ? QByteArrayView() : request, violations);
    check((shown & ~violations) == 0, "what is shown was broken");
    checkFields({field}, {8 * Offset, 8 * (Offset + head.size())});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    if ((data[0] & 1) != 0) {
        dissectMessage(data[0], bytes);
    } else {
        dissectHeads(data[0], bytes);
    }
    return 0;
}
