// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QTest>

#include <numeric>

using namespace Sidewire;
using namespace TestSupport;

namespace {

constexpr LensContext Client{Transport::Tcp, true, Direction::Out};
const QByteArray Deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

LensRun run(const std::vector<Transfer> &conversation, const LensContext &context = Client)
{
    return runLens(QStringLiteral("websocket"), context, conversation);
}

/// What the lens finds after an accepted upgrade; offsets count from its end.
QStringList framesIn(const QByteArray &wire, const QByteArray &fields = {})
{
    LensRun found = run(
        {{Direction::Out, upgradeRequest(fields)}, {Direction::In, upgradeResponse(fields)}, {Direction::In, wire}});
    found.messages.erase(found.messages.begin(), found.messages.begin() + 2);
    for (std::vector<Message> *list : {&found.messages, &found.unfinished}) {
        for (Message &message : *list) {
            message.begin -= upgradeResponse(fields).size();
            message.end -= upgradeResponse(fields).size();
        }
    }
    return found.toLines();
}

quint32 allViolations(const LensRun &found)
{
    return std::accumulate(found.messages.begin(), found.messages.end(), 0u,
                           [](quint32 set, const Message &message) { return set | message.violations; });
}

/// Both directions, everything that frames can be.
std::vector<Transfer> conversation()
{
    return {
        {Direction::Out, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {Direction::In, "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 401 No\r\nContent-Length: 5\r\n\r\nhello"},
        {Direction::Out, upgradeRequest(Deflate)},
        {Direction::In, upgradeResponse(Deflate) + FrameBuilder::text("in the same record").toWire()},
        {Direction::Out,
         FrameBuilder::text("h\xc3").notFinal().masked().toWire() + FrameBuilder::ping("p").masked().toWire()},
        {Direction::In,
         FrameBuilder::text("squeezed").withReserved(4).toWire() + FrameBuilder(5, "odd").withReserved(3).toWire()},
        {Direction::Out,
         FrameBuilder::continuation("\xa9").masked().toWire() + FrameBuilder::text("no \xff text").masked().toWire()},
        {Direction::In,
         FrameBuilder::binary(QByteArray(300, 'b')).notFinal().toWire() + FrameBuilder::text("new").toWire()},
        {Direction::Out, FrameBuilder::close(1005, "bad \xff").masked().toWire() + FrameBuilder::text("late").toWire()},
        {Direction::In,
         FrameBuilder::close(1000, "bye").toWire() + FrameBuilder::binary("cut").withDeclaredLength(99).toWire()},
    };
}

} // namespace

class tst_WebSocketLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void followsASession();
    void joinsFrames_data();
    void joinsFrames();
    void checksTheHandshake_data();
    void checksTheHandshake();
    void showsAnswersThatAcceptNothing_data();
    void showsAnswersThatAcceptNothing();
    void retriesOnTheSameConnection();
    void listensToTheOtherSide();
    void followsFramesThatCameTooEarly();
    void saysThatItBeganInMidStream();
    void limitsTheHead();
    void judgesTextOverFragments_data();
    void judgesTextOverFragments();
    void judgesCloseFrames_data();
    void judgesCloseFrames();
    void givesReservedBitsTheirMeaning();
    void splittingNeverChangesTheResult();
    void passesOverBinaryPayloads();
    void goesOverAGapInAPayload();
    void readsAfterAGapElsewhere();
    void survivesMutations();
};

void tst_WebSocketLens::followsASession()
{
    const LensRun found = run({
        {Direction::Out, upgradeRequest()},
        {Direction::In, upgradeResponse() + FrameBuilder::text("hi").toWire()},
        {Direction::Out, FrameBuilder::binary("abc").masked().toWire() + FrameBuilder::close(1000).masked().toWire()},
        {Direction::In, FrameBuilder::close(1000).toWire()},
    });

    QCOMPARE(found.toLines(),
             (QStringList{
                 QStringLiteral("out request 0+%1 \"0+%1\"").arg(upgradeRequest().size()),
                 QStringLiteral("in response 0+%1 \"0+%1\"").arg(upgradeResponse().size()),
                 QStringLiteral("in text %1+4 \"2+2\"").arg(upgradeResponse().size()),
                 QStringLiteral("out binary %1+9 \"6+3\" masked").arg(upgradeRequest().size()),
                 QStringLiteral("out close %1+8 \"6+2\" masked").arg(upgradeRequest().size() + 9),
                 QStringLiteral("in close %1+4 \"2+2\"").arg(upgradeResponse().size() + 4),
             }));
    QVERIFY(found.messages.back().has(MessageFlag::WebSocket));
    QVERIFY(!found.messages.front().has(MessageFlag::WebSocket));
}

