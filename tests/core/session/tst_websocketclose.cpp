// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

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

constexpr std::size_t In = indexOf(Direction::In);
constexpr std::size_t Out = indexOf(Direction::Out);

/// A WebSocket client with a scripted server. Its key is the user's, and the answer that of RFC 6455, 1.3.
struct Opened
{
    Engine engine;
    RawPeer peer;
    LiveSession client;

    Opened()
        : client(engine, QStringLiteral("ws://127.0.0.1:%1/").arg(peer.port()),
                 {QStringLiteral("header=Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")})
    {}

    /// `more` comes in the segment of the 101.
    bool open(const QByteArray &more = {})
    {
        if (!QTest::qWaitFor([this] { return peer.received().endsWith("\r\n\r\n"); })) {
            return false;
        }
        peer.send(upgradeResponse() + more);
        return QTest::qWaitFor([this] { return client.connection().httpStatus == 101; });
    }

    QStringList phases()
    {
        QStringList names;
        for (const Phase &phase : client.connection().phases) {
            names.append(phase.name);
        }
        return names;
    }

    bool isOver() { return client.connection().isOver(); }

    void close(quint16 code, const QByteArray &reason)
    {
        SendRequest request;
        request.kind = SendRequest::Kind::Close;
        request.closeCode = code;
        request.bytes = reason;
        engine.send(client.id(), request);
    }
};

} // namespace

class tst_WebSocketClose : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void tellsWhatThePeerSaid();
    void knowsACloseFrameWithoutACode();
    void takesACloseFrameInTheSegmentOfTheAnswer();
    void opensBeforeItCloses_data();
    void opensBeforeItCloses();
    void sendsOurCodeAndReason();
    void sendsACloseFrameWithoutACode();
    void sendsACloseFrameWithoutACodeAsAServer();
    void refusesCodesThatCannotBeSent();
    void saysThatThereWasNoCloseFrame();
    void tellsAResetFromAClose();
    void givesUpTheUpgradeWhenAsked();
};

void tst_WebSocketClose::tellsWhatThePeerSaid()
{
    Opened opened;
    QVERIFY(opened.open());
    QTRY_COMPARE(opened.client.state(), QStringLiteral("open"));
    opened.peer.send(FrameBuilder::close(4002, "that is all").toWire());
    QTRY_VERIFY(opened.client.connection().closeCodes[Out].has_value()); // Echoed (RFC 6455, 5.5.1)
    QCOMPARE(opened.client.state(), QStringLiteral("closing"));
    QVERIFY(!opened.peer.isFinReceived()); // The server ends the TCP connection (7.1.1)
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());

    const ConnectionInfo info = opened.client.connection();
    QCOMPARE(opened.client.state(), QStringLiteral("closed"));
    QCOMPARE(info.how, QStringLiteral("close-frame"));
    QCOMPARE(info.closedBy, ClosedBy::Peer);
    QCOMPARE(info.closeCodes[In], std::optional<quint16>(4002));
    QCOMPARE(info.closeReasons[In], QStringLiteral("that is all"));
    QCOMPARE(info.closeCodes[Out], std::optional<quint16>(4002));
    const std::vector<Event> frames = opened.client.events(EventType::CloseFrame);
    QCOMPARE(frames.size(), std::size_t(2));
    QCOMPARE(frames.front().message, QStringLiteral("Close frame received, code 4002: that is all"));
}

void tst_WebSocketClose::knowsACloseFrameWithoutACode()
{
    Opened opened;
    QVERIFY(opened.open());
    opened.peer.send(FrameBuilder(8).toWire());
    QTRY_COMPARE(opened.client.connection().closeCodes[In], std::optional<quint16>(1005));
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());
    QCOMPARE(opened.client.connection().how, QStringLiteral("close-frame"));
}

void tst_WebSocketClose::takesACloseFrameInTheSegmentOfTheAnswer()
{
    Opened opened;
    QVERIFY(opened.open(FrameBuilder::text("hello").toWire() + FrameBuilder::close(1001).toWire()));
    QTRY_COMPARE(opened.client.connection().closeCodes[In], std::optional<quint16>(1001));
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());
    QCOMPARE(opened.client.state(), QStringLiteral("closed"));
    QCOMPARE(opened.client.connection().closedBy, ClosedBy::Peer);
}

void tst_WebSocketClose::opensBeforeItCloses_data()
{
    QTest::addColumn<QByteArray>("more");

    QTest::newRow("a Close frame") << FrameBuilder::close(1001).toWire();
    QTest::newRow("half a frame") << FrameBuilder::text("hello").toWire().left(4);
}

void tst_WebSocketClose::opensBeforeItCloses()
{
    QFETCH(const QByteArray, more);

    Opened opened;
    QTRY_VERIFY(opened.peer.received().endsWith("\r\n\r\n"));
    opened.peer.send(upgradeResponse() + more);
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());
    const QStringList expected{QStringLiteral("resolve"), QStringLiteral("tcp"), QStringLiteral("upgrade"),
                               QStringLiteral("open"), QStringLiteral("closing")};
    QCOMPARE(opened.phases(), expected);
}

