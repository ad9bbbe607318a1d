// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/models/pausetimer.h"

#include <QSignalSpy>
#include <QTest>

using namespace Sidewire;

class tst_PauseTimer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void oneChangeIsFollowedInALaterTurn();
    void manyChangesAreFollowedOnce();
    void nothingComesAfterStop();
};

void tst_PauseTimer::oneChangeIsFollowedInALaterTurn()
{
    PauseTimer timer;
    QSignalSpy paused(&timer, &PauseTimer::paused);
    timer.start();
    QCOMPARE(paused.count(), 0);
    QVERIFY(timer.isActive());
    QTRY_COMPARE(paused.count(), 1);
    QVERIFY(!timer.isActive());
}

void tst_PauseTimer::manyChangesAreFollowedOnce()
{
    PauseTimer timer;
    QSignalSpy paused(&timer, &PauseTimer::paused);
    for (int step = 0; step < 100; ++step) {
        timer.start();
    }
    QTRY_COMPARE(paused.count(), 1);
    QVERIFY(!timer.isActive());
}

void tst_PauseTimer::nothingComesAfterStop()
{
    PauseTimer timer;
    PauseTimer other;
    QSignalSpy paused(&timer, &PauseTimer::paused);
    QSignalSpy later(&other, &PauseTimer::paused);
    timer.start();
    timer.stop();
    other.start();
    QTRY_COMPARE(later.count(), 1);
    QCOMPARE(paused.count(), 0);
}

QTEST_MAIN(tst_PauseTimer)
#include "tst_pausetimer.moc"
