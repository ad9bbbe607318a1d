// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/upgraderequest.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

/// The good request with one of its lines replaced.
QByteArray request(const QByteArray &line = {}, const QByteArray &replacement = {})
{
    QByteArray result = upgradeRequest();
    if (!line.isEmpty()) {
        const qsizetype begin = result.indexOf(line);
        result.replace(begin, result.indexOf("\r\n", begin) + 2 - begin, replacement);
    }
    return result;
}

} // namespace

class tst_UpgradeRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void checksTheRequest_data();
    void checksTheRequest();
    void appliesTheRules_data();
    void appliesTheRules();
    void takesTheFirstOfTheClientsSubprotocolsThatIsOffered_data();
    void takesTheFirstOfTheClientsSubprotocolsThatIsOffered();
    void saysWhyItRefuses();
    void namesTheVersionThatItSpeaks();
    void givesAHeadRequestNoBody();
};

void tst_UpgradeRules::checksTheRequest_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status"); // 0: accepted
    QTest::newRow("good") << request() << 0;
    QTest::newRow("several connection tokens") << request("Connection:", "Connection: keep-alive, Upgrade\r\n") << 0;
    QTest::newRow("plain") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << 426;
    QTest::newRow("h2c") << request("Upgrade:", "Upgrade: h2c\r\n") << 426;
    QTest::newRow("post") << request("GET", "POST / HTTP/1.1\r\n") << 400;
    QTest::newRow("HTTP/1.0") << request("GET", "GET / HTTP/1.0\r\n") << 400;
    QTest::newRow("no host") << request("Host:") << 400;
    QTest::newRow("no connection") << request("Connection:") << 400;
    QTest::newRow("no version") << request("Sec-WebSocket-Version:") << 426;
    QTest::newRow("old version") << request("Sec-WebSocket-Version:", "Sec-WebSocket-Version: 8\r\n") << 426;
    QTest::newRow("no key") << request("Sec-WebSocket-Key:") << 400;
    QTest::newRow("short key") << request("Sec-WebSocket-Key:", "Sec-WebSocket-Key: AAAA\r\n") << 400;
    QTest::newRow("key that is no base64")
        << request("Sec-WebSocket-Key:", "Sec-WebSocket-Key: ****************************\r\n") << 400;
    QTest::newRow("two keys") << request("Sec-WebSocket-Key:",
                                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
                              << 400;
    QTest::newRow("response") << upgradeResponse() << 426;
    QTest::newRow("rubbish") << QByteArray("\r\n\r\n") << 426;
}

void tst_UpgradeRules::checksTheRequest()
{
    QFETCH(QByteArray, head);
    const std::optional<UpgradeRefusal> refusal = refusalOf(parseHttpHead(head), {});
    QTEST(refusal ? refusal->status : 0, "status");
}

void tst_UpgradeRules::appliesTheRules_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("why"); // Empty: accepted
    const QByteArray origin = "Origin: http://a.example\r\n";
    QTest::newRow("fits") << QByteArray("/chat") << origin << QString();
    QTest::newRow("query") << QByteArray("/chat?room=1") << origin << QString();
    QTest::newRow("absolute form") << QByteArray("http://localhost/chat?x") << origin << QString();
    QTest::newRow("origin in capitals") << QByteArray("/chat") << QByteArray("Origin: HTTP://A.example\r\n")
                                        << QString();
    QTest::newRow("path") << QByteArray("/chat/") << origin << QStringLiteral("The path /chat/ is not served here");
    QTest::newRow("no origin") << QByteArray("/chat") << QByteArray() << QStringLiteral("The Origin line is missing");
    QTest::newRow("origin") << QByteArray("/chat") << QByteArray("Origin: http://b.example\r\n")
                            << QStringLiteral("The origin http://b.example is not accepted here");
}

void tst_UpgradeRules::appliesTheRules()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QByteArray head = upgradeRequest();
    head.replace(0, head.indexOf("\r\n") + 2, "GET " + target + " HTTP/1.1\r\n" + fields);
    UpgradeRules rules;
    rules.paths = {QStringLiteral("/chat")};
    rules.origins = {QStringLiteral("http://a.example")};
    rules.refusal = 404;
    const std::optional<UpgradeRefusal> refusal = refusalOf(parseHttpHead(head), rules);
    QTEST(refusal ? refusal->why : QString(), "why");
    QVERIFY(!refusal || refusal->status == 404);
}

void tst_UpgradeRules::takesTheFirstOfTheClientsSubprotocolsThatIsOffered_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QString>("chosen");
    QTest::newRow("none asked for") << QByteArray() << QString();
    QTest::newRow("none fits") << QByteArray("Sec-WebSocket-Protocol: soap\r\n") << QString();
    QTest::newRow("one") << QByteArray("Sec-WebSocket-Protocol: soap, mqtt\r\n") << QStringLiteral("mqtt");
    QTest::newRow("the client's order") << QByteArray("Sec-WebSocket-Protocol: wamp, mqtt\r\n")
                                        << QStringLiteral("wamp");
    QTest::newRow("several lines") << QByteArray("Sec-WebSocket-Protocol: soap\r\nSec-WebSocket-Protocol: mqtt\r\n")
                                   << QStringLiteral("mqtt");
}

void tst_UpgradeRules::takesTheFirstOfTheClientsSubprotocolsThatIsOffered()
{
    QFETCH(QByteArray, fields);
    const UpgradeRequest asked = UpgradeRequest::from(parseHttpHead(upgradeRequest(fields)));
    QTEST(asked.subprotocolOf({QStringLiteral("mqtt"), QStringLiteral("wamp")}), "chosen");
}

void tst_UpgradeRules::saysWhyItRefuses()
{
    const QByteArray response =
        refusalResponse(parseHttpHead(upgradeRequest()), {404, QStringLiteral("Nobody lives in /caf\u00e9")});
    QCOMPARE(response,
             QByteArray("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        "Content-Length: 24\r\n\r\nNobody lives in /caf\xc3\xa9.\n"));
}

void tst_UpgradeRules::namesTheVersionThatItSpeaks()
{
    const HttpHead head = parseHttpHead(request("Sec-WebSocket-Version:", "Sec-WebSocket-Version: 8\r\n"));
    const QByteArray response = refusalResponse(head, *refusalOf(head, {}));
    QVERIFY(response.startsWith("HTTP/1.1 426 Upgrade Required\r\n"));
    QVERIFY(response.contains("\r\nSec-WebSocket-Version: 13\r\n"));
    QVERIFY(response.contains("\r\nUpgrade: websocket\r\n"));
}

void tst_UpgradeRules::givesAHeadRequestNoBody()
{
    const HttpHead head = parseHttpHead("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(refusalResponse(head, *refusalOf(head, {})).endsWith("\r\n\r\n"));
}

QTEST_GUILESS_MAIN(tst_UpgradeRules)
#include "tst_upgraderules.moc"
