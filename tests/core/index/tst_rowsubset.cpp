// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/connectionfilter.h"
#include "core/index/rowsubset.h"
#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"

#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::LogBuilder;

class tst_RowSubset : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void findsWhatIsThereAndWhatComes();
    void standsInOrderAndIsFoundByNumber();
    void laysOutTheRecordsThatAreLeft();
    void ringsWhenItHasSomething();
    void whatNobodyHoldsIsGone();
    void filtersByConnection();
};

namespace {

ConnectionFilter only(std::initializer_list<quint32> numbers)
{
    std::vector<ConnectionId> ids;
    for (const quint32 number : numbers) {
        ids.push_back(ConnectionId{number});
    }
    return ConnectionFilter(ids);
}

std::shared_ptr<RecordSubset> recordsOf(const std::shared_ptr<SessionLog> &log, const ConnectionFilter &filter)
{
    return std::make_shared<RecordSubset>(log,
                                          [filter](const RecordRow &row) { return filter.accepts(row.connection); });
}

std::shared_ptr<MessageSubset> messagesOf(const std::shared_ptr<SessionLog> &log, const ConnectionFilter &filter)
{
    return std::make_shared<MessageSubset>(log, log->messages(), MessageChoice{filter, {}});
}

std::vector<qint64> numbersOf(const RowSubset &subset)
{
    std::vector<qint64> numbers;
    for (qint64 index = 0; index < subset.count(); ++index) {
        numbers.push_back(subset.at(index));
    }
    return numbers;
}

/// Three connections that speak in turn: record n is of connection n % 3 and n + 1 bytes long.
LogBuilder inTurn(int records)
{
    LogBuilder builder;
    for (int connection = 0; connection < 3; ++connection) {
        builder.open();
    }
    for (int record = 0; record < records; ++record) {
        builder.in(QByteArray(record + 1, 'x'), ConnectionId(static_cast<quint32>(record % 3)));
    }
    return builder;
}

} // namespace

void tst_RowSubset::findsWhatIsThereAndWhatComes()
{
    LogBuilder builder = inTurn(6);
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("reads"));
    builder.publish(*log);
    const auto subset = messagesOf(log, only({1}));
    QCOMPARE(subset->count(), 0);
    QVERIFY(!subset->isUpToDate());
    subset->update();
    QTRY_VERIFY(subset->isUpToDate());
    QCOMPARE(numbersOf(*subset), (std::vector<qint64>{1, 4}));

    builder.in("of another", ConnectionId{2}).in("of it", ConnectionId{1});
    builder.publish(*log);
    subset->update();
    QTRY_COMPARE(subset->examined(), 8);
    QCOMPARE(numbersOf(*subset), (std::vector<qint64>{1, 4, 7}));
    QCOMPARE(subset->error(), QString());
}

void tst_RowSubset::standsInOrderAndIsFoundByNumber()
{
    LogBuilder builder = inTurn(300);
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("reads"));
    const auto subset = recordsOf(log, only({0, 2}));
    subset->update();
    QTRY_VERIFY(subset->isUpToDate());
    QCOMPARE(subset->count(), 200);
    for (qint64 index = 0; index < subset->count(); ++index) {
        QCOMPARE(subset->at(index), index / 2 * 3 + index % 2 * 2);
        QCOMPARE(subset->lowerBound(subset->at(index)), index);
    }
    QCOMPARE(subset->lowerBound(1), 1); // Hidden: the next one
    QCOMPARE(subset->lowerBound(300), 200);
}

void tst_RowSubset::laysOutTheRecordsThatAreLeft()
{
    LogBuilder builder = inTurn(300);
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("reads"));
    const auto subset = recordsOf(log, only({1}));
    subset->update();
    QTRY_VERIFY(subset->isUpToDate());
    constexpr auto Width = RecordLayout::Width::Bytes16;
    qint64 line = 0;
    for (qint64 index = 0; index < subset->count(); ++index) {
        QCOMPARE(subset->layout().firstLine(index, Width), line);
        QCOMPARE(subset->layout().at(line, Width).record, index);
        line += 1 + (log->records().at(subset->at(index)).length + 15) / 16;
    }
    QCOMPARE(subset->layout().lineCount(Width), line);
}

void tst_RowSubset::ringsWhenItHasSomething()
{
    LogBuilder builder = inTurn(3);
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("reads"));
    log->answerDoorbell();
    std::atomic<int> rings = 0;
    log->setDoorbell([&rings] { ++rings; });
    log->answerDoorbell();
    const int before = rings;
    const auto subset = recordsOf(log, only({1}));
    subset->update();
    QTRY_VERIFY(rings > before);
    QTRY_VERIFY(subset->isUpToDate());
    log->setDoorbell({});
}

void tst_RowSubset::whatNobodyHoldsIsGone()
{
    LogBuilder builder = inTurn(3);
    const std::shared_ptr<SessionLog> log = builder.finish(QStringLiteral("reads"));
    std::shared_ptr<RowSubset> subset = recordsOf(log, {});
    const std::weak_ptr<RowSubset> watched = subset;
    subset->update();
    subset.reset();
    QTRY_VERIFY(watched.expired());
}

void tst_RowSubset::filtersByConnection()
{
    QVERIFY(ConnectionFilter().isAll());
    QVERIFY(ConnectionFilter().accepts(ConnectionId{7}));
    const ConnectionFilter some = only({2, 5, 2});
    QVERIFY(!some.isAll());
    QCOMPARE(some.count(), 2);
    QVERIFY(some.accepts(ConnectionId{5}));
    QVERIFY(!some.accepts(ConnectionId{3}));
    QVERIFY(!some.accepts(ConnectionId{6}));
    QVERIFY(!only({}).accepts(ConnectionId{0}));
    QVERIFY(only({}) != ConnectionFilter());
}

QTEST_GUILESS_MAIN(tst_RowSubset)
#include "tst_rowsubset.moc"
