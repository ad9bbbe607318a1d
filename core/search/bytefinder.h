// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace Sidewire {

/// Finds a literal in bytes, as fast as memory gives them. Letters A to Z are folded where asked for; other bytes never are.
class ByteFinder
{
public:
    enum class Case { Sensitive, Folded };

    /// The needle is not empty.
    ByteFinder(QByteArray needle, Case sensitivity);

    qsizetype size() const { return m_needle.size(); }

    /// Where the first match at `from` or later begins; -1 for none.
    qsizetype find(QByteArrayView text, qsizetype from) const;

private:
    bool matchesAt(const char *at) const;
    const char *find16(const char *at, const char *end) const;
    const char *find32(const char *at, const char *end) const;

    QByteArray m_needle; ///< In lower case where folded
    Case m_case;
    char m_firstCase; ///< The bit in which the cases of the first byte differ; 0 where they do not, or are not folded
    char m_lastCase;
};

} // namespace Sidewire
