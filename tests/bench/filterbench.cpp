// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// filterbench LOG LENS FILTER...: how fast filters go through the messages of a log, as the window does it.

#include "core/index/rowsubset.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <cstdio>
#include <ctime>

using namespace Sidewire;

namespace {

void measure(const std::shared_ptr<SessionLog> &log, const char *text)
{
    const FilterExpression::Parsed parsed = FilterExpression::parse(QString::fromLocal8Bit(text));
    if (const auto *error = std::get_if<FilterError>(&parsed)) {
        std::fprintf(stderr, "%s: %s\n", text, qPrintable(error->detail));
        return;
    }
    const auto table = log->messages();
    qint64 bytes = 0;
    for (qint64 row = 0; row < table->count(); ++row) {
        bytes += table->at(row).contentLength;
    }
    const auto subset =
        std::make_shared<MessageSubset>(log, table, MessageChoice{{}, std::get<FilterExpression>(parsed)});
    QElapsedTimer timer;
    timer.start();
    const std::clock_t before = std::clock();
    subset->update();
    while (!subset->isUpToDate() && subset->error().isEmpty()) {
        QThread::usleep(200); // Nothing is measured to less than that
    }
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    const double work = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC; // What it is on an idle machine
    std::printf("%-32s %10lld of %lld messages, %6.2f s, of work %6.2f s: %6.2f million rows/s, %7.1f MiB/s\n", text,
                static_cast<long long>(subset->count()), static_cast<long long>(table->count()), seconds, work,
                static_cast<double>(table->count()) / work / 1e6, static_cast<double>(bytes) / work / (1024 * 1024));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 4) {
        std::fputs("filterbench LOG LENS FILTER...\n", stderr);
        return 1;
    }
    const auto lens = LensSpec::parse(QString::fromLocal8Bit(argv[2]));
    const auto log = lens ? SessionLog::open(QString::fromLocal8Bit(argv[1]), *lens) : lens.error();
    if (!log) {
        std::fprintf(stderr, "%s\n", qPrintable(log.error().detail));
        return 1;
    }
    (*log)->waitUntilCaughtUp();
    for (int filter = 3; filter < argc; ++filter) {
        measure(*log, argv[filter]);
    }
    return 0;
}
