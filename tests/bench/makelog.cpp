// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// makelog FILE RECORDS: a log with so many datagrams of 64 bytes, as a session would have written it.

#include "loopback.h"

#include "core/base/clock.h"
#include "core/capture/capturewriter.h"

#include <QJsonObject>

#include <array>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <mutex>

using namespace Sidewire;

namespace {

/// Lets the program wait until the writer has room again.
class Room
{
public:
    void signal()
    {
        const std::lock_guard lock(m_mutex);
        m_isThere = true;
        m_changed.notify_one();
    }

    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isThere; });
        m_isThere = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isThere = false;
};

} // namespace

int main(int argc, char **argv)
{
    const char *usage = "makelog FILE RECORDS";
    const qint64 count = Bench::numberArgument(argc, argv, 2, usage);
    Room room;
    auto writer = CaptureWriter::create(
        QString::fromLocal8Bit(argv[1]),
        {.application = QStringLiteral("makelog"), .target = QStringLiteral("udp://127.0.0.1:9"), .options = {}});
    if (!writer) {
        std::fprintf(stderr, "%s\n", qPrintable(writer.error().detail));
        return 1;
    }
    CaptureWriter &log = *writer.value();
    log.setRoomAgainCallback([&room] { room.signal(); });

    const ConnectionId connection{0};
    const Endpoint local{QHostAddress::LocalHost, 40000};
    const Endpoint peer{QHostAddress::LocalHost, 9};
    qint64 time = Clock::now();
    log.appendEvent({.time = time,
                     .type = EventType::Opened,
                     .connection = connection,
                     .message = QStringLiteral("opened"),
                     .data = {{QStringLiteral("transport"), QStringLiteral("udp")},
                              {QStringLiteral("role"), QStringLiteral("client")},
                              {QStringLiteral("local"), local.toString()},
                              {QStringLiteral("peer"), peer.toString()}}});
    log.openFlow(connection, Transport::Udp, Direction::Out, local, peer, time);

    std::array<char, 64> datagram{};
    for (qint64 number = 0; number < count; ++number) {
        std::memcpy(datagram.data(), &number, sizeof number);
        time += 1000;
        while (!log.append(connection, Direction::In, QByteArrayView(datagram.data(), datagram.size()), time)) {
            room.wait();
        }
    }
    return 0;
}
