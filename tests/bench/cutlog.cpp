// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// cutlog LOG FROM TO: opens a log with one lens and cuts it with another as the window does, prints the seconds of that,
// those of all cores together and the number of messages.

#include "loopback.h"
#include "watchedlog.h"

#include <cstdio>
#include <ctime>

using namespace Sidewire;

namespace {

void cut(const QString &path, const LensSpec &from, const LensSpec &to)
{
    Bench::WatchedLog log(path, from);
    log->waitUntilCaughtUp();
    const std::clock_t cpuStart = std::clock();
    const Bench::Stopwatch watch;
    log->setLens(to);
    while (log->messages()->lens() != to) {
        log.waitForRing();
    }
    const double cpu = static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC;
    std::printf("%.4f %.4f %lld\n", watch.seconds(), cpu, static_cast<long long>(log->messages()->count()));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4) {
        Bench::fail(QStringLiteral("cutlog LOG FROM TO"));
    }
    const auto from = LensSpec::parse(QString::fromLocal8Bit(argv[2]));
    const auto to = LensSpec::parse(QString::fromLocal8Bit(argv[3]));
    if (!from || !to) {
        Bench::fail((from ? to : from).error().detail);
    }
    cut(QString::fromLocal8Bit(argv[1]), *from, *to);
    return 0;
}
