// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/base/clock.h"
#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QTest>

#include <atomic>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

using namespace Sidewire;
using TestSupport::LiveSession;
using TestSupport::RawPeer;

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Hour = 3600 * Second;

std::atomic<qint64> wallClockSetBy = 0; ///< Seconds

} // namespace

/// The wall clock of this process alone, which a test can set: every library here asks this function and not the one of libc.
extern "C" int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME) {
        time->tv_sec += wallClockSetBy;
    }
    return static_cast<int>(result);
}

/// What happens when somebody sets the clock of the machine.
class tst_WallClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestSupport::failOnWarnings();
        wallClockSetBy = 0;
    }
    void ourTimeGoesOnAsBefore_data();
    void ourTimeGoesOnAsBefore();
    void aLogTellsTheStepAndItsTimesNeverGoBack_data();
    void aLogTellsTheStepAndItsTimesNeverGoBack();
};

void tst_WallClock::ourTimeGoesOnAsBefore_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addRow("an hour back") << qint64(-3600);
    QTest::addRow("an hour on") << qint64(3600);
    QTest::addRow("to before 1970") << qint64(-2'000'000'000);
}

void tst_WallClock::ourTimeGoesOnAsBefore()
{
    QFETCH(const qint64, seconds);
    const qint64 before = Clock::now();
    const qint64 stepBefore = Clock::wallClockStep();
    wallClockSetBy = seconds;
    const qint64 after = Clock::now();
    QVERIFY(after >= before);
    QVERIFY(after - before < Hour / 2);
    QVERIFY(std::abs(Clock::wallClockStep() - stepBefore - seconds * Second) < Hour / 2);
}

void tst_WallClock::aLogTellsTheStepAndItsTimesNeverGoBack_data()
{
    ourTimeGoesOnAsBefore_data();
}

void tst_WallClock::aLogTellsTheStepAndItsTimesNeverGoBack()
{
    QFETCH(const qint64, seconds);
    RawPeer peer;
    Engine engine;
    LiveSession session(engine, QStringLiteral("tcp://127.0.0.1:%1").arg(peer.port()));
    QTRY_COMPARE(session.state(), QStringLiteral("open"));
    QTRY_VERIFY(peer.isConnected());
    peer.send("before");
    QTRY_COMPARE(session.stream(Direction::In), QByteArray("before"));
    QVERIFY(session.events(EventType::ClockStep).empty());

    wallClockSetBy = seconds;
    // The session looks at most once a second, and only when something moves.
    QTRY_VERIFY_WITH_TIMEOUT((peer.send("x"), !session.events(EventType::ClockStep).empty()), 30'000);
    const Event step = session.events(EventType::ClockStep).front();
    QVERIFY(std::abs(step.data.value(QStringLiteral("seconds")).toDouble() - double(seconds)) < 60);

    wallClockSetBy = 0; // And back again
    QTRY_COMPARE_WITH_TIMEOUT((peer.send("y"), session.events(EventType::ClockStep).size()), std::size_t(2), 30'000);

    session.log().waitUntilCaughtUp();
    qint64 last = 0;
    for (qint64 record = 0; record < session.log().records().count(); ++record) {
        const qint64 time = session.log().records().at(record).time;
        QVERIFY(time >= last);
        QVERIFY(std::abs(time - Clock::now()) < Hour / 2);
        last = time;
    }
    last = 0;
    for (const Event &event : session.events()) {
        QVERIFY(event.time >= last);
        last = event.time;
    }
}

QTEST_GUILESS_MAIN(tst_WallClock)
#include "tst_wallclock.moc"
