// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/messagetable.h"
#include "core/index/unfinishedmessages.h"
#include "tests/support/testsupport.h"

#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;

class tst_MessageTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void findsTheFirstThatEndsAtARecord();
    void findsMessagesThatWereNumberedLate();
    void aPingInsideAMessageIsFoundFirst();
    void unfinishedMessagesAreInOrderAndLimited();
};

namespace {

Message message(qint64 firstRecord, qint64 lastRecord, qint64 begin, qint64 end)
{
    Message message;
    message.firstRecord = firstRecord;
    message.lastRecord = lastRecord;
    message.begin = begin;
    message.end = end;
    return message;
}

qint64 naiveFirst(const MessageTable &table, qint64 record)
{
    qint64 row = 0;
    while (row < table.count() && table.at(row).lastRecord < record) {
        ++row;
    }
    return row;
}

Position position(qint64 offset)
{
    return {ConnectionId(0), Direction::In, offset};
}

} // namespace

void tst_MessageTable::findsTheFirstThatEndsAtARecord()
{
    MessageTable table{LensSpec{}};
    QCOMPARE(table.firstEndingAtOrAfter(0), 0);
    for (qint64 row = 0; row < 1000; ++row) {
        const qint64 record = row / 3 * 2; // Three messages a record, and records without any
        QVERIFY(table.append(message(record, record, row * 10, row * 10 + 10)));
    }
    QVERIFY(table.publish(700, {}, {}));
    for (qint64 record = -1; record < 700; ++record) {
        QCOMPARE(table.firstEndingAtOrAfter(record), naiveFirst(table, record));
    }
    QCOMPARE(table.find(position(125), table.at(12).lastRecord), 12);
    QCOMPARE(table.find({ConnectionId(1), Direction::In, 125}, table.at(12).lastRecord), -1);
    QCOMPARE(table.find({ConnectionId(0), Direction::Out, 125}, table.at(12).lastRecord), -1);
    QCOMPARE(table.find(position(99'999), 690), -1);
}

void tst_MessageTable::findsMessagesThatWereNumberedLate()
{
    // What never ended is numbered when its connection closes: its last record is far behind its neighbours'.
    MessageTable table{LensSpec{}};
    for (qint64 row = 0; row < 500; ++row) {
        const bool isLate = row % 70 == 69;
        const qint64 record = isLate ? row / 2 : row + 10;
        QVERIFY(table.append(isLate ? message(record, record, 1'000'000 + row, 1'000'001 + row)
                                    : message(record, record, row * 10, row * 10 + 10)));
    }
    QVERIFY(table.publish(600, {}, {}));
    for (qint64 record = -1; record < 600; ++record) {
        QCOMPARE(table.firstEndingAtOrAfter(record), naiveFirst(table, record));
    }
    QCOMPARE(table.find(position(1'000'209), 209 / 2), 209);
}

void tst_MessageTable::aPingInsideAMessageIsFoundFirst()
{
    MessageTable table{LensSpec{}};
    QVERIFY(table.append(message(1, 1, 20, 26))); // Between two fragments
    QVERIFY(table.append(message(0, 2, 0, 50)));
    QVERIFY(table.publish(3, {}, {}));
    QCOMPARE(table.find(position(22), 1), 0);
    QCOMPARE(table.find(position(19), 0), 1);
    QCOMPARE(table.find(position(30), 1), 1);
    QCOMPARE(table.find(position(30), 2), 1);
}

void tst_MessageTable::unfinishedMessagesAreInOrderAndLimited()
{
    UnfinishedMessages unfinished;
    for (quint32 connection = 0; connection < 100; ++connection) {
        unfinished.set(ConnectionId(connection), Direction::In, message(0, 200 - connection, 0, 1));
    }
    unfinished.set(ConnectionId(0), Direction::In, std::nullopt);
    unfinished.set(ConnectionId(99), Direction::In, message(0, 300, 0, 1)); // Went on

    const std::vector<Message> newest = unfinished.newest(3);
    QCOMPARE(newest.size(), std::size_t(3));
    QCOMPARE(newest[0].lastRecord, 198);
    QCOMPARE(newest[1].lastRecord, 199);
    QCOMPARE(newest[2].lastRecord, 300);
    QCOMPARE(toNumber(newest[2].connection), 99u);
    QCOMPARE(unfinished.newest(1000).size(), std::size_t(99));
}

QTEST_GUILESS_MAIN(tst_MessageTable)
#include "tst_messagetable.moc"
