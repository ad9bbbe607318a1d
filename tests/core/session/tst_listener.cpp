// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

const QString AnyPort = QStringLiteral("tcp-listen://127.0.0.1:0");
const QString AnyWebSocketPort = QStringLiteral("ws-listen://127.0.0.1:0");

SendRequest bytes(const QByteArray &content, const std::vector<ConnectionId> &to = {})
{
    SendRequest request;
    request.bytes = content;
    request.to = to;
    return request;
}

/// A listener with an engine of its own.
struct Listening
{
    Engine engine;
    LiveSession session;

    explicit Listening(const QString &target, const QStringList &options = {})
        : session(engine, target, options)
    {}

    explicit Listening(const SessionSpec &spec)
        : session(engine, spec)
    {}

    bool waitForPort()
    {
        return QTest::qWaitFor([this] { return session.port() != 0; });
    }

    /// A client that has been accepted.
    std::unique_ptr<RawPeer> client()
    {
        const qint64 before = session.connectionCount();
        std::unique_ptr<RawPeer> result = RawPeer::connectTo(session.port());
        return QTest::qWaitFor([&] { return session.connectionCount() > before; }) ? std::move(result) : nullptr;
    }

    /// The same with a request that has been seen.
    std::unique_ptr<RawPeer> asking(const QByteArray &request)
    {
        std::unique_ptr<RawPeer> result = client();
        if (result) {
            result->send(request);
        }
        const bool isSeen = QTest::qWaitFor([this] { return !session.events(EventType::UpgradeRequested).empty(); });
        return isSeen ? std::move(result) : nullptr;
    }
};

SessionSpec withRules(const UpgradeRules &rules)
{
    SessionSpec spec = *SessionSpec::fromTarget(AnyWebSocketPort);
    spec.options.upgrade = rules;
    return spec;
}

SessionSpec asking(std::chrono::milliseconds timeout = std::chrono::minutes(1))
{
    UpgradeRules rules;
    rules.decision = UpgradeRules::Decision::Ask;
    SessionSpec spec = withRules(rules);
    spec.options.connectTimeout = timeout;
    return spec;
}

} // namespace

class tst_Listener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void saysThatAnArrivalIsANewSocket();
    void takesBothFamiliesOnOnePort();
    void canBeTriedAgainWhenThePortIsFree();
    void saysThatAnAddressIsNotOurs();
    void keepsClientsInTheBacklogWhilePaused();
    void stopsAndListensAgainAfterAPause();
    void keepsClientsWhenItStopsListening();
    void closesAndResetsOneClientOnly();
    void pausesReadingOfOneClient();
    void sendsToTheChosenClients();
    void namesTheClientThatIsGone();

    void showsTheUpgradeRequest();
    void choosesTheClientsFirstSubprotocol();
    void refusesByRule();
    void answersAnUpgradeByHand_data();
    void answersAnUpgradeByHand();
    void rejectsAnAnswerThatIsNone();
    void givesUpAskingAfterTheTimeout();
    void refusesAClientThatDoesNotWait();
    void seesAClientLeaveWhileItWaits();
    void tellsCloseCodesBothWays_data();
    void tellsCloseCodesBothWays();
    void answersWhatCameTogetherWithTheCloseFrame();
};

void tst_Listener::saysThatAnArrivalIsANewSocket()
{
    Listening listener(AnyPort);
    QVERIFY(listener.waitForPort());
    const auto client = listener.client();
    QVERIFY(client);
    QCOMPARE(listener.session.events(EventType::Opened).front().message,
             QStringLiteral("Accepted 127.0.0.1:%1: a new socket, same local port %2")
                 .arg(client->port())
                 .arg(listener.session.port()));
    const SessionInfo info = listener.session.log().session();
    QCOMPARE(info.listenState, ListenState::Listening);
    QVERIFY(info.backlog > 0);
}

void tst_Listener::takesBothFamiliesOnOnePort()
{
    Listening listener(QStringLiteral("tcp-listen://[::]:0"));
    QVERIFY(listener.waitForPort());
    QTcpSocket four;
    four.connectToHost(QStringLiteral("127.0.0.1"), listener.session.port());
    QTRY_COMPARE(listener.session.connectionCount(), 1);
    QTcpSocket six;
    six.connectToHost(QStringLiteral("::1"), listener.session.port());
    QTRY_COMPARE(listener.session.connectionCount(), 2);
    QTRY_COMPARE(listener.session.connection(1).peer.toString(), QStringLiteral("[::1]:%1").arg(six.localPort()));
    QCOMPARE(listener.session.connection(0).peer.toString(), QStringLiteral("127.0.0.1:%1").arg(four.localPort()));
    QCOMPARE(listener.session.log().session().listening.toString(),
             QStringLiteral("[::]:%1").arg(listener.session.port()));
}

