// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// The parameters of the lens in the first line, "u16be,offset=4,adjust=6", and behind it both directions.

#include "tests/fuzz/check.h"
#include "tests/fuzz/lensfeed.h"

using namespace Sidewire;
using Fuzz::check;

namespace {

/// What the lens wraps it finds again as one message.
void checkWrap(const LensSpec &spec, QByteArrayView content)
{
    const Result<QByteArray> wrapped = spec.canWrap() ? spec.wrap(content) : Error{};
    if (!wrapped || spec.offset > 0 || wrapped->isEmpty()) {
        return;
    }
    LensInput input;
    input.length = wrapped->size();
    input.bytes = *wrapped;
    std::vector<Message> messages;
    spec.create({})->feed(input, messages);
    check(messages.size() == 1 && messages[0].end == wrapped->size(), "what was wrapped is one message");
    check(wrapped->sliced(messages[0].contentOffset, messages[0].contentLength) == content, "with its content");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const qsizetype lineEnd = bytes.indexOf('\n');
    if (lineEnd < 0 || lineEnd > 100) {
        return 0;
    }
    const QString text = QStringLiteral("length:") + QString::fromUtf8(bytes.first(lineEnd));
    const Result<LensSpec> spec = LensSpec::parse(text);
    if (!spec) {
        check(!spec.error().detail.isEmpty(), "what is wrong with the parameters is said");
        return 0;
    }
    check(LensSpec::parse(spec->toString()).value() == *spec, "a lens is written as it is read");
    const QByteArrayView stream = bytes.sliced(lineEnd + 1);
    Fuzz::checkLens(*spec, {}, Fuzz::conversation(stream, Direction::In));
    checkWrap(*spec, stream);
    return 0;
}
