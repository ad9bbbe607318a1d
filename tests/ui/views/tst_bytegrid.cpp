// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/bytegrid.h"

#include <QTest>
#include <QtMath>

using namespace Sidewire;
using Width = RecordLayout::Width;

class tst_ByteGrid final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void takesTheWidestThatFits_data();
    void takesTheWidestThatFits();
    void findsEachByteUnderItsOwnCells();
    void clampsToTheLine();
};

void tst_ByteGrid::takesTheWidestThatFits_data()
{
    QTest::addColumn<int>("pixels");
    QTest::addColumn<int>("bytes");

    const auto pixels = [](Width width) {
        return qCeil(ByteGrid{width, 8, 7.25}.endX()) + ByteGrid::Margin;
    };
    QTest::newRow("nothing fits") << 10 << 8;
    QTest::newRow("one pixel short of 16") << pixels(Width::Bytes16) - 1 << 8;
    QTest::newRow("16") << pixels(Width::Bytes16) << 16;
    QTest::newRow("one pixel short of 32") << pixels(Width::Bytes32) - 1 << 16;
    QTest::newRow("32") << pixels(Width::Bytes32) << 32;
    QTest::newRow("a very wide screen") << 10000 << 32;
}

void tst_ByteGrid::takesTheWidestThatFits()
{
    QFETCH(int, pixels);
    QFETCH(int, bytes);
    QCOMPARE(ByteGrid::fitting(pixels, 7.25, 8).bytes(), bytes);
}

void tst_ByteGrid::findsEachByteUnderItsOwnCells()
{
    for (const Width width : {Width::Bytes8, Width::Bytes16, Width::Bytes32}) {
        const ByteGrid grid{width, 8, 7.25};
        for (int byte = 0; byte < grid.bytes(); ++byte) {
            QCOMPARE(grid.byteAt(grid.hexX(byte) + 1), byte);
            QCOMPARE(grid.byteAt(grid.hexX(byte) + 2 * grid.cell - 1), byte);
            QCOMPARE(grid.byteAt(grid.textX(byte) + grid.cell / 2), byte);
        }
    }
}

void tst_ByteGrid::clampsToTheLine()
{
    const ByteGrid grid{Width::Bytes16, 8, 7.25};
    QCOMPARE(grid.byteAt(-100), 0);
    QCOMPARE(grid.byteAt(grid.offsetX()), 0);
    QCOMPARE(grid.byteAt(grid.endX() + 500), 15);
}

QTEST_GUILESS_MAIN(tst_ByteGrid)
#include "tst_bytegrid.moc"
