// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

const QString Soon = QStringLiteral("reconnect=10");
const QString Later = QStringLiteral("reconnect=3600000");

QString target(quint16 port)
{
    return QStringLiteral("tcp://127.0.0.1:%1").arg(port);
}

} // namespace

/// Connecting again by itself.
class tst_Reconnecting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void followsAnEndByThePeer();
    void followsThePeersFinOnceWhatIsQueuedHasLeft();
    void leavesAHalfCloseAloneWithoutTheOption();
    void followsAFailedAttemptAndCounts();
    void countsAnewAfterAConnection();
    void doesNotFollowAnEndByTheUser_data();
    void doesNotFollowAnEndByTheUser();
    void isOffByDefault();
    void isCancelledByClosing();
    void isCancelledByEnding();
    void isOvertakenByHand();
};

void tst_Reconnecting::followsAnEndByThePeer()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("tcp-listen://127.0.0.1:0"));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()), {Soon});
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_COMPARE(listener.state(), QStringLiteral("open"));
    engine.reset(listener.id(), {ConnectionId{0}});
    QTRY_COMPARE(client.state(1), QStringLiteral("open"));
    QCOMPARE(client.connection(0).how, QStringLiteral("rst"));
    QTRY_COMPARE(listener.state(1), QStringLiteral("open"));

    const Event event = client.events(EventType::Reconnecting).front();
    QVERIFY(!event.connection.has_value());
    QCOMPARE(event.data.value(QStringLiteral("delay")).toInt(), 10);
    QCOMPARE(event.data.value(QStringLiteral("attempt")).toInt(), 1);
    QCOMPARE(client.log().session().reconnectAt, 0); // It has happened
}

void tst_Reconnecting::followsThePeersFinOnceWhatIsQueuedHasLeft()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("tcp-listen://127.0.0.1:0"));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()), {Soon});
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_COMPARE(listener.state(), QStringLiteral("open"));

    // More than the kernel takes from one that is not read.
    engine.pauseReading(listener.id(), {ConnectionId{0}});
    const QByteArray much(16 * 1024 * 1024, 'x');
    engine.send(client.id(), {SendRequest::Kind::Bytes, much, 1000, {}});
    QTRY_VERIFY(client.log().live()->queued.load() > 0);
    engine.finishSending(listener.id(), {ConnectionId{0}});
    QTRY_VERIFY(client.connection().directions[indexOf(Direction::In)] == DirectionState::Fin);
    QTRY_COMPARE(client.events(EventType::Note).size(), 1u);
    QCOMPARE(client.connectionCount(), 1);
    engine.resumeReading(listener.id(), {ConnectionId{0}});
    QTRY_COMPARE(client.state(1), QStringLiteral("open"));
    QCOMPARE(client.connection(0).how, QStringLiteral("fin"));
    QVERIFY(client.connection(0).closedBy == ClosedBy::Peer);
    QTRY_COMPARE(listener.connection(0).bytes[indexOf(Direction::In)], much.size());
}

void tst_Reconnecting::leavesAHalfCloseAloneWithoutTheOption()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("tcp-listen://127.0.0.1:0"));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_COMPARE(listener.state(), QStringLiteral("open"));
    engine.finishSending(listener.id());
    QTRY_VERIFY(client.connection().directions[indexOf(Direction::In)] == DirectionState::Fin);
    engine.send(client.id(), {SendRequest::Kind::Bytes, "late", 1000, {}});
    QTRY_COMPARE(listener.stream(Direction::In), QByteArray("late"));
    QCOMPARE(client.state(), QStringLiteral("open"));
}

void tst_Reconnecting::followsAFailedAttemptAndCounts()
{
    Engine engine;
    LiveSession client(engine, target(RawPeer::unusedPort()), {Soon});
    QTRY_VERIFY(client.connectionCount() > 3);
    const std::vector<Event> events = client.events(EventType::Reconnecting);
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(client.state(quint32(i)), QStringLiteral("failed"));
        QCOMPARE(events.at(i).data.value(QStringLiteral("attempt")).toInteger(), qint64(i) + 1);
    }
}

