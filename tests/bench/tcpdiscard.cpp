// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// tcpdiscard PORT: a bare loop that reads and throws away.

#include "loopback.h"

#include <sys/socket.h>

int main(int argc, char **argv)
{
    using namespace Sidewire::Bench;
    discardAll(connectTo(SOCK_STREAM, numberArgument(argc, argv, 1, "tcpdiscard PORT")));
    return 0;
}
