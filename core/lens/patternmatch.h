// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace Sidewire {

/// Finds a short pattern in bytes that come in pieces (Knuth, Morris and Pratt), skipping with memchr() where nothing of it
/// has been seen.
class PatternMatch
{
public:
    explicit PatternMatch(QByteArray pattern); ///< Not empty

    /// One past the end of the first match in `bytes`, which may have begun in an earlier piece; -1 when there is none. After a
    /// match the next begins anew behind it.
    qsizetype feed(QByteArrayView bytes);

    void restart() { m_matched = 0; }

    const QByteArray &pattern() const { return m_pattern; }
    qsizetype size() const { return m_pattern.size(); }
    qsizetype matched() const { return m_matched; } ///< How much of the pattern the bytes so far end with

private:
    QByteArray m_pattern;
    std::vector<qsizetype> m_fallback; ///< By what was matched: the longest proper border of it
    qsizetype m_matched = 0;
};

} // namespace Sidewire
