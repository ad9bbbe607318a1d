// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/mergedmessages.h"
#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

#include <array>

using namespace Sidewire;
using TestSupport::LogBuilder;

namespace {

constexpr qint64 Start = 1'769'860'000'000'000'000; // As the builder begins
constexpr qint64 Millisecond = 1'000'000;

std::shared_ptr<MergedMessages> merge(const std::vector<std::shared_ptr<SessionLog>> &logs)
{
    std::vector<MergedMessages::Source> sources;
    for (const auto &log : logs) {
        sources.push_back({log, log->messages()});
    }
    return std::make_shared<MergedMessages>(std::move(sources));
}

/// "0:0 1:0 0:1": the rows as source and number.
QString rowsOf(const MergedMessages &merged)
{
    QStringList rows;
    for (qint64 row = 0; row < merged.count(); ++row) {
        rows += QStringLiteral("%1:%2").arg(merged.at(row).source).arg(merged.at(row).number);
    }
    return rows.join(u' ');
}

} // namespace

class tst_MergedMessages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void knowsWhatComesFirst_data();
    void knowsWhatComesFirst();
    void standsInTheOrderOfTime();
    void ofEqualTimesTheFirstSessionComesFirst();
    void isTheSortedSumOfItsParts();
    void waitsForASessionThatRuns();
    void followsWhatComes();
    void findsRowsByTimeAndByMessage();
    void whatNobodyHoldsIsGone();
};

void tst_MergedMessages::knowsWhatComesFirst_data()
{
    QTest::addColumn<QList<QList<qint64>>>("heads"); // {time} or {-1, horizon}
    QTest::addColumn<int>("first");
    QTest::newRow("nothing") << QList<QList<qint64>>{} << -1;
    QTest::newRow("one") << QList<QList<qint64>>{{5}} << 0;
    QTest::newRow("the earlier one") << QList<QList<qint64>>{{5}, {4}, {6}} << 1;
    QTest::newRow("of equal ones the first") << QList<QList<qint64>>{{6}, {5}, {5}} << 1;
    QTest::newRow("waits") << QList<QList<qint64>>{{5}, {-1, 4}} << -1;
    QTest::newRow("waits no longer") << QList<QList<qint64>>{{5}, {-1, 5}} << 0;
    QTest::newRow("waits for any") << QList<QList<qint64>>{{5}, {-1, 9}, {-1, 3}} << -1;
    QTest::newRow("nobody has any") << QList<QList<qint64>>{{-1, 9}, {-1, 3}} << -1;
}

void tst_MergedMessages::knowsWhatComesFirst()
{
    QFETCH(const QList<QList<qint64>>, heads);
    QFETCH(const int, first);
    std::vector<MergeHead> given;
    for (const QList<qint64> &head : heads) {
        given.push_back(head.size() == 1 ? MergeHead{true, head[0], 0} : MergeHead{false, 0, head[1]});
    }
    QCOMPARE(firstInTime(given), first);
}

void tst_MergedMessages::standsInTheOrderOfTime()
{
    LogBuilder one;
    one.open();
    one.out("a").wait(10 * Millisecond).in("b"); // at 1 ms and at 12 ms
    LogBuilder other;
    other.open();
    other.wait(3 * Millisecond).out("c").in("d").wait(20 * Millisecond).in("e"); // at 4, 5 and 26 ms
    const auto merged = merge({one.finish(QStringLiteral("reads")), other.finish(QStringLiteral("reads"))});
    merged->update(0);
    QTRY_COMPARE(rowsOf(*merged), QStringLiteral("0:0 1:0 1:1 0:1 1:2"));
    QCOMPARE(merged->at(3).time, Start + 12 * Millisecond);
    QCOMPARE(merged->messageAt(3).time, merged->at(3).time);
    QVERIFY(!merged->isWaiting());
}

void tst_MergedMessages::ofEqualTimesTheFirstSessionComesFirst()
{
    std::vector<std::shared_ptr<SessionLog>> logs;
    for (int i = 0; i < 3; ++i) {
        LogBuilder builder;
        builder.open();
        logs.push_back(builder.out("x").in("y").finish(QStringLiteral("reads")));
    }
    const auto merged = merge(logs);
    merged->update(0);
    QTRY_COMPARE(rowsOf(*merged), QStringLiteral("0:0 1:0 2:0 0:1 1:1 2:1"));
}

