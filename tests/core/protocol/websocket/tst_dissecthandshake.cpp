// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/http/dissecthead.h"
#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/dissecthandshake.h"
#include "core/protocol/websocket/handshake.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/fielddump.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

using namespace Sidewire;

class tst_DissectHandshake final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void remarksOnTheLines_data();
    void remarksOnTheLines();
};

void tst_DissectHandshake::remarksOnTheLines_data()
{
    QTest::addColumn<QByteArray>("request"); // Empty: not known
    QTest::addColumn<QByteArray>("bytes"); // Of the head that is looked at
    QTest::addColumn<QString>("word");
    QTest::addColumn<QStringList>("lines"); // Those with the word in them

    const QByteArray request = TestSupport::upgradeRequest();
    const QByteArray response = TestSupport::upgradeResponse();
    const QString accept = QStringLiteral("Accept");
    const QString wrong = QStringLiteral("! ");
    QTest::newRow("good: key") << QByteArray() << request << QStringLiteral("Key")
                               << QStringList{
                                      QStringLiteral("87+43 Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== // base64 of "
                                                     "16 bytes, as it must be")};
    QTest::newRow("good: accept") << request << response << accept
                                  << QStringList{
                                         QStringLiteral("75+50 Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo= // "
                                                        "answers the key of the request")};
    QTest::newRow("good: extensions with parameters")
        << QByteArray()
        << TestSupport::upgradeRequest("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; "
                                       "server_max_window_bits=10, \"a,b\";c=\"d;e\"\r\n")
        << QStringLiteral("max")
        << QStringList{QStringLiteral("159+110 Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; "
                                      "server_max_window_bits=10, \"a,b\";c=\"d;e\""),
                       QStringLiteral("205+22 client_max_window_bits:"),
                       QStringLiteral("229+25 server_max_window_bits: 10")};
    QTest::newRow("incomplete: the request is not known")
        << QByteArray() << response << accept
        << QStringList{
               QStringLiteral("75+50 Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo= // cannot be checked: the "
                              "request is not known")};
    QTest::newRow("invalid: accept")
        << QByteArray(request).replace("dGhl", "eGhl") << response << wrong
        << QStringList{
               QStringLiteral("! 75+50 Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo= // expected "
                              "EYpAfWLkc/bCt9lWrNKRt80B90A=; Sec-WebSocket-Accept does not answer the client's key "
                              "(RFC 6455, 4.2.2)")};
    QTest::newRow("invalid: no accept")
        << request << QByteArray("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n") << wrong
        << QStringList{QStringLiteral(
               "! 0+59 Response head: 59 B // The response has no Sec-WebSocket-Accept (RFC 6455, 4.2.2)")};
    QTest::newRow("invalid: version")
        << QByteArray() << QByteArray(request).replace("Version: 13", "Version: 8") << wrong
        << QStringList{
               QStringLiteral("! 132+24 Sec-WebSocket-Version: 8 // Sec-WebSocket-Version was not 13 (RFC 6455, 4.1)")};
    QTest::newRow("invalid: method") << QByteArray() << QByteArray(request).replace("GET", "PUT") << wrong
                                     << QStringList{QStringLiteral(
                                            "! 0+18 Request line: PUT /chat HTTP/1.1 // The upgrade was not a "
                                            "GET of HTTP/1.1 or later with one Host (RFC 6455, 4.1)")};
    QTest::newRow("invalid: no version line")
        << QByteArray() << QByteArray(request).replace("Sec-WebSocket-Version: 13\r\n", "") << wrong
        << QStringList{
               QStringLiteral("! 0+134 Request head: 134 B // Sec-WebSocket-Version was not 13 (RFC 6455, 4.1)")};
    QTest::newRow("invalid: extension not offered")
        << request << TestSupport::upgradeResponse("Sec-WebSocket-Extensions: x\r\n") << wrong
        << QStringList{
               QStringLiteral("! 127+27 Sec-WebSocket-Extensions: x // The server chose an extension that was not "
                              "offered (RFC 6455, 4.1); nothing was offered")};
    QTest::newRow("malformed: parameters without a name")
        << QByteArray() << TestSupport::upgradeRequest("Sec-WebSocket-Extensions: a;;=3;\r\n")
        << QStringLiteral("no name") << QStringList{QStringLiteral("188+2 (no name): 3")};
    QTest::newRow("malformed: an open quote")
        << QByteArray() << TestSupport::upgradeRequest("Sec-WebSocket-Extensions: a;b=\"c,d;e\r\n")
        << QStringLiteral("c,d")
        << QStringList{QStringLiteral("159+36 Sec-WebSocket-Extensions: a;b=\"c,d;e"),
                       QStringLiteral("187+8 b: \"c,d;e")};
}

void tst_DissectHandshake::remarksOnTheLines()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, word);
    QFETCH(QStringList, lines);
    const HttpHead parsed = parseHttpHead(bytes);
    const quint32 violations = parsed.isRequest ? checkUpgradeRequest(parsed)
        : request.isEmpty()                     ? 0
                                                : checkUpgradeResponse(parseHttpHead(request), parsed);
    Field head = dissectHead(bytes, 0);
    const quint32 shown = dissectUpgrade(head, bytes, request, violations);
    QStringList found;
    for (const QString &line : TestSupport::dump(head)) {
        if (line.contains(word)) {
            found += line.trimmed();
        }
    }
    QCOMPARE(found, lines);
    QCOMPARE(shown, violations);
    QCOMPARE(TestSupport::misplaced(head, BitSpan::ofBytes(0, bytes.size())), QString());
}

QTEST_GUILESS_MAIN(tst_DissectHandshake)
#include "tst_dissecthandshake.moc"
