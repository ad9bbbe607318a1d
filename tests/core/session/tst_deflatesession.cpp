// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/messagedeflate.h"
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

// RFC 7692, 7.2.3.1 and 7.2.3.2: "Hello", and once more with the context of the first.
const QByteArray Hello = QByteArray::fromHex("f248cdc9c90700");
const QByteArray HelloAgain = QByteArray::fromHex("f200110000");

constexpr int Rsv1 = 4;

WireFrame compressed(int opcode, const QByteArray &payload)
{
    return {opcode, true, payload, Rsv1};
}

SendRequest message(SendRequest::Kind kind, const QByteArray &content)
{
    SendRequest request;
    request.kind = kind;
    request.bytes = content;
    return request;
}

QByteArray extension(const QByteArray &value)
{
    return "Sec-WebSocket-Extensions: " + value + "\r\n";
}

QByteArray inflated(MessageInflater &inflater, const QByteArray &payload)
{
    QByteArray content;
    const auto sink = [&content](QByteArrayView piece) {
        content += piece;
    };
    constexpr qint64 Limit = 64 * 1024 * 1024;
    (void)inflater.feed(payload, Limit, sink);
    (void)inflater.finish(Limit, sink);
    return content;
}

/// A client with a scripted server.
struct Client
{
    Engine engine;
    RawPeer server;
    LiveSession session;

