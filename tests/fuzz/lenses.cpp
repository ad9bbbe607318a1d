// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// Any lens: how it is written in the first line, and behind it both directions, the client's first.

#include "tests/fuzz/check.h"
#include "tests/fuzz/lensfeed.h"

using namespace Sidewire;
using Fuzz::check;

namespace {

/// Lenses that cut where records end find other messages in other records.
bool dependsOnRecords(const LensSpec &spec)
{
    for (const LensSpec &direction : spec.directions) {
        if (dependsOnRecords(direction)) {
            return true;
        }
    }
    return spec.name == u"idle" || spec.name == u"datagrams" || spec.name == u"reads";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const qsizetype lineEnd = bytes.indexOf('\n');
    if (lineEnd < 0 || lineEnd > 200) {
        return 0;
    }
    const Result<LensSpec> spec = LensSpec::parse(QString::fromUtf8(bytes.first(lineEnd)));
    if (!spec) {
        check(!spec.error().detail.isEmpty(), "what is wrong with a lens is said");
        return 0;
    }
    check(LensSpec::parse(spec->toString()).value() == *spec, "a lens is written as it is read");
    if (!dependsOnRecords(*spec)) {
        Fuzz::checkLens(*spec, {}, Fuzz::conversation(bytes.sliced(lineEnd + 1), Direction::Out));
    }
    return 0;
}
