// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/http/chunkdecoder.h"
#include "core/protocol/http/httphead.h"
#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

namespace {

Transfer out(const QByteArray &bytes)
{
    return {Direction::Out, bytes};
}

Transfer in(const QByteArray &bytes)
{
    return {Direction::In, bytes};
}

QByteArray get(const char *method = "GET")
{
    return method + QByteArray(" / HTTP/1.1\r\nHost: a\r\n\r\n"); // 18 bytes and the method
}

QByteArray ok(const QByteArray &fields, const QByteArray &body = {})
{
    return "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body;
}

QByteArray length(int size)
{
    return "Content-Length: " + QByteArray::number(size) + "\r\n";
}

QByteArray chunked()
{
    return "Transfer-Encoding: chunked\r\n";
}

QByteArray eventStream()
{
    return "Content-Type: text/event-stream; charset=utf-8\r\n";
}

QByteArray chunk(const QByteArray &content, const QByteArray &extension = {})
{
    return QByteArray::number(content.size(), 16) + extension + "\r\n" + content + "\r\n";
}

QStringList run(const char *lens, const std::vector<Transfer> &conversation)
{
    return runLens(QString::fromLatin1(lens), {}, conversation).toLines();
}

using Conversation = std::vector<Transfer>;

} // namespace

class tst_HttpLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void cutsMessages_data();
    void cutsMessages();
    void cutsEvents_data();
    void cutsEvents();
    void takesTheContentOutOfChunks_data();
    void takesTheContentOutOfChunks();
    void namesWhatItGuessed_data();
    void namesWhatItGuessed();
    void saysWhereItStoppedFitting();
    void goesOverGapsInBodies();
    void bytesBehindTheEndAreReads();
    void anEndlessHeadIsGivenUp();
    void manyRequestsCostNoMoreThanTheirBytes();
    void splittingNeverChangesTheResult_data();
    void splittingNeverChangesTheResult();
    void brokenFramingBelongsToAMessage();
    void survivesMutations();
};

