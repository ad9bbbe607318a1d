// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "filtervocabulary.h"

#include "core/lens/message.h"

namespace Sidewire {

const std::vector<FilterWord> &filterVocabulary()
{
    static const std::vector<FilterWord> words = [] {
        const auto word = [](const char *text, const char *meaning) {
            return FilterWord{QString::fromLatin1(text), QString::fromLatin1(meaning)};
        };
        std::vector<FilterWord> all{word("in", "came in"), word("out", "went out")};
        for (int kind = 0; kind <= static_cast<int>(MessageKind::Frame); ++kind) {
            const std::string_view name = toString(static_cast<MessageKind>(kind));
            const QString text = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
            all.push_back({QStringLiteral("kind:") + text, QStringLiteral("of this kind")});
        }
        all.insert(all.end(),
                   {word("len>", "bytes of content: len>100, len<=1k, len:10-20"),
                    word("conn:", "connection: conn:2, conn:2,5-7"), word("n>", "message number: n>=1000"),
                    word("code:", "close code: code:1006, code>1000"), word("violation", "breaks a protocol rule"),
                    word("unfinished", "has not ended, or was cut off"), word("valid:json", "content is JSON"),
                    word("invalid:json", "content is not JSON"), word("valid:utf8", "content is UTF-8"),
                    word("invalid:utf8", "content is not UTF-8"), word("time>", "time of day or date: time>12:00:01.5"),
                    word("time<", "time of day or date: time<2026-11-22T12:00"), word("hex:", "bytes: hex:0d0a"),
                    word("and", "both; may be left out"), word("or", "one of the two"), word("not", "the opposite")});
        return all;
    }();
    return words;
}

} // namespace Sidewire