void tst_MergedMessages::isTheSortedSumOfItsParts()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    std::vector<std::shared_ptr<SessionLog>> logs;
    qint64 all = 0;
    for (int i = 0; i < 4; ++i) {
        LogBuilder builder;
        builder.open();
        const int records = random.bounded(30'000);
        for (int record = 0; record < records; ++record) {
            builder.wait(random.bounded(3) * Millisecond).in("x");
        }
        all += records;
        logs.push_back(builder.finish(QStringLiteral("reads")));
    }
    const auto merged = merge(logs);
    merged->update(0);
    QTRY_COMPARE(merged->count(), all);
    std::array<qint64, 4> next{};
    qint64 time = 0;
    for (qint64 row = 0; row < all; ++row) {
        const MergedMessages::Row &its = merged->at(row);
        QCOMPARE(its.number, next[its.source]++);
        QVERIFY(its.time >= time);
        time = its.time;
    }
}

void tst_MergedMessages::waitsForASessionThatRuns()
{
    LogBuilder ended;
    ended.open();
    LogBuilder running;
    running.open();
    const auto endedLog = ended.wait(50 * Millisecond).in("late").finish(QStringLiteral("reads"));
    const auto runningLog = running.follow(QStringLiteral("reads"));
    running.out("early");
    running.publish(*runningLog);

    const auto merged = merge({endedLog, runningLog});
    merged->update(Start + 51 * Millisecond); // The running one may still give something from before
    QTRY_COMPARE(rowsOf(*merged), QStringLiteral("1:0"));
    QTRY_VERIFY(merged->isWaiting());
    merged->update(Start + 51 * Millisecond + MergedMessages::Grace);
    QTRY_COMPARE(rowsOf(*merged), QStringLiteral("1:0 0:0"));
    QTRY_VERIFY(!merged->isWaiting());
}

void tst_MergedMessages::followsWhatComes()
{
    LogBuilder one;
    one.open();
    LogBuilder other;
    other.open();
    const auto oneLog = one.follow(QStringLiteral("reads"));
    const auto otherLog = other.follow(QStringLiteral("reads"));
    const auto merged = merge({oneLog, otherLog});
    constexpr qint64 Later = Start + 3600 * 1000 * Millisecond;
    for (int turn = 0; turn < 20; ++turn) {
        one.wait(Millisecond).in("1");
        one.publish(*oneLog);
        // Again and again, as the doorbells of the logs do it: the other one may not have been looked at yet.
        QTRY_COMPARE((merged->update(Later), merged->count()), 2 * turn + 1);
        other.wait(Millisecond).in("2");
        other.publish(*otherLog);
        QTRY_COMPARE((merged->update(Later), merged->count()), 2 * turn + 2);
    }
}

void tst_MergedMessages::findsRowsByTimeAndByMessage()
{
    LogBuilder one;
    one.open();
    LogBuilder other;
    other.open();
    one.in("a").in("b").in("c");
    other.wait(500'000).in("d").in("e").in("f");
    const auto merged = merge({one.finish(QStringLiteral("reads")), other.finish(QStringLiteral("reads"))});
    merged->update(0);
    QTRY_COMPARE(rowsOf(*merged), QStringLiteral("0:0 1:0 0:1 1:1 0:2 1:2"));
    QCOMPARE(merged->rowAtOrAfter(0), 0);
    QCOMPARE(merged->rowAtOrAfter(merged->at(3).time), 3);
    QCOMPARE(merged->rowAtOrAfter(merged->at(3).time + 1), 4);
    QCOMPARE(merged->rowAtOrAfter(merged->at(5).time + 1), 6);
    for (qint64 row = 0; row < merged->count(); ++row) {
        QCOMPARE(merged->rowOf(merged->at(row).source, merged->at(row).number), row);
    }
    QCOMPARE(merged->rowOf(0, 99), 6);
}

void tst_MergedMessages::whatNobodyHoldsIsGone()
{
    LogBuilder builder;
    builder.open();
    const auto log = builder.in("x").finish(QStringLiteral("reads"));
    auto merged = merge({log, log});
    const std::weak_ptr<MergedMessages> weak = merged;
    merged->update(0);
    merged.reset();
    QTRY_VERIFY(weak.expired());
}

QTEST_GUILESS_MAIN(tst_MergedMessages)
#include "tst_mergedmessages.moc"