void tst_WebSocketLens::joinsFrames_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QStringList>("expected");

    const auto add = [](const char *name, const QByteArray &wire, const QStringList &expected) {
        QTest::newRow(name) << wire << expected;
    };
    const QByteArray first = FrameBuilder::text("ab").notFinal().toWire();
    const QByteArray last = FrameBuilder::continuation("c").toWire();
    add("empty", FrameBuilder::binary({}).toWire(), {"in binary 0+2 \"2+0\""});
    add("fragments", first + last, {"in text 0+7 \"2+3\" fragmented"});
    add("ping between", first + FrameBuilder::ping("pp").toWire() + last,
        {"in ping 4+4 \"#3ee31a35+2\"", "in text 0+11 \"2+3\" fragmented"});
    add("reserved opcode", FrameBuilder(11, "x").toWire(), {"in frame 0+3 \"2+1\" !The opcode is reserved"});
    add("never continued", first + FrameBuilder::binary("x").toWire(),
        {"in text 0+4 \"2+2\" unterminated",
         "in binary 4+3 \"2+1\" !A new message began before the fragmented one had ended"});
    add("stray continuation", last, {"in binary 0+3 \"2+1\" !A continuation frame came without a message to continue"});
    add("masked server", FrameBuilder::text("a").masked().toWire(),
        {"in text 0+7 \"6+1\" masked !A server frame was masked"});
    add("data after close",
        FrameBuilder::close(1000).toWire() + FrameBuilder::pong().toWire() + FrameBuilder::text("a").toWire(),
        {"in close 0+4 \"2+2\"", "in pong 4+2 \"#0+0\"", "in text 6+3 \"2+1\" !Data followed a Close frame"});
    add("half a header", FrameBuilder::text({}).toWire() + "\x81",
        {"* in frame 2+1 \"0+0\"", "in text 0+2 \"2+0\"", "in frame 2+1 \"0+0\" unterminated"});
    add("half a payload", FrameBuilder::text("abc").toWire().chopped(1),
        {"* in text 0+4 \"2+2\"", "in text 0+4 \"2+2\" unterminated"});
    add("waiting for the next fragment", first, {"* in text 0+4 \"2+2\"", "in text 0+4 \"2+2\" unterminated"});
    add("half a ping between fragments", first + FrameBuilder::ping("pp").toWire().chopped(1),
        {"* in text 0+7 \"2+2\"", "in ping 4+3 \"#82079eb1+1\" unterminated", "in text 0+7 \"2+2\" unterminated"});
}

void tst_WebSocketLens::joinsFrames()
{
    QFETCH(const QByteArray, wire);
    QFETCH(const QStringList, expected);
    QCOMPARE(framesIn(wire), expected);
}

