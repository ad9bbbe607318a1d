// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/search/bytefinder.h"
#include "core/search/searchquery.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace re2 {
class RE2;
}

namespace Sidewire {

/// What is looked for, ready to be matched against bytes. A value that may be used by several threads at once.
///
/// Regular expressions are RE2's over bytes, so the time is linear in the text whatever the pattern; a character beyond
/// ASCII stands for its UTF-8 bytes. ^ and $ are the ends of lines. A match has at least one byte.
class BytePattern
{
public:
    static constexpr qsizetype MaxLiteral = 4096; ///< Bytes of a text or of hex
    static constexpr qsizetype MaxRegex = 4096; ///< Characters of a regular expression
    /// A match of a regular expression that goes over the ends of records is found up to this length.
    static constexpr qsizetype MaxMatch = 64 * 1024;

    /// The error says what is wrong with the text, in a sentence for the person who typed it.
    static Result<BytePattern> compile(const SearchQuery &query);

    struct Match
    {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    /// The first match that begins at `from` or later. What stands before `from` is context for ^ and \b.
    /// Nothing either when `isCancelled`, which is asked wherever an expression matched nothing at all.
    std::optional<Match> find(QByteArrayView text, qsizetype from, const std::function<bool()> &isCancelled = {}) const;

    /// The same for another thread: one expression keeps what it has learned of its text in one place, and threads that
    /// share it wait for each other at every match.
    BytePattern copied() const;

    bool isLiteral() const { return std::holds_alternative<ByteFinder>(m_matcher); }

    /// The longest match that is found for sure.
    qsizetype longestMatch() const;

private:
    using Regex = std::shared_ptr<const re2::RE2>;
    explicit BytePattern(std::variant<ByteFinder, Regex> matcher)
        : m_matcher(std::move(matcher))
    {}
    static Result<BytePattern> compileRegex(const QByteArray &pattern, bool isCaseSensitive, bool isUtf8);

    std::variant<ByteFinder, Regex> m_matcher;
};

} // namespace Sidewire
