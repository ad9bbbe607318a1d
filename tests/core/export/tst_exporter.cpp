// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/export/exporter.h"
#include "core/index/messagereader.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

class tst_Exporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { failOnWarnings(); }

    void formatsHaveNames();
    void messagesAsJsonLines();
    void hostileTextIsHarmlessInJson();
    void violationsAreNamedInJson();
    void compressedMessagesAreInflated();
    void whatDoesNotInflateIsSaid();
    void messagesAsText();
    void messagesAsCsv();
    void recordsAsHexDump();
    void directionAndConnectionChoose();
    void aFilterChooses();
    void rawIsExactlyTheBytesOfTheStream();
    void rawNeedsOneStream();
    void webSocketAsHar();
    void harNeedsWebSocket();
    void anExportCanBeCancelled();
    void aDeviceThatFailsIsAnError();
};

namespace {

std::shared_ptr<SessionLog> finished(LogScript &builder, const char *lens)
{
    auto log = SessionLog::create(builder.file(), LensSpec::parse(QString::fromLatin1(lens)).value()).value();
    builder.finish();
    log->waitUntilCaughtUp();
    return log;
}

struct Exported
{
    QByteArray bytes;
    QString error;
};

Exported exported(const SessionLog &log, const ExportOptions &options)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const Result<void> result = exportLog(log, options, buffer);
    return {buffer.data(), result ? QString() : result.error().detail};
}

ExportOptions format(ExportFormat format)
{
    return {format, {}, {}};
}

/// Two lines in one connection, one of them not text.
std::shared_ptr<SessionLog> lines()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId id = builder.open(); // At StartTime
    builder.in(id, "hello\n");
    builder.out(id, "a \"quote\"\\, \t\xc3\xa9\n\xff\xfe\n");
    return finished(builder, "lines");
}

} // namespace

void tst_Exporter::formatsHaveNames()
{
    QCOMPARE(exportFormatNames().join(QLatin1Char(' ')), QStringLiteral("text hexdump csv jsonl har raw"));
    for (const QString &name : exportFormatNames()) {
        QVERIFY(exportFormatFromString(name));
    }
    QVERIFY(!exportFormatFromString(QStringLiteral("pdf")));
}

void tst_Exporter::messagesAsJsonLines()
{
    const QByteArray expected = "{\"n\":0,\"time\":\"2026-11-22T08:00:00.001000001Z\",\"connection\":0,\"direction\":"
                                "\"in\",\"kind\":\"line\",\"length\":5,\"text\":\"hello\"}"
                                "\n"
                                "{\"n\":1,\"time\":\"2026-11-22T08:00:00.002000001Z\",\"connection\":0,\"direction\":"
                                "\"out\",\"kind\":\"line\",\"length\":15,\"text\":\"a \\\"quote\\\"\\\\, \\t"
                                "\xc3\xa9"
                                "\"}"
                                "\n"
                                "{\"n\":2,\"time\":\"2026-11-22T08:00:00.002000001Z\",\"connection\":0,\"direction\":"
                                "\"out\",\"kind\":\"line\",\"length\":2,\"base64\":\"//4=\"}"
                                "\n";
    QCOMPARE(exported(*lines(), format(ExportFormat::JsonLines)).bytes, expected);
}

void tst_Exporter::hostileTextIsHarmlessInJson()
{
    // Controls of the terminal and of the direction of text, in one and more bytes.
    const QString hostile = QStringLiteral("\x1b[2J\x7f \u009b \u202e \u2028 \u2066 \u061c \U0001f600 end");
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    builder.in(builder.open(), hostile.toUtf8() + '\n');
    const auto log = finished(builder, "lines");
    const QByteArray line = messageAsJsonLine(*log, log->messages()->at(0), 0);
    QVERIFY2(line.contains("\\u001b[2J\\u007f \\u009b \\u202e \\u2028 \\u2066 \\u061c "), line.constData());
    QCOMPARE(QJsonDocument::fromJson(line).object()[QStringLiteral("text")].toString(), hostile); // And nothing is lost

    const QByteArray text = messageAsTextLine(*log, log->messages()->at(0), 0);
    QVERIFY2(text.contains("\\x1b[2J\\x7f \\u{009b} \\u{202e} \\u{2028}"), text.constData());
}

