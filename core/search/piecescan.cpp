// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "piecescan.h"

#include <algorithm>

namespace Sidewire {

namespace {

bool isCancelled(const ScanText &text)
{
    return text.isCancelled && text.isCancelled();
}

} // namespace

std::vector<ByteSpan> scan(const BytePattern &pattern, const ScanText &text)
{
    std::vector<ByteSpan> found;
    const qint64 end = text.begin + text.bytes.size();
    QByteArray extended; // The end of the text and what follows it
    QByteArrayView bytes = text.bytes;
    qint64 base = text.begin;
    qint64 at = std::max(text.from, text.begin);
    // What a literal matches is settled by its last byte; a regular expression may still go on.
    bool isSettled = pattern.isLiteral() || !text.ahead;
    while (at < end && !isCancelled(text)) {
        const std::optional<BytePattern::Match> match =
            pattern.find(bytes, static_cast<qsizetype>(at - base), text.isCancelled);
        if (!match) {
            break;
        }
        if (!isSettled && base + match->begin + pattern.longestMatch() > end) {
            isSettled = true;
            const QByteArray more = text.ahead(pattern.longestMatch());
            if (!more.isEmpty()) {
                const qint64 keep = std::max(at, end - pattern.longestMatch());
                const qint64 context = std::max(text.begin, keep - 1);
                extended = text.bytes.sliced(static_cast<qsizetype>(context - text.begin)).toByteArray() + more;
                bytes = extended;
                base = context;
                at = keep;
                continue;
            }
        }
        const ByteSpan span{base + match->begin, base + match->end};
        if (span.end > end) {
            break;
        }
        found.push_back(span);
        at = span.end;
    }
    return found;
}

} // namespace Sidewire
