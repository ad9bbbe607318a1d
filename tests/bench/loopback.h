// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace Sidewire::Bench {

/// The number in argument `index`; without it the program ends with `usage`.
std::int64_t numberArgument(int argc, char **argv, int index, const char *usage);

/// Ends the program with the name of the call that failed unless `result` is at least 0. Gives `result` back.
int check(std::int64_t result, const char *call);

/// Listens on a free port of 127.0.0.1, prints the port as a line, and waits for one client.
int acceptOne();

/// A TCP or UDP socket (`type`) that is connected to a port of 127.0.0.1.
int connectTo(int type, std::int64_t port);

/// Sends all of it, however often the kernel must be asked. False when the peer has gone.
bool sendAll(int descriptor, const char *data, std::size_t size);

/// Reads and throws away until the peer ends the stream.
void discardAll(int descriptor);

class Stopwatch
{
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace Sidewire::Bench
