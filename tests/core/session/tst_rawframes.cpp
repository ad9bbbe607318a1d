// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace Sidewire;
using namespace Sidewire::TestSupport;
using namespace std::chrono_literals;

namespace {

constexpr FrameSpec::Key Key{0x37, 0xfa, 0x21, 0x3d}; // That of FrameBuilder::masked()

FrameSpec frame(int opcode, const QByteArray &payload)
{
    FrameSpec spec;
    spec.opcode = quint8(opcode);
    spec.payload = payload;
    spec.masking = FrameSpec::Masking::Chosen;
    spec.key = Key;
    return spec;
}

FrameSpec inFragments(int opcode, const QByteArray &payload, qint64 size)
{
    FrameSpec spec = frame(opcode, payload);
    spec.fragmentSize = size;
    return spec;
}

SendRequest frames(const std::vector<FrameSpec> &specs, std::chrono::milliseconds pause = 0ms)
{
    SendRequest request;
    request.kind = SendRequest::Kind::Frames;
    request.frames = specs;
    request.pause = pause;
    return request;
}

SendRequest message(SendRequest::Kind kind, const QByteArray &content)
{
    SendRequest request;
    request.kind = kind;
    request.bytes = content;
    return request;
}

/// A client of the engine with a scripted server, or a listener with a scripted client.
struct Pair
{
    Engine engine;
    std::unique_ptr<RawPeer> peer;
    std::unique_ptr<LiveSession> session;

    bool openClient(const QStringList &options = {})
    {
        peer = std::make_unique<RawPeer>();
        session = std::make_unique<LiveSession>(
            engine, QStringLiteral("ws://127.0.0.1:%1/").arg(peer->port()),
            QStringList{QStringLiteral("header=Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")} + options);
        if (!QTest::qWaitFor([this] { return peer->received().endsWith("\r\n\r\n"); })) {
            return false;
        }
        peer->send(upgradeResponse());
        return QTest::qWaitFor([this] { return session->state() == QLatin1String("open"); });
    }

    bool openListener(const QStringList &options = {})
    {
        session = std::make_unique<LiveSession>(engine, QStringLiteral("ws-listen://127.0.0.1:0"), options);
        if (!QTest::qWaitFor([this] { return session->port() != 0; })) {
            return false;
        }
        peer = RawPeer::connectTo(session->port());
        peer->send(upgradeRequest());
        return QTest::qWaitFor([this] { return peer->received().contains("\r\n\r\n"); });
    }

    void send(const SendRequest &request) { engine.send(session->id(), request); }
    QByteArray received() { return behindHead(peer->received()); }
    QByteArray logged() { return behindHead(session->stream(Direction::Out)); }
};

} // namespace

class tst_RawFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void leaveByteForByteAsClient();
    void leaveByteForByteAsServer();
    void leaveInOrderWithMessages();
    void areNotPutIntoAnotherFrame();
    void pauseWhilePongsPassAndMessagesWait();
    void letTheCloseOfASessionWait();
    void areDiscardedWithTheConnection();
    void mayCloseAndGoOn();
    void goToAllClients();
    void areRefused_data();
    void areRefused();
};

