// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/timeformat.h"

#include <QTest>

using namespace Sidewire;

class tst_TimeFormat final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { TestSupport::failOnWarnings(); }
    void writesEachStyle_data();
    void writesEachStyle();
    void leavesNothingOutOfTheFullTime();
    void writesDurations_data();
    void writesDurations();
};

void tst_TimeFormat::initTestCase()
{
    qputenv("TZ", "UTC-1");
}

void tst_TimeFormat::writesEachStyle_data()
{
    QTest::addColumn<int>("style");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QString>("text");

    QTest::newRow("absolute") << int(TimeStyle::Absolute) << 6 << QStringLiteral("13:46:40.012345");
    QTest::newRow("absolute, short") << int(TimeStyle::Absolute) << 3 << QStringLiteral("13:46:40.012");
    QTest::newRow("relative") << int(TimeStyle::Relative) << 6 << QStringLiteral("60.012345");
    QTest::newRow("delta") << int(TimeStyle::Delta) << 6 << QStringLiteral("+0.002000");
    QTest::newRow("delta, short") << int(TimeStyle::Delta) << 3 << QStringLiteral("+0.002");
}

void tst_TimeFormat::writesEachStyle()
{
    QFETCH(int, style);
    QFETCH(int, decimals);
    QFETCH(QString, text);
    const qint64 time = 1'769'863'600'012'345'678;
    const TimeFormat format{static_cast<TimeStyle>(style), 1'769'863'540'000'000'000, decimals};
    QCOMPARE(format.toString(time, time - 2'000'000), text);
    QVERIFY(text.size() <= format.width());
}

void tst_TimeFormat::leavesNothingOutOfTheFullTime()
{
    QCOMPARE(TimeFormat::full(1'769'863'600'012'345'678), QStringLiteral("2026-01-31 13:46:40.012345678 +01:00"));
}

void tst_TimeFormat::writesDurations_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");

    QTest::newRow("none") << qint64(0) << QStringLiteral("0 \u00b5s");
    QTest::newRow("microseconds") << qint64(340'400) << QStringLiteral("340 \u00b5s");
    QTest::newRow("rounds up to a millisecond") << qint64(999'600) << QStringLiteral("1.00 ms");
    QTest::newRow("milliseconds") << qint64(11'240'000) << QStringLiteral("11.2 ms");
    QTest::newRow("seconds") << qint64(2'040'000'000) << QStringLiteral("2.04 s");
    QTest::newRow("minutes") << qint64(600'000'000'000) << QStringLiteral("600 s");
}

void tst_TimeFormat::writesDurations()
{
    QFETCH(qint64, nanoseconds);
    QFETCH(QString, text);
    QCOMPARE(TimeFormat::duration(nanoseconds), text);
}

QTEST_GUILESS_MAIN(tst_TimeFormat)
#include "tst_timeformat.moc"
