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

const QString SampleKey = QStringLiteral("header=Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="); // RFC 6455, 1.3

/// A WebSocket client whose request has reached a scripted server.
struct Asked
{
    Engine engine;
    RawPeer peer;
    LiveSession client;

    explicit Asked(const QStringList &options = {})
        : client(engine, QStringLiteral("ws://127.0.0.1:%1/").arg(peer.port()), QStringList{SampleKey} + options)
    {}

    bool isAsked() { return peer.received().endsWith("\r\n\r\n"); }
};

} // namespace

/// Servers that answer the upgrade with something else.
class tst_UpgradeRefusal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void saysWhatTheServerAnswered_data();
    void saysWhatTheServerAnswered();
    void waitsForTheWholeBodyThatIsAnnounced();
    void takesABodyOfUnknownLengthUntilSilence();
    void waitsForNothingWhereThereIsNoBody();
    void resetsABodyThatIsTooLong();
    void doesNotWaitForEverForABody();
    void doesNotWaitForTheFinOfARefusal();
    void failsTheUpgradeWhenItsTimeIsOver();
};

void tst_UpgradeRefusal::saysWhatTheServerAnswered_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("error");

    QTest::newRow("a page") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                            << "the server answered 200 OK to the upgrade";
    QTest::newRow("no reason") << QByteArray("HTTP/1.1 403\r\n\r\n") << "the server answered 403 to the upgrade";
    QTest::newRow("chunks") << QByteArray(
        "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n")
                            << "the server answered 404 Not Found to the upgrade";
    QTest::newRow("not HTTP") << QByteArray("220 mail.example ESMTP\r\n\r\n")
                              << "the server's answer to the upgrade is not HTTP";
    QTest::newRow("a request") << upgradeRequest() << "the server's answer to the upgrade is not HTTP";
    QTest::newRow("no accept") << QByteArray("HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n")
                               << "the server's answer has no Sec-WebSocket-Accept";
    QTest::newRow("another accept") << upgradeResponse().replace("s3pPL", "t3pPL")
                                    << "the server's Sec-WebSocket-Accept does not answer our key";
    QTest::newRow("another upgrade") << upgradeResponse().replace("Upgrade: websocket", "Upgrade: h2c")
                                     << "the server answered 101, but not with an upgrade to websocket";
    QTest::newRow("subprotocol") << upgradeResponse("Sec-WebSocket-Protocol: chat\r\n")
                                 << "the server chose the subprotocol chat, which was not offered";
    QTest::newRow("FIN at once") << QByteArray() << "the peer sent FIN without an upgrade";
    QTest::newRow("FIN in the head") << QByteArray("HTTP/1.1 101 Sw")
                                     << "the peer sent FIN in the middle of the HTTP head";
}

void tst_UpgradeRefusal::saysWhatTheServerAnswered()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, error);

    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.peer.send(answer);
    asked.peer.finishSending();
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.state(), QStringLiteral("failed"));
    QCOMPARE(asked.client.connection().error, error);
    QCOMPARE(asked.client.stream(Direction::In), answer);
}

void tst_UpgradeRefusal::waitsForTheWholeBodyThatIsAnnounced()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    QByteArray answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 7\r\n\r\nno";
    asked.peer.send(answer);
    QTRY_COMPARE(asked.client.stream(Direction::In), answer);
    QVERIFY(!asked.peer.isFinReceived());
    asked.peer.send(" luck");
    QTRY_VERIFY(asked.peer.isFinReceived()); // Although the server keeps its side open
    asked.peer.finishSending();
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.stream(Direction::In), answer + " luck");
}

void tst_UpgradeRefusal::takesABodyOfUnknownLengthUntilSilence()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    const QByteArray answer = "HTTP/1.0 200 OK\r\n\r\nhello";
    asked.peer.send(answer);
    QTRY_COMPARE(asked.client.stream(Direction::In), answer);
    QTRY_VERIFY(asked.peer.isFinReceived());
    asked.peer.send(" again"); // After our FIN, and still recorded
    asked.peer.finishSending();
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.stream(Direction::In), answer + " again");
    QCOMPARE(asked.client.connection().error, QStringLiteral("the server answered 200 OK to the upgrade"));
}

void tst_UpgradeRefusal::waitsForNothingWhereThereIsNoBody()
{
    Asked asked({QStringLiteral("connect-timeout=3600000")});
    QTRY_VERIFY(asked.isAsked());
    asked.peer.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    QTRY_VERIFY(asked.peer.isFinReceived());
}

void tst_UpgradeRefusal::resetsABodyThatIsTooLong()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.peer.send("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + QByteArray(2 * 1024 * 1024, 'x'));
    QTRY_VERIFY(asked.peer.unsent() == 0 || asked.peer.isReset());
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.state(), QStringLiteral("failed"));
    QCOMPARE(asked.client.connection().error, QStringLiteral("the server answered 200 OK to the upgrade"));
    QVERIFY(asked.client.stream(Direction::In).size() > 1024 * 1024);
    QTRY_VERIFY(asked.peer.isReset());
}

void tst_UpgradeRefusal::doesNotWaitForEverForABody()
{
    Asked asked({QStringLiteral("connect-timeout=300")});
    QTRY_VERIFY(asked.isAsked());
    asked.peer.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 7\r\n\r\nno");
    QTRY_VERIFY(asked.peer.isFinReceived());
    asked.peer.finishSending();
    QTRY_VERIFY(asked.client.connection().isOver());
    QVERIFY(asked.client.stream(Direction::In).endsWith("no"));
}

void tst_UpgradeRefusal::doesNotWaitForTheFinOfARefusal()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.peer.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 7\r\n\r\nno luck");
    QTRY_VERIFY(asked.client.connection().isOver()); // The peer never closes
    const ConnectionInfo info = asked.client.connection();
    QCOMPARE(asked.client.state(), QStringLiteral("failed"));
    QCOMPARE(info.error, QStringLiteral("the server answered 401 Unauthorized to the upgrade"));
    QCOMPARE(info.phases.back().name, QStringLiteral("upgrade"));
}

void tst_UpgradeRefusal::failsTheUpgradeWhenItsTimeIsOver()
{
    Asked asked({QStringLiteral("connect-timeout=100")});
    QTRY_VERIFY(asked.client.connection().isOver());
    QTRY_VERIFY(asked.peer.isReset());
    QCOMPARE(asked.client.state(), QStringLiteral("failed"));
    QCOMPARE(asked.client.connection().how, QStringLiteral("timeout"));
    const Event last = asked.client.events(EventType::PhaseEnded).back();
    QCOMPARE(last.data.value(QStringLiteral("phase")).toString(), QStringLiteral("upgrade"));
    QCOMPARE(last.data.value(QStringLiteral("result")).toString(), QStringLiteral("failed"));
    QVERIFY(last.data.value(QStringLiteral("detail")).toString().startsWith(QStringLiteral("timed out")));
}

QTEST_GUILESS_MAIN(tst_UpgradeRefusal)
#include "tst_upgraderefusal.moc"