void tst_WebSocketLens::checksTheHandshake_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<quint32>("violations");

    const auto add = [](const char *name, const QByteArray &request, const QByteArray &response, quint32 violations) {
        QTest::newRow(name) << request << response << violations;
    };
    const auto with = [](QByteArray head, const char *before, const char *after) {
        return head.replace(before, after);
    };
    const auto extensions = [](const QByteArray &value) {
        return "Sec-WebSocket-Extensions: " + value + "\r\n";
    };
    const QByteArray request = upgradeRequest("Sec-WebSocket-Protocol: chat, superchat\r\n" + Deflate);
    const QByteArray response = upgradeResponse();
    add("good", request, upgradeResponse("Sec-WebSocket-Protocol: chat\r\n" + Deflate), 0);
    add("bare LF and other case",
        with(upgradeRequest(), "\r\n", "\n").replace("Connection: Upgrade", "connection:keep-alive,\tupgrade"),
        with(response, "websocket", "WebSocket"), 0);
    add("offers in two fields, and a fallback",
        upgradeRequest(extensions("permessage-deflate; client_max_window_bits, permessage-deflate") + extensions("x")),
        upgradeResponse(extensions("permessage-deflate; client_max_window_bits=10")), 0);

    // By the client
    add("no connection in the request", with(upgradeRequest(), "Connection", "X"), response,
        bit(Violation::WrongUpgrade));
    add("no upgrade in the request", with(upgradeRequest(), "Upgrade: websocket", "Upgrade: h2c"), response,
        bit(Violation::WrongUpgrade));
    add("version 8", with(upgradeRequest(), "13", "8"), response, bit(Violation::WrongVersion));
    add("no version", with(upgradeRequest(), "Sec-WebSocket-Version", "X"), response, bit(Violation::WrongVersion));
    add("two versions", upgradeRequest("Sec-WebSocket-Version: 13\r\n"), response, bit(Violation::RepeatedField));
    add("post", with(upgradeRequest(), "GET", "POST"), response, bit(Violation::WrongRequest));
    add("HTTP/1.0", with(upgradeRequest(), "HTTP/1.1", "HTTP/1.0"), response, bit(Violation::WrongRequest));
    add("no host", with(upgradeRequest(), "Host", "X"), response, bit(Violation::WrongRequest));
    add("two hosts", upgradeRequest("Host: b\r\n"), response, bit(Violation::WrongRequest));
    const auto answered = [&](const QByteArray &key) {
        return with(response, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", webSocketAccept(key));
    };
    for (const char *key : {"short", "dGhlIHNhbXBsZSBub25jZ", "dGhlIHNhbXBsZSBub25jZSE=", "????????????????????????"}) {
        add(qPrintable(QStringLiteral("key %1").arg(QLatin1String(key))),
            with(upgradeRequest(), "dGhlIHNhbXBsZSBub25jZQ==", key), answered(key), bit(Violation::InvalidKey));
    }
    add("no key", with(upgradeRequest(), "Sec-WebSocket-Key", "X"), answered({}), bit(Violation::InvalidKey));
    add("two keys", upgradeRequest("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), response,
        bit(Violation::RepeatedField));
    add("a subprotocol offered twice", upgradeRequest("Sec-WebSocket-Protocol: a, b, a\r\n"), response,
        bit(Violation::RepeatedField));
    add("an offer with a bad window", upgradeRequest(extensions("permessage-deflate; server_max_window_bits=16")),
        response, bit(Violation::InvalidExtension));

    // By the server
    add("wrong accept", request, with(response, "s3p", "S3p"), bit(Violation::WrongAccept));
    add("no accept", request, with(response, "Sec-WebSocket-Accept", "X"), bit(Violation::MissingAccept));
    add("two accepts", request, upgradeResponse("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"),
        bit(Violation::RepeatedField));
    add("no upgrade in the response", request, with(response, "Upgrade: websocket", "X: y"),
        bit(Violation::WrongUpgrade));
    add("no connection in the response", request, with(response, "Connection", "X"), bit(Violation::WrongUpgrade));
    add("subprotocol", request, upgradeResponse("Sec-WebSocket-Protocol: other\r\n"),
        bit(Violation::SubprotocolNotOffered));
    add("an empty subprotocol", request, upgradeResponse("Sec-WebSocket-Protocol: \r\n"),
        bit(Violation::SubprotocolNotOffered));
    add("two subprotocols", request, upgradeResponse("Sec-WebSocket-Protocol: chat, superchat\r\n"),
        bit(Violation::SeveralSubprotocols));
    add("two fields of subprotocols", request,
        upgradeResponse("Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: superchat\r\n"),
        bit(Violation::SeveralSubprotocols) | bit(Violation::RepeatedField));
    add("extension", upgradeRequest(), upgradeResponse(Deflate), bit(Violation::ExtensionNotOffered));
    add("another extension", request, upgradeResponse(extensions("x-unknown")), bit(Violation::ExtensionNotOffered));
    add("permessage-deflate twice", request, upgradeResponse(Deflate + Deflate), bit(Violation::InvalidExtension));
    add("an unknown parameter", request, upgradeResponse(extensions("permessage-deflate; level=9")),
        bit(Violation::InvalidExtension));
    add("a window without a value", upgradeRequest(extensions("permessage-deflate; client_max_window_bits")),
        upgradeResponse(extensions("permessage-deflate; client_max_window_bits")), bit(Violation::InvalidExtension));
    add("a window that the client cannot set", request,
        upgradeResponse(extensions("permessage-deflate; client_max_window_bits=10")),
        bit(Violation::ExtensionNotAsOffered));
    add("a window larger than asked for", upgradeRequest(extensions("permessage-deflate; server_max_window_bits=9")),
        upgradeResponse(extensions("permessage-deflate; server_max_window_bits=10")),
        bit(Violation::ExtensionNotAsOffered));
    add("a takeover that was ruled out", upgradeRequest(extensions("permessage-deflate; server_no_context_takeover")),
        upgradeResponse(Deflate), bit(Violation::ExtensionNotAsOffered));
    add("a line that is no field", request, upgradeResponse("what is this\r\n"), bit(Violation::MalformedHead));
    add("an answer to nothing", "GET / HTTP/1.1\r\n\r\n", response, bit(Violation::WrongAccept));
}

void tst_WebSocketLens::checksTheHandshake()
{
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, response);
    QFETCH(const quint32, violations);

    const LensRun found = run({{Direction::Out, request}, {Direction::In, response + FrameBuilder::ping().toWire()}});

    QCOMPARE(found.messages.size(), 3u);
    QCOMPARE(allViolations(found), violations);
    QVERIFY(found.messages[2].kind == MessageKind::Ping); // it goes on all the same
}

