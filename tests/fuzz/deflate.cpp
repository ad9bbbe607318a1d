// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// The first byte chooses the parameters; behind it messages, each with its length in front.

#include "core/protocol/websocket/messagedeflate.h"
#include "tests/fuzz/check.h"

#include <algorithm>
#include <vector>

using namespace Sidewire;
using Fuzz::check;
using Status = MessageInflater::Status;

namespace {

struct Inflated
{
    Status status = Status::Ok;
    QByteArray content;

    friend bool operator==(const Inflated &, const Inflated &) = default;
};

Inflated inflate(MessageInflater &inflater, QByteArrayView message, qint64 limit, Fuzz::Splitter *splitter)
{
    Inflated result;
    const auto sink = [&](QByteArrayView piece) {
        check(piece.size() <= 64 * 1024, "pieces are small");
        result.content += piece;
    };
    for (QByteArrayView rest = message; !rest.isEmpty();) {
        const qsizetype size = splitter ? std::min(splitter->next(), rest.size()) : rest.size();
        inflater.feed(rest.first(size), limit, sink);
        rest = rest.sliced(size);
    }
    result.status = inflater.finish(limit, sink);
    check(result.content.size() <= limit, "the limit holds");
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const ContextTakeover takeover = (data[0] & 1) != 0 ? ContextTakeover::On : ContextTakeover::Off;
    const int windowBits = 8 + (data[0] >> 1 & 7);
    const qint64 limit = (data[0] & 16) != 0 ? 100 : 1 << 20;
    QByteArrayView rest(data + 1, static_cast<qsizetype>(size - 1));

    MessageInflater whole(takeover, windowBits);
    MessageInflater pieces(takeover, windowBits);
    MessageDeflater deflater(takeover, windowBits);
    MessageInflater back(takeover, windowBits);
    Fuzz::Splitter splitter;
    splitter.mix(rest);
    while (!rest.isEmpty()) {
        const qsizetype length = std::min<qsizetype>(static_cast<quint8>(rest.front()), rest.size() - 1);
        const QByteArrayView message = rest.sliced(1, length);
        rest = rest.sliced(1 + length);
        check(inflate(whole, message, limit, nullptr) == inflate(pieces, message, limit, &splitter),
              "any splitting gives the same");
        check(inflate(back, deflater.deflate(message), 1 << 20, &splitter)
                  == Inflated{Status::Ok, message.toByteArray()},
              "what was deflated inflates to itself");
    }
    return 0;
}
