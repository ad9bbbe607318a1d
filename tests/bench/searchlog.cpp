// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// searchlog make RAW LOG: a log of one TCP connection that has read the bytes of a file, as a session would have written it.
// searchlog find LOG text|regex PATTERN: opens it, searches it as the window does, prints the seconds of the search, the
// number of hits and the seconds of all cores together.

#include "core/base/clock.h"
#include "core/capture/capturewriter.h"
#include "core/index/sessionlog.h"
#include "core/search/logsearch.h"

#include <QFile>
#include <QJsonObject>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <mutex>

using namespace Sidewire;

namespace {

/// Lets one thread wait until another has something for it.
class Signal
{
public:
    void ring()
    {
        const std::lock_guard lock(m_mutex);
        m_hasRung = true;
        m_changed.notify_one();
    }

    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_hasRung; });
        m_hasRung = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_hasRung = false;
};

int fail(const QString &text)
{
    std::fprintf(stderr, "%s\n", qPrintable(text));
    return 1;
}

int make(const QString &raw, const QString &path)
{
    QFile source(raw);
    if (!source.open(QIODevice::ReadOnly)) {
        return fail(source.errorString());
    }
    Signal room; // Outlives the writer, whose thread rings it
    auto writer = CaptureWriter::create(
        path,
        {.application = QStringLiteral("searchlog"), .target = QStringLiteral("tcp://127.0.0.1:9"), .options = {}});
    if (!writer) {
        return fail(writer.error().detail);
    }
    CaptureWriter &log = *writer.value();
    log.setRoomAgainCallback([&room] { room.ring(); });
    const ConnectionId connection{0};
    const Endpoint local{QHostAddress::LocalHost, 40000};
    const Endpoint peer{QHostAddress::LocalHost, 9};
    qint64 time = Clock::now();
    log.appendEvent({.time = time,
                     .type = EventType::Opened,
                     .connection = connection,
                     .message = QStringLiteral("opened"),
                     .data = {{QStringLiteral("transport"), QStringLiteral("tcp")},
                              {QStringLiteral("role"), QStringLiteral("client")},
                              {QStringLiteral("local"), local.toString()},
                              {QStringLiteral("peer"), peer.toString()}}});
    log.openFlow(connection, Transport::Tcp, Direction::Out, local, peer, time);
    QByteArray bytes(CaptureWriter::MaxTcpPayload, Qt::Uninitialized);
    for (qint64 size = source.read(bytes.data(), bytes.size()); size > 0;
         size = source.read(bytes.data(), bytes.size())) {
        time += 1000;
        while (!log.append(connection, Direction::In, QByteArrayView(bytes).first(size), time)) {
            log.flush();
            if (!log.hasRoom()) {
                room.wait();
            }
        }
    }
    return 0;
}

int find(const QString &path, SearchQuery::Mode mode, const QString &pattern)
{
    const auto opened = SessionLog::open(path);
    if (!opened) {
        return fail(opened.error().detail);
    }
    SessionLog &log = **opened;
    log.waitUntilCaughtUp();
    Signal bell;
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
    if (argc == 4 && std::strcmp(argv[1], "make") == 0) {
        return make(argument(2), argument(3));
    }
    if (argc == 5 && std::strcmp(argv[1], "find") == 0) {
        const bool isRegex = std::strcmp(argv[3], "regex") == 0;
        return find(argument(2), isRegex ? SearchQuery::Mode::Regex : SearchQuery::Mode::Text, argument(4));
    }
    return fail(QStringLiteral("searchlog make RAW LOG | searchlog find LOG text|regex PATTERN"));
}
