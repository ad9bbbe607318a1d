// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/http/httphead.h"
#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using TestSupport::LiveSession;
using TestSupport::RawPeer;

namespace {

QString target(quint16 port)
{
    return QStringLiteral("ws://127.0.0.1:%1/chat?room=1").arg(port);
}

SendRequest message(SendRequest::Kind kind, const QByteArray &content)
{
    SendRequest request;
    request.kind = kind;
    request.bytes = content;
    return request;
}

/// A server's 101, computed from the request, with the spelling of many proxies.
QByteArray accepted(const QByteArray &request)
{
    return "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
           "Sec-WebSocket-Accept: "
        + webSocketAccept(parseHttpHead(request).value("Sec-WebSocket-Key")) + "\r\n\r\n";
}

const QString AnyPort = QStringLiteral("ws-listen://127.0.0.1:0");

} // namespace

class tst_WebSocketSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void talksToAnEchoListener();
    void sendsTheHeadAsTheUserWroteIt();
    void takesAnAnswerByteByByteAndLegalStreamsThatQtRefuses();
    void showsARefusalWithItsBody();
    void saysThatTheUpgradeWasNotAnswered();
    void saysThatAFrameWasCut();
    void recordsALateCloseFrame();
    void answersPlainHttpWithUpgradeRequired();
};

void tst_WebSocketSession::talksToAnEchoListener()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    const QByteArray large = TestSupport::randomBytes(20 * 1024 * 1024, 1);
    engine.send(client.id(), message(SendRequest::Kind::Text, "hello"));
    engine.send(client.id(), message(SendRequest::Kind::Ping, "abc"));
    QTRY_VERIFY(client.stream(Direction::In).contains(QByteArray("\x81\x05hello")));
    QTRY_VERIFY(client.stream(Direction::In)
                    .contains(QByteArray("\x8a\x03"
                                         "abc")));
    engine.send(client.id(), message(SendRequest::Kind::Binary, large));
    QTRY_VERIFY_WITH_TIMEOUT(client.connection().bytes[indexOf(Direction::In)] > large.size(), 20'000);
    SendRequest close = message(SendRequest::Kind::Close, "done");
    close.closeCode = 4001;
    engine.send(client.id(), close);
    QTRY_VERIFY_WITH_TIMEOUT(client.connection().isOver() && listener.connection().isOver(), 10'000);

    const ConnectionInfo info = client.connection();
    QCOMPARE(info.httpStatus, 101);
    QCOMPARE(info.how, QStringLiteral("close-frame"));
    QCOMPARE(info.closedBy, ClosedBy::Us);
    QCOMPARE(info.closeCodes[indexOf(Direction::Out)], std::optional<quint16>(4001));
    QCOMPARE(info.closeReasons[indexOf(Direction::Out)], QStringLiteral("done"));
    QCOMPARE(info.closeCodes[indexOf(Direction::In)], std::optional<quint16>(4001));
    QCOMPARE(listener.connection().closedBy, ClosedBy::Peer);
    QCOMPARE(client.stream(Direction::In), listener.stream(Direction::Out));
    QCOMPARE(client.stream(Direction::Out), listener.stream(Direction::In));
}

void tst_WebSocketSession::sendsTheHeadAsTheUserWroteIt()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()),
                       {QStringLiteral("header=x-ODD: 1"), QStringLiteral("header=x-ODD: 2"),
                        QStringLiteral("header=Host: example.test"), QStringLiteral("auth=user:secret"),
                        QStringLiteral("origin=http://here"), QStringLiteral("subprotocol=a,b")});
    QTRY_VERIFY(peer.received().endsWith("\r\n\r\n"));
    const QByteArray head = peer.received();
    QVERIFY(head.startsWith("GET /chat?room=1 HTTP/1.1\r\n"));
    QVERIFY(head.contains("x-ODD: 1\r\nx-ODD: 2\r\nHost: example.test\r\n"));
    QCOMPARE(head.toLower().count("\nhost:"), 1);
    QVERIFY(head.contains("Authorization: Basic dXNlcjpzZWNyZXQ=\r\n"));
    QVERIFY(head.contains("Origin: http://here\r\n"));
    QVERIFY(!head.contains("Sidewire-Token"));
    QTRY_COMPARE(client.stream(Direction::Out), head); // The log is written beside
}

