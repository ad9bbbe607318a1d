// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// openlog LOG: opens a log as the window does, prints the seconds until there are records and messages to show, until all
// records are in the table and until all messages are; then those of all cores together until the last two.

#include "loopback.h"
#include "watchedlog.h"

#include <cstdio>
#include <ctime>

using namespace Sidewire;

namespace {

double work()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void open(const QString &path)
{
    const Bench::Stopwatch watch;
    Bench::WatchedLog log(path);
    double first = 0;
    double records = 0;
    double recordsWork = 0;
    while (true) {
        const SessionLog::Progress progress = log->progress();
        if (first == 0 && log->messages()->count() > 0) {
            first = watch.seconds();
        }
        if (records == 0 && progress.position == progress.size) {
            records = watch.seconds();
            recordsWork = work();
        }
        if (progress.isComplete) {
            break;
        }
        log.waitForRing();
    }
    std::printf("%.4f %.4f %.4f %.4f %.4f\n", first, records, watch.seconds(), recordsWork, work());
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        Bench::fail(QStringLiteral("openlog LOG"));
    }
    open(QString::fromLocal8Bit(argv[1]));
    return 0;
}
