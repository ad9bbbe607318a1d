// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QDateTime>
#include <QObject>
#include <QTest>

using namespace Sidewire;
using TestSupport::LiveSession;
using TestSupport::RawPeer;

namespace {

QString target(quint16 port)
{
    return QStringLiteral("tcp://127.0.0.1:%1").arg(port);
}

SendRequest bytes(const QByteArray &content)
{
    SendRequest request;
    request.bytes = content;
    return request;
}

const QString AnyPort = QStringLiteral("tcp-listen://127.0.0.1:0");

} // namespace

class tst_TcpSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void talksToAnEchoListener();
    void recordsPhasesAndEndpoints();
    void saysThatAConnectionWasRefused();
    void saysThatNobodyAnswered();
    void saysThatAHostIsUnknown();
    void staysHalfOpenUntilClosed();
    void losesNothingWhenThePeerHalfCloses();
    void discardsOnResetAndSaysHowMuch();
    void tellsOfAResetByThePeer();
    void rejectsASendWhenClosed();
    void reconnectsIntoTheSameLog();
    void repeatsASend();
    void servesSeveralClients();
    void greetsFirst();
    void sendsTheTime();
    void saysThatAPortIsInUse();
    void listensAgain();
    void endsInOrder();
};

void tst_TcpSession::talksToAnEchoListener()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));

    const QByteArray content = TestSupport::randomBytes(5'000'000, 1);
    engine.send(client.id(), bytes(content));
    QTRY_COMPARE_WITH_TIMEOUT(client.connection().bytes[indexOf(Direction::In)], content.size(), 20'000);
    engine.close(client.id());
    QTRY_VERIFY(client.connection().isOver());
    QTRY_VERIFY(listener.connection().isOver());

    QCOMPARE(client.stream(Direction::In), content);
    QCOMPARE(client.stream(Direction::Out), content);
    QCOMPARE(listener.stream(Direction::In), content);
    QCOMPARE(listener.stream(Direction::Out), content);
    QCOMPARE(client.state(), QStringLiteral("closed"));
    QCOMPARE(client.connection().closedBy, ClosedBy::Us);
    QCOMPARE(client.connection().how, QStringLiteral("fin"));
    QCOMPARE(listener.connection().closedBy, ClosedBy::Peer);
    QVERIFY(client.connection().error.isEmpty());
}

void tst_TcpSession::recordsPhasesAndEndpoints()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.isConnected());
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    peer.finishSending();
    QTRY_COMPARE(client.connection().directions[indexOf(Direction::In)], DirectionState::Fin);
    engine.close(client.id());
    QTRY_VERIFY(client.connection().isOver());

    const ConnectionInfo info = client.connection();
    QStringList phases;
    for (const Phase &phase : info.phases) {
        phases.append(phase.name);
        QVERIFY(phase.end != 0 && !phase.hasFailed);
    }
    QCOMPARE(phases,
             QStringList({QStringLiteral("resolve"), QStringLiteral("tcp"), QStringLiteral("open"),
                          QStringLiteral("closing")}));
    QCOMPARE(info.peer.toString(), QStringLiteral("127.0.0.1:%1").arg(peer.port()));
    QCOMPARE(info.local.address, QHostAddress(QStringLiteral("127.0.0.1")));
    QCOMPARE(info.attempts.size(), 1u);
    QCOMPARE(info.closedBy, ClosedBy::Peer);
}

void tst_TcpSession::saysThatAConnectionWasRefused()
{
    Engine engine;
    const quint16 port = RawPeer::unusedPort();
    LiveSession client(engine, target(port));
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QCOMPARE(client.connection().how, QStringLiteral("refused"));
    QCOMPARE(client.connection().error, QStringLiteral("connection refused by 127.0.0.1:%1").arg(port));
}

void tst_TcpSession::saysThatNobodyAnswered()
{
    Engine engine;
    RawPeer peer(RawPeer::Accepting::Never);
    LiveSession client(engine, target(peer.port()), {QStringLiteral("connect-timeout=100")});
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QCOMPARE(client.connection().how, QStringLiteral("timeout"));
}

