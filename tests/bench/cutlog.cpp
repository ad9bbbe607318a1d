// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// cutlog LOG FROM TO: opens a log with one lens and cuts it with another as the window does, prints the seconds of that,
// those of all cores together and the number of messages.

#include "loopback.h"
#include "wakeup.h"

#include "core/index/sessionlog.h"

#include <cstdio>
#include <ctime>

using namespace Sidewire;

namespace {

int fail(const QString &text)
{
    std::fprintf(stderr, "%s\n", qPrintable(text));
    return 1;
}

int cut(const QString &path, const LensSpec &from, const LensSpec &to)
{
    const auto opened = SessionLog::open(path, from);
    if (!opened) {
        return fail(opened.error().detail);
    }
    SessionLog &log = **opened;
    log.waitUntilCaughtUp();
    Bench::WakeUp bell;
    log.setDoorbell([&bell] { bell.ring(); });

    const std::clock_t cpuStart = std::clock();
    const Bench::Stopwatch watch;
    log.setLens(to);
    while (log.messages()->lens() != to) {
        if (const QString error = log.indexError(); !error.isEmpty()) {
            return fail(error);
        }
        bell.wait();
        log.answerDoorbell();
    }
    const double cpu = static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC;
    std::printf("%.4f %.4f %lld\n", watch.seconds(), cpu, static_cast<long long>(log.messages()->count()));
    log.setDoorbell({});
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4) {
        return fail(QStringLiteral("cutlog LOG FROM TO"));
    }
    const auto from = LensSpec::parse(QString::fromLocal8Bit(argv[2]));
    const auto to = LensSpec::parse(QString::fromLocal8Bit(argv[3]));
    if (!from || !to) {
        return fail((from ? to : from).error().detail);
    }
    return cut(QString::fromLocal8Bit(argv[1]), *from, *to);
}
