// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "bytefinder.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define SIDEWIRE_AVX2 // Compiled in whatever the compiler aims at, and used where the processor has it
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace Sidewire {

namespace {

constexpr char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

constexpr char CaseBit = 'a' - 'A';

constexpr bool isLetter(char byte)
{
    return lower(byte) >= 'a' && lower(byte) <= 'z';
}

#ifdef SIDEWIRE_AVX2
bool hasAvx2()
{
    static const bool has = __builtin_cpu_supports("avx2") != 0;
    return has;
}
#endif

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
    const auto caseOf = [this](char byte) {
        return m_case == Case::Folded && isLetter(byte) ? CaseBit : '\0';
    };
    m_firstCase = caseOf(m_needle.front());
    m_lastCase = caseOf(m_needle.back());
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
#ifdef SIDEWIRE_AVX2
    if (hasAvx2()) {
        at = find32(at, end);
        if (at < end && matchesAt(at)) {
            return at - text.data();
        }
    }
#endif
#ifdef __SSE2__
    at = find16(at, end);
    if (at < end && matchesAt(at)) {
        return at - text.data();
    }
#endif
    for (; at < end; ++at) {
        if ((*at | m_firstCase) == m_needle.front() && matchesAt(at)) {
            return at - text.data();
        }
    }
    return -1;
}

// Many places at a time, by their first and last bytes. Both give the first match, or where too few places are left.

#ifdef __SSE2__
const char *ByteFinder::find16(const char *at, const char *end) const
{
    constexpr qsizetype Width = 16;
    const __m128i first = _mm_set1_epi8(m_needle.front());
    const __m128i last = _mm_set1_epi8(m_needle.back());
    const __m128i firstCase = _mm_set1_epi8(m_firstCase);
    const __m128i lastCase = _mm_set1_epi8(m_lastCase);
    const qsizetype toLast = size() - 1;
    for (; end - at >= Width; at += Width) {
        const __m128i heads = _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at)), firstCase);
        const __m128i tails = _mm_or_si128(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at + toLast)), lastCase);
        const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(heads, first), _mm_cmpeq_epi8(tails, last));
        for (auto places = static_cast<unsigned>(_mm_movemask_epi8(both)); places != 0; places &= places - 1) {
            const char *place = at + std::countr_zero(places);
            if (matchesAt(place)) {
                return place;
            }
        }
    }
    return at;
}
#endif

#ifdef SIDEWIRE_AVX2
__attribute__((target("avx2"))) const char *ByteFinder::find32(const char *at, const char *end) const
{
    constexpr qsizetype Width = 32;
    const __m256i first = _mm256_set1_epi8(m_needle.front());
    const __m256i last = _mm256_set1_epi8(m_needle.back());
    const __m256i firstCase = _mm256_set1_epi8(m_firstCase);
    const __m256i lastCase = _mm256_set1_epi8(m_lastCase);
    const qsizetype toLast = size() - 1;
    for (; end - at >= Width; at += Width) {
        const __m256i heads = _mm256_or_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(at)), firstCase);
        const __m256i tails =
            _mm256_or_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(at + toLast)), lastCase);
        const __m256i both = _mm256_and_si256(_mm256_cmpeq_epi8(heads, first), _mm256_cmpeq_epi8(tails, last));
        for (auto places = static_cast<unsigned>(_mm256_movemask_epi8(both)); places != 0; places &= places - 1) {
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