void tst_Listener::canBeTriedAgainWhenThePortIsFree()
{
    QTcpServer holder;
    QVERIFY(holder.listen(QHostAddress::LocalHost));
    Listening listener(QStringLiteral("tcp-listen://127.0.0.1:%1").arg(holder.serverPort()));
    QTRY_COMPARE(listener.session.events(EventType::ListenFailed).size(), 1u);
    const SessionInfo failed = listener.session.log().session();
    QCOMPARE(failed.listenState, ListenState::Failed);
    QVERIFY2(failed.listenError.contains(QStringLiteral("in use")), qPrintable(failed.listenError));
    holder.close();
    listener.engine.reconnect(listener.session.id());
    QVERIFY(listener.waitForPort());
    QCOMPARE(listener.session.log().session().listenState, ListenState::Listening);
    QVERIFY(listener.client());
}

void tst_Listener::saysThatAnAddressIsNotOurs()
{
    Listening listener(QStringLiteral("tcp-listen://192.0.2.1:0")); // RFC 5737: nobody's
    QTRY_COMPARE(listener.session.events(EventType::ListenFailed).size(), 1u);
    QVERIFY(listener.session.log().session().listenError.contains(
        QStringLiteral("192.0.2.1 is not an address of this machine")));
}

void tst_Listener::keepsClientsInTheBacklogWhilePaused()
{
    Listening listener(AnyPort, {QStringLiteral("answer=echo")});
    QVERIFY(listener.waitForPort());
    listener.engine.pauseAccepting(listener.session.id());
    QTRY_COMPARE(listener.session.events(EventType::AcceptPaused).size(), 1u);
    QCOMPARE(listener.session.log().session().listenState, ListenState::AcceptPaused);

    std::vector<std::unique_ptr<RawPeer>> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(RawPeer::connectTo(listener.session.port()));
        QVERIFY(clients.back()->isConnected()); // By the kernel
        clients.back()->send("hello");
    }
    // The engine does what it is told in order: with this note written, everything before it has been looked at.
    listener.engine.note(listener.session.id(), QStringLiteral("mark"));
    QTRY_COMPARE(listener.session.events(EventType::Note).size(), 1u);
    QCOMPARE(listener.session.connectionCount(), 0);

    listener.engine.resumeAccepting(listener.session.id());
    QTRY_COMPARE(listener.session.connectionCount(), 20);
    QCOMPARE(listener.session.events(EventType::AcceptResumed).size(), 1u);
    for (const auto &client : clients) {
        QTRY_COMPARE(client->received(), QByteArray("hello"));
    }
}

void tst_Listener::stopsAndListensAgainAfterAPause()
{
    Listening listener(AnyPort);
    QVERIFY(listener.waitForPort());
    listener.engine.pauseAccepting(listener.session.id());
    listener.engine.close(listener.session.id());
    QTRY_COMPARE(listener.session.events(EventType::ListenStopped).size(), 1u);
    QCOMPARE(listener.session.log().session().listenState, ListenState::Stopped);
    listener.engine.resumeAccepting(listener.session.id()); // There is nothing to resume
    listener.engine.reconnect(listener.session.id());
    QTRY_COMPARE(listener.session.events(EventType::Listening).size(), 2u);
    QVERIFY(listener.client());
    QCOMPARE(listener.session.events(EventType::AcceptResumed).size(), 0u);
}

void tst_Listener::keepsClientsWhenItStopsListening()
{
    Listening listener(AnyPort);
    QVERIFY(listener.waitForPort());
    const auto client = listener.client();
    QVERIFY(client);
    listener.engine.stopListening(listener.session.id());
    listener.engine.stopListening(listener.session.id()); // It does already
    QTRY_COMPARE(listener.session.log().session().listenState, ListenState::Stopped);
    client->send("hello");
    QTRY_COMPARE(listener.session.stream(Direction::In), QByteArray("hello"));
    QVERIFY(!client->isFinReceived());
    QCOMPARE(listener.session.state(0), QStringLiteral("open"));
    QCOMPARE(listener.session.events(EventType::ListenStopped).size(), 1u);
    listener.engine.reconnect(listener.session.id());
    QTRY_COMPARE(listener.session.events(EventType::Listening).size(), 2u);
    QVERIFY(listener.client());
    QCOMPARE(listener.session.state(0), QStringLiteral("open"));
}

