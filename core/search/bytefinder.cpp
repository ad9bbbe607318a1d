// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bytefinder.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace Sidewire {

namespace {

constexpr char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

constexpr char upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte & ~0x20) : byte;
}

} // namespace

ByteFinder::ByteFinder(QByteArray needle, Case sensitivity)
    : m_needle(std::move(needle))
    , m_case(sensitivity)
{
    Q_ASSERT(!m_needle.isEmpty());
    if (m_case == Case::Folded) {
        for (char &byte : m_needle) {
            byte = lower(byte);
        }
    }
    const bool isFolded = m_case == Case::Folded;
    m_first[0] = m_needle.front();
    m_first[1] = isFolded ? upper(m_needle.front()) : m_needle.front();
    m_last[0] = m_needle.back();
    m_last[1] = isFolded ? upper(m_needle.back()) : m_needle.back();
}

bool ByteFinder::matchesAt(const char *at) const
{
    if (m_case == Case::Sensitive) {
        return std::memcmp(at, m_needle.constData(), static_cast<std::size_t>(m_needle.size())) == 0;
    }
    for (qsizetype i = 0; i < m_needle.size(); ++i) {
        if (lower(at[i]) != m_needle[i]) {
            return false;
        }
    }
    return true;
}

qsizetype ByteFinder::find(QByteArrayView text, qsizetype from) const
{
    if (from < 0 || from > text.size() - size()) {
        return -1;
    }
    // The places where a match can begin.
    const char *at = text.data() + from;
    const char *end = text.data() + text.size() - size() + 1;
#ifdef __SSE2__
    const char *stopped = findWide(at, end);
    if (stopped < end && matchesAt(stopped)) {
        return stopped - text.data();
    }
    at = stopped;
#endif
    for (; at < end; ++at) {
        if ((*at == m_first[0] || *at == m_first[1]) && matchesAt(at)) {
            return at - text.data();
        }
    }
    return -1;
}

#ifdef __SSE2__
/// Sixteen places at a time by their first and last bytes. The first match, or where less than sixteen places are left.
const char *ByteFinder::findWide(const char *at, const char *end) const
{
    constexpr qsizetype Width = 16;
    const __m128i first[2] = {_mm_set1_epi8(m_first[0]), _mm_set1_epi8(m_first[1])};
    const __m128i last[2] = {_mm_set1_epi8(m_last[0]), _mm_set1_epi8(m_last[1])};
    const qsizetype toLast = size() - 1;
    for (; end - at >= Width; at += Width) {
        const __m128i heads = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const __m128i tails = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + toLast));
        const __m128i headHits = _mm_or_si128(_mm_cmpeq_epi8(heads, first[0]), _mm_cmpeq_epi8(heads, first[1]));
        const __m128i tailHits = _mm_or_si128(_mm_cmpeq_epi8(tails, last[0]), _mm_cmpeq_epi8(tails, last[1]));
        auto places = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(headHits, tailHits)));
        for (; places != 0; places &= places - 1) {
            const char *place = at + std::countr_zero(places);
            if (matchesAt(place)) {
                return place;
            }
        }
    }
    return at;
}
#endif

} // namespace Sidewire