void tst_HttpLens::cutsMessages_data()
{
    QTest::addColumn<Conversation>("conversation");
    QTest::addColumn<QStringList>("lines");

    const auto add = [](const char *name, const Conversation &conversation, const QStringList &lines) {
        QTest::newRow(name) << conversation << lines;
    };
    // Good
    add("a request and its response", {out(get()), in(ok(length(2), "ab"))},
        {"out request 0+27 \"0+27\"", "in response 0+40 \"0+40\""});
    add("kept alive", {out(get()), in(ok(length(0))), out(get()), in(ok(length(1), "x"))},
        {"out request 0+27 \"0+27\"", "in response 0+38 \"0+38\"", "out request 27+27 \"0+27\"",
         "in response 38+39 \"0+39\""});
    add("pipelined", {out(get() + get()), in(ok(length(1), "a") + ok(length(1), "b"))},
        {"out request 0+27 \"0+27\"", "out request 27+27 \"0+27\"", "in response 0+39 \"0+39\"",
         "in response 39+39 \"0+39\""});
    add("a request with a body", {out("POST / HTTP/1.1\r\n" + length(3) + "\r\nabc" + get())},
        {"out request 0+41 \"0+41\"", "out request 41+27 \"0+27\""});
    add("chunked", {in(ok(chunked(), chunk("hello") + chunk("yo") + "0\r\n\r\n"))},
        {"in response 0+69 \"0+54\" chunked"});
    add("chunked with extensions and trailers",
        {in(ok(chunked(), chunk("hello", " ;a=\"b\"") + "000;x\r\nSum: 1\r\nMore: 2\r\n\r\n") + ok(length(0)))},
        {"in response 0+90 \"0+52\" chunked", "in response 90+38 \"0+38\""});
    add("chunked with bare LF", {in("HTTP/1.1 200 OK\nTransfer-Encoding: gzip, Chunked\n\n2\nab\n0\n\n")},
        {"in response 0+58 \"0+52\" chunked"});
    add("until the end", {in(ok("", "all of it"))}, {"* in response 0+28 \"0+28\"", "in response 0+28 \"0+28\""});
    add("HEAD has a length and no body", {out(get("HEAD") + get()), in(ok(length(9)) + ok(length(1), "x"))},
        {"out request 0+28 \"0+28\"", "out request 28+27 \"0+27\"", "in response 0+38 \"0+38\"",
         "in response 38+39 \"0+39\""});
    add("204 and 304 have none", {in("HTTP/1.1 204 No\r\n\r\nHTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n")},
        {"in response 0+19 \"0+19\"", "in response 19+40 \"0+40\""});
    add("interim responses answer nothing",
        {out(get("HEAD")), in("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n" + ok(length(5)))},
        {"out request 0+28 \"0+28\"", "in response 0+25 \"0+25\"", "in response 25+22 \"0+22\"",
         "in response 47+38 \"0+38\""});
    add("CONNECT opens a tunnel", {out(get("CONNECT")), in(ok(length(7)) + "\x16\x03"), out("GET x"), in("y")},
        {"out request 0+31 \"0+31\"", "in response 0+38 \"0+38\"", "in read 38+2 \"0+2\"", "out read 31+5 \"0+5\"",
         "in read 40+1 \"0+1\""});
    add("a refused CONNECT does not",
        {out(get("CONNECT")), in("HTTP/1.1 407 No\r\n" + length(1) + "\r\nx"), out(get())},
        {"out request 0+31 \"0+31\"", "in response 0+39 \"0+39\"", "out request 31+27 \"0+27\""});
    add("an upgrade to something else",
        {out("GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n"), in("HTTP/1.1 101 S\r\nUpgrade: h2c\r\n\r\n\x01"), out("\x02")},
        {"out request 0+32 \"0+32\"", "in response 0+32 \"0+32\"", "in read 32+1 \"0+1\"", "out read 32+1 \"0+1\""});
    add("the recording began after the request", {in(ok(length(0))), out(get("HEAD")), in(ok(length(4)))},
        {"in response 0+38 \"0+38\"", "out request 0+28 \"0+28\"", "in response 38+38 \"0+38\""});
    add("line ends before a head", {out("\r\n\n" + get())}, {"out request 3+27 \"0+27\""});
    // Invalid
    add("two lengths that agree", {in(ok("Content-Length: 1, 1\r\n", "x"))}, {"in response 0+42 \"0+42\""});
    add("two lengths that do not", {in(ok("Content-Length: 1, 2\r\n", "x"))},
        {"* in response 0+42 \"0+42\" !The bytes are not well-formed HTTP",
         "in response 0+42 \"0+42\" !The bytes are not well-formed HTTP"});
    add("a length that no number holds", {in(ok("Content-Length: 99999999999999999999\r\n", "x"))},
        {"* in response 0+58 \"0+58\" !The bytes are not well-formed HTTP",
         "in response 0+58 \"0+58\" !The bytes are not well-formed HTTP"});
    add("chunked and a length", {in(ok(chunked() + length(1), "0\r\n\r\n"))},
        {"in response 0+71 \"0+66\" chunked !The bytes are not well-formed HTTP"});
    // Malformed
    add("no HTTP", {in("SSH-2.0-x\r\n"), in("ab"), out(get())},
        {"in read 0+11 \"0+11\" misfit !The bytes are not well-formed HTTP", "in read 11+2 \"0+2\"",
         "out request 0+27 \"0+27\""});
    add("a chunk size that is none", {in(ok(chunked(), chunk("abc") + "xyz\r\n")), in("ab")},
        {"in response 0+60 \"0+50\" misfit chunked !The bytes are not well-formed HTTP", "in read 60+2 \"0+2\""});
    add("a chunk size over 63 bits", {in(ok(chunked(), "8000000000000000\r\nab"))},
        {"in response 0+67 \"0+47\" misfit chunked !The bytes are not well-formed HTTP"});
    add("a chunk longer than it says", {in(ok(chunked(), "2\r\nabc\r\n"))},
        {"in response 0+55 \"0+49\" misfit chunked !The bytes are not well-formed HTTP"});
    // Incomplete
    add("half a head", {out("GET / HTTP/1.1\r\nHo")},
        {"* out request 0+18 \"0+18\"", "out request 0+18 \"0+18\" unterminated"});
    add("half a body", {in(ok(length(9), "abc"))},
        {"* in response 0+41 \"0+41\"", "in response 0+41 \"0+41\" unterminated"});
    add("half a chunk", {in(ok(chunked(), "7fffffffffffffff\r\nabc"))},
        {"* in response 0+68 \"0+50\" chunked", "in response 0+68 \"0+50\" unterminated chunked"});
}

