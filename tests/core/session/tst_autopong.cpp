// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

/// When the first record of a direction that is `wire` was made; -1 while there is none.
qint64 timeOf(const LiveSession &session, Direction direction, const QByteArray &wire)
{
    const QByteArray stream = session.stream(direction);
    const qsizetype offset = stream.indexOf(wire);
    const AppendTable<RecordRow> &records = session.log().records();
    for (qint64 row = 0; offset >= 0 && row < records.count(); ++row) {
        const RecordRow &record = records.at(row);
        if (record.direction == direction && record.span().begin <= offset && offset < record.span().end) {
            return record.time;
        }
    }
    return -1;
}

} // namespace

class tst_AutoPong : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void aClientThatDoesNotAnswer();
    void aListenerThatDoesNotAnswer_data();
    void aListenerThatDoesNotAnswer();
    void aLateAnswer_data();
    void aLateAnswer();
    void aFloodOfPingsIsNotKept();
};

void tst_AutoPong::aClientThatDoesNotAnswer()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(
        engine, QStringLiteral("ws://127.0.0.1:%1/").arg(peer.port()),
        {QStringLiteral("header=Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), QStringLiteral("autopong=off")});
    QTRY_VERIFY(peer.received().endsWith("\r\n\r\n"));
    peer.send(upgradeResponse() + FrameBuilder::ping("there?").toWire() + FrameBuilder::close(1000).toWire());
    QTRY_COMPARE(wireFrames(behindHead(peer.received())).size(), std::size_t(1));
    QCOMPARE(wireFrames(behindHead(peer.received()))[0].opcode, 8); // What came later is answered
}

void tst_AutoPong::aListenerThatDoesNotAnswer_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("by hand") << QStringLiteral("none");
    QTest::newRow("in turn with its answers") << QStringLiteral("echo");
}

void tst_AutoPong::aListenerThatDoesNotAnswer()
{
    QFETCH(QString, answer);
    Engine engine;
    LiveSession listener(engine, QStringLiteral("ws-listen://127.0.0.1:0"),
                         {QStringLiteral("autopong=off"), QStringLiteral("answer=") + answer});
    QTRY_VERIFY(listener.port() != 0);
    const std::unique_ptr<RawPeer> client = RawPeer::connectTo(listener.port());
    client->send(upgradeRequest());
    QTRY_VERIFY(client->received().contains("\r\n\r\n"));
    client->send(FrameBuilder::ping("there?").masked().toWire() + FrameBuilder::close(1000).masked().toWire());
    QTRY_COMPARE(wireFrames(behindHead(client->received())).size(), std::size_t(1));
    QCOMPARE(wireFrames(behindHead(client->received()))[0].opcode, 8);
}

void tst_AutoPong::aLateAnswer_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("by hand") << QStringLiteral("none");
    QTest::newRow("in turn with its answers") << QStringLiteral("echo");
}

void tst_AutoPong::aLateAnswer()
{
    QFETCH(QString, answer);
    Engine engine;
    LiveSession listener(engine, QStringLiteral("ws-listen://127.0.0.1:0"),
                         {QStringLiteral("autopong=300"), QStringLiteral("answer=") + answer});
    QTRY_VERIFY(listener.port() != 0);
    const std::unique_ptr<RawPeer> client = RawPeer::connectTo(listener.port());
    client->send(upgradeRequest());
    QTRY_VERIFY(client->received().contains("\r\n\r\n"));
    const QByteArray ping = FrameBuilder::ping("there?").masked().toWire();
    const QByteArray pong = FrameBuilder::pong("there?").toWire();
    client->send(ping);
    QTRY_COMPARE(behindHead(client->received()), pong);
    QTRY_VERIFY(timeOf(listener, Direction::Out, pong) > 0);
    QVERIFY(timeOf(listener, Direction::Out, pong) - timeOf(listener, Direction::In, ping) >= 300'000'000);
}

void tst_AutoPong::aFloodOfPingsIsNotKept()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("ws-listen://127.0.0.1:0"), {QStringLiteral("autopong=2000")});
    QTRY_VERIFY(listener.port() != 0);
    const std::unique_ptr<RawPeer> client = RawPeer::connectTo(listener.port());
    client->send(upgradeRequest());
    QTRY_VERIFY(client->received().contains("\r\n\r\n"));
    QByteArray flood;
    for (int i = 0; i < 1'100; ++i) {
        flood += FrameBuilder::ping(QByteArray::number(i)).masked().toWire();
    }
    client->send(flood);
    QTRY_COMPARE_WITH_TIMEOUT(wireFrames(behindHead(client->received())).size(), std::size_t(1'000), 20'000);
    client->send(FrameBuilder::ping("later").masked().toWire()); // There is room again
    QTRY_COMPARE_WITH_TIMEOUT(wireFrames(behindHead(client->received())).size(), std::size_t(1'001), 20'000);
    QCOMPARE(wireFrames(behindHead(client->received())).back().payload, QByteArray("later"));
}

QTEST_GUILESS_MAIN(tst_AutoPong)
#include "tst_autopong.moc"
