// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/rowsubset.h"
#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"

#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::LogBuilder;

class tst_MessageSubset : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void findsByContent();
    void countsTheMatchesOfEachConnection();
    void countsOncePerMessage();
    void judgesUnfinishedMessagesByTheirRow();
};

namespace {

constexpr int Connections = 3;

FilterExpression parsed(const char *text)
{
    return std::get<FilterExpression>(FilterExpression::parse(QString::fromLatin1(text)));
}

/// Line n is of connection n % 3 and says its number.
LogBuilder inTurn(int lines)
{
    LogBuilder builder;
    for (int connection = 0; connection < Connections; ++connection) {
        builder.open();
    }
    for (int line = 0; line < lines; ++line) {
        builder.in("line " + QByteArray::number(line) + '\n', ConnectionId(static_cast<quint32>(line % Connections)));
    }
    return builder;
}

std::shared_ptr<MessageSubset> found(const std::shared_ptr<SessionLog> &log, const MessageChoice &choice,
                                     const MatchCounts &counted = {})
{
    auto subset = std::make_shared<MessageSubset>(log, log->messages(), choice, counted);
    subset->update();
    [&] {
        QTRY_VERIFY(subset->isUpToDate());
    }();
    return subset;
}

} // namespace

void tst_MessageSubset::findsByContent()
{
    LogBuilder builder = inTurn(10'000);
    const auto log = builder.finish(QStringLiteral("lines"));
    const auto subset = found(log, {{}, parsed("/ 77$/ or \"line 9999\"")});
    QCOMPARE(subset->count(), 2);
    QCOMPARE(subset->at(0), 77);
    QCOMPARE(subset->at(1), 9999);
    QCOMPARE(subset->error(), QString());
    QCOMPARE(found(log, {ConnectionFilter({ConnectionId{1}}), parsed("len=6")})->count(), 3); // 1, 4 and 7
}

void tst_MessageSubset::countsTheMatchesOfEachConnection()
{
    LogBuilder builder = inTurn(30);
    const std::shared_ptr<SessionLog> log = builder.follow(QStringLiteral("lines"));
    builder.publish(*log);
    const MessageChoice choice{ConnectionFilter({ConnectionId{1}}), parsed("len=6")}; // "line 0" to "line 9"
    const auto subset = found(log, choice);
    QCOMPARE(subset->count(), 3);
    QCOMPARE(subset->matches().byConnection, (std::vector<qint64>{4, 3, 3})); // Also of those that are not shown
    QCOMPARE(subset->matches().total, 10);
    QCOMPARE(subset->matches().of(ConnectionId{7}), 0);

    builder.in("line X\n", ConnectionId{2}).in("line Y\n", ConnectionId{1}).in("longer\n\n", ConnectionId{2});
    builder.publish(*log);
    subset->update();
    QTRY_VERIFY(subset->isUpToDate());
    QCOMPARE(subset->matches().byConnection, (std::vector<qint64>{4, 4, 5}));
}

void tst_MessageSubset::countsOncePerMessage()
{
    LogBuilder builder = inTurn(30);
    const auto log = builder.finish(QStringLiteral("lines"));
    const FilterExpression expression = parsed("len=6");
    const auto all = found(log, {{}, expression});
    const auto some = found(log, {ConnectionFilter({ConnectionId{2}}), expression}, all->matches());
    QCOMPARE(some->count(), 3);
    QCOMPARE(some->matches().byConnection, all->matches().byConnection);

    MatchCounts half;
    half.examined = 3;
    half.total = 3;
    half.byConnection = {1, 1, 1};
    QCOMPARE(found(log, {{}, expression}, half)->matches().byConnection, all->matches().byConnection);
}

void tst_MessageSubset::judgesUnfinishedMessagesByTheirRow()
{
    Message message;
    message.connection = ConnectionId{1};
    QVERIFY((MessageChoice{{}, parsed("unfinished in")}).acceptsUnfinished(message));
    QVERIFY(!(MessageChoice{{}, parsed("out")}).acceptsUnfinished(message));
    QVERIFY(!(MessageChoice{{}, parsed("n>=0")}).acceptsUnfinished(message)); // It has no number
    QVERIFY(!(MessageChoice{{}, parsed("in not \"x\"")}).acceptsUnfinished(message)); // Nobody knows yet
    QVERIFY(!(MessageChoice{ConnectionFilter({ConnectionId{0}}), {}}).acceptsUnfinished(message));
    QVERIFY((MessageChoice{ConnectionFilter({ConnectionId{1}}), {}}).acceptsUnfinished(message));
}

QTEST_GUILESS_MAIN(tst_MessageSubset)
#include "tst_messagesubset.moc"