    explicit Client(const QString &deflate)
        : session(engine, QStringLiteral("ws://127.0.0.1:%1/").arg(server.port()),
                  {QStringLiteral("header=Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                   QStringLiteral("deflate=") + deflate})
    {}

    /// `fields` are more lines of the 101.
    bool answer(const QByteArray &fields)
    {
        if (!QTest::qWaitFor([this] { return server.received().endsWith("\r\n\r\n"); })) {
            return false;
        }
        server.send(upgradeResponse(fields));
        return QTest::qWaitFor([this] { return session.connection().httpStatus == 101; });
    }

    void send(SendRequest::Kind kind, const QByteArray &content) { engine.send(session.id(), message(kind, content)); }
    std::vector<WireFrame> frames() { return wireFrames(behindHead(server.received())); }
};

/// A listener with a scripted client.
struct Listener
{
    Engine engine;
    LiveSession session;
    std::unique_ptr<RawPeer> client;

    explicit Listener(const QStringList &options)
        : session(engine, QStringLiteral("ws-listen://127.0.0.1:0"), options)
    {}

    bool ask(const QByteArray &fields)
    {
        if (!QTest::qWaitFor([this] { return session.port() != 0; })) {
            return false;
        }
        client = RawPeer::connectTo(session.port());
        client->send(upgradeRequest(fields));
        return QTest::qWaitFor([this] { return client->received().contains("\r\n\r\n"); });
    }

    QByteArray head() { return client->received().left(client->received().indexOf("\r\n\r\n") + 2); }
    std::vector<WireFrame> frames() { return wireFrames(behindHead(client->received())); }
};

QByteArray compressedFromClient(const QByteArray &payload)
{
    return FrameBuilder::text(payload).withReserved(Rsv1).masked().toWire();
}

} // namespace

class tst_DeflateSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void aClientCompressesWhatItSends();
    void aClientForgetsItsContextIfThatWasAgreed();
    void aClientSendsPlainlyWhereTheServerDeclined();
    void framesMadeByHandAreNotCompressed();
    void aWrongAnswerFailsTheConnection_data();
    void aWrongAnswerFailsTheConnection();
    void aListenerInflatesAndCompressesItsAnswers();
    void aListenerDeclines_data();
    void aListenerDeclines();
    void aListenerClosesOnWhatItCannotInflate();
    void aListenerClosesOnWhatInflatesTooFar();
};

void tst_DeflateSession::aClientCompressesWhatItSends()
{
    Client client(QStringLiteral("on"));
    QVERIFY(client.answer(extension("permessage-deflate")));
    QVERIFY(client.server.received().contains(extension("permessage-deflate; client_max_window_bits")));
    QTRY_COMPARE(client.session.state(), QStringLiteral("open"));
    QCOMPARE(client.session.connection().extensions, QStringLiteral("permessage-deflate"));

    const QByteArray large = randomBytes(600'000, 3) + QByteArray(600'000, 'x'); // Three frames of the QWebSocket
    client.send(SendRequest::Kind::Text, "Hello");
    client.send(SendRequest::Kind::Text, "Hello");
    client.send(SendRequest::Kind::Ping, "ping");
    client.send(SendRequest::Kind::Binary, large);
    client.send(SendRequest::Kind::Text, {});
    QTRY_COMPARE(client.frames().size(), std::size_t(5));

    const std::vector<WireFrame> frames = client.frames();
    QVERIFY(frames[0] == compressed(1, Hello));
    QVERIFY(frames[1] == compressed(1, HelloAgain));
    QVERIFY((frames[2] == WireFrame{9, true, "ping"}));
    QVERIFY(frames[3].payload.size() < 620'000);
    QCOMPARE(frames[3].reserved, Rsv1);
    QVERIFY(frames[3].isFinal);
    QCOMPARE(frames[3].opcode, 2);
    MessageInflater inflater(ContextTakeover::On);
    for (int i : {0, 1}) {
        QCOMPARE(inflated(inflater, frames[std::size_t(i)].payload), QByteArray("Hello"));
    }
    QCOMPARE(inflated(inflater, frames[3].payload), large);
    QCOMPARE(inflated(inflater, frames[4].payload), QByteArray());
    QCOMPARE(client.session.stream(Direction::Out), client.server.received());
}

void tst_DeflateSession::aClientForgetsItsContextIfThatWasAgreed()
{
    Client client(QStringLiteral("client_no_context_takeover; client_max_window_bits=9"));
    QVERIFY(client.answer(extension("permessage-deflate; client_no_context_takeover; client_max_window_bits=9")));
    QTRY_COMPARE(client.session.state(), QStringLiteral("open"));
    client.send(SendRequest::Kind::Text, "Hello");
    client.send(SendRequest::Kind::Text, "Hello");
    QTRY_COMPARE(client.frames().size(), std::size_t(2));
    QVERIFY(client.frames()[0] == compressed(1, Hello));
    QVERIFY(client.frames()[1] == compressed(1, Hello));
}

void tst_DeflateSession::aClientSendsPlainlyWhereTheServerDeclined()
{
    Client client(QStringLiteral("on"));
    QVERIFY(client.answer({}));
    QTRY_COMPARE(client.session.state(), QStringLiteral("open"));
    client.send(SendRequest::Kind::Text, "Hello");
    QTRY_COMPARE(client.frames().size(), std::size_t(1));
    QVERIFY((client.frames()[0] == WireFrame{1, true, "Hello"}));
}

void tst_DeflateSession::framesMadeByHandAreNotCompressed()
{
    Client client(QStringLiteral("on"));
    QVERIFY(client.answer(extension("permessage-deflate")));
    QTRY_COMPARE(client.session.state(), QStringLiteral("open"));
    client.send(SendRequest::Kind::Text, "Hello");
    SendRequest byHand;
    byHand.kind = SendRequest::Kind::Frames;
    byHand.frames.emplace_back().payload = "Hello";
    client.engine.send(client.session.id(), byHand);
    client.send(SendRequest::Kind::Text, "Hello");
    QTRY_COMPARE(client.frames().size(), std::size_t(3));
    QVERIFY(client.frames()[0] == compressed(1, Hello));
    QVERIFY((client.frames()[1] == WireFrame{1, true, "Hello"}));
    QVERIFY(client.frames()[2] == compressed(1, HelloAgain));
}

void tst_DeflateSession::aWrongAnswerFailsTheConnection_data()
{
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QByteArray>("answered");

    QTest::newRow("unknown parameter") << QStringLiteral("on") << QByteArray("permessage-deflate; level=9");
    QTest::newRow("no window") << QStringLiteral("on") << QByteArray("permessage-deflate; server_max_window_bits=7");
    QTest::newRow("a window that was not offered")
        << QStringLiteral("permessage-deflate") << QByteArray("permessage-deflate; client_max_window_bits=10");
    QTest::newRow("a larger window than asked for")
        << QStringLiteral("server_max_window_bits=10") << QByteArray("permessage-deflate; server_max_window_bits=11");
    QTest::newRow("twice") << QStringLiteral("on") << QByteArray("permessage-deflate, permessage-deflate");
}

void tst_DeflateSession::aWrongAnswerFailsTheConnection()
{
    QFETCH(QString, offered);
    QFETCH(QByteArray, answered);
    Client client(offered);
    QVERIFY(client.answer(extension(answered)));
    client.server.finishSending();
    QTRY_COMPARE(client.session.state(), QStringLiteral("failed"));
    const QString error = client.session.connection().error;
    QVERIFY2(error.startsWith(QStringLiteral("the server's answer to the offer of permessage-deflate is wrong: ")),
             qPrintable(error));
}

void tst_DeflateSession::aListenerInflatesAndCompressesItsAnswers()
{
    Listener listener({QStringLiteral("deflate=on"), QStringLiteral("answer=echo")});
    QVERIFY(listener.ask(extension("permessage-deflate; level=9, permessage-deflate")));
    QVERIFY(listener.head().contains(extension("permessage-deflate")));
    listener.client->send(compressedFromClient(Hello)
                          + FrameBuilder::text(HelloAgain.left(2)).withReserved(Rsv1).notFinal().masked().toWire()
                          + FrameBuilder::ping("in between").masked().toWire()
                          + FrameBuilder::continuation(HelloAgain.mid(2)).masked().toWire()
                          + FrameBuilder::text("Hello").masked().toWire());
    QTRY_COMPARE(listener.frames().size(), std::size_t(4));
    const std::vector<WireFrame> frames = listener.frames();
    QVERIFY(frames[0] == compressed(1, Hello));
    QVERIFY((frames[1] == WireFrame{10, true, "in between"}));
    QVERIFY(frames[2] == compressed(1, HelloAgain));
    MessageInflater inflater(ContextTakeover::On);
    QCOMPARE(inflated(inflater, frames[0].payload), QByteArray("Hello"));
    QCOMPARE(inflated(inflater, frames[2].payload), QByteArray("Hello"));
    QCOMPARE(inflated(inflater, frames[3].payload),
             QByteArray("Hello")); // It came as it is, and is compressed all the same
    QCOMPARE(listener.session.connection().extensions, QStringLiteral("permessage-deflate"));
}

void tst_DeflateSession::aListenerDeclines_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("offer");

    QTest::newRow("off") << QStringList() << extension("permessage-deflate");
    QTest::newRow("not offered") << QStringList{QStringLiteral("deflate=on")} << QByteArray();
    QTest::newRow("another") << QStringList{QStringLiteral("deflate=on")} << extension("permessage-bzip2");
    QTest::newRow("a bad offer") << QStringList{QStringLiteral("deflate=on")}
                                 << extension("permessage-deflate; server_max_window_bits=99");
}

void tst_DeflateSession::aListenerDeclines()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, offer);
    Listener listener(options + QStringList{QStringLiteral("answer=echo")});
    QVERIFY(listener.ask(offer));
    QVERIFY(listener.head().startsWith("HTTP/1.1 101 "));
    QVERIFY(!listener.head().contains("Extensions"));
    listener.client->send(FrameBuilder::text("Hello").masked().toWire());
    QTRY_COMPARE(listener.frames().size(), std::size_t(1));
    QVERIFY((listener.frames()[0] == WireFrame{1, true, "Hello"}));
}

