// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "currentthread.h"

#include <QtGlobal>

#if defined(Q_OS_LINUX)
#include <algorithm>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace Sidewire::CurrentThread {

#if defined(Q_OS_LINUX)

namespace {

constexpr int NicerBy = 5; // Than the first thread, which is as nice as whoever started the program wants
constexpr int Nicest = 19;

} // namespace

void setName(const char *name)
{
    ::prctl(PR_SET_NAME, name);
}

void giveWay()
{
    // On Linux a thread has a nice value of its own.
    const int nice = std::min(::getpriority(PRIO_PROCESS, static_cast<id_t>(::getpid())) + NicerBy, Nicest);
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), nice);
}

void takeIdleTime()
{
    const sched_param none{};
    if (::sched_setscheduler(0, SCHED_IDLE, &none) != 0) { // Of this thread alone, on Linux
        giveWay();
    }
}

#else

void setName(const char *)
{}

void giveWay()
{}

void takeIdleTime()
{}

#endif

} // namespace Sidewire::CurrentThread
