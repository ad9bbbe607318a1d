// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/recordlayout.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;

class tst_RecordLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void anEmptyLogHasNoLines();
    void agreesWithCounting_data();
    void agreesWithCounting();
};

void tst_RecordLayout::anEmptyLogHasNoLines()
{
    AppendTable<RecordRow> records;
    const RecordLayout layout(records);
    QCOMPARE(layout.lineCount(RecordLayout::Width::Bytes16), 0);
    QCOMPARE(layout.firstLine(0, RecordLayout::Width::Bytes16), 0);
    QCOMPARE(layout.at(0, RecordLayout::Width::Bytes16).record, -1);
    QCOMPARE(layout.at(-1, RecordLayout::Width::Bytes16).record, -1);
}

void tst_RecordLayout::agreesWithCounting_data()
{
    QTest::addColumn<int>("count");
    // Around the stretches of 64 records between checkpoints.
    for (const int count : {1, 2, 63, 64, 65, 127, 128, 129, 1000}) {
        QTest::addRow("%d records", count) << count;
    }
}

void tst_RecordLayout::agreesWithCounting()
{
    QFETCH(int, count);
    AppendTable<RecordRow> records;
    RecordLayout layout(records);
    QRandomGenerator random(1234);
    std::vector<quint32> lengths;
    for (int record = 0; record < count; ++record) {
        RecordRow row;
        row.length = record % 7 == 0 ? quint32(record % 3) * 16 : random.bounded(100u); // 0, 16 and 32 are edges
        lengths.push_back(row.length);
        QVERIFY(records.append(row));
        QVERIFY(layout.append(row.length));
        QVERIFY(layout.publish());
        QVERIFY(records.publish());
    }

    for (const auto width : {RecordLayout::Width::Bytes8, RecordLayout::Width::Bytes16, RecordLayout::Width::Bytes32}) {
        const int perLine = RecordLayout::bytesPerLine(width);
        qint64 line = 0;
        for (int record = 0; record < count; ++record) {
            QCOMPARE(layout.firstLine(record, width), line);
            const qint64 lines = 1 + (lengths[std::size_t(record)] + perLine - 1) / perLine;
            for (qint64 within = 0; within < lines; ++within, ++line) {
                const RecordLayout::Place place = layout.at(line, width);
                QCOMPARE(place.record, record);
                QCOMPARE(place.line, within);
            }
        }
        QCOMPARE(layout.lineCount(width), line);
        QCOMPARE(layout.firstLine(count, width), line);
        QCOMPARE(layout.at(line, width).record, -1);
    }
}

QTEST_GUILESS_MAIN(tst_RecordLayout)
#include "tst_recordlayout.moc"