void tst_Reconnecting::countsAnewAfterAConnection()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("tcp-listen://127.0.0.1:0"));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()), {Soon});
    for (quint32 number = 0; number < 3; ++number) {
        QTRY_COMPARE(client.state(number), QStringLiteral("open"));
        QTRY_COMPARE(listener.state(number), QStringLiteral("open"));
        engine.reset(listener.id(), {ConnectionId{number}});
    }
    QTRY_COMPARE(client.state(3), QStringLiteral("open"));
    for (const Event &event : client.events(EventType::Reconnecting)) {
        QCOMPARE(event.data.value(QStringLiteral("attempt")).toInt(), 1);
    }
}

void tst_Reconnecting::doesNotFollowAnEndByTheUser_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("close") << 0;
    QTest::newRow("reset") << 1;
    QTest::newRow("FIN") << 2;
}

void tst_Reconnecting::doesNotFollowAnEndByTheUser()
{
    QFETCH(const int, how);
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()), {Soon});
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_VERIFY(peer.isConnected());
    if (how == 0) {
        engine.close(client.id());
    } else if (how == 1) {
        engine.reset(client.id());
    } else {
        engine.finishSending(client.id());
    }
    if (how != 1) {
        QTRY_VERIFY(peer.isFinReceived()); // A FIN that crosses the user's would be an end by the peer
        peer.finishSending();
    }
    QTRY_VERIFY(client.connection().isOver());
    QVERIFY(client.events(EventType::Reconnecting).empty());
    engine.end(client.id());
    QTRY_VERIFY(client.hasEnded());
    QCOMPARE(client.connectionCount(), 1);
}

void tst_Reconnecting::isOffByDefault()
{
    Engine engine;
    LiveSession client(engine, target(RawPeer::unusedPort()));
    QTRY_VERIFY(client.connection().isOver());
    QVERIFY(client.events(EventType::Reconnecting).empty());
}

void tst_Reconnecting::isCancelledByClosing()
{
    Engine engine;
    LiveSession client(engine, target(RawPeer::unusedPort()), {Later});
    QTRY_COMPARE(client.events(EventType::Reconnecting).size(), 1u);
    QVERIFY(client.log().session().reconnectAt > 0);
    engine.close(client.id());
    QTRY_COMPARE(client.events(EventType::Reconnecting).size(), 2u);
    const Event event = client.events(EventType::Reconnecting).back();
    QVERIFY(event.data.value(QStringLiteral("cancelled")).toBool());
    QCOMPARE(event.message, QStringLiteral("Connecting again was given up"));
    QCOMPARE(client.log().session().reconnectAt, 0);
}

void tst_Reconnecting::isCancelledByEnding()
{
    Engine engine;
    LiveSession client(engine, target(RawPeer::unusedPort()), {Later});
    QTRY_COMPARE(client.events(EventType::Reconnecting).size(), 1u);
    engine.end(client.id());
    QTRY_VERIFY(client.hasEnded());
    QCOMPARE(client.events(EventType::Reconnecting).size(), 2u);
    QCOMPARE(client.connectionCount(), 1);
}

void tst_Reconnecting::isOvertakenByHand()
{
    Engine engine;
    LiveSession client(engine, target(RawPeer::unusedPort()), {Later});
    QTRY_COMPARE(client.events(EventType::Reconnecting).size(), 1u);
    engine.reconnect(client.id());
    QTRY_COMPARE(client.events(EventType::Reconnecting).size(), 2u);
    QCOMPARE(client.connectionCount(), 2);
    QCOMPARE(client.events(EventType::Reconnecting).back().data.value(QStringLiteral("attempt")).toInt(), 1);
}

QTEST_GUILESS_MAIN(tst_Reconnecting)
#include "tst_reconnecting.moc"