void tst_WebSocketLens::showsAnswersThatAcceptNothing_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<QStringList>("expected");

    const auto add = [](const char *name, const QByteArray &response, const QStringList &expected) {
        QTest::newRow(name) << response << expected;
    };
    add("no body", "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", {"in response 0+38 \"0+38\""});
    add("body of a length", "HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nab", {"in response 0+40 \"0+40\""});
    add("body that is cut", "HTTP/1.1 401 No\r\nContent-Length: 9\r\n\r\nab",
        {"* in response 0+40 \"0+40\"", "in response 0+40 \"0+40\" unterminated"});
    add("until the end", "HTTP/1.1 200 OK\r\n\r\n<html>", {"* in response 0+25 \"0+25\"", "in response 0+25 \"0+25\""});
    add("a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab",
        {"* in response 0+41 \"0+41\" !The bytes are not well-formed HTTP",
         "in response 0+41 \"0+41\" !The bytes are not well-formed HTTP"});
    add("no content", "HTTP/1.1 204 No\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
        {"in response 0+19 \"0+19\"", "in response 19+19 \"0+19\""});
    add("interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 No\r\n\r\n",
        {"in response 0+25 \"0+25\"", "in response 25+19 \"0+19\""});
    add("a head that is cut", "HTTP/1.1 20", {"* in response 0+11 \"0+11\"", "in response 0+11 \"0+11\" unterminated"});
    add("no HTTP", "SSH-2.0-x\r\n", {"in read 0+11 \"0+11\" misfit !The bytes are not well-formed HTTP"});
    add("no status", "HTTP/1.1 OK\r\n\r\nab", {"in read 0+17 \"0+17\" misfit !The bytes are not well-formed HTTP"});
}

void tst_WebSocketLens::showsAnswersThatAcceptNothing()
{
    QFETCH(const QByteArray, response);
    QFETCH(const QStringList, expected);
    QStringList lines = run({{Direction::Out, upgradeRequest()}, {Direction::In, response}}).toLines();
    QVERIFY(lines.removeOne(QStringLiteral("out request 0+%1 \"0+%1\"").arg(upgradeRequest().size())));
    QCOMPARE(lines, expected);
}

void tst_WebSocketLens::retriesOnTheSameConnection()
{
    const LensRun found = run({
        {Direction::Out,
         "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"},
        {Direction::In, "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"},
        {Direction::Out, upgradeRequest()},
        {Direction::In, upgradeResponse()},
        {Direction::Out, FrameBuilder::text("a").masked().toWire()},
    });
    QCOMPARE(found.messages.size(), 5u);
    QCOMPARE(allViolations(found), 0u);
    QVERIFY(found.messages.back().kind == MessageKind::Text);
}

