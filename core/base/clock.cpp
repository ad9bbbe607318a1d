// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "clock.h"

#include <chrono>

#if defined(Q_OS_LINUX)
#include <time.h>
#endif

namespace Sidewire::Clock {

namespace {

qint64 wallClock()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

qint64 forwardClock()
{
#if defined(Q_OS_LINUX)
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return static_cast<qint64>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
#else
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
#endif
}

qint64 anchor()
{
    static const qint64 value = wallClock() - forwardClock();
    return value;
}

} // namespace

qint64 now()
{
    return anchor() + forwardClock();
}

qint64 wallClockStep()
{
    return wallClock() - now();
}

} // namespace Sidewire::Clock
