// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "loopback.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace Sidewire::Bench {

namespace {

sockaddr_in loopback(std::int64_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

std::int64_t numberArgument(int argc, char **argv, int index, const char *usage)
{
    if (index >= argc) {
        std::fprintf(stderr, "usage: %s\n", usage);
        std::exit(1);
    }
    return std::atoll(argv[index]);
}

int check(std::int64_t result, const char *call)
{
    if (result < 0) {
        std::perror(call);
        std::exit(1);
    }
    return static_cast<int>(result);
}

int acceptOne()
{
    const int listener = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    check(bind(listener, reinterpret_cast<const sockaddr *>(&address), length), "bind");
    check(listen(listener, 1), "listen");
    check(getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    std::printf("%d\n", ntohs(address.sin_port));
    std::fflush(stdout);

    const int client = check(accept(listener, nullptr, nullptr), "accept");
    const int on = 1;
    check(setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
    close(listener);
    return client;
}

int connectTo(int type, std::int64_t port)
{
    const int descriptor = check(socket(AF_INET, type, 0), "socket");
    const sockaddr_in address = loopback(port);
    check(connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address), "connect");
    return descriptor;
}

bool sendAll(int descriptor, const char *data, std::size_t size)
{
    while (size > 0) {
        const ssize_t sent = send(descriptor, data, size, MSG_NOSIGNAL);
        if (sent < 0) {
            return false;
        }
        data += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

void discardAll(int descriptor)
{
    std::vector<char> buffer(65536);
    while (recv(descriptor, buffer.data(), buffer.size(), 0) > 0) {}
}

} // namespace Sidewire::Bench
