// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bytepattern.h"

#include "core/payload/hex.h"

#include <algorithm>
#include <re2/re2.h>

namespace Sidewire {

namespace {

constexpr qint64 MaxRegexMemory = 8 * 1024 * 1024;

Error usage(const QString &detail)
{
    return {Error::Code::Usage, detail};
}

re2::StringPiece pieceOf(QByteArrayView bytes)
{
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

bool isAscii(QByteArrayView bytes)
{
    return std::ranges::all_of(bytes, [](char byte) { return static_cast<quint8>(byte) < 0x80; });
}

} // namespace

Result<BytePattern> BytePattern::compile(const SearchQuery &query)
{
    if (query.text.isEmpty()) {
        return usage(QStringLiteral("there is nothing to look for"));
    }
    if (query.mode == SearchQuery::Mode::Regex) {
        if (query.text.size() > MaxRegex) {
            return usage(QStringLiteral("a regular expression has at most %1 characters").arg(MaxRegex));
        }
        const QByteArray pattern = query.text.toUtf8();
        return compileRegex(pattern, query.isCaseSensitive, !isAscii(pattern));
    }
    const bool isHex = query.mode == SearchQuery::Mode::Hex;
    const Result<QByteArray> bytes = isHex ? Hex::toBytes(query.text) : Result<QByteArray>(query.text.toUtf8());
    if (!bytes) {
        return bytes.error();
    }
    if (bytes->isEmpty()) {
        return usage(QStringLiteral("there is nothing to look for"));
    }
    if (bytes->size() > MaxLiteral) {
        return usage(QStringLiteral("at most %1 bytes can be looked for").arg(MaxLiteral));
    }
    const bool isFolded = !isHex && !query.isCaseSensitive;
    if (isFolded && !isAscii(*bytes)) {
        // Letters beyond ASCII have their cases in Unicode, which RE2 knows.
        return compileRegex(QByteArray::fromStdString(re2::RE2::QuoteMeta(pieceOf(*bytes))), false, true);
    }
    return BytePattern(ByteFinder(*bytes, isFolded ? ByteFinder::Case::Folded : ByteFinder::Case::Sensitive));
}

Result<BytePattern> BytePattern::compileRegex(const QByteArray &pattern, bool isCaseSensitive, bool isUtf8)
{
    re2::RE2::Options options;
    options.set_encoding(isUtf8 ? re2::RE2::Options::EncodingUTF8 : re2::RE2::Options::EncodingLatin1);
    options.set_case_sensitive(isCaseSensitive);
    options.set_log_errors(false);
    options.set_max_mem(MaxRegexMemory);
    const auto regex = std::make_shared<re2::RE2>(pieceOf("(?m)" + pattern), options);
    if (!regex->ok()) {
        return usage(QString::fromStdString(regex->error()));
    }
    return BytePattern(Regex(regex));
}

BytePattern BytePattern::copied() const
{
    const auto *regex = std::get_if<Regex>(&m_matcher);
    return regex ? BytePattern(std::make_shared<const re2::RE2>((*regex)->pattern(), (*regex)->options())) : *this;
}

std::optional<BytePattern::Match> BytePattern::find(QByteArrayView text, qsizetype from,
                                                    const std::function<bool()> &isCancelled) const
{
    if (const auto *literal = std::get_if<ByteFinder>(&m_matcher)) {
        const qsizetype begin = literal->find(text, from);
        return begin < 0 ? std::nullopt : std::optional(Match{begin, begin + literal->size()});
    }
    const Regex &regex = std::get<Regex>(m_matcher);
    const re2::StringPiece whole = pieceOf(text);
    while (from < text.size() && !(isCancelled && isCancelled())) {
        re2::StringPiece found;
        if (!regex->Match(whole, static_cast<std::size_t>(from), whole.size(), re2::RE2::UNANCHORED, &found, 1)) {
            return {};
        }
        const qsizetype begin = found.data() - text.data();
        if (!found.empty()) {
            return Match{begin, begin + static_cast<qsizetype>(found.size())};
        }
        from = begin + 1; // A match of nothing marks nothing
    }
    return {};
}

qsizetype BytePattern::longestMatch() const
{
    const auto *literal = std::get_if<ByteFinder>(&m_matcher);
    return literal ? literal->size() : MaxMatch;
}

} // namespace Sidewire
