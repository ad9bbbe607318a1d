// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/messagecolumns.h"

#include <QTest>

using namespace Sidewire;

namespace {

constexpr qreal Cell = 8;
constexpr MessageColumns::Needs OneConnection{4, 0, 12};

} // namespace

class tst_MessageColumns final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void noColumnRunsIntoTheNext_data();
    void noColumnRunsIntoTheNext();
    void theTimeGoesFirstThenTheReply();
    void theMinimumLeavesEnoughContent();
};

void tst_MessageColumns::noColumnRunsIntoTheNext_data()
{
    QTest::addColumn<int>("pixels");
    QTest::addColumn<int>("connectionDigits");
    QTest::addColumn<int>("timeCells");

    QTest::newRow("wide") << 1200 << 0 << 15;
    QTest::newRow("many connections") << 1200 << 4 << 15;
    QTest::newRow("at the laptop") << 530 << 0 << 12;
    QTest::newRow("narrow") << 300 << 0 << 12;
    QTest::newRow("nothing") << 0 << 0 << 12;
}

void tst_MessageColumns::noColumnRunsIntoTheNext()
{
    QFETCH(int, pixels);
    QFETCH(int, connectionDigits);
    QFETCH(int, timeCells);
    const MessageColumns at = MessageColumns::fitting(pixels, Cell, {4, connectionDigits, timeCells});
    QVERIFY(at.numberEnd >= MessageColumns::Margin + 4 * Cell);
    QVERIFY(at.connection >= at.numberEnd);
    QVERIFY(at.time >= at.connection + (connectionDigits > 0 ? connectionDigits + 2 : 0) * Cell);
    QVERIFY(at.arrow >= at.time + (at.hasTime ? timeCells : 0) * Cell);
    QVERIFY(at.kind >= at.arrow + 2 * Cell);
    QVERIFY(at.lengthEnd >= at.kind + 15 * Cell); // "response" and "9999999"
    QVERIFY(at.content > at.lengthEnd);
}

void tst_MessageColumns::theTimeGoesFirstThenTheReply()
{
    int changes = 0;
    MessageColumns before = MessageColumns::fitting(1200, Cell, OneConnection);
    QVERIFY(before.hasTime);
    QVERIFY(before.hasReply);
    for (int pixels = 1199; pixels > 0; --pixels) {
        const MessageColumns at = MessageColumns::fitting(pixels, Cell, OneConnection);
        QVERIFY(!at.hasTime || at.hasReply);
        if (at.hasReply) {
            QVERIFY(at.end - at.content >= MessageColumns::MinContentCells * Cell);
        }
        changes += at.hasTime != before.hasTime || at.hasReply != before.hasReply;
        before = at;
    }
    QCOMPARE(changes, 2);
}

void tst_MessageColumns::theMinimumLeavesEnoughContent()
{
    const int pixels = MessageColumns::minimumWidth(Cell);
    QVERIFY(MessageColumns::fitting(pixels, Cell, {3, 0, 12}).hasReply);
    QVERIFY(!MessageColumns::fitting(pixels - 1, Cell, {3, 0, 12}).hasReply);
}

QTEST_GUILESS_MAIN(tst_MessageColumns)
#include "tst_messagecolumns.moc"