void tst_TcpSession::saysThatAHostIsUnknown()
{
    Engine engine;
    LiveSession client(engine, QStringLiteral("tcp://nonexistent.invalid:80"));
    QTRY_VERIFY_WITH_TIMEOUT(client.connection().isOver(), 20'000);
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QVERIFY(client.connection().error.contains(QStringLiteral("nonexistent.invalid")));
}

void tst_TcpSession::staysHalfOpenUntilClosed()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.isConnected());
    peer.send("bye");
    peer.finishSending();
    QTRY_COMPARE(client.connection().directions[indexOf(Direction::In)], DirectionState::Fin);
    QVERIFY(!client.connection().isOver());

    engine.send(client.id(), bytes("wait"));
    QTRY_COMPARE(peer.received(), QByteArray("wait"));
    engine.finishSending(client.id());
    QTRY_VERIFY(peer.isFinReceived());
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("closed"));
}

void tst_TcpSession::losesNothingWhenThePeerHalfCloses()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.isConnected());
    const QByteArray content = TestSupport::randomBytes(20 * 1024 * 1024, 2);
    peer.setReading(false);
    engine.send(client.id(), bytes(content));
    QTRY_VERIFY(client.log().live()->queued > 0);
    peer.finishSending();
    QTRY_COMPARE(client.connection().directions[indexOf(Direction::In)], DirectionState::Fin);
    engine.close(client.id());
    peer.setReading(true);
    QTRY_VERIFY_WITH_TIMEOUT(peer.isFinReceived(), 20'000);
    QCOMPARE(peer.received(), content);
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.stream(Direction::Out), content);
    QCOMPARE(client.connection().discarded, 0);
    QTRY_COMPARE(client.log().live()->queued, 0);
}

void tst_TcpSession::discardsOnResetAndSaysHowMuch()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.isConnected());
    peer.setReading(false);
    engine.send(client.id(), bytes(QByteArray(20 * 1024 * 1024, 'x')));
    QTRY_VERIFY(client.log().live()->queued > 0);
    engine.reset(client.id());
    QTRY_VERIFY(client.connection().isOver());
    const ConnectionInfo info = client.connection();
    QVERIFY(info.discarded > 0);
    qint64 unrecorded = 0; // A disk that is slow enough may leave some, and then the log says so
    for (const Event &dropped : client.events(EventType::Dropped)) {
        unrecorded += dropped.data.value(QStringLiteral("bytes")).toInteger();
    }
    QCOMPARE(info.discarded + info.bytes[indexOf(Direction::Out)] + unrecorded, 20 * 1024 * 1024);
    QCOMPARE(info.how, QStringLiteral("rst"));
    QCOMPARE(info.closedBy, ClosedBy::Us);
    peer.setReading(true);
    QTRY_VERIFY(peer.isReset());
}

void tst_TcpSession::tellsOfAResetByThePeer()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.isConnected());
    peer.send("x");
    QTRY_COMPARE(client.stream(Direction::In), QByteArray("x"));
    peer.reset();
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QCOMPARE(client.connection().how, QStringLiteral("rst"));
    QCOMPARE(client.connection().closedBy, ClosedBy::Peer);
}

void tst_TcpSession::rejectsASendWhenClosed()
{
    Engine engine;
    LiveSession client(engine, target(RawPeer::unusedPort()));
    QTRY_VERIFY(client.connection().isOver());
    engine.send(client.id(), bytes("hello"));
    QTRY_COMPARE(client.rejected.size(), 1u);
    QCOMPARE(client.rejected.front().code, Error::Code::Closed);
}

void tst_TcpSession::reconnectsIntoTheSameLog()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.reconnect(client.id());
    QTRY_COMPARE(client.state(1), QStringLiteral("open"));
    QTRY_VERIFY(client.connection(0).isOver());
    engine.send(client.id(), bytes("again"));
    QTRY_COMPARE(client.stream(Direction::In, 1), QByteArray("again"));
    QCOMPARE(client.stream(Direction::In, 0), QByteArray());
}

void tst_TcpSession::repeatsASend()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.repeat(client.id(), bytes("tick"), std::chrono::milliseconds(1), 3);
    QTRY_COMPARE(peer.received(), QByteArray("tickticktick"));
    QTRY_COMPARE(client.log().live()->repeatsLeft, 0);
    engine.repeat(client.id(), bytes("."), std::chrono::milliseconds(1), 0);
    QTRY_VERIFY(peer.received().size() > 20);
    engine.stopRepeat(client.id());
    QTRY_COMPARE(client.log().live()->repeatsLeft, 0);
}

