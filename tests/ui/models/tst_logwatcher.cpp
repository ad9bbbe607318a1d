// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/models/logwatcher.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <chrono>

using namespace Sidewire;

class tst_LogWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void whatCameBeforeIsToldOnce();
    void manyRingsMakeOneChange();
    void whatCostsMuchComesLessOften();
    void afterTheEndNobodyIsCalled();
};

void tst_LogWatcher::whatCameBeforeIsToldOnce()
{
    TestSupport::LogBuilder builder;
    builder.open();
    builder.in("hello\n");
    LogWatcher watcher(builder.finish(QStringLiteral("lines")));
    QSignalSpy changes(&watcher, &LogWatcher::changed);
    QVERIFY(changes.wait());
    QCoreApplication::processEvents();
    QCOMPARE(changes.size(), 1);
    QVERIFY(!watcher.findChild<QTimer *>()->isActive()); // Nothing runs while nothing moves
}

void tst_LogWatcher::manyRingsMakeOneChange()
{
    TestSupport::LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    LogWatcher watcher(log);
    QSignalSpy changes(&watcher, &LogWatcher::changed);
    QVERIFY(changes.wait());
    changes.clear();
    for (int ring = 0; ring < 1000; ++ring) {
        log->ringDoorbell();
    }
    QVERIFY(changes.wait());
    QCOMPARE(changes.size(), 1);
}

void tst_LogWatcher::whatCostsMuchComesLessOften()
{
    using namespace std::chrono_literals;
    constexpr qint64 Millisecond = 1'000'000;
    constexpr qint64 Frame = LogWatcher::FrameMilliseconds * Millisecond;
    QCOMPARE(LogWatcher::rest(0, Frame), 0ms);
    QCOMPARE(LogWatcher::rest(Millisecond / 2, Frame), 0ms);
    QCOMPARE(LogWatcher::rest(3 * Millisecond, Frame), 44ms);
    QCOMPARE(LogWatcher::rest(3 * Millisecond, 60 * Millisecond), 0ms);
    QCOMPARE(LogWatcher::rest(1000 * Millisecond, Frame), 84ms); // The window goes on moving
    QCOMPARE(LogWatcher::rest(1000 * Millisecond, 1000 * Millisecond), 0ms);
}

void tst_LogWatcher::afterTheEndNobodyIsCalled()
{
    TestSupport::LogBuilder builder;
    builder.open();
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    {
        const LogWatcher watcher(log);
    }
    log->ringDoorbell();
    QCoreApplication::processEvents();
    QVERIFY(log->records().count() == 0);
}

QTEST_MAIN(tst_LogWatcher)
#include "tst_logwatcher.moc"
