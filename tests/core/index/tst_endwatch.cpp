// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/endwatch.h"
#include "core/index/rowsubset.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogScript;

class tst_EndWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void tellsTheFirstMessageOfWhatEnded();
    void takesTheEarliestOfSeveral();
    void renewsAFilterFromThereOn();
    void renewsAllWhereNotAllConnectionsAreWanted();
};

namespace {

using Numbers = std::vector<qint64>;

/// Three WebSocket connections, each with two heads (messages 0 to 5), that then say something in turn (6 to 8).
struct Script
{
    Script()
    {
        for (int number = 0; number < 3; ++number) {
            const ConnectionId id = script.open();
            script.out(id, TestSupport::upgradeRequest());
            script.in(id, TestSupport::upgradeResponse());
            script.event(EventType::Upgraded, id,
                         {{QStringLiteral("status"), 101}, {QStringLiteral("accepted"), true}});
        }
        for (quint32 number = 0; number < 3; ++number) {
            script.in(ConnectionId{number}, FrameBuilder::text("x").toWire());
        }
        log = SessionLog::create(script.file(), LensSpec::parse(QStringLiteral("websocket")).value()).value();
        publish();
    }

    void publish()
    {
        script.flush();
        log->waitUntilCaughtUp();
    }

    LogScript script{QStringLiteral("ws://127.0.0.1:9001/")};
    std::shared_ptr<SessionLog> log;
};

FilterExpression parsed(const char *text)
{
    return std::get<FilterExpression>(FilterExpression::parse(QString::fromLatin1(text)));
}

void finish(const std::shared_ptr<MessageSubset> &subset)
{
    subset->update();
    QTRY_VERIFY(subset->isUpToDate());
}

Numbers numbersOf(const MessageSubset &subset)
{
    Numbers numbers;
    for (qint64 index = 0; index < subset.count(); ++index) {
        numbers.push_back(subset.at(index));
    }
    return numbers;
}

} // namespace

void tst_EndWatch::tellsTheFirstMessageOfWhatEnded()
{
    Script made;
    made.script.close(ConnectionId{0});
    made.publish();
    EndWatch watch(made.log);
    QVERIFY(!watch.firstChanged(*made.log->messages())); // What had ended before

    made.script.close(ConnectionId{1});
    made.publish();
    QCOMPARE(watch.firstChanged(*made.log->messages()), std::optional<qint64>(2));
    QVERIFY(!watch.firstChanged(*made.log->messages()));

    made.script.event(EventType::CloseFrame, ConnectionId{2},
                      {{QStringLiteral("direction"), QStringLiteral("in")}, {QStringLiteral("code"), 1000}});
    made.script.close(ConnectionId{2});
    made.publish();
    QVERIFY(!watch.firstChanged(*made.log->messages()));
}

void tst_EndWatch::takesTheEarliestOfSeveral()
{
    Script made;
    EndWatch watch(made.log);
    made.script.close(ConnectionId{2});
    made.script.close(ConnectionId{1});
    made.publish();
    QCOMPARE(watch.firstChanged(*made.log->messages()), std::optional<qint64>(2));
}

void tst_EndWatch::renewsAFilterFromThereOn()
{
    Script made;
    made.script.close(ConnectionId{0});
    made.publish();
    const MessageChoice choice{{}, parsed("code:1006")};
    auto subset = std::make_shared<MessageSubset>(made.log, made.log->messages(), choice);
    finish(subset);
    QCOMPARE(numbersOf(*subset), (Numbers{0, 1, 6}));
    made.script.close(ConnectionId{2});
    made.publish();

    const auto renewed = MessageSubset::renewed(subset, 4);
    finish(renewed);
    QCOMPARE(numbersOf(*renewed), (Numbers{0, 1, 4, 5, 6, 8}));
    QCOMPARE(renewed->matches().byConnection, (Numbers{3, 0, 3}));
    QCOMPARE(renewed->matches().total, 6);
    // What was looked at before is not looked at again.
    const auto late = MessageSubset::renewed(subset, 6);
    finish(late);
    QCOMPARE(numbersOf(*late), (Numbers{0, 1, 6, 8}));
    // Nor is more taken over than was looked at.
    const auto unasked = std::make_shared<MessageSubset>(made.log, made.log->messages(), choice);
    const auto whole = MessageSubset::renewed(unasked, 6);
    finish(whole);
    QCOMPARE(numbersOf(*whole), numbersOf(*renewed));
}

void tst_EndWatch::renewsAllWhereNotAllConnectionsAreWanted()
{
    Script made;
    const MessageChoice choice{ConnectionFilter({ConnectionId{2}}), parsed("code:1006")};
    auto subset = std::make_shared<MessageSubset>(made.log, made.log->messages(), choice);
    finish(subset);
    QCOMPARE(subset->count(), 0);
    made.script.close(ConnectionId{1});
    made.script.close(ConnectionId{2});
    made.publish();
    const auto renewed = MessageSubset::renewed(subset, 2);
    finish(renewed);
    QCOMPARE(numbersOf(*renewed), (Numbers{4, 5, 8}));
    QCOMPARE(renewed->matches().byConnection, (Numbers{0, 3, 3})); // Also of those that are not shown
}

QTEST_GUILESS_MAIN(tst_EndWatch)
#include "tst_endwatch.moc"