void tst_Exporter::violationsAreNamedInJson()
{
    LogScript builder(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId id = builder.open();
    builder.out(id, upgradeRequest());
    builder.in(id, upgradeResponse());
    builder.out(id, FrameBuilder::text("bare").toWire());
    const auto log = finished(builder, "websocket");
    QCOMPARE(log->messages()->count(), 3);
    const QByteArray line = messageAsJsonLine(*log, log->messages()->at(2), 2);
    QVERIFY2(line.contains("\"kind\":\"text\",\"length\":4,\"text\":\"bare\",\"violations\":[\"RFC 6455, 5"),
             line.constData());
    QCOMPARE(log->connection(id).violations, 1);
    QVERIFY(!messageAsJsonLine(*log, log->messages()->at(0), 0).contains("violations"));
}

void tst_Exporter::compressedMessagesAreInflated()
{
    const QByteArray deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    LogScript builder(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId id = builder.open();
    builder.out(id, upgradeRequest(deflate));
    builder.in(id, upgradeResponse(deflate));
    const QByteArray hello = QByteArray::fromHex("f248cdc9c90700"); // RFC 7692, 7.2.3.1
    builder.out(id, FrameBuilder::text(hello).withReserved(4).masked().toWire());
    builder.in(id, FrameBuilder::text(hello).withReserved(4).toWire());
    const auto log = finished(builder, "websocket");
    const Message &message = log->messages()->at(3);

    QCOMPARE(message.contentLength, 5);
    const MessageReader reader(*log);
    QCOMPARE(reader.content(message, 3, MessageReader::Wait::No).value(), QByteArray("Hel"));
    QCOMPARE(reader.assembled(log->messages()->at(2), 100, MessageReader::Wait::Yes).value(), hello);
    QCOMPARE(reader.assembled(message, 2, MessageReader::Wait::Yes).value(), hello.first(2));
    QCOMPARE(reader.wire(message, 100, MessageReader::Wait::Yes).value().size(), 9);

    const QByteArray json = messageAsJsonLine(*log, message, 3);
    QVERIFY2(json.endsWith("\"length\":5,\"wire_length\":9,\"latency_ms\":1.000,\"text\":\"Hello\"}"),
             json.constData());
    const QByteArray text = messageAsTextLine(*log, message, 3);
    QVERIFY2(text.endsWith("< text 5 [compressed, 9 B on the wire] Hello"), text.constData());
    const QByteArray har = exported(*log, format(ExportFormat::Har)).bytes;
    QVERIFY2(har.contains("\"data\":\"Hello\",\"_compressed\":true,\"_wireLength\":9}"), har.constData());
}

void tst_Exporter::whatDoesNotInflateIsSaid()
{
    const QByteArray deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    LogScript builder(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId id = builder.open();
    builder.out(id, upgradeRequest(deflate));
    builder.in(id, upgradeResponse(deflate));
    builder.in(id, FrameBuilder::text(QByteArray::fromHex("f200110000")).withReserved(4).toWire());
    builder.in(id, FrameBuilder::text("ab\xc3\xa9\xff").toWire());
    const auto log = finished(builder, "websocket");

    const QByteArray json = messageAsJsonLine(*log, log->messages()->at(2), 2);
    QVERIFY2(json.contains(
                 "\"text\":\"H\",\"violations\":[\"RFC 7692, 7.2.2: A compressed message could not be inflated\"]"),
             json.constData());
    QVERIFY(exported(*log, format(ExportFormat::Har)).bytes.contains("\"_incomplete\":true"));
    const QByteArray text = messageAsTextLine(*log, log->messages()->at(3), 3);
    QVERIFY2(text.contains("A text message was not valid UTF-8, from byte 4 on]"), text.constData());
    QCOMPARE(log->connection(id).violations, 2);
}

void tst_Exporter::messagesAsText()
{
    const QByteArray expected = "0 2026-11-22T08:00:00.001000001Z < line 5 hello\n"
                                "1 2026-11-22T08:00:00.002000001Z > line 15 a \"quote\"\\\\, \\t\xc3\xa9\n"
                                "2 2026-11-22T08:00:00.002000001Z > line 2 \\xff\\xfe\n";
    QCOMPARE(exported(*lines(), format(ExportFormat::Text)).bytes, expected);

    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    builder.open();
    builder.in(builder.open(), "\nopen"); // An empty line, and one that never ends
    const QByteArray two = "0 2026-11-22T08:00:00.002000001Z #1 < line 0\n"
                           "1 2026-11-22T08:00:00.002000001Z #1 < line 4 [unfinished] open\n";
    QCOMPARE(exported(*finished(builder, "lines"), format(ExportFormat::Text)).bytes, two);
}

void tst_Exporter::messagesAsCsv()
{
    const QByteArray expected =
        "n,time,connection,direction,kind,length,begin,end,encoding,data\r\n"
        "0,2026-11-22T08:00:00.001000001Z,0,in,line,5,0,6,text,\"hello\"\r\n"
        "1,2026-11-22T08:00:00.002000001Z,0,out,line,15,0,16,text,\"a \"\"quote\"\"\\, \t\xc3\xa9\"\r\n"
        "2,2026-11-22T08:00:00.002000001Z,0,out,line,2,16,19,base64,\"//4=\"\r\n";
    QCOMPARE(exported(*lines(), format(ExportFormat::Csv)).bytes, expected);
}

void tst_Exporter::recordsAsHexDump()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId id = builder.open();
    builder.in(id, "hello");
    builder.in(id, "a line of more than sixteen bytes");
    builder.out(id, "\x01");
    const QByteArray expected = "2026-11-22T08:00:00.001000001Z < read 5 B at 0x0\n"
                                "00000000  68 65 6c 6c 6f                                    |hello|\n"
                                "2026-11-22T08:00:00.002000001Z < read 33 B at 0x5\n"
                                "00000005  61 20 6c 69 6e 65 20 6f  66 20 6d 6f 72 65 20 74  |a line of more t|\n"
                                "00000015  68 61 6e 20 73 69 78 74  65 65 6e 20 62 79 74 65  |han sixteen byte|\n"
                                "00000025  73                                                |s|\n"
                                "2026-11-22T08:00:00.003000001Z > write 1 B at 0x0\n"
                                "00000000  01                                                |.|\n";
    QCOMPARE(exported(*finished(builder, "lines"), format(ExportFormat::HexDump)).bytes, expected);
}

void tst_Exporter::directionAndConnectionChoose()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId first = builder.open();
    const ConnectionId second = builder.open();
    builder.in(first, "1 in\n");
    builder.out(first, "1 out\n");
    builder.in(second, "2 in\n");
    const auto log = finished(builder, "lines");

    QCOMPARE(exported(*log, {ExportFormat::Text, Direction::In, {}}).bytes.count('\n'), 2);
    QCOMPARE(exported(*log, {ExportFormat::Text, {}, first}).bytes.count('\n'), 2);
    const QByteArray one = exported(*log, {ExportFormat::JsonLines, Direction::In, second}).bytes;
    QCOMPARE(one.count('\n'), 1);
    QVERIFY2(one.startsWith("{\"n\":2,"), one.constData()); // Choosing does not number anew
    QVERIFY(exported(*log, {ExportFormat::HexDump, Direction::Out, {}}).bytes.contains("1 out"));
    QVERIFY(
        exported(*log, {ExportFormat::Text, {}, ConnectionId(2)}).error.contains(QStringLiteral("no connection 2")));
}

void tst_Exporter::aFilterChooses()
{
    const auto filtered = [](ExportFormat format, const char *text) {
        return ExportOptions{
            format, {}, {}, std::get<FilterExpression>(FilterExpression::parse(QString::fromLatin1(text)))};
    };
    const auto log = lines();
    QCOMPARE(exported(*log, filtered(ExportFormat::JsonLines, "in")).bytes.count('\n'), 1);
    QVERIFY(exported(*log, filtered(ExportFormat::Text, "\"quote\"")).bytes.contains("quote"));
    QCOMPARE(exported(*log, filtered(ExportFormat::Text, "\"quote\" in")).bytes, QByteArray());
    QCOMPARE(exported(*log, filtered(ExportFormat::Csv, "invalid:utf8 n:2")).bytes.count('\n'), 2); // With the names
    for (const ExportFormat format : {ExportFormat::Raw, ExportFormat::HexDump}) {
        const Exported refused = exported(*log, filtered(format, "in"));
        QVERIFY(refused.error.startsWith(QStringLiteral("A filter is for messages")));
        QCOMPARE(refused.bytes, QByteArray());
    }
}

void tst_Exporter::rawIsExactlyTheBytesOfTheStream()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId first = builder.open();
    const ConnectionId second = builder.open();
    QByteArray expected;
    for (quint32 seed = 1; seed <= 60; ++seed) {
        const QByteArray bytes = randomBytes(seed * 1237 % 90'000, seed); // Some are longer than a record can be
        if (!bytes.isEmpty()) {
            builder.in(first, bytes);
            builder.out(first, "noise");
            builder.in(second, "noise");
            expected += bytes;
        }
    }
    const auto log = finished(builder, "reads");
    const Exported raw = exported(*log, {ExportFormat::Raw, Direction::In, first});
    QCOMPARE(raw.error, QString());
    QVERIFY(raw.bytes == expected);
    QCOMPARE(exported(*log, {ExportFormat::Raw, {}, second}).bytes, QByteArray("noise").repeated(60)); // One way only
}

void tst_Exporter::rawNeedsOneStream()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId id = builder.open();
    builder.in(id, "in");
    builder.out(id, "out");
    const auto log = finished(builder, "reads");
    QVERIFY(exported(*log, format(ExportFormat::Raw)).error.contains(QStringLiteral("one direction")));
    QCOMPARE(exported(*log, {ExportFormat::Raw, Direction::Out, {}}).bytes, QByteArray("out"));

    LogScript two(QStringLiteral("tcp://127.0.0.1:9001"));
    two.in(two.open(), "1");
    two.in(two.open(), "2");
    const Exported both = exported(*finished(two, "reads"), {ExportFormat::Raw, Direction::In, {}});
    QVERIFY(both.error.contains(QStringLiteral("one connection")));
    QCOMPARE(both.bytes, QByteArray());
}

