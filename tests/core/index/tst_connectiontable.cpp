// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/connectiontable.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_ConnectionTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_table.reset(); }
    void tellsEachChangeOnce();
    void theOldestChangesComeFirstAndAreLimited();
    void changesThatWereNotPublishedAreNotTold();
    void aRowIsWhatTheInfoSays();

private:
    void open(quint32 number);
    void record(quint32 number, quint32 bytes);
    std::vector<quint32> changed(qsizetype limit = 100); ///< Since it was asked last

    std::unique_ptr<ConnectionTable> m_table;
    ConnectionChanges m_last;
};

void tst_ConnectionTable::init()
{
    TestSupport::failOnWarnings();
    m_table = std::make_unique<ConnectionTable>();
    m_last = {};
}

void tst_ConnectionTable::open(quint32 number)
{
    Event event;
    event.type = EventType::Opened;
    event.time = number + 1;
    event.connection = ConnectionId{number};
    m_table->addEvent(event);
}

void tst_ConnectionTable::record(quint32 number, quint32 bytes)
{
    CaptureRecord record;
    record.connection = ConnectionId{number};
    record.length = bytes;
    QVERIFY(m_table->addRecord(record));
}

std::vector<quint32> tst_ConnectionTable::changed(qsizetype limit)
{
    m_last = m_table->changedSince(m_last.generation, limit);
    std::vector<quint32> numbers;
    for (const ConnectionRow &row : m_last.rows) {
        numbers.push_back(toNumber(row.id));
    }
    return numbers;
}

void tst_ConnectionTable::tellsEachChangeOnce()
{
    QCOMPARE(changed(), std::vector<quint32>());
    for (const quint32 number : {0u, 1u, 2u}) {
        open(number);
    }
    m_table->publish();
    QCOMPARE(changed(), (std::vector<quint32>{0, 1, 2}));
    QCOMPARE(changed(), std::vector<quint32>());

    record(1, 5);
    record(1, 6);
    m_table->publish();
    QCOMPARE(changed(), (std::vector<quint32>{1}));
    QCOMPARE(m_last.rows.front().bytes[indexOf(Direction::In)], 11);
    m_table->setMessages(ConnectionId{2}, {{3, 4}, 1});
    QCOMPARE(changed(), (std::vector<quint32>{2}));
    QCOMPARE(m_last.rows.front().messages, (std::array<qint64, DirectionCount>{3, 4}));
    QCOMPARE(m_last.rows.front().violations, 1);
    QCOMPARE(changed(), std::vector<quint32>());
}

void tst_ConnectionTable::theOldestChangesComeFirstAndAreLimited()
{
    for (quint32 number = 0; number < 5; ++number) {
        open(number);
    }
    m_table->publish();
    record(0, 1);
    m_table->publish();
    QCOMPARE(changed(2), (std::vector<quint32>{1, 2}));
    QVERIFY(m_last.hasMore);
    record(2, 1); // Seen already, and changed again
    m_table->publish();
    QCOMPARE(changed(2), (std::vector<quint32>{3, 4}));
    QCOMPARE(changed(2), (std::vector<quint32>{0, 2}));
    QVERIFY(!m_last.hasMore);
}

void tst_ConnectionTable::changesThatWereNotPublishedAreNotTold()
{
    open(0);
    m_table->publish();
    changed();
    record(0, 1);
    QCOMPARE(changed(), std::vector<quint32>());
    m_table->publish();
    QCOMPARE(changed(), (std::vector<quint32>{0}));
}

void tst_ConnectionTable::aRowIsWhatTheInfoSays()
{
    open(0);
    Event asked;
    asked.type = EventType::UpgradeRequested;
    asked.connection = ConnectionId{0};
    asked.data = {{QStringLiteral("path"), QStringLiteral("/chat")},
                  {QStringLiteral("origin"), QStringLiteral("https://here")},
                  {QStringLiteral("waiting"), true}};
    m_table->addEvent(asked);
    m_table->publish();
    changed();
    const ConnectionRow &row = m_last.rows.front();
    QCOMPARE(row.path, QStringLiteral("/chat"));
    QCOMPARE(row.origin, QStringLiteral("https://here"));
    QVERIFY(row.isUpgradeWaiting);
    QCOMPARE(row.openedAt, 1);
    QVERIFY(!row.isOver());
}

QTEST_GUILESS_MAIN(tst_ConnectionTable)
#include "tst_connectiontable.moc"