void tst_HttpLens::cutsMessages()
{
    QFETCH(const Conversation, conversation);
    QFETCH(const QStringList, lines);
    QCOMPARE(run("http", conversation), lines);
}

void tst_HttpLens::cutsEvents_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("events");

    const auto add = [](const char *name, const QByteArray &body, const QStringList &events) {
        QTest::newRow(name) << body << events;
    };
    // The head is 67 bytes.
    add("LF", "data: a\n\nevent: x\ndata: b\n\n", {"in frame 67+9 \"0+7\"", "in frame 76+18 \"0+16\""});
    add("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", {"in frame 67+11 \"0+7\"", "in frame 78+11 \"0+7\""});
    add("CR", "data: a\r\rdata: b\r\r", {"in frame 67+9 \"0+7\"", "in frame 76+9 \"0+7\""});
    add("CRLF, then a CR alone", "data: a\r\n\rdata: b\n\n", {"in frame 67+10 \"0+7\"", "in frame 77+9 \"0+7\""});
    add("CRLF and the end of the stream", "data: a\r\n\r", {"* in frame 67+10 \"0+7\"", "in frame 67+10 \"0+7\""});
    add("comments, retry and id", ": hello\n\nretry: 10\nid: 7\ndata\n\n",
        {"in frame 67+9 \"0+7\"", "in frame 76+22 \"0+20\""});
    add("line ends between events", "\n\r\ndata: a\n\n\n\n: x\n\n", {"in frame 70+9 \"0+7\"", "in frame 81+5 \"0+3\""});
    add("cut off", "data: a\n", {"* in frame 67+8 \"0+7\"", "in frame 67+8 \"0+7\" unterminated"});
    add("cut off in a line", "data: a", {"* in frame 67+7 \"0+7\"", "in frame 67+7 \"0+7\" unterminated"});
}

void tst_HttpLens::cutsEvents()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QStringList, events);
    QStringList lines = events;
    lines.insert(events.first().startsWith(u'*') ? 1 : 0, QStringLiteral("in response 0+67 \"0+67\""));
    QCOMPARE(run("sse", {in(ok(eventStream(), body))}), lines);
}

void tst_HttpLens::takesTheContentOutOfChunks_data()
{
    QTest::addColumn<QByteArray>("lens");
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QList<QByteArray>>("contents");

    const QByteArray head = ok(chunked());
    const QByteArray events = ok(chunked() + eventStream());
    QTest::newRow("a body") << QByteArray("http") << head + chunk("hel") + chunk("lo") + "0\r\nX: y\r\n\r\n"
                            << QList<QByteArray>{head + "hello"};
    QTest::newRow("a cut body") << QByteArray("http") << head + chunk("hel") + "9\r\nlo"
                                << QList<QByteArray>{head + "hello"};
    QTest::newRow("an event a chunk") << QByteArray("sse")
                                      << events + chunk("data: 1\n\n") + chunk("data: 2\n\n") + "0\r\n\r\n"
                                      << QList<QByteArray>{events, "data: 1", "data: 2"};
    QTest::newRow("events across chunks") << QByteArray("sse")
                                          << events + chunk("da") + chunk("ta: 1\n") + chunk("data: x\n\ndata")
            + chunk(": 2\n") + chunk("\n") + "0\r\n\r\n"
                                          << QList<QByteArray>{events, "data: 1\ndata: x", "data: 2"};
    QTest::newRow("the end of the body ends an event") << QByteArray("sse") << events + chunk("data: 1\n") + "0\r\n\r\n"
                                                       << QList<QByteArray>{events, "data: 1"};
}

