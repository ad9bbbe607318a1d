// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// The first byte chooses the kind of search, a line is what is looked for, and the rest is where.

#include "core/payload/hex.h"
#include "core/search/bytepattern.h"
#include "tests/fuzz/check.h"

#include <algorithm>

using namespace Sidewire;
using Fuzz::check;

namespace {

char folded(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return static_cast<uint8_t>(byte) < 0x80; });
}

/// Where a literal is found first, the slow way.
qsizetype slowFind(QByteArrayView text, QByteArrayView needle, qsizetype from, bool isCaseSensitive)
{
    const auto isEqual = [isCaseSensitive](char a, char b) {
        return isCaseSensitive ? a == b : folded(a) == folded(b);
    };
    const auto found = std::search(text.begin() + from, text.end(), needle.begin(), needle.end(), isEqual);
    return found == text.end() ? -1 : found - text.begin();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    const qsizetype lineEnd = bytes.indexOf('\n');
    const QByteArrayView line = lineEnd < 0 ? bytes : bytes.first(lineEnd);
    const QByteArrayView text = lineEnd < 0 ? QByteArrayView() : bytes.sliced(lineEnd + 1);
    SearchQuery query;
    query.text = QString::fromUtf8(line);
    query.mode = static_cast<SearchQuery::Mode>((data[0] & 3) % 3);
    query.isCaseSensitive = (data[0] & 4) != 0;

    const Result<BytePattern> pattern = BytePattern::compile(query);
    if (!pattern) {
        check(!pattern.error().detail.isEmpty(), "what is wrong with a search is said");
        return 0;
    }
    const bool isHex = query.mode == SearchQuery::Mode::Hex;
    const QByteArray needle =
        isHex ? Hex::toBytes(query.text).value() : query.text.toUtf8(); // Other spellings than fromHex()
    const bool isCaseSensitive = query.isCaseSensitive || isHex;
    // The cases of letters beyond ASCII are left to RE2.
    const bool isLiteral = query.mode != SearchQuery::Mode::Regex && (isCaseSensitive || isAscii(needle));
    qsizetype from = 0;
    for (int hits = 0; hits < 100 && from <= text.size(); ++hits) {
        const std::optional<BytePattern::Match> match = pattern->find(text, from);
        if (isLiteral) {
            const qsizetype expected = slowFind(text, needle, from, isCaseSensitive);
            check((match ? match->begin : -1) == expected, "a literal is found where it is");
            check(!match || match->end - match->begin == needle.size(), "and is as long as it is");
        }
        if (!match) {
            break;
        }
        check(match->begin >= from && match->end > match->begin && match->end <= text.size(),
              "a match lies in the text");
        from = match->begin + 1;
    }
    return 0;
}
