// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// Preloaded into a program under AddressSanitizer: keeps the bytes that are allocated and not yet freed in the file
// SOAK_LIVE_BYTES.PID, a number that is renewed each second. RssAnon cannot tell them from what the sanitizer keeps
// itself: shadow memory, red zones, a quarantine, the stacks of allocations.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <unistd.h>

extern "C" std::size_t __sanitizer_get_current_allocated_bytes();

namespace {

[[noreturn]] void tell(const std::string &path)
{
    std::FILE *file = std::fopen(path.c_str(), "w");
    for (;;) {
        if (file) {
            // Always of the same length, so that no reader sees a part
            std::fprintf(file, "%20zu\n", __sanitizer_get_current_allocated_bytes());
            std::rewind(file); // Writes
        }
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
}

[[gnu::constructor]] void begin()
{
    if (const char *prefix = std::getenv("SOAK_LIVE_BYTES")) {
        std::thread(tell, std::string(prefix) + '.' + std::to_string(getpid())).detach();
    }
}

} // namespace
