// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// udpcount: prints its port, then counts datagrams with a bare recv loop until none came for a second.

#include "loopback.h"

#include <arpa/inet.h>
#include <array>
#include <cstdio>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

int main()
{
    using namespace Sidewire::Bench;
    const int descriptor = check(socket(AF_INET, SOCK_DGRAM, 0), "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    check(bind(descriptor, reinterpret_cast<const sockaddr *>(&address), length), "bind");
    check(getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);

    std::array<char, 65536> buffer;
    long long count = 0;
    while (recv(descriptor, buffer.data(), buffer.size(), 0) >= 0) {
        if (count++ == 0) {
            const timeval patience{1, 0};
            check(setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), "setsockopt");
        }
    }
    std::printf("%lld\n", count);
    return 0;
}