void tst_TcpSession::servesSeveralClients()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    engine.send(listener.id(), bytes("nobody"));
    QTRY_COMPARE(listener.rejected.size(), 1u);

    const auto first = RawPeer::connectTo(listener.port());
    QTRY_COMPARE(listener.connectionCount(), 1);
    const auto second = RawPeer::connectTo(listener.port());
    QTRY_COMPARE(listener.connectionCount(), 2);
    first->send("one");
    second->send("two");
    QTRY_COMPARE(listener.stream(Direction::In, 0), QByteArray("one"));
    QTRY_COMPARE(listener.stream(Direction::In, 1), QByteArray("two"));
    QVERIFY(listener.connection(1).isServerSide);

    SendRequest toSecond = bytes("you");
    toSecond.to = {ConnectionId{1}};
    engine.send(listener.id(), toSecond);
    engine.send(listener.id(), bytes("all"));
    QTRY_COMPARE(second->received(), QByteArray("youall"));
    QTRY_COMPARE(first->received(), QByteArray("all"));

    engine.close(listener.id(), {ConnectionId{0}});
    QTRY_VERIFY(first->isFinReceived());
    QVERIFY(!second->isFinReceived());
    engine.close(listener.id());
    QTRY_VERIFY(second->isFinReceived());
    QVERIFY(!RawPeer::connectTo(listener.port())->isConnected());
}

void tst_TcpSession::greetsFirst()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=greet:hello ")});
    QTRY_VERIFY(listener.port() != 0);
    const auto client = RawPeer::connectTo(listener.port());
    QTRY_COMPARE(client->received(), QByteArray("hello "));
    client->send("world");
    client->finishSending();
    QTRY_VERIFY(client->isFinReceived());
    QCOMPARE(client->received(), QByteArray("hello world"));
}

void tst_TcpSession::sendsTheTime()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=clock:5")});
    QTRY_VERIFY(listener.port() != 0);
    const auto client = RawPeer::connectTo(listener.port());
    QTRY_VERIFY(client->received().count('\n') >= 3);
    const QByteArray line = client->received().left(client->received().indexOf('\n'));
    QVERIFY(QDateTime::fromString(QString::fromLatin1(line), Qt::ISODateWithMs).isValid());
    client->finishSending();
    QTRY_VERIFY(client->isFinReceived());
}

void tst_TcpSession::saysThatAPortIsInUse()
{
    Engine engine;
    RawPeer holder;
    LiveSession listener(engine, QStringLiteral("tcp-listen://127.0.0.1:%1").arg(holder.port()));
    QTRY_COMPARE(listener.events(EventType::ListenFailed).size(), 1u);
    const Event failed = listener.events(EventType::ListenFailed).front();
    QCOMPARE(failed.data.value(QStringLiteral("code")).toString(), QStringLiteral("address-in-use"));
    QVERIFY(failed.message.contains(QStringLiteral("127.0.0.1:%1 is in use").arg(holder.port())));
}

void tst_TcpSession::listensAgain()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    const quint16 port = listener.port();
    engine.close(listener.id());
    engine.reconnect(listener.id());
    QTRY_COMPARE(listener.events(EventType::Listening).size(), 2u);
    QCOMPARE(listener.port(), port);
}

void tst_TcpSession::endsInOrder()
{
    RawPeer peer;
    Engine engine;
    LiveSession client(engine, target(peer.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.note(client.id(), QStringLiteral("a note"));
    engine.end(client.id());
    QTRY_VERIFY(peer.isFinReceived());
    peer.finishSending();
    QTRY_VERIFY(client.hasEnded());
    QVERIFY(!client.log().live()->isRunning);
    QTRY_VERIFY(client.log().progress().isComplete);
    const std::vector<Event> events = client.events();
    QCOMPARE(events.back().type, EventType::Ended);
    QCOMPARE(client.events(EventType::Note).front().message, QStringLiteral("a note"));
    QCOMPARE(client.state(), QStringLiteral("closed"));
}

QTEST_GUILESS_MAIN(tst_TcpSession)
#include "tst_tcpsession.moc"