void tst_HttpLens::takesTheContentOutOfChunks()
{
    QFETCH(const QByteArray, lens);
    QFETCH(const QByteArray, wire);
    QFETCH(const QList<QByteArray>, contents);
    QList<QByteArray> found;
    for (const Message &message : runLens(QString::fromLatin1(lens), {}, {in(wire)}).messages) {
        const QByteArray span = wire.mid(message.begin, message.end - message.begin);
        const qint64 plain =
            message.kind == MessageKind::Frame ? qint64(message.contentOffset) : findHeadEnd(span).value();
        found += message.has(MessageFlag::Chunked) ? ChunkDecoder::contentOf(span, plain, message.contentLength)
                                                   : span.mid(message.contentOffset, message.contentLength);
        QCOMPARE(found.last().size(), message.contentLength);
    }
    QCOMPARE(found, contents);
}

void tst_HttpLens::namesWhatItGuessed_data()
{
    QTest::addColumn<Conversation>("conversation");
    QTest::addColumn<QByteArray>("lens");
    QTest::addColumn<QByteArray>("reason");

    QTest::newRow("http") << Conversation{out(get())} << QByteArray("http")
                          << QByteArray("the first line is that of an HTTP message");
    QTest::newRow("a response") << Conversation{in(ok(length(0)))} << QByteArray("http")
                                << QByteArray("the first line is that of an HTTP message");
    QTest::newRow("a long target") << Conversation{out("GET /" + QByteArray(600, 'a'))} << QByteArray("http")
                                   << QByteArray("it begins like an HTTP request");
    QTest::newRow("websocket") << Conversation{out(upgradeRequest()), in(upgradeResponse()),
                                               out(FrameBuilder::text("a").masked().toWire())}
                               << QByteArray("websocket")
                               << QByteArray("the first line is that of an HTTP message; it was upgraded to WebSocket");
    QTest::newRow("events") << Conversation{out(get()), in(ok(eventStream(), "data: 1\n\n"))} << QByteArray("sse")
                            << QByteArray("the first line is that of an HTTP message; a response is an event stream");
    QTest::newRow("compressed events") << Conversation{out(get()),
                                                       in(ok(eventStream() + "Content-Encoding: gzip\r\n", "xx"))}
                                       << QByteArray("http") << QByteArray("the first line is that of an HTTP message");
    QTest::newRow("nearly") << Conversation{out("GET the door\n")} << QByteArray("lines")
                            << QByteArray("the first 13 bytes are text with a line end");
    QTest::newRow("HTTP/2") << Conversation{out("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")} << QByteArray("lines")
                            << QByteArray("the first 16 bytes are text with a line end");
    QTest::newRow("TLS") << Conversation{out(QByteArray("\x16\x03\x01\x02\x00\x01", 6))} << QByteArray("reads")
                         << QByteArray("it looks like TLS: a handshake record");
    QTest::newRow("nearly TLS") << Conversation{out("\x16\x04z")} << QByteArray("reads")
                                << QByteArray("byte 1 cannot be text");
}

void tst_HttpLens::namesWhatItGuessed()
{
    QFETCH(const Conversation, conversation);
    QFETCH(const QByteArray, lens);
    QFETCH(const QByteArray, reason);
    const auto decision = runLens(QStringLiteral("auto"), {}, conversation).decision;
    QVERIFY(decision);
    QCOMPARE(decision->lens, lens);
    QCOMPARE(decision->reason, reason);
    if (conversation.front().bytes.size() < 500) {
        checkSplitting(QStringLiteral("auto"), {},
                       conversation.front().bytes.startsWith('\x16') ? Conversation{} : conversation);
    }
}

void tst_HttpLens::saysWhereItStoppedFitting()
{
    const LensRun run = runLens(QStringLiteral("http"), {}, {in(ok(length(0)) + "what?\r\n"), out("\x01")});
    QCOMPARE(run.decision->reason,
             QByteArray("does not fit from byte 38 in on: no HTTP message; from byte 0 out on: no HTTP message"));
}

