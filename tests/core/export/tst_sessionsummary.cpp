// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/export/exporter.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

class tst_SessionSummary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { failOnWarnings(); }

    void tellsOfAWebSocketSession();
    void tellsOfProxyTlsAndRedirect();
    void tellsOfASessionThatIsStillOpen();
    void tellsOfASessionWithoutConnections();
    void aListenerDoesNotFailWithAClient();
    void whatPeersSayIsSafeOnATerminal();
};

namespace {

std::shared_ptr<SessionLog> finished(LogScript &builder, const char *lens)
{
    auto log = SessionLog::create(builder.file(), LensSpec::parse(QString::fromLatin1(lens)).value()).value();
    builder.finish();
    log->waitUntilCaughtUp();
    return log;
}

void phase(LogScript &builder, ConnectionId id, const char *name, double ms)
{
    const QString phase = QString::fromLatin1(name);
    builder.event(EventType::PhaseStarted, id, {{QStringLiteral("phase"), phase}});
    builder.event(EventType::PhaseEnded, id,
                  {{QStringLiteral("phase"), phase},
                   {QStringLiteral("ms"), ms},
                   {QStringLiteral("result"), QStringLiteral("ok")}});
}

} // namespace

void tst_SessionSummary::tellsOfAWebSocketSession()
{
    LogScript builder(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId id = builder.open();
    phase(builder, id, "tcp", 1);
    builder.out(id, upgradeRequest());
    builder.in(id, upgradeResponse());
    builder.event(EventType::Upgraded, id,
                  {{QStringLiteral("status"), 101},
                   {QStringLiteral("subprotocol"), QStringLiteral("chat")},
                   {QStringLiteral("extensions"), QString()},
                   {QStringLiteral("accepted"), true}});
    builder.out(id, FrameBuilder::text("hello").masked().toWire());
    builder.in(id, FrameBuilder::close(1000, "bye").toWire());
    builder.event(EventType::CloseFrame, id,
                  {{QStringLiteral("direction"), QStringLiteral("in")},
                   {QStringLiteral("code"), 1000},
                   {QStringLiteral("reason"), QStringLiteral("bye")}});
    builder.close(id, {{QStringLiteral("how"), QStringLiteral("close-frame")}});
    builder.event(EventType::Dropped, {},
                  {{QStringLiteral("where"), QStringLiteral("capture")}, {QStringLiteral("count"), 2}});
    const auto log = finished(builder, "websocket");

    const QByteArray out = QByteArray::number(upgradeRequest().size() + 11);
    const QByteArray in = QByteArray::number(upgradeResponse().size() + 7);
    const QByteArray expected =
        "{\"target\":\"ws://127.0.0.1:9001/\",\"outcome\":\"closed\",\"error\":null,\"log\":null,\"connections\":["
        "{\"id\":0,\"local\":\"127.0.0.1:10000\",\"peer\":\"127.0.0.1:9001\",\"resolved\":[],\"state\":\"closed\","
        "\"closed_by\":\"peer\","
        "\"phases\":[{\"name\":\"tcp\",\"ms\":1.000}],\"bytes_in\":"
        + in + ",\"bytes_out\":" + out
        + ",\"records_in\":2,\"records_out\":2,\"messages_in\":2,\"messages_out\":2,\"proxy\":null,\"tls\":null,"
          "\"redirected_to\":null,"
          "\"websocket\":{\"status\":101,\"subprotocol\":\"chat\",\"extensions\":\"\",\"close_code\":1000,\"close_"
          "reason\":\"bye\"},\"violations\":0}],"
          "\"dropped\":{\"kernel\":0,\"capture\":2}}";
    QCOMPARE(sessionSummaryAsJson(*log), expected);
    QVERIFY(QJsonDocument::fromJson(sessionSummaryAsJson(*log)).isObject());

    const QByteArray text =
        "ws://127.0.0.1:9001/: closed\n"
        "#0 127.0.0.1:10000 -> 127.0.0.1:9001; closed by peer (close-frame, code 1000, bye); tcp 1.0 ms; in "
        + in + " B, 2 records, 2 messages; out " + out + " B, 2 records, 2 messages\n"
        + "dropped: 0 by the kernel, 2 by the capture\n";
    QCOMPARE(sessionSummaryAsText(*log), text);
}

void tst_SessionSummary::tellsOfProxyTlsAndRedirect()
{
    LogScript builder(QStringLiteral("wss://example.test/"));
    const ConnectionId id = builder.open();
    builder.event(EventType::Proxied, id, {{QStringLiteral("proxy"), QStringLiteral("http://127.0.0.1:3128")}});
    TlsFacts facts;
    facts.protocol = QStringLiteral("TLS 1.3");
    facts.cipher = QStringLiteral("TLS_AES_256_GCM_SHA384");
    facts.alpn = QStringLiteral("http/1.1");
    facts.sni = QStringLiteral("example.test");
    facts.milliseconds = 2.5;
    facts.verification = QStringLiteral("off");
    facts.problems = {{0, QStringLiteral("it is self-signed")}};
    facts.chain.resize(1);
    facts.chain.front().sha256 = QStringLiteral("00ff");
    builder.event(EventType::Secured, id, facts.toJson());
    builder.event(EventType::Redirected, id, {{QStringLiteral("location"), QStringLiteral("wss://other.test/")}});
    builder.close(id);
    const auto log = finished(builder, "websocket");

    const QByteArray json = sessionSummaryAsJson(*log);
    const QByteArray expected = "\"proxy\":\"http://127.0.0.1:3128\",\"tls\":{\"protocol\":\"TLS 1.3\","
                                "\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"alpn\":\"http/1.1\","
                                "\"sni\":\"example.test\",\"ms\":2.500,\"verification\":\"off\","
                                "\"problems\":[\"it is self-signed\"],\"chain\":[\"00ff\"]},"
                                "\"redirected_to\":\"wss://other.test/\"";
    QVERIFY2(json.contains(expected), json.constData());
    QVERIFY(QJsonDocument::fromJson(json).isObject());
    const QByteArray text = sessionSummaryAsText(*log);
    QVERIFY2(text.contains("through the proxy http://127.0.0.1:3128; TLS 1.3, TLS_AES_256_GCM_SHA384, off, "
                           "it is self-signed; redirected to wss://other.test/; in"),
             text.constData());
}

void tst_SessionSummary::tellsOfASessionThatIsStillOpen()
{
    LogScript builder(QStringLiteral("tcp-listen://127.0.0.1:9001"));
    const auto log = SessionLog::create(builder.file()).value();
    const ConnectionId id = builder.open(Transport::Tcp, QStringLiteral("server"));
    builder.event(EventType::PhaseStarted, id, {{QStringLiteral("phase"), QStringLiteral("open")}});
    builder.in(id, "12345");
    builder.flush();
    QTRY_COMPARE(log->totals().bytes[0], 5);

    const QJsonObject summary = QJsonDocument::fromJson(sessionSummaryAsJson(*log)).object();
    QCOMPARE(summary[QStringLiteral("outcome")].toString(), QStringLiteral("open"));
    const QJsonValue connection = summary[QStringLiteral("connections")][0];
    QVERIFY(connection[QStringLiteral("closed_by")].isNull());
    QVERIFY(connection[QStringLiteral("websocket")].isNull());
    QVERIFY(connection[QStringLiteral("phases")][0][QStringLiteral("ms")].isNull());
    QVERIFY(sessionSummaryAsText(*log).contains("127.0.0.1:10000 <- 127.0.0.1:9001; open; open (lasting); in 5 B"));
}

void tst_SessionSummary::tellsOfASessionWithoutConnections()
{
    LogScript nothing(QStringLiteral("tcp://127.0.0.1:9001"));
    QVERIFY(sessionSummaryAsJson(*finished(nothing, "auto")).contains("\"outcome\":\"none\",\"error\":null"));

    LogScript failed(QStringLiteral("tcp-listen://127.0.0.1:9001"));
    failed.event(EventType::ListenFailed, {},
                 {{QStringLiteral("local"), QStringLiteral("127.0.0.1:9001")},
                  {QStringLiteral("error"), QStringLiteral("in use")}});
    QVERIFY(sessionSummaryAsJson(*finished(failed, "auto")).contains("\"outcome\":\"failed\",\"error\":\"in use\""));
}

void tst_SessionSummary::aListenerDoesNotFailWithAClient()
{
    LogScript builder(QStringLiteral("tcp-listen://127.0.0.1:9001"));
    builder.event(EventType::Listening, {}, {{QStringLiteral("local"), QStringLiteral("127.0.0.1:9001")}});
    const ConnectionId id = builder.open(Transport::Tcp, QStringLiteral("server"));
    builder.close(
        id, {{QStringLiteral("state"), QStringLiteral("failed")}, {QStringLiteral("error"), QStringLiteral("reset")}});
    builder.event(EventType::ListenStopped, {});
    const QByteArray json = sessionSummaryAsJson(*finished(builder, "auto"));
    QVERIFY2(json.contains("\"outcome\":\"closed\",\"error\":null"), json.constData());
}

void tst_SessionSummary::whatPeersSayIsSafeOnATerminal()
{
    LogScript builder(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId id = builder.open();
    builder.event(EventType::CloseFrame, id,
                  {{QStringLiteral("direction"), QStringLiteral("in")},
                   {QStringLiteral("code"), 4000},
                   {QStringLiteral("reason"), QStringLiteral("\x1b[31mred\u202e")}});
    builder.close(id);
    const auto log = finished(builder, "websocket");
    const QByteArray json = sessionSummaryAsJson(*log);
    const QByteArray text = sessionSummaryAsText(*log);
    QVERIFY2(json.contains("\"close_reason\":\"\\u001b[31mred\\u202e\""), json.constData());
    QVERIFY2(text.contains("code 4000, \\x1b[31mred\\u{202e}"), text.constData());
}

QTEST_GUILESS_MAIN(tst_SessionSummary)
#include "tst_sessionsummary.moc"