void tst_DeflateSession::aListenerClosesOnWhatItCannotInflate()
{
    Listener listener({QStringLiteral("deflate=on"), QStringLiteral("answer=echo")});
    QVERIFY(listener.ask(extension("permessage-deflate")));
    listener.client->send(compressedFromClient("\xff\xff no deflate data"));
    QTRY_COMPARE(listener.frames().size(), std::size_t(1));
    QCOMPARE(listener.frames()[0].opcode, 8);
    QVERIFY(listener.frames()[0].payload.startsWith("\x03\xef")); // 1007
}

void tst_DeflateSession::aListenerClosesOnWhatInflatesTooFar()
{
    Listener listener({QStringLiteral("deflate=on"), QStringLiteral("answer=echo")});
    QVERIFY(listener.ask(extension("permessage-deflate")));
    MessageDeflater deflater(ContextTakeover::On);
    const QByteArray bomb = deflater.deflate(QByteArray(64 * 1024 * 1024 + 1, 'x'));
    QVERIFY(bomb.size() < 100'000);
    listener.client->send(compressedFromClient(bomb));
    QTRY_COMPARE(listener.frames().size(), std::size_t(1));
    QCOMPARE(listener.frames()[0].opcode, 8);
    QVERIFY(listener.frames()[0].payload.startsWith("\x03\xf1")); // 1009
}

QTEST_GUILESS_MAIN(tst_DeflateSession)
#include "tst_deflatesession.moc"
