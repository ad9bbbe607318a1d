// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// manyclients PORT CLIENTS MESSAGES: connects so many clients, sends so many numbered lines of 32 bytes on each, in turns and
// as fast as they are taken, ends the streams, and prints how long it took until the listener had closed all of them.

#include "loopback.h"

#include <cstdio>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace Sidewire::Bench;

namespace {

constexpr std::size_t LineLength = 32;

void raiseOpenFileLimit()
{
    rlimit limit{};
    check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

} // namespace

int main(int argc, char **argv)
{
    const char *usage = "manyclients PORT CLIENTS MESSAGES";
    const std::int64_t port = numberArgument(argc, argv, 1, usage);
    const std::int64_t clients = numberArgument(argc, argv, 2, usage);
    const std::int64_t messages = numberArgument(argc, argv, 3, usage);
    raiseOpenFileLimit();

    const Stopwatch watch;
    std::vector<int> sockets;
    for (std::int64_t client = 0; client < clients; ++client) {
        sockets.push_back(connectTo(SOCK_STREAM, port));
    }
    for (std::int64_t message = 0; message < messages; ++message) {
        for (const int socket : sockets) {
            char line[LineLength + 1];
            std::snprintf(line, sizeof line, "message %0*lld\n", static_cast<int>(LineLength) - 9,
                          static_cast<long long>(message));
            if (!sendAll(socket, line, LineLength)) {
                std::fprintf(stderr, "a client was closed before message %lld\n", static_cast<long long>(message));
                return 1;
            }
        }
    }
    for (const int socket : sockets) {
        check(shutdown(socket, SHUT_WR), "shutdown");
    }
    for (const int socket : sockets) {
        discardAll(socket);
        close(socket);
    }
    std::printf("%.6f\n", watch.seconds());
    return 0;
}