void tst_Listener::closesAndResetsOneClientOnly()
{
    Listening listener(AnyPort);
    QVERIFY(listener.waitForPort());
    const auto stays = listener.client();
    const auto closed = listener.client();
    const auto reset = listener.client();
    listener.engine.close(listener.session.id(), {ConnectionId{1}});
    listener.engine.reset(listener.session.id(), {ConnectionId{2}});
    QTRY_VERIFY(closed->isFinReceived());
    QTRY_VERIFY(reset->isReset());
    closed->finishSending();
    QTRY_COMPARE(listener.session.connection(1).how, QStringLiteral("fin"));
    QTRY_COMPARE(listener.session.connection(2).how, QStringLiteral("rst"));
    QCOMPARE(listener.session.state(0), QStringLiteral("open"));
    QVERIFY(!stays->isFinReceived());
    QCOMPARE(listener.session.log().session().listenState, ListenState::Listening);
}

void tst_Listener::pausesReadingOfOneClient()
{
    Listening listener(AnyPort, {QStringLiteral("answer=echo")});
    QVERIFY(listener.waitForPort());
    const auto paused = listener.client();
    const auto other = listener.client();
    listener.engine.pauseReading(listener.session.id(), {ConnectionId{0}});
    QTRY_VERIFY(listener.session.connection(0).isPaused);
    paused->send("one");
    other->send("two");
    QTRY_COMPARE(other->received(), QByteArray("two"));
    QCOMPARE(paused->received(), QByteArray());
    QVERIFY(!listener.session.connection(1).isPaused);
    listener.engine.resumeReading(listener.session.id(), {ConnectionId{0}});
    QTRY_COMPARE(paused->received(), QByteArray("one"));
}

void tst_Listener::sendsToTheChosenClients()
{
    Listening listener(AnyPort);
    QVERIFY(listener.waitForPort());
    const auto zero = listener.client();
    const auto one = listener.client();
    const auto two = listener.client();
    listener.engine.send(listener.session.id(), bytes("one,", {ConnectionId{1}}));
    listener.engine.send(listener.session.id(), bytes("some,", {ConnectionId{0}, ConnectionId{2}}));
    listener.engine.send(listener.session.id(), bytes("all"));
    QTRY_COMPARE(zero->received(), QByteArray("some,all"));
    QTRY_COMPARE(one->received(), QByteArray("one,all"));
    QTRY_COMPARE(two->received(), QByteArray("some,all"));
    QVERIFY(listener.session.rejected.empty());
}

void tst_Listener::namesTheClientThatIsGone()
{
    Listening listener(AnyPort);
    QVERIFY(listener.waitForPort());
    listener.engine.send(listener.session.id(), bytes("to nobody"));
    QTRY_COMPARE(listener.session.rejected.size(), 1u);
    QCOMPARE(listener.session.rejected.back().detail, QStringLiteral("no client is connected"));

    const auto stays = listener.client();
    const auto leaves = listener.client();
    leaves->reset();
    QTRY_VERIFY(listener.session.connection(1).isOver());
    listener.engine.send(listener.session.id(), bytes("x", {ConnectionId{1}}));
    QTRY_COMPARE(listener.session.rejected.size(), 2u);
    QCOMPARE(listener.session.rejected.back().detail, QStringLiteral("#1 is gone"));
    listener.engine.send(listener.session.id(), bytes("y", {ConnectionId{0}, ConnectionId{1}}));
    QTRY_COMPARE(listener.session.rejected.size(), 3u);
    QCOMPARE(listener.session.rejected.back().detail, QStringLiteral("1 of 2 clients did not get it: #1 is gone"));
    QTRY_COMPARE(stays->received(), QByteArray("y"));
}