void tst_Exporter::webSocketAsHar()
{
    LogScript builder(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId first = builder.open();
    const ConnectionId second = builder.open();
    for (const ConnectionId id : {first, second}) {
        builder.out(id, upgradeRequest());
        builder.in(id, upgradeResponse());
    }
    builder.out(first, FrameBuilder::text("to the server").masked().toWire());
    builder.in(second, FrameBuilder::text("other").toWire());
    builder.in(first, FrameBuilder::ping("p").toWire() + FrameBuilder::binary("\x01\xff").toWire());
    const Exported har = exported(*finished(builder, "websocket"), format(ExportFormat::Har));
    QCOMPARE(har.error, QString());

    QJsonParseError parsed;
    const QJsonObject log = QJsonDocument::fromJson(har.bytes, &parsed).object()[QStringLiteral("log")].toObject();
    QCOMPARE(parsed.error, QJsonParseError::NoError);
    QCOMPARE(log[QStringLiteral("version")].toString(), QStringLiteral("1.2"));
    const QJsonArray entries = log[QStringLiteral("entries")].toArray();
    QCOMPARE(entries.size(), 2);

    const QJsonObject entry = entries[0].toObject();
    QCOMPARE(entry[QStringLiteral("_resourceType")].toString(), QStringLiteral("websocket"));
    QCOMPARE(entry[QStringLiteral("startedDateTime")].toString(), QStringLiteral("2026-11-22T08:00:00.000000001Z"));
    QCOMPARE(entry[QStringLiteral("request")][QStringLiteral("method")].toString(), QStringLiteral("GET"));
    QVERIFY(entry[QStringLiteral("request")][QStringLiteral("url")].toString().startsWith(QStringLiteral("ws://")));
    QCOMPARE(entry[QStringLiteral("response")][QStringLiteral("status")].toInt(), 101);
    QVERIFY(
        har.bytes.contains("\"_webSocketMessages\":["
                           "{\"type\":\"send\",\"time\":1795334400.006000001,\"opcode\":1,\"data\":\"to the server\"},"
                           "{\"type\":\"receive\",\"time\":1795334400.008000001,\"opcode\":2,\"data\":\"Af8=\"}]"));
    QCOMPARE(entries[1].toObject()[QStringLiteral("_webSocketMessages")].toArray().size(), 1);
}

void tst_Exporter::harNeedsWebSocket()
{
    QVERIFY(exported(*lines(), format(ExportFormat::Har)).error.contains(QStringLiteral("WebSocket connections only")));
}

void tst_Exporter::anExportCanBeCancelled()
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    double last = 0;
    const auto log = lines();
    const Result<void> result = exportLog(*log, format(ExportFormat::Text), buffer, [&](double done) {
        last = done;
        return false;
    });
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::Closed);
    QCOMPARE(last, 1.0);
}

void tst_Exporter::aDeviceThatFailsIsAnError()
{
    QByteArray bytes;
    QBuffer readOnly(&bytes);
    readOnly.open(QIODevice::ReadOnly);
    QTest::ignoreMessage(QtWarningMsg, "QIODevice::write (QBuffer): ReadOnly device");
    const auto log = lines();
    const Result<void> result = exportLog(*log, format(ExportFormat::Text), readOnly);
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::Io);
}

QTEST_GUILESS_MAIN(tst_Exporter)
#include "tst_exporter.moc"
