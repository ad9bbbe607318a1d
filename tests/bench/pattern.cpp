// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "pattern.h"

#include <cstring>

namespace Sidewire::Bench {

Pattern::Pattern(int blocks)
    : m_bytes(static_cast<std::size_t>(blocks * BlockSize))
{
    // A linear congruential generator, restarted in each block. Its top bits are as good as random.
    for (std::size_t block = 0; block < m_bytes.size(); block += BlockSize) {
        std::uint32_t state = 1;
        for (std::size_t i = 0; i < BlockSize; ++i) {
            state = state * 1664525U + 1013904223U;
            m_bytes[block + i] = static_cast<char>(state >> 24);
        }
    }
}

const char *Pattern::from(std::uint64_t first)
{
    for (std::size_t block = 0; block < m_bytes.size(); block += BlockSize, ++first) {
        std::memcpy(&m_bytes[block], &first, sizeof first);
    }
    return m_bytes.data();
}

} // namespace Sidewire::Bench
