// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/http/httphead.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;

namespace {

const QByteArray Request = "GET /chat?a=b HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\n\r\n";

} // namespace

class tst_HttpHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void readsARequest();
    void readsAResponse_data();
    void readsAResponse();
    void readsOddFields_data();
    void readsOddFields();
    void saysWhatIsMalformed_data();
    void saysWhatIsMalformed();
    void aCutHeadHasNoEnd();
    void findsTheEndHoweverItWasSearched();
    void findsEveryKindOfEnd_data();
    void findsEveryKindOfEnd();
    void findsTokens();
    void answersTheKeyOfTheRfc();
    void survivesMutations();
};

void tst_HttpHead::readsARequest()
{
    const HttpHead head = parseHttpHead(Request + "what follows");

    QVERIFY(head.isRequest);
    QVERIFY(!head.isMalformed);
    QCOMPARE(head.method, QByteArray("GET"));
    QCOMPARE(head.target, QByteArray("/chat?a=b"));
    QCOMPARE(head.version, QByteArray("HTTP/1.1"));
    QCOMPARE(head.size, Request.size());
    QCOMPARE(head.fields.size(), 2u);
    const HttpField &host = head.fields[0];
    QCOMPARE(host.name, QByteArray("Host"));
    QCOMPARE(host.value, QByteArray("example.com"));
    QCOMPARE(Request.mid(host.begin, host.end - host.begin), QByteArray("Host: example.com"));
}

void tst_HttpHead::readsAResponse_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");

    QTest::newRow("usual") << QByteArray("HTTP/1.1 101 Switching Protocols") << 101
                           << QByteArray("Switching Protocols");
    QTest::newRow("no reason") << QByteArray("HTTP/1.1 200") << 200 << QByteArray();
    QTest::newRow("two spaces") << QByteArray("HTTP/1.0  404 Not Found") << 404 << QByteArray("Not Found");
    QTest::newRow("a version to come") << QByteArray("HTTP/9 200 OK") << 200 << QByteArray("OK");
}

void tst_HttpHead::readsAResponse()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, status);
    QFETCH(const QByteArray, reason);
    const HttpHead head = parseHttpHead(line + "\r\n\r\n");
    QVERIFY(!head.isRequest);
    QVERIFY(!head.isMalformed);
    QCOMPARE(head.status, status);
    QCOMPARE(head.reason, reason);
}

void tst_HttpHead::readsOddFields_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("value"); // of X

    QTest::newRow("usual") << QByteArray("X: a b\r\n") << QByteArray("a b");
    QTest::newRow("no space") << QByteArray("X:a\r\n") << QByteArray("a");
    QTest::newRow("much space") << QByteArray("X :\t a \t\r\n") << QByteArray("a");
    QTest::newRow("empty") << QByteArray("X:\r\n") << QByteArray("");
    QTest::newRow("other case") << QByteArray("x: a\r\n") << QByteArray("a");
    QTest::newRow("twice") << QByteArray("X: a\r\nY: z\r\nx: b\r\n") << QByteArray("a, b");
    QTest::newRow("colon in the value") << QByteArray("X: a:b\r\n") << QByteArray("a:b");
    QTest::newRow("bare LF") << QByteArray("X: a\nY: b\n") << QByteArray("a");
    QTest::newRow("folded") << QByteArray("X: a\r\n  b\r\n\tc\r\n") << QByteArray("a b c");
    QTest::newRow("none") << QByteArray("Y: b\r\n") << QByteArray();
}

void tst_HttpHead::readsOddFields()
{
    QFETCH(const QByteArray, lines);
    QFETCH(const QByteArray, value);
    const HttpHead head = parseHttpHead("GET / HTTP/1.1\r\n" + lines + "\r\n");
    QVERIFY(!head.isMalformed);
    QCOMPARE(head.value("X"), value);
    QCOMPARE(head.value("X").isNull(), value.isNull());
}

void tst_HttpHead::saysWhatIsMalformed_data()
{
    QTest::addColumn<QByteArray>("head");

    for (const char *head :
         {"", "\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / FTP/1\r\n\r\n", " / HTTP/1.1\r\n\r\n", "HTTP/1.1\r\n\r\n",
          "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 099 OK\r\n\r\n",
          "HTTP/1.1 +20 OK\r\n\r\n", "GET / HTTP/1.1\r\nno field\r\n\r\n", "GET / HTTP/1.1\r\n: no name\r\n\r\n",
          "GET / HTTP/1.1\r\n folded: first\r\n\r\n"}) {
        QTest::newRow(QByteArray(head).toPercentEncoding().constData()) << QByteArray(head);
    }
}

void tst_HttpHead::saysWhatIsMalformed()
{
    QFETCH(const QByteArray, head);
    QVERIFY(parseHttpHead(head).isMalformed);
}

void tst_HttpHead::aCutHeadHasNoEnd()
{
    for (qsizetype size = 0; size < Request.size(); ++size) {
        QVERIFY(!findHeadEnd(Request.first(size)));
    }
    QCOMPARE(findHeadEnd(Request), Request.size());
}

void tst_HttpHead::findsTheEndHoweverItWasSearched()
{
    const QByteArray bytes = Request + "\r\n\r\n";
    for (qsizetype searched = 0; searched < Request.size(); ++searched) {
        QCOMPARE(findHeadEnd(bytes, searched), Request.size());
    }
}

void tst_HttpHead::findsEveryKindOfEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("end");

    QTest::newRow("CRLF CRLF") << QByteArray("a\r\n\r\nb") << 5;
    QTest::newRow("LF LF") << QByteArray("a\n\nb") << 3;
    QTest::newRow("CRLF LF") << QByteArray("a\r\n\nb") << 4;
    QTest::newRow("LF CRLF") << QByteArray("a\n\r\nb") << 4;
    QTest::newRow("CR alone is none, nor is it in a line") << QByteArray("a\n\rb\n\n") << 6;
}

void tst_HttpHead::findsEveryKindOfEnd()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, end);
    QCOMPARE(findHeadEnd(bytes), end);
}

void tst_HttpHead::findsTokens()
{
    const HttpHead head = parseHttpHead("GET / HTTP/1.1\r\nConnection: keep-alive ,Upgrade\r\nConnection: x\r\n\r\n");
    QVERIFY(head.hasToken("connection", "upgrade"));
    QVERIFY(head.hasToken("Connection", "X"));
    QVERIFY(!head.hasToken("Connection", "keep"));
    QVERIFY(!head.hasToken("Upgrade", "websocket"));
    QVERIFY(!head.hasToken("Connection", ""));
}

void tst_HttpHead::answersTheKeyOfTheRfc()
{
    // RFC 6455, 1.3
    QCOMPARE(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

void tst_HttpHead::survivesMutations()
{
    for (quint32 seed = 1; seed <= 2000; ++seed) {
        QRandomGenerator random(seed);
        QByteArray bytes = Request;
        for (int i = 0; i < 3; ++i) {
            bytes[random.bounded(int(bytes.size()))] = "\r\n: \t/H\0\xff"[random.bounded(9)];
        }
        const HttpHead head = parseHttpHead(bytes);
        const QByteArray name = "seed " + QByteArray::number(seed);
        QVERIFY2(head.size <= bytes.size(), name);
        qint64 end = 0;
        for (const HttpField &field : head.fields) { // in order, inside the head
            QVERIFY2(field.begin >= end && field.end > field.begin && field.end <= head.size, name);
            end = field.end;
        }
    }
}

QTEST_GUILESS_MAIN(tst_HttpHead)
#include "tst_httphead.moc"
