// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// searchlog LOG text|regex PATTERN: opens a log, searches it as the window does, prints the seconds of the search, the
// number of hits and the seconds of all cores together.

#include "wakeup.h"

#include "core/index/sessionlog.h"
#include "core/search/logsearch.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>

using namespace Sidewire;

namespace {

int fail(const QString &text)
{
    std::fprintf(stderr, "%s\n", qPrintable(text));
    return 1;
}

int find(const QString &path, SearchQuery::Mode mode, const QString &pattern)
{
    const auto opened = SessionLog::open(path);
    if (!opened) {
        return fail(opened.error().detail);
    }
    SessionLog &log = **opened;
    log.waitUntilCaughtUp();
    Bench::WakeUp bell;
    log.setDoorbell([&bell] { bell.ring(); });

    SearchQuery query;
    query.text = pattern;
    query.mode = mode;
    query.isCaseSensitive = true;
    const std::clock_t cpuStart = std::clock();
    const auto start = std::chrono::steady_clock::now();
    const auto search = LogSearch::create(*opened, query);
    if (!search) {
        return fail(search.error().detail);
    }
    while (!(*search)->isUpToDate()) {
        log.answerDoorbell();
        (*search)->update();
        if (const QString error = (*search)->error(); !error.isEmpty()) {
            return fail(error);
        }
        if (!(*search)->isUpToDate()) {
            bell.wait();
        }
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    const double cpu = static_cast<double>(std::clock() - cpuStart) / CLOCKS_PER_SEC;
    std::printf("%.4f %lld %.4f\n", seconds.count(), static_cast<long long>((*search)->count()), cpu);
    log.setDoorbell({});
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const auto argument = [argv](int index) {
        return QString::fromLocal8Bit(argv[index]);
    };
    if (argc == 4) {
        const bool isRegex = std::strcmp(argv[2], "regex") == 0;
        return find(argument(1), isRegex ? SearchQuery::Mode::Regex : SearchQuery::Mode::Text, argument(3));
    }
    return fail(QStringLiteral("searchlog LOG text|regex PATTERN"));
}
