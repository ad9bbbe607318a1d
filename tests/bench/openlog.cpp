// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// openlog LOG: opens a log as the window does, prints the seconds until there are records and messages to show, until all
// records are in the table and until all messages are; then those of all cores together until the last two.

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

double work()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

int open(const QString &path)
{
    Bench::WakeUp bell;
    const Bench::Stopwatch watch;
    const auto opened = SessionLog::open(path);
    if (!opened) {
        return fail(opened.error().detail);
    }
    SessionLog &log = **opened;
    log.setDoorbell([&bell] { bell.ring(); });
    double first = 0;
    double records = 0;
    double recordsWork = 0;
    while (true) {
        log.answerDoorbell();
        const SessionLog::Progress progress = log.progress();
        if (first == 0 && log.messages()->count() > 0) {
            first = watch.seconds();
        }
        if (records == 0 && progress.position == progress.size) {
            records = watch.seconds();
            recordsWork = work();
        }
        if (progress.isComplete) {
            break;
        }
        if (const QString error = log.indexError(); !error.isEmpty()) {
            return fail(error);
        }
        bell.wait();
    }
    const double messages = watch.seconds();
    std::printf("%.4f %.4f %.4f %.4f %.4f\n", first, records, messages, recordsWork, work());
    log.setDoorbell({});
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    return argc == 2 ? open(QString::fromLocal8Bit(argv[1])) : fail(QStringLiteral("openlog LOG"));
}
