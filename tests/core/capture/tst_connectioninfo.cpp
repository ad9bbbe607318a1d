// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/connectioninfo.h"
#include "tests/support/testsupport.h"

#include <QJsonArray>
#include <QTest>

using namespace Sidewire;

namespace {

constexpr ConnectionId Id{3};

Event made(EventType type, qint64 time, const QJsonObject &data = {})
{
    Event event;
    event.type = type;
    event.time = time;
    event.connection = Id;
    event.data = data;
    return event;
}

QJsonObject object(const char *json)
{
    return Event::fromJson(QByteArray(json), {}, {}).value().data;
}

ConnectionInfo applied(const std::vector<Event> &events)
{
    ConnectionInfo info;
    info.id = Id;
    for (const Event &each : events) {
        info.apply(each);
    }
    return info;
}

} // namespace

class tst_ConnectionInfo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void takesWhoAndWhere();
    void followsThePhases_data();
    void followsThePhases();
    void timesThePhases();
    void listsAddressesAndAttempts();
    void followsEachDirection();
    void tellsHowItEnded();
    void tellsOfUdpAndWebSocket();
    void leavesOtherConnectionsAlone();
    void boundsWhatALogCanMakeItKeep();
};

void tst_ConnectionInfo::takesWhoAndWhere()
{
    ConnectionInfo info =
        applied({made(EventType::Opened, 5,
                      object(R"({"time":0,"transport":"udp","role":"server","local":"[::1]:7","host":"example"})"))});
    QVERIFY(info.transport == Transport::Udp);
    QVERIFY(info.isServerSide);
    QCOMPARE(info.host, QStringLiteral("example"));
    QCOMPARE(info.local.toString(), QStringLiteral("[::1]:7"));
    QVERIFY(info.peer.isNull());
    QCOMPARE(info.openedAt, 5);
    info.apply(made(EventType::Endpoints, 6, object(R"({"time":0,"local":"[::1]:8","peer":"[::1]:9"})")));
    QCOMPARE(info.local.port, 8);
    QCOMPARE(info.peer.port, 9);
}

void tst_ConnectionInfo::followsThePhases_data()
{
    QTest::addColumn<QString>("phase");
    QTest::addColumn<int>("state");
    QTest::newRow("resolve") << "resolve" << int(ConnectionState::Resolving);
    QTest::newRow("tcp") << "tcp" << int(ConnectionState::Connecting);
    QTest::newRow("tls") << "tls" << int(ConnectionState::Securing);
    QTest::newRow("upgrade") << "upgrade" << int(ConnectionState::Upgrading);
    QTest::newRow("open") << "open" << int(ConnectionState::Open);
    QTest::newRow("closing") << "closing" << int(ConnectionState::Closing);
    QTest::newRow("unknown") << "lunch" << int(ConnectionState::New);
}

void tst_ConnectionInfo::followsThePhases()
{
    QFETCH(QString, phase);
    QFETCH(int, state);
    const ConnectionInfo info = applied({made(EventType::PhaseStarted, 1, {{QStringLiteral("phase"), phase}})});
    QCOMPARE(int(info.state), state);
    QCOMPARE(info.phases.front().name, phase);
}

void tst_ConnectionInfo::timesThePhases()
{
    const ConnectionInfo info = applied({
        made(EventType::PhaseStarted, 1'000'000, object(R"({"time":0,"phase":"tcp"})")),
        made(EventType::PhaseEnded, 4'000'000,
             object(R"({"time":0,"phase":"tcp","ms":3,"result":"failed","detail":"why"})")),
        made(EventType::PhaseEnded, 9'000'000, object(R"({"time":0,"phase":"resolve","ms":2.5,"result":"ok"})")),
        made(EventType::PhaseEnded, 9'000'000, object(R"({"time":0,"phase":"tls","ms":1e300})")),
        made(EventType::PhaseStarted, 10'000'000, object(R"({"time":0,"phase":"open"})")),
    });
    QCOMPARE(info.phases.size(), 4u);
    QCOMPARE(info.phases[0].begin, 1'000'000);
    QCOMPARE(info.phases[0].end, 4'000'000);
    QVERIFY(info.phases[0].hasFailed);
    QCOMPARE(info.phases[0].detail, QStringLiteral("why"));
    QCOMPARE(info.phases[1].begin, 6'500'000); // Its beginning was not told
    QVERIFY(!info.phases[1].hasFailed);
    QCOMPARE(info.phases[3].end, 0);
}

void tst_ConnectionInfo::listsAddressesAndAttempts()
{
    const ConnectionInfo info = applied({
        made(EventType::Resolved, 1, object(R"({"time":0,"addresses":["::1","127.0.0.1"],"ms":1})")),
        made(EventType::Attempt, 2,
             object(R"({"time":0,"address":"[::1]:80","result":"refused","ms":0.5,"detail":"no"})")),
        made(EventType::Attempt, 3, object(R"({"time":0,"address":"127.0.0.1:80","result":"connected","ms":1})")),
    });
    QCOMPARE(info.resolved, (QStringList{QStringLiteral("::1"), QStringLiteral("127.0.0.1")}));
    QCOMPARE(info.attempts.size(), 2u);
    QCOMPARE(info.attempts[0].address.toString(), QStringLiteral("[::1]:80"));
    QCOMPARE(info.attempts[0].milliseconds, 0.5);
    QCOMPARE(info.attempts[1].result, QStringLiteral("connected"));
}

