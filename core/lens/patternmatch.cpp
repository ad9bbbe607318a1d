// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "patternmatch.h"

#include <cstring>
#include <utility>

namespace Sidewire {

PatternMatch::PatternMatch(QByteArray pattern)
    : m_pattern(std::move(pattern))
    , m_fallback(static_cast<std::size_t>(m_pattern.size()) + 1)
{
    Q_ASSERT(!m_pattern.isEmpty());
    qsizetype border = 0;
    for (qsizetype at = 1; at < m_pattern.size(); ++at) {
        while (border > 0 && m_pattern[at] != m_pattern[border]) {
            border = m_fallback[static_cast<std::size_t>(border)];
        }
        border += m_pattern[at] == m_pattern[border] ? 1 : 0;
        m_fallback[static_cast<std::size_t>(at) + 1] = border;
    }
}

qsizetype PatternMatch::feed(QByteArrayView bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        if (m_matched == 0) {
            const void *found =
                std::memchr(bytes.data() + at, m_pattern[0], static_cast<std::size_t>(bytes.size() - at));
            if (!found) {
                return -1;
            }
            at = static_cast<const char *>(found) - bytes.data();
        }
        while (m_matched > 0 && bytes[at] != m_pattern[m_matched]) {
            m_matched = m_fallback[static_cast<std::size_t>(m_matched)];
        }
        m_matched += bytes[at] == m_pattern[m_matched] ? 1 : 0;
        ++at;
        if (m_matched == m_pattern.size()) {
            m_matched = 0;
            return at;
        }
    }
    return -1;
}

} // namespace Sidewire
