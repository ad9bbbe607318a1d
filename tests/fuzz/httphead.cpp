// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// A request head, and behind it the answer, if there is one.

#include "core/protocol/http/httpbody.h"
#include "core/protocol/websocket/handshake.h"
#include "core/protocol/websocket/violation.h"
#include "tests/fuzz/check.h"

using namespace Sidewire;
using Fuzz::check;

namespace {

/// Searching again after each piece finds the same end as searching once.
void checkSearch(QByteArrayView bytes, std::optional<qint64> end)
{
    Fuzz::Splitter splitter;
    splitter.mix(bytes);
    qsizetype seen = 0;
    while (seen < bytes.size()) {
        const qsizetype before = seen;
        seen = std::min(seen + splitter.next(), bytes.size());
        if (const std::optional<qint64> found = findHeadEnd(bytes.first(seen), before)) {
            check(found == end, "the head ends at the same place however it came");
            return;
        }
    }
    check(!end, "the end of a head is found");
}

void checkFields(const HttpHead &head, QByteArrayView bytes)
{
    check(head.size >= 0 && head.size <= bytes.size(), "a head lies in its bytes");
    qint64 last = 0;
    for (const HttpField &field : head.fields) {
        check(field.begin >= last && field.begin < field.end && field.end <= head.size, "fields lie one after another");
        check(!field.name.isEmpty(), "a field has a name");
        const QByteArrayView line = bytes.sliced(field.begin, field.end - field.begin);
        check(line.startsWith(field.name) || line.trimmed().startsWith(field.name), "a field begins with its name");
        check(line.contains(':'), "a field has a colon");
        check(!head.value(field.name).isNull(), "a field is found by its name");
        last = field.end;
    }
    head.hasToken("Connection", "upgrade");
    for (const HttpRequestKind kind : {HttpRequestKind::Ordinary, HttpRequestKind::Head, HttpRequestKind::Connect}) {
        const HttpBody body = bodyOf(head, kind);
        check((body.framing == HttpBody::Framing::Length) == (body.length > 0), "a body has a length or none");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const std::optional<qint64> end = findHeadEnd(bytes);
    checkSearch(bytes, end);
    const HttpHead head = parseHttpHead(bytes);
    checkFields(head, bytes);
    check(!end || head.size <= *end, "the head ends at the empty line at the latest");

    const QByteArrayView rest = bytes.sliced(head.size);
    const HttpHead answer = parseHttpHead(rest);
    checkFields(answer, rest);
    isUpgradeRequest(head);
    describeViolations(checkUpgradeRequest(head) | checkUpgradeResponse(head, answer));
    agreedDeflate(answer);
    return 0;
}
