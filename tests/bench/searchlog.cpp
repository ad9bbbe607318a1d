// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// searchlog LOG text|regex PATTERN: opens a log, searches it as the window does, prints the seconds of the search, the
// number of hits and the seconds of all cores together.

#include "loopback.h"
#include "watchedlog.h"

#include "core/search/logsearch.h"

#include <cstdio>
#include <cstring>
#include <ctime>
#include <unistd.h>

using namespace Sidewire;

namespace {

void find(const QString &path, SearchQuery::Mode mode, const QString &pattern)
{
    Bench::WatchedLog log(path);
    log->waitUntilCaughtUp();
    ::sync(); // Cutting has left gigabytes of rows that are still to be written

    SearchQuery query;
    query.text = pattern;
    query.mode = mode;
    query.isCaseSensitive = true;
    const std::clock_t cpuStart = std::clock();
    const Bench::Stopwatch watch;
    const auto created = LogSearch::create(log.get(), query);
    if (!created) {
        Bench::fail(created.error().detail);
    }
    LogSearch &search = **created;
    search.update();
    while (!search.isUpToDate()) {
        log.waitForRing();
        search.update();
        if (const QString error = search.error(); !error.isEmpty()) {
            Bench::fail(error);
        }
    }
    const double cpu = static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC;
    std::printf("%.4f %lld %.4f\n", watch.seconds(), static_cast<long long>(search.count()), cpu);
}

} // namespace

int main(int argc, char **argv)
{
    const auto argument = [argv](int index) {
        return QString::fromLocal8Bit(argv[index]);
    };
    if (argc != 4) {
        Bench::fail(QStringLiteral("searchlog LOG text|regex PATTERN"));
    }
    const bool isRegex = std::strcmp(argv[2], "regex") == 0;
    find(argument(1), isRegex ? SearchQuery::Mode::Regex : SearchQuery::Mode::Text, argument(3));
    return 0;
}