void tst_RawFrames::leaveByteForByteAsClient()
{
    Pair pair;
    QVERIFY(pair.openClient());
    FrameSpec unmasked = frame(1, "unmasked");
    unmasked.masking = FrameSpec::Masking::Off;
    FrameSpec lying = frame(2, "short");
    lying.declaredLength = 1'000;
    pair.send(frames({unmasked, inFragments(9, "ab", 1), lying}));
    const QByteArray wanted = FrameBuilder::text("unmasked").toWire()
        + FrameBuilder::ping("a").masked().notFinal().toWire() + FrameBuilder::continuation("b").masked().toWire()
        + FrameBuilder::binary("short").masked().withDeclaredLength(1'000).toWire();
    QTRY_COMPARE(pair.received(), wanted);
    QTRY_COMPARE(pair.logged(), wanted);
}

void tst_RawFrames::leaveByteForByteAsServer()
{
    Pair pair;
    QVERIFY(pair.openListener());
    FrameSpec plain = frame(3, "reserved");
    plain.masking = FrameSpec::Masking::ByRole;
    plain.reserved = 4;
    pair.send(frames({frame(1, "masked"), plain}));
    const QByteArray wanted =
        FrameBuilder::text("masked").masked().toWire() + FrameBuilder(3, "reserved").withReserved(4).toWire();
    QTRY_COMPARE(pair.received(), wanted);
    QTRY_COMPARE(pair.logged(), wanted);
}

void tst_RawFrames::leaveInOrderWithMessages()
{
    Pair pair;
    QVERIFY(pair.openClient());
    std::vector<WireFrame> wanted;
    for (int i = 0; i < 100; ++i) {
        const QByteArray number = QByteArray::number(i);
        pair.send(message(SendRequest::Kind::Text, "text " + number));
        pair.send(frames({inFragments(2, "ab" + number, 2)}));
        pair.send(message(SendRequest::Kind::Binary, "binary " + number));
        wanted.push_back({1, true, "text " + number});
        wanted.push_back({2, false, "ab"});
        wanted.push_back({0, true, number});
        wanted.push_back({2, true, "binary " + number});
    }
    QTRY_COMPARE(wireFrames(pair.received()).size(), wanted.size());
    QVERIFY(wireFrames(pair.received()) == wanted);
}

void tst_RawFrames::areNotPutIntoAnotherFrame()
{
    Pair pair;
    QVERIFY(pair.openClient());
    const QByteArray large =
        randomBytes(5'000'000, 2); // Several frames of the QWebSocket, each cut many times on its way
    pair.send(message(SendRequest::Kind::Binary, large));
    pair.send(frames({frame(10, "mine")}));
    pair.send(message(SendRequest::Kind::Text, "after"));
    QTRY_VERIFY(pair.received().size() > large.size());
    const QByteArray mine = FrameBuilder::pong("mine").masked().toWire();
    QTRY_COMPARE(pair.received().lastIndexOf(mine), pair.received().size() - mine.size() - 11);
    QTRY_COMPARE(pair.logged(), pair.received());
}

void tst_RawFrames::pauseWhilePongsPassAndMessagesWait()
{
    Pair pair;
    QVERIFY(pair.openClient());
    const FrameSpec fragmented = inFragments(1, "abc", 1);
    pair.send(frames({fragmented}, 250ms));
    pair.send(message(SendRequest::Kind::Text, "behind"));
    pair.send(message(SendRequest::Kind::Ping, "ours"));
    QTRY_COMPARE(wireFrames(pair.received()).size(), std::size_t(2)); // Neither the second fragment nor the message
    pair.peer->send(FrameBuilder::ping("theirs").toWire());
    QTRY_COMPARE(wireFrames(pair.received()).size(), std::size_t(6));
    const std::vector<WireFrame> found = wireFrames(pair.received());
    QVERIFY((found[0] == WireFrame{1, false, "a"}));
    QVERIFY((found[1] == WireFrame{9, true, "ours"}));
    QVERIFY((found[5] == WireFrame{1, true, "behind"}));
    QVERIFY(std::ranges::find(found, WireFrame{10, true, "theirs"}) != found.end());

    // The pause is in the log: three fragments in three records, at least so far apart.
    std::vector<qint64> times;
    const SessionLog &log = pair.session->log();
    for (qint64 row = 0; row < log.records().count(); ++row) {
        const RecordRow &record = log.records().at(row);
        if (record.direction == Direction::Out && record.length == 7) {
            times.push_back(record.time);
        }
    }
    QVERIFY(times.size() >= 2);
    QVERIFY(times.back() - times.front() >= 2 * 250'000'000LL);
}

void tst_RawFrames::letTheCloseOfASessionWait()
{
    Pair pair;
    QVERIFY(pair.openClient());
    pair.send(frames({inFragments(1, "ab", 1)}, 50ms));
    pair.send(message(SendRequest::Kind::Text, "behind"));
    pair.engine.close(pair.session->id());
    QTRY_COMPARE(wireFrames(pair.received()).size(), std::size_t(4));
    const std::vector<WireFrame> found = wireFrames(pair.received());
    QVERIFY((found[2] == WireFrame{1, true, "behind"}));
    QCOMPARE(found[3].opcode, 8);
}

void tst_RawFrames::areDiscardedWithTheConnection()
{
    Pair pair;
    QVERIFY(pair.openListener());
    FrameSpec plain = inFragments(1, "abc", 1);
    plain.masking = FrameSpec::Masking::ByRole;
    pair.send(frames({plain}, 60'000ms));
    pair.send(message(SendRequest::Kind::Text, "behind"));
    QTRY_COMPARE(pair.received(), FrameBuilder::text("a").notFinal().toWire());
    pair.peer->send(FrameBuilder::close(1000).masked().toWire());
    pair.peer->finishSending();
    QTRY_VERIFY(pair.session->connection().isOver());
    const std::vector<Event> discarded = pair.session->events(EventType::Discarded);
    QCOMPARE(discarded.size(), std::size_t(1));
    QCOMPARE(discarded.front().message, QStringLiteral("12 queued bytes never left")); // Two fragments and a message
}

void tst_RawFrames::mayCloseAndGoOn()
{
    Pair pair;
    QVERIFY(pair.openListener());
    FrameSpec close = frame(8, QByteArray("\x03\xed", 2)); // 1005, which no endpoint may send
    close.masking = FrameSpec::Masking::Off;
    FrameSpec text = frame(1, "late");
    text.masking = FrameSpec::Masking::Off;
    pair.send(frames({close, text}));
    const QByteArray wanted = FrameBuilder::close(1005).toWire() + FrameBuilder::text("late").toWire();
    QTRY_COMPARE(pair.received(), wanted);
    pair.send(message(SendRequest::Kind::Text, "an ordinary one is refused"));
    QTRY_COMPARE(pair.session->rejected.size(), std::size_t(1));
    pair.peer->send(FrameBuilder::close(1000).masked().toWire());
    QTRY_VERIFY(pair.peer->isFinReceived());
    QCOMPARE(pair.received(), wanted); // No second Close frame
    QCOMPARE(pair.session->connection().closeCodes[indexOf(Direction::Out)], std::optional<quint16>(1005));
}

void tst_RawFrames::goToAllClients()
{
    Pair pair;
    QVERIFY(pair.openListener());
    const std::unique_ptr<RawPeer> second = RawPeer::connectTo(pair.session->port());
    second->send(upgradeRequest());
    QTRY_VERIFY(second->received().contains("\r\n\r\n"));
    QTRY_COMPARE(pair.session->connection(1).httpStatus, 101);
    pair.send(frames({frame(5, "all")}));
    const QByteArray wanted = FrameBuilder(5, "all").masked().toWire();
    QTRY_COMPARE(pair.received(), wanted);
    QTRY_COMPARE(behindHead(second->received()), wanted);
    SendRequest one = frames({frame(5, "one")});
    one.to = {pair.session->connection(1).id};
    pair.send(one);
    QTRY_COMPARE(behindHead(second->received()), wanted + FrameBuilder(5, "one").masked().toWire());
    QCOMPARE(pair.received(), wanted);
}

void tst_RawFrames::areRefused_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("why");

    QTest::newRow("tcp") << QStringLiteral("tcp://127.0.0.1:%1") << QStringLiteral("TCP has no frames");
    QTest::newRow("before the upgrade") << QStringLiteral("ws://127.0.0.1:%1/")
                                        << QStringLiteral("the WebSocket is not open");
}

void tst_RawFrames::areRefused()
{
    QFETCH(QString, target);
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target.arg(peer.port()));
    QTRY_VERIFY(peer.isConnected());
    QTRY_VERIFY(!client.connection().local.isNull());
    engine.send(client.id(), frames({frame(1, "x")}));
    QTRY_COMPARE(client.rejected.size(), std::size_t(1));
    QTEST(client.rejected.front().detail, "why");
}

QTEST_GUILESS_MAIN(tst_RawFrames)
#include "tst_rawframes.moc"
