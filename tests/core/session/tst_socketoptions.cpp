// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace Sidewire;
using TestSupport::LiveSession;
using TestSupport::RawPeer;

namespace {

QString target(quint16 port)
{
    return QStringLiteral("tcp://127.0.0.1:%1").arg(port);
}

/// "asked -> actual"
QString told(const std::vector<SocketOption> &options, const char *name)
{
    const auto found = std::find_if(options.begin(), options.end(),
                                    [name](const SocketOption &each) { return each.name == QLatin1String(name); });
    return found == options.end() ? QString() : QStringLiteral("%1 -> %2").arg(found->asked, found->actual);
}

const QString AnyPort = QStringLiteral("tcp-listen://127.0.0.1:0");

} // namespace

class tst_SocketOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void areToldOfAClient();
    void areToldOfAListenerAndItsFirstClient();
    void areToldOfEveryClientWhenAskedFor();
    void areToldOfADatagramPort();
    void holdFromTheNextConnectionOn();
    void failBeforeAnythingIsConnected();
    void resetOnCloseWithoutLingering();
    void sendWhatIsQueuedBeforeThatReset();
    void endInOrderWithLingering();
};

void tst_SocketOptions::areToldOfAClient()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()), {QStringLiteral("sndbuf=30000"), QStringLiteral("nodelay=off")});
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    const std::vector<SocketOption> options = client.connection().socketOptions;
    QCOMPARE(told(options, "sndbuf"), QStringLiteral("30000 -> 60000"));
    QCOMPARE(told(options, "nodelay"), QStringLiteral("off -> off"));
    QCOMPARE(told(options, "keepalive"), QStringLiteral(" -> off"));
    const std::vector<Event> events = client.events(EventType::SocketOptions);
    QCOMPARE(events.size(), 1u);
    QVERIFY2(events.front().message.contains(QStringLiteral("sndbuf 60000 (asked 30000)")),
             qPrintable(events.front().message));
}

void tst_SocketOptions::areToldOfAListenerAndItsFirstClient()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    std::vector<std::unique_ptr<RawPeer>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(RawPeer::connectTo(listener.port()));
    }
    QTRY_COMPARE(listener.connectionCount(), 3);
    QVERIFY(told(listener.log().session().socketOptions, "backlog").startsWith(QStringLiteral("4096 -> ")));
    QCOMPARE(told(listener.connection(0).socketOptions, "nodelay"), QStringLiteral(" -> on"));
    QVERIFY(listener.connection(1).socketOptions.empty());
    QVERIFY(listener.connection(2).socketOptions.empty());
}

void tst_SocketOptions::areToldOfEveryClientWhenAskedFor()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("keepalive=100,5,3"), QStringLiteral("backlog=7")});
    QTRY_VERIFY(listener.port() != 0);
    const std::unique_ptr<RawPeer> first = RawPeer::connectTo(listener.port());
    const std::unique_ptr<RawPeer> second = RawPeer::connectTo(listener.port());
    QTRY_COMPARE(listener.connectionCount(), 2);
    QCOMPARE(told(listener.log().session().socketOptions, "backlog"), QStringLiteral("7 -> 7"));
    QCOMPARE(listener.log().session().backlog, 7);
    for (const quint32 number : {0U, 1U}) {
        QCOMPARE(told(listener.connection(number).socketOptions, "keepalive"), QStringLiteral("100,5,3 -> 100,5,3"));
    }
}

void tst_SocketOptions::areToldOfADatagramPort()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("udp-listen://127.0.0.1:0"),
                         {QStringLiteral("rcvbuf=4096"), QStringLiteral("broadcast=on"), QStringLiteral("ttl=5")});
    QTRY_VERIFY(listener.port() != 0);
    QTRY_VERIFY(!listener.log().session().socketOptions.empty());
    const std::vector<SocketOption> options = listener.log().session().socketOptions;
    QCOMPARE(told(options, "rcvbuf"), QStringLiteral("4096 -> 8192"));
    QCOMPARE(told(options, "broadcast"), QStringLiteral("on -> on"));
    QCOMPARE(told(options, "ttl"), QStringLiteral("5 -> 5"));
}

void tst_SocketOptions::holdFromTheNextConnectionOn()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    SessionOptions options;
    options.socket.timeToLive = 33;
    engine.setOptions(client.id(), options);
    engine.reconnect(client.id());
    QTRY_COMPARE(client.connectionCount(), 2);
    QTRY_COMPARE(client.state(1), QStringLiteral("open"));
    QVERIFY(told(client.connection(0).socketOptions, "ttl").startsWith(QStringLiteral(" -> ")));
    QCOMPARE(told(client.connection(1).socketOptions, "ttl"), QStringLiteral("33 -> 33"));
}

void tst_SocketOptions::failBeforeAnythingIsConnected()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()), {QStringLiteral("interface=nosuch0")});
    QTRY_COMPARE(client.state(), QStringLiteral("failed"));
    QVERIFY(client.connection().error.startsWith(QStringLiteral("interface nosuch0:")));
    QVERIFY(!peer.isConnected());

    LiveSession listener(engine, AnyPort, {QStringLiteral("interface=nosuch0")});
    QTRY_COMPARE(listener.events(EventType::ListenFailed).size(), 1u);
    QVERIFY(listener.log().session().listenError.contains(QStringLiteral("interface nosuch0:")));
}

void tst_SocketOptions::resetOnCloseWithoutLingering()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()), {QStringLiteral("linger=0")});
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_VERIFY(peer.isConnected());
    engine.close(client.id());
    QTRY_VERIFY(peer.isReset());
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.connection().how, QStringLiteral("rst"));
    QVERIFY(client.connection().closedBy == ClosedBy::Us);
}

void tst_SocketOptions::sendWhatIsQueuedBeforeThatReset()
{
    Engine engine;
    RawPeer peer;
    peer.setReading(false);
    LiveSession client(engine, target(peer.port()), {QStringLiteral("linger=0"), QStringLiteral("sndbuf=10000")});
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_VERIFY(peer.isConnected());
    const QByteArray content = TestSupport::randomBytes(20'000'000, 3);
    SendRequest request;
    request.bytes = content;
    engine.send(client.id(), request);
    engine.close(client.id());
    peer.setReading(true);
    QTRY_VERIFY_WITH_TIMEOUT((peer.received(), peer.isReset()), 20'000);
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.connection().bytes[indexOf(Direction::Out)], content.size());
    QVERIFY(content.startsWith(peer.received())); // What the kernel still had is gone: that is the point of it.
}

void tst_SocketOptions::endInOrderWithLingering()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()), {QStringLiteral("linger=5")});
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_VERIFY(peer.isConnected());
    engine.close(client.id());
    QTRY_VERIFY(peer.isFinReceived());
    peer.finishSending();
    QTRY_COMPARE(client.state(), QStringLiteral("closed"));
    QCOMPARE(client.connection().how, QStringLiteral("fin"));
    QVERIFY(!peer.isReset());
}

QTEST_GUILESS_MAIN(tst_SocketOptions)
#include "tst_socketoptions.moc"