void tst_HttpLens::goesOverGapsInBodies()
{
    for (const bool isChunked : {false, true}) {
        const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("http")).value().create({});
        std::vector<Message> messages;
        const QByteArray head = isChunked ? ok(chunked(), "64\r\nab") : ok(length(100), "ab");
        const QByteArray rest = QByteArray(48, 'x') + (isChunked ? "\r\n0\r\n\r\n" : "");
        lens->feed({Direction::In, 0, 1, 0, head.size(), head}, messages);
        lens->gap({Direction::In, 1, 2, head.size(), 50, {}}, messages);
        lens->feed({Direction::In, 1, 2, head.size() + 50, rest.size(), rest}, messages);
        QCOMPARE(messages.size(), 1u);
        QVERIFY(messages[0].has(MessageFlag::Gap));
        QVERIFY(!messages[0].has(MessageFlag::Unterminated));

        messages.clear();
        lens->feed({Direction::In, 2, 3, 1000, head.size(), head}, messages);
        lens->gap({Direction::In, 3, 4, 1000 + head.size(), 5000, {}}, messages);
        lens->feed({Direction::In, 3, 4, 6000 + head.size(), 2, "yz"}, messages);
        QCOMPARE(messages.size(), 2u);
        QVERIFY(messages[0].has(MessageFlag::Unterminated));
        QVERIFY(messages[1].kind == MessageKind::Read);
    }
}

void tst_HttpLens::bytesBehindTheEndAreReads()
{
    for (const QByteArray &begun :
         {QByteArray("HTTP/1.1 200"), ok(length(10), "ab"), ok(chunked(), "a\r\nab"), ok({}, "ab")}) {
        const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("http")).value().create({});
        std::vector<Message> messages;
        lens->feed({Direction::In, 0, 1, 0, begun.size(), begun}, messages);
        lens->endOfStream(Direction::In, 2, messages);
        QCOMPARE(messages.size(), 1u);
        QVERIFY(messages[0].kind == MessageKind::Response);

        lens->feed({Direction::In, 1, 3, begun.size(), 2, "cd"}, messages);
        QCOMPARE(messages.size(), 2u);
        QVERIFY(messages[1].kind == MessageKind::Read);
        QCOMPARE(messages[1].begin, begun.size());
        QVERIFY(!lens->unfinished(Direction::In));
    }
}

