// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// wsping PORT COUNT: sends a WebSocket text message of 32 bytes, waits for its echo, so many times, and prints the median
// of the round trips in microseconds.

#include "loopback.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <vector>

using namespace Sidewire::Bench;

namespace {

constexpr std::size_t PayloadSize = 32;

void upgrade(int server, std::int64_t port)
{
    const std::string request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port)
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: c2lkZXdpcmUgYmVuY2ggIQ==\r\n"
          "Sec-WebSocket-Version: 13\r\n\r\n";
    sendAll(server, request.data(), request.size());
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n") && recv(server, &byte, 1, 0) == 1) {
        head += byte;
    }
    if (!head.starts_with("HTTP/1.1 101 ")) {
        std::fprintf(stderr, "no upgrade: %s\n", head.c_str());
        std::exit(1);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const char *usage = "wsping PORT COUNT";
    const std::int64_t port = numberArgument(argc, argv, 1, usage);
    const std::int64_t count = numberArgument(argc, argv, 2, usage);
    const int server = connectTo(SOCK_STREAM, port);
    const int on = 1;
    check(setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
    upgrade(server, port);

    // A mask of zeros is legal and leaves the payload as it is.
    std::array<char, 6 + PayloadSize> question{'\x81', static_cast<char>(0x80 | PayloadSize)};
    std::array<char, 2 + PayloadSize> answer{};
    std::vector<double> seconds;
    for (std::int64_t number = 0; number < count; ++number) {
        std::snprintf(&question[6], PayloadSize, "%0*lld", static_cast<int>(PayloadSize) - 1,
                      static_cast<long long>(number));
        question.back() = '!';
        const Stopwatch watch;
        sendAll(server, question.data(), question.size());
        const ssize_t got = recv(server, answer.data(), answer.size(), MSG_WAITALL);
        seconds.push_back(watch.seconds());
        if (got != static_cast<ssize_t>(answer.size()) || std::memcmp(&answer[2], &question[6], PayloadSize) != 0) {
            std::fprintf(stderr, "round trip %lld brought something else back\n", static_cast<long long>(number));
            return 1;
        }
    }
    std::nth_element(seconds.begin(), seconds.begin() + count / 2, seconds.end());
    std::printf("%.2f\n", 1e6 * seconds[static_cast<std::size_t>(count / 2)]);
    return 0;
}
