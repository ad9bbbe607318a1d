// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/types.h"
#include "tests/support/testsupport.h"

#include <QTest>

#include <chrono>
#include <memory>

using namespace Sidewire;

/// Result, the clock, and positions.
class tst_Base : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void aResultIsAValueOrAnError();
    void aResultCanBeMovedOutOf();
    void theClockNeverRunsBackwards();
    void theClockTellsTheTimeOfDay();
    void spansAreHalfOpen();
    void positionsAreOrdered();
};

void tst_Base::aResultIsAValueOrAnError()
{
    const Result<int> good = 5;
    QVERIFY(good && good.has_value());
    QCOMPARE(*good, 5);
    const Result<int> bad = Error{Error::Code::Timeout, QStringLiteral("too late")};
    QVERIFY(!bad);
    QCOMPARE(bad.error().detail, QStringLiteral("too late"));
    QVERIFY(Result<void>().has_value());
    QVERIFY(Result<void>(Error{}).error() == Error{});
}

void tst_Base::aResultCanBeMovedOutOf()
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> value = std::move(result).value();
    QCOMPARE(*value, 7);
}

void tst_Base::theClockNeverRunsBackwards()
{
    qint64 last = Clock::now();
    for (int i = 0; i < 100'000; ++i) {
        const qint64 now = Clock::now();
        QVERIFY(now >= last);
        last = now;
    }
}

void tst_Base::theClockTellsTheTimeOfDay()
{
    constexpr qint64 Hour = 3'600'000'000'000;
    const qint64 wall =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    QVERIFY(std::abs(Clock::now() + Clock::wallClockStep() - wall) < Hour);
}

void tst_Base::spansAreHalfOpen()
{
    const ByteSpan span{2, 5};
    QCOMPARE(span.size(), 3);
    QVERIFY(!span.contains(1) && span.contains(2) && span.contains(4) && !span.contains(5));
    QVERIFY(span.overlaps({4, 9}) && span.overlaps({0, 3}) && !span.overlaps({5, 9}) && !span.overlaps({0, 2}));
}

void tst_Base::positionsAreOrdered()
{
    const Position first{ConnectionId(0), Direction::Out, 9};
    const Position second{ConnectionId(1), Direction::In, 0};
    QVERIFY(first < second);
    QVERIFY((first < Position{ConnectionId(0), Direction::Out, 10}));
    QVERIFY(opposite(Direction::In) == Direction::Out && opposite(Direction::Out) == Direction::In);
}

QTEST_GUILESS_MAIN(tst_Base)
#include "tst_base.moc"