void tst_ConnectionInfo::followsEachDirection()
{
    const ConnectionInfo info = applied({
        made(EventType::DirectionChanged, 1, object(R"({"time":0,"direction":"in","state":"open"})")),
        made(EventType::DirectionChanged, 1, object(R"({"time":0,"direction":"out","state":"open"})")),
        made(EventType::DirectionChanged, 2, object(R"({"time":0,"direction":"in","state":"fin"})")),
        made(EventType::DirectionChanged, 2, object(R"({"time":0,"direction":"up","state":"fin"})")),
    });
    QVERIFY(info.directions[indexOf(Direction::In)] == DirectionState::Fin);
    QVERIFY(info.directions[indexOf(Direction::Out)] == DirectionState::Open);
}

void tst_ConnectionInfo::tellsHowItEnded()
{
    const ConnectionInfo info = applied({
        made(EventType::PhaseStarted, 1, object(R"({"time":0,"phase":"open"})")),
        made(EventType::DirectionChanged, 1, object(R"({"time":0,"direction":"in","state":"open"})")),
        made(EventType::Paused, 2), made(EventType::Discarded, 2, object(R"({"time":0,"direction":"out","bytes":5})")),
        made(EventType::Discarded, 2, object(R"({"time":0,"direction":"out","bytes":7})")),
        made(EventType::Closed, 9,
             object(R"({"time":0,"state":"failed","by":"peer","how":"rst","code":"Network","error":"reset"})")),
        made(EventType::PhaseStarted, 10, object(R"({"time":0,"phase":"open"})")), // Too late to change anything
    });
    QVERIFY(info.isOver());
    QVERIFY(info.state == ConnectionState::Failed);
    QVERIFY(info.closedBy == ClosedBy::Peer);
    QCOMPARE(info.how, QStringLiteral("rst"));
    QCOMPARE(info.error, QStringLiteral("reset"));
    QCOMPARE(info.closedAt, 9);
    QCOMPARE(info.discarded, 12);
    QVERIFY(!info.isPaused);
    QCOMPARE(info.phases.front().end, 9);
    QVERIFY(info.directions[indexOf(Direction::In)] == DirectionState::Closed);
    QVERIFY(info.directions[indexOf(Direction::Out)] == DirectionState::NotOpen);
}

void tst_ConnectionInfo::tellsOfUdpAndWebSocket()
{
    const ConnectionInfo info = applied({
        made(EventType::Heard, 1),
        made(EventType::Unreachable, 1, object(R"({"time":0,"what":"port"})")),
        made(EventType::Upgraded, 1, object(R"({"time":0,"status":101,"subprotocol":"chat","extensions":"x"})")),
        made(EventType::CloseFrame, 1, object(R"({"time":0,"direction":"in","code":1000,"reason":"bye"})")),
        made(EventType::CloseFrame, 1, object(R"({"time":0,"direction":"out"})")),
    });
    QVERIFY(info.hasHeardFromPeer);
    QCOMPARE(info.unreachable, QStringLiteral("port unreachable"));
    QCOMPARE(info.httpStatus, 101);
    QCOMPARE(info.subprotocol, QStringLiteral("chat"));
    QCOMPARE(info.extensions, QStringLiteral("x"));
    QCOMPARE(info.closeCodes[indexOf(Direction::In)].value(), 1000);
    QCOMPARE(info.closeReasons[indexOf(Direction::In)], QStringLiteral("bye"));
    QCOMPARE(info.closeCodes[indexOf(Direction::Out)].value(), 1005);
}

void tst_ConnectionInfo::leavesOtherConnectionsAlone()
{
    Event other = made(EventType::Heard, 1);
    other.connection = ConnectionId(2);
    Event session = made(EventType::Heard, 1);
    session.connection.reset();
    QVERIFY(!applied({other, session}).hasHeardFromPeer);
}

void tst_ConnectionInfo::boundsWhatALogCanMakeItKeep()
{
    ConnectionInfo info;
    info.id = Id;
    for (int i = 0; i < 2000; ++i) {
        info.apply(made(EventType::PhaseStarted, i, object(R"({"time":0,"phase":"tcp"})")));
        info.apply(made(EventType::PhaseEnded, i, object(R"({"time":0,"phase":"tls"})")));
        info.apply(made(EventType::Attempt, i, object(R"({"time":0,"address":"127.0.0.1:1"})")));
    }
    QVERIFY(info.phases.size() <= 256);
    QVERIFY(info.attempts.size() <= 256);
}

QTEST_GUILESS_MAIN(tst_ConnectionInfo)
#include "tst_connectioninfo.moc"