void tst_WebSocketClose::sendsOurCodeAndReason()
{
    Opened opened;
    QVERIFY(opened.open());
    QTRY_COMPARE(opened.client.state(), QStringLiteral("open"));
    opened.close(3000, "enough");
    QTRY_COMPARE(opened.client.connection().closeCodes[Out], std::optional<quint16>(3000));
    opened.peer.send(FrameBuilder::text("late").toWire() + FrameBuilder::close(3000, "fine").toWire());
    QTRY_COMPARE(opened.client.connection().closeReasons[In], QStringLiteral("fine"));
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());
    QCOMPARE(opened.client.connection().closedBy, ClosedBy::Us);
    QCOMPARE(opened.client.connection().closeReasons[Out], QStringLiteral("enough"));
}

void tst_WebSocketClose::sendsACloseFrameWithoutACode()
{
    Opened opened;
    QVERIFY(opened.open());
    QTRY_COMPARE(opened.client.state(), QStringLiteral("open"));
    const qsizetype head = opened.peer.received().size();
    SendRequest before;
    before.kind = SendRequest::Kind::Binary;
    before.bytes = randomBytes(300'000, 1); // Still on its way when the Close frame is asked for
    opened.engine.send(opened.client.id(), before);
    opened.close(0, {});
    QTRY_COMPARE(opened.client.connection().closeCodes[Out], std::optional<quint16>(1005));

    const qsizetype frames = FrameBuilder::binary(before.bytes).masked().toWire().size() + 6; // A mask and no payload
    QTRY_COMPARE(opened.peer.received().size(), head + frames);
    QCOMPARE(opened.peer.received().right(6).first(2), QByteArray("\x88\x80"));
    opened.peer.send(FrameBuilder(8).toWire());
    QTRY_COMPARE(opened.client.connection().closeCodes[In], std::optional<quint16>(1005));
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());
    QCOMPARE(opened.client.connection().how, QStringLiteral("close-frame"));
    QCOMPARE(opened.client.connection().closedBy, ClosedBy::Us);
    QCOMPARE(opened.client.connection().violations, 0);
}

void tst_WebSocketClose::sendsACloseFrameWithoutACodeAsAServer()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("ws-listen://127.0.0.1:0"));
    QTRY_VERIFY(listener.port() != 0);
    const auto peer = RawPeer::connectTo(listener.port());
    peer->send(upgradeRequest());
    QTRY_VERIFY(peer->received().endsWith("\r\n\r\n"));
    const QByteArray head = peer->received();
    SendRequest request;
    request.kind = SendRequest::Kind::Text;
    request.bytes = "the last";
    engine.send(listener.id(), request);
    request.kind = SendRequest::Kind::Close;
    request.closeCode = 0;
    request.bytes.clear();
    engine.send(listener.id(), request);
    const QByteArray expected = head + FrameBuilder::text("the last").toWire() + FrameBuilder(8).toWire();
    QTRY_COMPARE(peer->received(), expected);
    peer->send(FrameBuilder(8).masked().toWire());
    QTRY_VERIFY(peer->isFinReceived());
    QCOMPARE(peer->received(), expected);
    peer->finishSending();
    QTRY_VERIFY(listener.connection().isOver());
    QCOMPARE(listener.connection().how, QStringLiteral("close-frame"));
    QCOMPARE(listener.connection().closedBy, ClosedBy::Us);
    QCOMPARE(listener.connection().closeCodes[Out], std::optional<quint16>(1005));
}

void tst_WebSocketClose::refusesCodesThatCannotBeSent()
{
    Opened opened;
    QVERIFY(opened.open());
    QTRY_COMPARE(opened.client.state(), QStringLiteral("open"));
    opened.close(1006, {});
    opened.close(1000, QByteArray(124, 'x'));
    opened.close(1000, "\xff");
    opened.close(0, "a reason is behind a code");
    QTRY_COMPARE(opened.client.rejected.size(), std::size_t(4));
    QTRY_COMPARE(opened.client.events(EventType::Note).size(), std::size_t(4));
    const Event note = opened.client.events(EventType::Note).front();
    QCOMPARE(note.message, QStringLiteral("Not sent: a Close frame cannot be sent with code 1006"));
    QVERIFY(note.severity == Event::Severity::Warning);
    QCOMPARE(opened.client.state(), QStringLiteral("open"));
}

void tst_WebSocketClose::saysThatThereWasNoCloseFrame()
{
    Opened opened;
    QVERIFY(opened.open(FrameBuilder::text("hello").toWire()));
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());
    QCOMPARE(opened.client.state(), QStringLiteral("closed"));
    QCOMPARE(opened.client.events(EventType::Closed).front().message,
             QStringLiteral("Closed: peer sent FIN, no Close frame"));
}

void tst_WebSocketClose::tellsAResetFromAClose()
{
    Opened opened;
    QVERIFY(opened.open());
    opened.peer.reset();
    QTRY_VERIFY(opened.isOver());
    QCOMPARE(opened.client.state(), QStringLiteral("failed"));
    QCOMPARE(opened.client.connection().how, QStringLiteral("rst"));
    QCOMPARE(opened.client.connection().closedBy, ClosedBy::Peer);
}

void tst_WebSocketClose::givesUpTheUpgradeWhenAsked()
{
    Opened opened;
    QTRY_VERIFY(opened.peer.received().endsWith("\r\n\r\n"));
    opened.engine.close(opened.client.id());
    QTRY_VERIFY(opened.peer.isFinReceived());
    opened.peer.finishSending();
    QTRY_VERIFY(opened.isOver());
    QCOMPARE(opened.client.connection().closedBy, ClosedBy::Us);
}

QTEST_GUILESS_MAIN(tst_WebSocketClose)
#include "tst_websocketclose.moc"
