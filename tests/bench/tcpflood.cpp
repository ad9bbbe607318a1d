// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// tcpflood BYTES: prints its port, sends so many bytes of the pattern to the first client as fast as that takes them, and
// prints how long it took until the client closed.

#include "loopback.h"
#include "pattern.h"

#include <algorithm>
#include <cstdio>
#include <sys/socket.h>

using namespace Sidewire::Bench;

int main(int argc, char **argv)
{
    const std::int64_t total = numberArgument(argc, argv, 1, "tcpflood BYTES");
    Pattern pattern(64);

    const int client = acceptOne();
    const Stopwatch watch;
    for (std::int64_t sent = 0; sent < total; sent += pattern.size()) {
        const std::int64_t size = std::min(pattern.size(), total - sent);
        const char *bytes = pattern.from(static_cast<std::uint64_t>(sent / Pattern::BlockSize));
        if (!sendAll(client, bytes, static_cast<std::size_t>(size))) {
            std::fprintf(stderr, "the client left after %lld bytes\n", static_cast<long long>(sent));
            return 1;
        }
    }
    check(shutdown(client, SHUT_WR), "shutdown");
    discardAll(client);
    std::printf("%.6f\n", watch.seconds());
    return 0;
}
