// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// checkpattern BYTES: fails unless standard input is exactly so many bytes of the pattern.

#include "loopback.h"
#include "pattern.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

using namespace Sidewire::Bench;

int main(int argc, char **argv)
{
    const std::int64_t total = numberArgument(argc, argv, 1, "checkpattern BYTES");
    Pattern pattern(64);
    std::vector<char> buffer(static_cast<std::size_t>(pattern.size()));

    for (std::int64_t seen = 0; seen < total; seen += pattern.size()) {
        const auto size = static_cast<std::size_t>(std::min(pattern.size(), total - seen));
        const std::size_t got = std::fread(buffer.data(), 1, size, stdin);
        const char *expected = pattern.from(static_cast<std::uint64_t>(seen / Pattern::BlockSize));
        if (got != size || std::memcmp(buffer.data(), expected, size) != 0) {
            std::fprintf(stderr, "differs after %lld bytes\n", static_cast<long long>(seen));
            return 1;
        }
    }
    if (std::fgetc(stdin) != EOF) {
        std::fprintf(stderr, "goes on after %lld bytes\n", static_cast<long long>(total));
        return 1;
    }
    return 0;
}