void tst_HttpLens::anEndlessHeadIsGivenUp()
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("http")).value().create({});
    std::vector<Message> messages;
    const QByteArray block = "GET / HTTP/1.1\r\n" + QByteArray(1024 * 1024, 'a');
    lens->feed({Direction::Out, 0, 1, 0, block.size(), block}, messages);
    QCOMPARE(messages.size(), 1u);
    QVERIFY(messages[0].has(MessageFlag::Misfit));

    const std::unique_ptr<Lens> extended = LensSpec::parse(QStringLiteral("http")).value().create({});
    messages.clear();
    const QByteArray chunks = ok(chunked(), "1;" + QByteArray(20'000, 'a'));
    extended->feed({Direction::In, 0, 1, 0, chunks.size(), chunks}, messages);
    QCOMPARE(messages.size(), 1u);
    QVERIFY(messages[0].has(MessageFlag::Misfit));
}

void tst_HttpLens::manyRequestsCostNoMoreThanTheirBytes()
{
    // HEAD requests that nobody answers are remembered up to a limit; those behind it are still cut.
    const LensRun run = runLens(QStringLiteral("http"), {}, {out(get("HEAD").repeated(10'000))});
    QCOMPARE(run.messages.size(), 10'000u);

    // A head of nothing but the same field is no quadratic work.
    const QByteArray head = ok(QByteArray("Content-Length: 1\r\n").repeated(13'000), "x");
    QCOMPARE(runLens(QStringLiteral("http"), {}, {in(head)}).messages.size(), 1u);
}

void tst_HttpLens::splittingNeverChangesTheResult_data()
{
    QTest::addColumn<QByteArray>("lens");
    QTest::addColumn<Conversation>("conversation");

    const Conversation http{out("\r\n" + get() + get("HEAD") + "POST / HTTP/1.1\r\n" + chunked() + "\r\n" + chunk("abc")
                                + "0\r\n\r\n" + get()),
                            in(ok(length(3), "abc") + ok(length(5)) + "HTTP/1.1 100 C\r\n\r\n"
                               + ok(chunked(), chunk("hi", ";x=y") + "0\r\nT: 1\r\n\r\n") + ok("", "all"))};
    QTest::newRow("http") << QByteArray("http") << http;
    QTest::newRow("http by sse") << QByteArray("sse") << http;
    const QByteArray events = "\xef\xbb\xbf: hi\r\rdata: a\n\ndata: b\r\n\r\nid: 1\r\n\rdata: c\r\n\r\n\r\ndata: d\n\n";
    QTest::newRow("events") << QByteArray("sse") << Conversation{in(ok(eventStream(), events + "data: e\r\n\r"))};
    QByteArray chunks;
    for (qsizetype at = 0; at < events.size(); at += 5) {
        chunks += chunk(events.mid(at, 5));
    }
    QTest::newRow("events in chunks") << QByteArray(
        "sse") << Conversation{in(ok(eventStream() + chunked(), chunks + "0\r\n\r\n") + ok(length(2), "ab"))};
    QTest::newRow("websocket") << QByteArray("http")
                               << Conversation{out(upgradeRequest()),
                                               in(upgradeResponse() + FrameBuilder::text("yo").toWire()),
                                               out(FrameBuilder::text("hello").masked().toWire())};
}

void tst_HttpLens::splittingNeverChangesTheResult()
{
    QFETCH(const QByteArray, lens);
    QFETCH(const Conversation, conversation);
    checkSplitting(QString::fromLatin1(lens), {}, conversation);
}

void tst_HttpLens::brokenFramingBelongsToAMessage()
{
    const QByteArray good = ok(eventStream() + chunked(), chunk("data: 1\n\n"));
    const QByteArray broken = "111111111111111111111\r\n"; // More than any number can count
    for (qsizetype split = 1; split < broken.size(); ++split) {
        const LensRun run =
            runLens(QStringLiteral("sse"), {}, {in(good + broken.first(split)), in(broken.sliced(split))});
        const auto misfit =
            std::ranges::find_if(run.messages, [](const Message &message) { return message.has(MessageFlag::Misfit); });
        QVERIFY(misfit != run.messages.end());
        QCOMPARE(misfit->begin, good.size() - 2); // The line end behind a chunk is framing too
        QVERIFY(run.decision->reason.contains(QByteArray::number(misfit->begin)));
        QCOMPARE(run.messages.back().end, good.size() + broken.size());
    }
}

void tst_HttpLens::survivesMutations()
{
    const Conversation good{
        out(get() + "POST / HTTP/1.1\r\n" + chunked() + "\r\n" + chunk("abc") + "0\r\n\r\n"),
        in(ok(length(3), "abc")
           + ok(eventStream() + chunked(), chunk("data: x\r\n\r\nda") + chunk("ta\n\n") + "0\r\n\r\n"))};
    for (quint32 seed = 1; seed <= 2000; ++seed) {
        QRandomGenerator random(seed);
        Conversation bad = good;
        for (Transfer &transfer : bad) {
            for (int i = 0; i < 3; ++i) {
                const auto at = random.bounded(int(transfer.bytes.size()));
                transfer.bytes[at] = static_cast<char>(random.bounded(256));
            }
        }
        for (const char *lens : {"http", "sse"}) {
            const LensRun run =
                runLens(QString::fromLatin1(lens), {}, bad, [&random] { return qsizetype(random.bounded(1, 40)); });
            for (const Message &message : run.messages) {
                QVERIFY2(message.end > message.begin && message.contentLength >= 0, qPrintable(QString::number(seed)));
                QVERIFY2(message.contentLength <= message.end - message.begin, qPrintable(QString::number(seed)));
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_HttpLens)
#include "tst_httplens.moc"