void tst_WebSocketLens::listensToTheOtherSide()
{
    const LensRun found = run({{Direction::In, upgradeRequest()},
                               {Direction::Out, upgradeResponse()},
                               {Direction::In, FrameBuilder::text("a").masked().toWire()},
                               {Direction::Out, FrameBuilder::text("b").toWire()}},
                              {Transport::Tcp, true, Direction::In});
    QCOMPARE(found.messages.size(), 4u);
    QVERIFY(found.messages[0].kind == MessageKind::Request);
    QCOMPARE(allViolations(found), 0u);
}

void tst_WebSocketLens::followsFramesThatCameTooEarly()
{
    const LensRun found = run({{Direction::Out, upgradeRequest() + FrameBuilder::text("a").masked().toWire()},
                               {Direction::In, upgradeResponse()},
                               {Direction::Out, FrameBuilder::text("b").masked().toWire()}});
    QCOMPARE(found.messages.size(), 4u);
    QVERIFY(found.messages[1].kind == MessageKind::Text);
    QVERIFY(found.messages[3].kind == MessageKind::Text);
    QCOMPARE(found.messages[1].violations, bit(Violation::SentTooEarly)); // RFC 6455, 4.1
    QCOMPARE(found.messages[3].violations, 0u);
}

void tst_WebSocketLens::saysThatItBeganInMidStream()
{
    const LensRun found = run({{Direction::Out, FrameBuilder::text("a").masked().toWire()},
                               {Direction::In, FrameBuilder::text("abc").toWire()},
                               {Direction::In, FrameBuilder::text("d").toWire()}});
    QCOMPARE(found.toLines(),
             (QStringList{"out read 0+7 \"0+7\" misfit !The bytes are not well-formed HTTP",
                          "in read 0+5 \"0+5\" misfit !The bytes are not well-formed HTTP", "in read 5+3 \"0+3\""}));
}

void tst_WebSocketLens::limitsTheHead()
{
    const QByteArray start = "GET / HTTP/1.1\r\nX: ";
    const auto request = [&start](qint64 size) {
        return start + QByteArray(size - start.size() - 4, 'x') + "\r\n\r\n";
    };
    const LensRun longest = run({{Direction::Out, request(MaxHttpHead)}});
    QCOMPARE(longest.messages.size(), 1u);
    QVERIFY(longest.messages[0].kind == MessageKind::Request);

    const LensRun longer = run({{Direction::Out, request(MaxHttpHead + 1)}});
    QCOMPARE(longer.messages.size(), 1u);
    QVERIFY(longer.messages[0].kind == MessageKind::Read);
    QCOMPARE(longer.messages[0].violations, bit(Violation::MalformedHead));
}

void tst_WebSocketLens::judgesTextOverFragments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isValid");

    QTest::newRow("ascii") << QByteArray("hello") << true;
    QTest::newRow("two bytes") << QByteArray("h\xc3\xa9llo") << true;
    QTest::newRow("four bytes") << QByteArray("\xf0\x9f\x98\x80") << true;
    QTest::newRow("a character that is cut") << QByteArray("h\xc3") << false;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("wrong in the middle") << QByteArray("a\xff z") << false;
    QTest::newRow("wrong at the end of much") << QByteArray(10'000, 'a') + '\x80' << false;
}

void tst_WebSocketLens::judgesTextOverFragments()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, isValid);
    const quint32 expected = isValid ? 0 : bit(Violation::InvalidUtf8);
    for (qsizetype at = 0; at <= std::min<qsizetype>(text.size(), 20); ++at) {
        const LensRun found = run({{Direction::Out, upgradeRequest()},
                                   {Direction::In, upgradeResponse()},
                                   {Direction::Out,
                                    FrameBuilder::text(text.first(at)).notFinal().masked("1234").toWire()
                                        + FrameBuilder::ping("\xff").masked().toWire()
                                        + FrameBuilder::continuation(text.sliced(at)).masked("abcd").toWire()
                                        + FrameBuilder::text("good").masked().toWire()}});
        QCOMPARE(found.messages.size(), 5u);
        QCOMPARE(found.messages[3].violations, expected);
        QCOMPARE(found.messages[4].violations, 0u); // the next message starts afresh
    }
}

