// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/websockethead.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;

namespace {

const QByteArray SampleKey = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455, 1.3

} // namespace

class tst_WebSocketHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void writesTheRequestAsAsked();
    void keepsTheUsersSpellingAndOrder();
    void acceptsAnySpellingOfAGoodAnswer_data();
    void acceptsAnySpellingOfAGoodAnswer();
    void makesAnAnswerThatIsGood();
    void encodesWhatCannotStandInARequestLine();
};

void tst_WebSocketHead::writesTheRequestAsAsked()
{
    const QByteArray head = "GET / HTTP/1.1\r\nHost: 127.0.0.1:4711\r\nX-Token: secret\r\nUpgrade: websocket\r\n\r\n";
    QCOMPARE(WebSocketHead::edited(head, {"/chat?room=1", "example.test", {}}, "x-token"),
             QByteArray("GET /chat?room=1 HTTP/1.1\r\nHost: example.test\r\nUpgrade: websocket\r\n\r\n"));
}

void tst_WebSocketHead::keepsTheUsersSpellingAndOrder()
{
    const QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\nUpgrade: websocket\r\n\r\n";
    const WebSocketHead::Request request{
        "/", "ignored", {{"x-b", "2"}, {"HOST", "mine"}, {"x-b", "1"}, {"user-agent", ""}}};
    QCOMPARE(
        WebSocketHead::edited(head, request, "X-Token"),
        QByteArray("GET / HTTP/1.1\r\nUpgrade: websocket\r\nx-b: 2\r\nHOST: mine\r\nx-b: 1\r\nuser-agent: \r\n\r\n"));
}

void tst_WebSocketHead::acceptsAnySpellingOfAGoodAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");

    const QByteArray good = TestSupport::upgradeResponse();
    QTest::newRow("as in the RFC") << good;
    QTest::newRow("two tokens") << QByteArray(good).replace("Connection: Upgrade", "connection: keep-alive, UPGRADE");
    QTest::newRow("two fields") << QByteArray(good).replace("Connection: Upgrade",
                                                            "Connection: keep-alive\r\nConnection: Upgrade");
    QTest::newRow("bare line feeds") << QByteArray(good).replace("\r\n", "\n");
    QTest::newRow("white space") << QByteArray(good).replace("Upgrade: websocket", "Upgrade:\t WebSocket  ");
    QTest::newRow("subprotocol") << TestSupport::upgradeResponse("Sec-WebSocket-Protocol: b\r\n");
}

void tst_WebSocketHead::acceptsAnySpellingOfAGoodAnswer()
{
    QFETCH(const QByteArray, answer);
    const Result<void> result = WebSocketHead::check(parseHttpHead(answer), SampleKey, {"a", "b"});
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().detail));
}

void tst_WebSocketHead::makesAnAnswerThatIsGood()
{
    const QByteArray answer = WebSocketHead::plainResponse(SampleKey, "b");
    QCOMPARE(answer, TestSupport::upgradeResponse("Sec-WebSocket-Protocol: b\r\n"));
    QVERIFY(WebSocketHead::check(parseHttpHead(answer), SampleKey, {"b"}));
    QVERIFY(!WebSocketHead::check(parseHttpHead(answer), SampleKey, {}));
    QVERIFY(!WebSocketHead::check(parseHttpHead(answer), "another", {"b"}));
}

void tst_WebSocketHead::encodesWhatCannotStandInARequestLine()
{
    QCOMPARE(WebSocketHead::encodedTarget("/a b\r\nX: y\x7f\xc3\xa9?q=%20&r#"),
             QByteArray("/a%20b%0D%0AX:%20y%7F%C3%A9?q=%20&r#"));
    QCOMPARE(WebSocketHead::encodedTarget({}), QByteArray("/"));
}

QTEST_GUILESS_MAIN(tst_WebSocketHead)
#include "tst_websockethead.moc"
