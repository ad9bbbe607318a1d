// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// udpflood PORT RATE SECONDS: sends 64-byte datagrams, each with its number, so many a second, and prints how many.

#include "loopback.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <sys/socket.h>
#include <time.h>

using namespace Sidewire::Bench;

namespace {

constexpr int BatchSize = 64;
constexpr timespec Pause{0, 100'000}; // Between batches that are due: short, so that the flow is even

} // namespace

int main(int argc, char **argv)
{
    const char *usage = "udpflood PORT RATE SECONDS";
    const int descriptor = connectTo(SOCK_DGRAM, numberArgument(argc, argv, 1, usage));
    const std::int64_t rate = numberArgument(argc, argv, 2, usage);
    const std::int64_t total = rate * numberArgument(argc, argv, 3, usage);

    std::array<std::array<char, 64>, BatchSize> datagrams{};
    std::array<iovec, BatchSize> parts{};
    std::array<mmsghdr, BatchSize> messages{};
    for (std::size_t i = 0; i < BatchSize; ++i) {
        parts[i] = {datagrams[i].data(), datagrams[i].size()};
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }

    const Stopwatch watch;
    std::int64_t sent = 0;
    while (sent < total) {
        const auto due = std::min(total, static_cast<std::int64_t>(watch.seconds() * static_cast<double>(rate)));
        if (sent >= due) {
            nanosleep(&Pause, nullptr);
            continue;
        }
        const auto count = static_cast<unsigned>(std::min<std::int64_t>(due - sent, BatchSize));
        for (unsigned i = 0; i < count; ++i) {
            const std::int64_t number = sent + i;
            std::memcpy(datagrams[i].data(), &number, sizeof number);
        }
        sent += check(sendmmsg(descriptor, messages.data(), count, 0), "sendmmsg");
    }
    std::printf("%lld\n", static_cast<long long>(sent));
    return 0;
}