void tst_WebSocketLens::judgesCloseFrames_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<quint32>("violations");

    for (const int code : {1000, 1003, 1007, 1014, 3000, 4999}) {
        QTest::addRow("%d", code) << FrameBuilder::close(code, "bye").toWire() << 0u;
    }
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535}) {
        QTest::addRow("%d", code) << FrameBuilder::close(code).toWire() << bit(Violation::InvalidCloseCode);
    }
    QTest::newRow("empty") << FrameBuilder(8).toWire() << 0u;
    QTest::newRow("one byte") << FrameBuilder(8, "\x03").toWire() << bit(Violation::InvalidCloseBody);
    QTest::newRow("reason is not UTF-8") << FrameBuilder::close(1000, "\xff").toWire()
                                         << bit(Violation::InvalidCloseBody);
    QTest::newRow("reason is cut") << FrameBuilder::close(1000, "\xc3").toWire() << bit(Violation::InvalidCloseBody);
    QTest::newRow("too long") << FrameBuilder::close(1000, QByteArray(124, 'x')).toWire()
                              << bit(Violation::ControlTooLong);
}

void tst_WebSocketLens::judgesCloseFrames()
{
    QFETCH(const QByteArray, wire);
    QFETCH(const quint32, violations);
    const LensRun found =
        run({{Direction::Out, upgradeRequest()}, {Direction::In, upgradeResponse()}, {Direction::In, wire}});
    QCOMPARE(found.messages.size(), 3u);
    QCOMPARE(found.messages[2].violations, violations);
}

void tst_WebSocketLens::givesReservedBitsTheirMeaning()
{
    const QByteArray hello = QByteArray::fromHex("f248cdc9c90700"); // RFC 7692, 7.2.3.1
    const QByteArray first = FrameBuilder::text(hello.first(3)).notFinal().withReserved(4).toWire();
    const FrameBuilder last = FrameBuilder::continuation(hello.sliced(3));
    const QString reserved = QStringLiteral(" !A reserved bit was set without an extension that gives it a meaning");
    const QString misplaced = QStringLiteral(" !RSV1 was set on a frame that does not begin a data message");
    QCOMPARE(framesIn(first + last.toWire(), Deflate), QStringList{"in text 0+11 \"-+5\" fragmented compressed"});

    // RSV1 has no meaning on a later fragment (RFC 7692, 6.1), on a control frame, or without the extension.
    QCOMPARE(framesIn(first + last.withReserved(4).toWire(), Deflate),
             QStringList{"in text 0+11 \"-+5\" fragmented compressed" + misplaced});
    QCOMPARE(framesIn(FrameBuilder::ping().withReserved(4).toWire(), Deflate),
             QStringList{"in ping 0+2 \"#0+0\"" + misplaced});
    QCOMPARE(framesIn(FrameBuilder::ping().withReserved(5).toWire(), Deflate),
             QStringList{"in ping 0+2 \"#0+0\"" + reserved + misplaced});
    QCOMPARE(framesIn(FrameBuilder::continuation("a").withReserved(4).toWire(), Deflate),
             QStringList{"in binary 0+3 \"2+1\" !A continuation frame came without a message to continue" + misplaced});
    QCOMPARE(framesIn(FrameBuilder::binary("a").withReserved(4).toWire()),
             QStringList{"in binary 0+3 \"2+1\"" + reserved});
    QCOMPARE(framesIn(FrameBuilder::binary("a").withReserved(2).toWire(), Deflate),
             QStringList{"in binary 0+3 \"2+1\"" + reserved});
    QCOMPARE(framesIn(FrameBuilder::binary(hello).withReserved(6).toWire(), Deflate),
             QStringList{"in binary 0+9 \"-+5\" compressed" + reserved});
}

void tst_WebSocketLens::splittingNeverChangesTheResult()
{
    QVERIFY(run(conversation()).messages.size() > 15);
    checkSplitting(QStringLiteral("websocket"), Client, conversation());
}

