// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/filter/filtersubject.h"

#include <QString>

#include <memory>
#include <variant>

namespace Sidewire {

/// What is wrong with a filter, and where.
struct FilterError
{
    qsizetype position = 0; ///< Of the first character that does not fit, from 0; the length of the text at its end
    QString detail; ///< A sentence without a full stop

    friend bool operator==(const FilterError &, const FilterError &) = default;
};

/// A condition for messages, in a small language:
///
///     in  out  kind:text,binary  len>100  conn:2,5-7  n>=10  code:1000  violation  unfinished
///     valid:json  invalid:json  valid:utf8  invalid:utf8  time>12:00:01.5
///     "text"  "text"i  /regex/  /regex/i  hex:0d0a        (in the content, as bytes)
///     and  or  not  ( )                                   ("in kind:text" means "in and kind:text")
///
/// Numbers are compared with > >= < <= = (or :), sizes may end with k, M or G (1024 times each). Times are of the clock
/// that is shown (utcOffset): a time of day, or with a date, "2026-11-22T12:00:01"; "time:12:00" is all of that minute.
/// Regular expressions are RE2's, linear by design, on bytes. A condition that a message has nothing for (a code, a number)
/// is not met.
class FilterExpression
{
public:
    /// At most this much text, and this deep in brackets.
    static constexpr qsizetype MaxLength = 4096;
    static constexpr int MaxDepth = 64;

    class Node;

    FilterExpression() = default; ///< Lets everything through

    using Parsed = std::variant<FilterExpression, FilterError>;
    static Parsed parse(const QString &text, int utcOffsetSeconds = 0);

    bool matches(const FilterSubject &subject) const; ///< Any thread, several at the same time
    bool isEmpty() const { return m_root == nullptr; }

    /// Whether matches() can ask for more than the row, so that the log has to be read.
    bool needsContent() const;

    /// Whether the answer for a message can be another one once its connection has ended ("code:1006").
    bool dependsOnEnd() const;

    /// Copies of one parse are equal; what was parsed twice is not.
    friend bool operator==(const FilterExpression &, const FilterExpression &) = default;

private:
    std::shared_ptr<const Node> m_root; ///< Never changed, so a copy costs nothing and threads may share it
};

} // namespace Sidewire
