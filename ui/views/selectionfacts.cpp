// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "selectionfacts.h"

#include "core/decode/numbers.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr qint64 MaxPiece = 1024 * 1024;

} // namespace

SelectionFacts SelectionFactsJob::run() const
{
    SelectionFacts facts;
    ChecksumCounter counter;
    qint64 firstTime = 0;
    qint64 lastTime = 0;
    const qint64 last = std::min(selection.lastRecord, log->records().count() - 1);
    for (qint64 record = selection.firstRecord; record <= last && !*isCancelled; ++record) {
        const RecordRow &row = log->records().at(record);
        if (!selection.isOf(row.connection, row.direction) || !selection.overlaps(row.span())) {
            continue;
        }
        if (facts.records++ == 0) {
            firstTime = row.time;
        }
        lastTime = row.time;
        for (const ByteSpan &span : selection.spans) {
            qint64 at = std::max(span.begin, row.span().begin);
            const qint64 end = std::min({span.end, row.span().end, at + MaxBytes - facts.summed});
            while (at < end && !*isCancelled) {
                const qint64 wanted = std::min(end - at, MaxPiece);
                const QByteArray bytes = log->bytes().read(row.fileOffset + at - row.streamOffset, wanted);
                if (bytes.isEmpty()) {
                    break; // A disk error
                }
                counter.feed(bytes);
                facts.summed += bytes.size();
                facts.start += bytes.first(std::min(bytes.size(), MaxNumberBytes - facts.start.size()));
                at += bytes.size();
            }
        }
    }
    facts.elapsed = std::max<qint64>(0, lastTime - firstTime);
    facts.checksums = counter.result();
    return facts;
}

} // namespace Sidewire