void tst_Listener::showsTheUpgradeRequest()
{
    Listening listener(AnyWebSocketPort);
    QVERIFY(listener.waitForPort());
    QByteArray request = upgradeRequest("Origin: http://a.example\r\nSec-WebSocket-Protocol: chat, soap\r\n");
    request.replace(0, request.indexOf("\r\n"), "GET /room?n=1 HTTP/1.1");
    const auto client = listener.asking(request);
    QVERIFY(client);
    const ConnectionInfo info = listener.session.connection();
    QCOMPARE(info.requestPath, QStringLiteral("/room?n=1"));
    QCOMPARE(info.requestOrigin, QStringLiteral("http://a.example"));
    QCOMPARE(info.requestedSubprotocols, (QStringList{QStringLiteral("chat"), QStringLiteral("soap")}));
    QVERIFY(!info.isUpgradeWaiting);
    QTRY_COMPARE(listener.session.connection().httpStatus, 101);
    QCOMPARE(listener.session.connection().subprotocol, QString());
}

void tst_Listener::choosesTheClientsFirstSubprotocol()
{
    SessionSpec spec = *SessionSpec::fromTarget(AnyWebSocketPort);
    spec.options.subprotocols = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")};
    Listening listener(spec);
    QVERIFY(listener.waitForPort());
    const auto client = listener.asking(upgradeRequest("Sec-WebSocket-Protocol: x, d, b, a\r\n"));
    QVERIFY(client);
    QTRY_COMPARE(listener.session.connection().httpStatus, 101);
    QCOMPARE(listener.session.connection().subprotocol, QStringLiteral("d"));
    QTRY_VERIFY(client->received().contains("\r\nSec-WebSocket-Protocol: d\r\n"));
}

void tst_Listener::refusesByRule()
{
    UpgradeRules rules;
    rules.paths = {QStringLiteral("/chat")};
    rules.refusal = 404;
    Listening listener(withRules(rules));
    QVERIFY(listener.waitForPort());
    QByteArray request = upgradeRequest();
    request.replace(0, request.indexOf("\r\n"), "GET /other HTTP/1.1");
    const auto client = listener.asking(request);
    QVERIFY(client);
    QTRY_VERIFY(client->isFinReceived());
    QVERIFY(client->received().startsWith("HTTP/1.1 404 Not Found\r\n"));
    QVERIFY(client->received().endsWith("\r\n\r\nThe path /other is not served here.\n"));
    client->finishSending();
    QTRY_VERIFY(listener.session.connection().isOver());
    const ConnectionInfo info = listener.session.connection();
    QCOMPARE(info.httpStatus, 404);
    QCOMPARE(info.error, QStringLiteral("the upgrade was refused with 404: The path /other is not served here"));
}

void tst_Listener::answersAnUpgradeByHand_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("accepted") << 101;
    QTest::newRow("refused") << 401;
    QTest::newRow("server error") << 599;
}

void tst_Listener::answersAnUpgradeByHand()
{
    QFETCH(int, status);
    Listening listener(asking());
    QVERIFY(listener.waitForPort());
    const auto client = listener.asking(upgradeRequest());
    QVERIFY(client);
    QVERIFY(listener.session.connection().isUpgradeWaiting);
    QCOMPARE(client->received(), QByteArray());
    listener.engine.answerUpgrade(listener.session.id(), ConnectionId{0}, status);
    QTRY_VERIFY(client->received().startsWith("HTTP/1.1 " + QByteArray::number(status)));
    QTRY_COMPARE(listener.session.connection().httpStatus, status);
    QVERIFY(!listener.session.connection().isUpgradeWaiting);
    QVERIFY(listener.session.rejected.empty());
}

void tst_Listener::rejectsAnAnswerThatIsNone()
{
    Listening listener(asking());
    QVERIFY(listener.waitForPort());
    listener.engine.answerUpgrade(listener.session.id(), ConnectionId{7}, 101);
    QTRY_COMPARE(listener.session.rejected.size(), 1u);
    const auto client = listener.asking(upgradeRequest());
    QVERIFY(client);
    listener.engine.answerUpgrade(listener.session.id(), ConnectionId{0}, 200);
    QTRY_COMPARE(listener.session.rejected.size(), 2u);
    QVERIFY(listener.session.connection().isUpgradeWaiting);
    listener.engine.answerUpgrade(listener.session.id(), ConnectionId{0}, 101);
    QTRY_COMPARE(listener.session.connection().httpStatus, 101);
    listener.engine.answerUpgrade(listener.session.id(), ConnectionId{0}, 101);
    QTRY_COMPARE(listener.session.rejected.size(), 3u);
}

