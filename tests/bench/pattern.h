// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <cstdint>
#include <vector>

namespace Sidewire::Bench {

/// A stream in which every byte is known: blocks of 4 KiB, each beginning with its number, the rest the same everywhere. So
/// what was lost, doubled or moved is found, and making a block costs a store of 8 bytes.
class Pattern
{
public:
    static constexpr std::int64_t BlockSize = 4096;

    /// `blocks` is how many are made at a time.
    explicit Pattern(int blocks);

    std::int64_t size() const { return static_cast<std::int64_t>(m_bytes.size()); }

    /// The bytes of the stream that begin with block number `first`; valid until the next call.
    const char *from(std::uint64_t first);

private:
    std::vector<char> m_bytes;
};

} // namespace Sidewire::Bench