void tst_WebSocketSession::takesAnAnswerByteByByteAndLegalStreamsThatQtRefuses()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.received().endsWith("\r\n\r\n"));
    const QByteArray head = accepted(peer.received());
    for (const char byte : head) {
        peer.send(QByteArray(1, byte));
    }
    // A UTF-8 character over two fragments with a ping between, an unasked pong, a compressed message.
    const QByteArray stream = QByteArray("\x01\x02"
                                         "a\xc3",
                                         4)
        + QByteArray("\x89\x01p", 3)
        + QByteArray("\x80\x02\xa9"
                     "b",
                     4)
        + QByteArray("\x8a\x01x", 3) + QByteArray("\xc1\x01\x00", 3);
    peer.send(stream);
    QTRY_COMPARE(client.stream(Direction::In), head + stream);
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    const qsizetype sent = client.stream(Direction::Out).indexOf("\r\n\r\n") + 4;
    QTRY_COMPARE(client.stream(Direction::Out).size() - sent, 7); // The pong: header 2, mask 4, payload 1
    QCOMPARE(client.state(), QStringLiteral("open"));
}

void tst_WebSocketSession::showsARefusalWithItsBody()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.received().endsWith("\r\n\r\n"));
    const QByteArray answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 7\r\n\r\nno luck";
    peer.send(answer);
    peer.finishSending();
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QCOMPARE(client.connection().error, QStringLiteral("the server answered 401 Unauthorized to the upgrade"));
    QCOMPARE(client.connection().httpStatus, 401);
    QCOMPARE(client.stream(Direction::In), answer);
}

void tst_WebSocketSession::saysThatTheUpgradeWasNotAnswered()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()), {QStringLiteral("connect-timeout=100")});
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QCOMPARE(client.connection().how, QStringLiteral("timeout"));
}

void tst_WebSocketSession::saysThatAFrameWasCut()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.received().endsWith("\r\n\r\n"));
    peer.send(accepted(peer.received()) + QByteArray("\x81\x05hel", 5)); // 101 and the first bytes in one segment
    peer.finishSending();
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QCOMPARE(client.connection().error, QStringLiteral("peer sent FIN in the middle of a frame"));
    QVERIFY(client.stream(Direction::In).endsWith("hel"));
}

void tst_WebSocketSession::recordsALateCloseFrame()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer.port()));
    QTRY_VERIFY(peer.received().endsWith("\r\n\r\n"));
    peer.send(accepted(peer.received()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.close(client.id());
    QTRY_VERIFY(client.connection().closeCodes[indexOf(Direction::Out)].has_value());
    peer.send(QByteArray("\x88\x02\x03\xe8", 4));
    peer.finishSending();
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.connection().closeCodes[indexOf(Direction::In)], std::optional<quint16>(1000));
    QCOMPARE(client.connection().closedBy, ClosedBy::Us);
    QCOMPARE(client.state(), QStringLiteral("closed"));
}

void tst_WebSocketSession::answersPlainHttpWithUpgradeRequired()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    const auto browser = RawPeer::connectTo(listener.port());
    browser->send("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    QTRY_VERIFY(browser->isFinReceived());
    QVERIFY(browser->received().startsWith("HTTP/1.1 426 Upgrade Required\r\n"));
    browser->finishSending();
    QTRY_VERIFY(listener.connection().isOver());
    QCOMPARE(listener.connection().error, QStringLiteral("the client did not ask for a WebSocket"));
}

QTEST_GUILESS_MAIN(tst_WebSocketSession)
#include "tst_websocketsession.moc"