void tst_WebSocketLens::passesOverBinaryPayloads()
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("websocket")).value().create(Client);
    const QByteArray response = upgradeResponse();
    std::vector<Message> messages;
    lens->feed({Direction::Out, 0, 1, 0, upgradeRequest().size(), upgradeRequest()}, messages);
    lens->feed({Direction::In, 1, 2, 0, response.size(), response}, messages);
    messages.clear();
    QCOMPARE(lens->passesOver(Direction::In), 0);

    const QByteArray frame = FrameBuilder::binary(QByteArray(100, 'b')).toWire();
    lens->feed({Direction::In, 2, 3, response.size(), 10, frame.first(10)}, messages);
    QCOMPARE(lens->passesOver(Direction::Out), 0);
    QCOMPARE(lens->passesOver(Direction::In), frame.size() - 11); // All but the last byte
    lens->feed({Direction::In, 3, 4, response.size() + 10, 50, {}}, messages);
    QCOMPARE(lens->passesOver(Direction::In), frame.size() - 61);
    QCOMPARE(lens->unfinished(Direction::In)->end, response.size() + 60);
    QCOMPARE(lens->unfinished(Direction::In)->lastRecord, 3);
    const QByteArray rest = frame.sliced(60);
    lens->feed({Direction::In, 4, 5, response.size() + 60, rest.size(), rest}, messages);
    QCOMPARE(messages.size(), 1u);
    QCOMPARE(messages[0].contentLength, 100);
    QVERIFY(!messages[0].has(MessageFlag::Gap));

    // Text is judged, so all of it is looked at.
    const QByteArray text = FrameBuilder::text(QByteArray(100, 't')).toWire();
    lens->feed({Direction::In, 5, 6, response.size() + 60 + rest.size(), 10, text.first(10)}, messages);
    QCOMPARE(lens->passesOver(Direction::In), 0);
}

void tst_WebSocketLens::goesOverAGapInAPayload()
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("websocket")).value().create(Client);
    const QByteArray response = upgradeResponse();
    const QByteArray frame = FrameBuilder::text(QByteArray(100, '\xff')).toWire();
    std::vector<Message> messages;
    lens->feed({Direction::Out, 0, 1, 0, upgradeRequest().size(), upgradeRequest()}, messages);
    lens->feed({Direction::In, 1, 2, 0, response.size(), response}, messages);
    lens->feed({Direction::In, 2, 3, response.size(), 10, frame.first(10)}, messages);
    lens->gap({Direction::In, 3, 4, response.size() + 10, 50, {}}, messages);
    lens->feed({Direction::In, 3, 4, response.size() + 60, 42, frame.sliced(60)}, messages);

    QCOMPARE(messages.size(), 3u);
    QVERIFY(messages[2].has(MessageFlag::Gap));
    QCOMPARE(messages[2].violations, 0u); // text that is not all there is not judged
    QCOMPARE(messages[2].contentLength, 100);
    QCOMPARE(messages[2].lastRecord, 3);
}

void tst_WebSocketLens::readsAfterAGapElsewhere()
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("websocket")).value().create(Client);
    std::vector<Message> messages;
    lens->feed({Direction::Out, 0, 1, 0, 4, "GET "}, messages);
    lens->gap({Direction::Out, 1, 2, 4, 50, {}}, messages);
    lens->feed({Direction::Out, 1, 2, 54, 3, "abc"}, messages);

    QCOMPARE(messages.size(), 2u);
    QVERIFY(messages[0].kind == MessageKind::Request);
    QVERIFY(messages[0].has(MessageFlag::Unterminated));
    QVERIFY(messages[1].kind == MessageKind::Read);
    QCOMPARE(messages[1].span(), (ByteSpan{54, 57}));
}

void tst_WebSocketLens::survivesMutations()
{
    for (quint32 seed = 1; seed <= 500; ++seed) {
        QRandomGenerator random(seed);
        std::vector<Transfer> mutated = conversation();
        for (int i = 0; i < 4; ++i) {
            QByteArray &bytes = mutated[random.bounded(static_cast<quint32>(mutated.size()))].bytes;
            bytes[random.bounded(int(bytes.size()))] = static_cast<char>(random.generate());
        }
        const auto size = [&random] {
            return qsizetype(random.bounded(1, 300));
        };
        for (const Message &message : runLens(QStringLiteral("websocket"), Client, mutated, size).messages) {
            const QByteArray name = "seed " + QByteArray::number(seed);
            QVERIFY2(message.begin < message.end, name);
            QVERIFY2(message.firstRecord <= message.lastRecord, name);
            const bool isOnWire = !message.has(MessageFlag::Compressed) && message.kind != MessageKind::Ping;
            QVERIFY2(!isOnWire || message.contentLength <= message.end - message.begin, name);
        }
    }
}

QTEST_GUILESS_MAIN(tst_WebSocketLens)
#include "tst_websocketlens.moc"
