// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "checksum.h"

#include <cstring>

namespace Sidewire {

namespace {

quint64 load(const char *at)
{
    quint64 word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// A 64-bit ones' complement sum in 33 bits, with the same remainder modulo 2^16 - 1.
quint64 folded(quint64 sum)
{
    return (sum & 0xffff'ffff) + (sum >> 32);
}

} // namespace

void Checksum::add(std::span<const char> bytes)
{
    // Halves of words go into four sums that do not wait for each other; 2^31 rounds would fit.
    const char *at = bytes.data();
    std::size_t left = bytes.size();
    quint64 sums[4] = {};
    for (; left >= 32; left -= 32, at += 32) {
        for (int lane = 0; lane < 4; ++lane) {
            sums[lane] += folded(load(at + 8 * lane));
        }
    }
    for (; left >= 8; left -= 8, at += 8) {
        sums[0] += folded(load(at));
    }
    if (left > 0) {
        quint64 word = 0;
        std::memcpy(&word, at, left); // Padded with zeros behind (RFC 1071, 1)
        sums[1] += folded(word);
    }
    for (const quint64 sum : sums) {
        m_sum += folded(sum);
    }
    m_sum = folded(m_sum);
}

quint16 Checksum::result() const
{
    quint64 sum = m_sum;
    while (sum >> 16) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<quint16>(~sum);
}

} // namespace Sidewire