void tst_Listener::givesUpAskingAfterTheTimeout()
{
    Listening listener(asking(std::chrono::milliseconds(50)));
    QVERIFY(listener.waitForPort());
    const auto client = listener.client();
    client->send(upgradeRequest());
    QTRY_VERIFY(client->isFinReceived());
    if (!listener.session.events(EventType::UpgradeRequested).empty()) { // Else the client itself was too slow
        QVERIFY(client->received().startsWith("HTTP/1.1 503 "));
        QVERIFY(client->received().endsWith("Nobody answered the upgrade within 50 ms.\n"));
    }
}

void tst_Listener::refusesAClientThatDoesNotWait()
{
    Listening listener(asking());
    QVERIFY(listener.waitForPort());
    const auto client = listener.asking(upgradeRequest() + FrameBuilder::text("early").masked().toWire());
    QVERIFY(client);
    QTRY_VERIFY(client->received().startsWith("HTTP/1.1 400 "));
    QTRY_VERIFY(client->isFinReceived());
}

void tst_Listener::seesAClientLeaveWhileItWaits()
{
    Listening listener(asking());
    QVERIFY(listener.waitForPort());
    const auto client = listener.asking(upgradeRequest());
    QVERIFY(client);
    client->finishSending();
    QTRY_VERIFY(listener.session.connection().isOver());
    QVERIFY(!listener.session.connection().isUpgradeWaiting);
    listener.engine.answerUpgrade(listener.session.id(), ConnectionId{0}, 101);
    QTRY_COMPARE(listener.session.rejected.size(), 1u);
}

void tst_Listener::tellsCloseCodesBothWays_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {1000, 1001, 1008, 3000, 4999}) {
        QTest::addRow("%d", code) << code;
    }
}

void tst_Listener::tellsCloseCodesBothWays()
{
    QFETCH(int, code);
    Listening listener(AnyWebSocketPort);
    QVERIFY(listener.waitForPort());
    const auto ours = listener.client();
    ours->send(upgradeRequest());
    QTRY_COMPARE(listener.session.state(0), QStringLiteral("open"));
    SendRequest close = bytes("we say", {ConnectionId{0}});
    close.kind = SendRequest::Kind::Close;
    close.closeCode = quint16(code);
    listener.engine.send(listener.session.id(), close);
    QTRY_VERIFY(ours->received().endsWith(FrameBuilder::close(code, "we say").toWire()));
    ours->send(FrameBuilder::close(code, "we say").masked().toWire());
    QTRY_VERIFY(ours->isFinReceived());

    const auto theirs = listener.client();
    theirs->send(upgradeRequest());
    QTRY_VERIFY(theirs->received().endsWith("\r\n\r\n"));
    theirs->send(FrameBuilder::close(code, "they say").masked().toWire());
    QTRY_VERIFY(theirs->received().contains(FrameBuilder::close(code).toWire().mid(2)));
    QTRY_VERIFY(theirs->isFinReceived());
    QTRY_COMPARE(listener.session.connection(1).closeReasons[indexOf(Direction::In)], QStringLiteral("they say"));
    for (const quint32 connection : {0u, 1u}) {
        const ConnectionInfo info = listener.session.connection(connection);
        QCOMPARE(int(info.closeCodes[indexOf(Direction::In)].value_or(0)), code);
        QCOMPARE(int(info.closeCodes[indexOf(Direction::Out)].value_or(0)), code);
    }
}

void tst_Listener::answersWhatCameTogetherWithTheCloseFrame()
{
    Listening listener(AnyWebSocketPort, {QStringLiteral("answer=echo")});
    QVERIFY(listener.waitForPort());
    const auto client = listener.client();
    client->send(upgradeRequest());
    QTRY_VERIFY(client->received().contains("\r\n\r\n"));
    const qsizetype head = client->received().size();
    client->send(FrameBuilder::ping("p").masked().toWire() + FrameBuilder::text("last words").masked().toWire()
                 + FrameBuilder::close(1000).masked().toWire());
    QTRY_VERIFY(client->isFinReceived());
    QCOMPARE(client->received().mid(head),
             FrameBuilder::pong("p").toWire() + FrameBuilder::text("last words").toWire()
                 + FrameBuilder::close(1000).toWire());
}

QTEST_GUILESS_MAIN(tst_Listener)
#include "tst_listener.moc"
