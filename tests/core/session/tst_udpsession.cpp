// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QNetworkDatagram>
#include <QObject>
#include <QTest>
#include <QUdpSocket>

#include <algorithm>
#include <array>

using namespace Sidewire;
using TestSupport::LiveSession;

namespace {

QString target(quint16 port)
{
    return QStringLiteral("udp://127.0.0.1:%1").arg(port);
}

SendRequest datagram(const QByteArray &content)
{
    SendRequest request;
    request.bytes = content;
    return request;
}

SendRequest toLastSender(const QByteArray &content)
{
    SendRequest request = datagram(content);
    request.isToLastSender = true;
    return request;
}

const QHostAddress Loopback(QHostAddress::LocalHost);
const QString AnyPort = QStringLiteral("udp-listen://127.0.0.1:0");

} // namespace

class tst_UdpSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void talksToAnEchoListener();
    void isBoundAtOnceAndSaysWhenItHears();
    void saysThatAPortIsUnreachable();
    void showsRepliesFromAnotherPort();
    void refusesWhatFitsIntoNoDatagram();
    void countsWhatTheKernelDrops();
    void everythingIsReceivedOrCounted();
    void listenerSendsToItsPeers();
    void repliesToWhomItIsTold();
    void aClosedPeerComesBackAsAnotherConnection();
    void oneConnectionForEachAddressThatIsWrittenTo();
    void bothFamiliesOnOnePort();
    void sendsAndHearsNothingAtAll();
    void listensAgainAfterAFailure();
    void dropsUntilTheEndAreCounted();
    void peersBeyondTheLimitAreTogether();
    void anotherOptionHoldsAfterReconnecting();
    void unrulyAnswersAreTheSameForTheSameSeed();
};

void tst_UdpSession::talksToAnEchoListener()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    const QByteArray largest = TestSupport::randomBytes(65507, 1);
    for (const QByteArray &each : {QByteArray("one"), QByteArray(), largest}) {
        engine.send(client.id(), datagram(each));
    }
    const std::vector<QByteArray> expected = {"one", "", largest};
    QTRY_COMPARE(client.records(Direction::In).size(), 3u);
    QCOMPARE(client.records(Direction::In), expected);
    QCOMPARE(client.records(Direction::Out), expected);
    QCOMPARE(listener.records(Direction::In), expected);
    QCOMPARE(listener.connectionCount(), 1);
    QCOMPARE(client.connection().local, listener.connection().peer);

    engine.close(client.id());
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("closed"));
}

void tst_UdpSession::isBoundAtOnceAndSaysWhenItHears()
{
    Engine engine;
    QUdpSocket peer;
    QVERIFY(peer.bind(Loopback, 0));
    LiveSession client(engine, target(peer.localPort()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QVERIFY(!client.connection().hasHeardFromPeer);
    QVERIFY(client.connection().local.port != 0);
    QCOMPARE(client.connection().local.address, Loopback);
    peer.writeDatagram("hi", Loopback, client.connection().local.port);
    QTRY_VERIFY(client.connection().hasHeardFromPeer);
    QCOMPARE(client.stream(Direction::In), QByteArray("hi"));
    QCOMPARE(client.connectionCount(), 1);
}

void tst_UdpSession::saysThatAPortIsUnreachable()
{
#if !defined(Q_OS_LINUX)
    QSKIP("ICMP errors are not told here");
#endif
    Engine engine;
    LiveSession client(engine, target(TestSupport::RawPeer::unusedPort()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram("anyone?"));
    QTRY_COMPARE(client.connection().unreachable, QStringLiteral("port unreachable"));
    // The error of the first does not stop the second.
    engine.send(client.id(), datagram("really?"));
    QTRY_COMPARE(client.events(EventType::Unreachable).size(), 2u);
    QCOMPARE(client.records(Direction::Out).size(), 2u);
}

void tst_UdpSession::showsRepliesFromAnotherPort()
{
    Engine engine;
    QUdpSocket peer;
    QUdpSocket other;
    QVERIFY(peer.bind(Loopback, 0) && other.bind(Loopback, 0));
    LiveSession client(engine, target(peer.localPort()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    other.writeDatagram("elsewhere", Loopback, client.connection().local.port);
    QTRY_COMPARE(client.connectionCount(), 2);
    QTRY_COMPARE(client.stream(Direction::In, 1), QByteArray("elsewhere"));
    QCOMPARE(client.connection(1).peer.port, other.localPort());
    QVERIFY(!client.connection(0).hasHeardFromPeer);
}

void tst_UdpSession::refusesWhatFitsIntoNoDatagram()
{
    Engine engine;
    LiveSession client(engine, target(9));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram(QByteArray(65508, 'x')));
    QTRY_COMPARE(client.rejected.size(), 1u);
    QCOMPARE(client.rejected.front().code, Error::Code::TooLarge);
    QVERIFY(client.records(Direction::Out).empty());
}

void tst_UdpSession::countsWhatTheKernelDrops()
{
#if !defined(Q_OS_LINUX)
    QSKIP("the kernel does not tell here");
#endif
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    engine.pauseReading(listener.id());
    engine.send(listener.id(), datagram("nobody yet")); // Rejected: then the pause is in force
    QTRY_COMPARE(listener.rejected.size(), 1u);
    QUdpSocket flood;
    const int count = 4000;
    const QByteArray content(4000, 'x');
    for (int i = 0; i < count; ++i) {
        QCOMPARE(flood.writeDatagram(content, Loopback, listener.port()), content.size());
    }
    engine.resumeReading(listener.id());
    // What came and what was dropped is everything.
    QTRY_VERIFY_WITH_TIMEOUT(listener.log().dropped("kernel") > 0, 10'000);
    QTRY_COMPARE(qint64(listener.records(Direction::In).size()) + listener.log().dropped("kernel")
                     + listener.log().dropped("capture"),
                 count);
}

void tst_UdpSession::listenerSendsToItsPeers()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket peer;
    QVERIFY(peer.bind(Loopback, 0));
    peer.writeDatagram("hello", Loopback, listener.port());
    QTRY_COMPARE(listener.stream(Direction::In), QByteArray("hello"));
    engine.send(listener.id(), datagram("you"));
    QTRY_VERIFY(peer.hasPendingDatagrams());
    QCOMPARE(peer.receiveDatagram().data(), QByteArray("you"));
}

void tst_UdpSession::everythingIsReceivedOrCounted()
{
#if !defined(Q_OS_LINUX)
    QSKIP("the kernel does not tell here");
#endif
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("rcvbuf=4096")});
    QTRY_VERIFY(listener.port() != 0);
    const quint16 port = listener.port();
    QUdpSocket flood;
    const int count = 20'000;
    const QByteArray content(500, 'x');
    for (int i = 0; i < count; ++i) {
        QCOMPARE(flood.writeDatagram(content, Loopback, port), content.size());
    }
    QTRY_COMPARE(listener.connection().records[indexOf(Direction::In)] + listener.log().dropped("kernel")
                     + listener.log().dropped("capture"),
                 count);
    QVERIFY(listener.log().dropped("kernel") > 0);
    const std::vector<SocketOption> options = listener.log().session().socketOptions;
    const auto buffer = std::ranges::find(options, QStringLiteral("rcvbuf"), &SocketOption::name);
    QVERIFY(buffer != options.end());
    QCOMPARE(buffer->asked, QStringLiteral("4096"));
    QVERIFY(!buffer->actual.isEmpty());
}

void tst_UdpSession::repliesToWhomItIsTold()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    engine.send(listener.id(), toLastSender("nobody"));
    QTRY_COMPARE(listener.rejected.size(), 1u);
    QCOMPARE(listener.rejected[0].detail, QStringLiteral("nobody has sent anything yet"));

    std::array<QUdpSocket, 3> peers;
    for (QUdpSocket &peer : peers) {
        QVERIFY(peer.bind(Loopback, 0));
        peer.writeDatagram("hello", Loopback, listener.port());
        const auto number = quint32(&peer - peers.data());
        QTRY_COMPARE(listener.stream(Direction::In, number), QByteArray("hello"));
    }
    peers[1].writeDatagram("me again", Loopback, listener.port());
    QTRY_COMPARE(listener.records(Direction::In, 1).size(), 2u);

    SendRequest toTwo = datagram("two of you");
    toTwo.to = {ConnectionId{0}, ConnectionId{2}};
    engine.send(listener.id(), toTwo);
    engine.send(listener.id(), toLastSender("the last"));
    engine.send(listener.id(), datagram("all"));
    QTRY_COMPARE(listener.records(Direction::Out, 2).size(), 2u);
    QCOMPARE(listener.records(Direction::Out, 0), (std::vector<QByteArray>{"two of you", "all"}));
    QCOMPARE(listener.records(Direction::Out, 1), (std::vector<QByteArray>{"the last", "all"}));
    QCOMPARE(listener.records(Direction::Out, 2), (std::vector<QByteArray>{"two of you", "all"}));
    QTRY_VERIFY(peers[1].hasPendingDatagrams());
    QCOMPARE(peers[1].receiveDatagram().data(), QByteArray("the last"));
}

void tst_UdpSession::aClosedPeerComesBackAsAnotherConnection()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket peer;
    QVERIFY(peer.bind(Loopback, 0));
    peer.writeDatagram("first", Loopback, listener.port());
    QTRY_COMPARE(listener.stream(Direction::In), QByteArray("first"));
    engine.close(listener.id(), {ConnectionId{0}});
    QTRY_COMPARE(listener.state(0), QStringLiteral("closed"));

    SendRequest toClosed = datagram("too late");
    toClosed.to = {ConnectionId{0}};
    engine.send(listener.id(), toClosed);
    QTRY_COMPARE(listener.rejected.size(), 1u);
    QCOMPARE(listener.rejected[0].code, Error::Code::Closed);

    peer.writeDatagram("second", Loopback, listener.port());
    QTRY_COMPARE(listener.stream(Direction::In, 1), QByteArray("second"));
    QCOMPARE(listener.stream(Direction::In, 0), QByteArray("first"));
    QCOMPARE(listener.connection(1).peer, listener.connection(0).peer);
}

void tst_UdpSession::oneConnectionForEachAddressThatIsWrittenTo()
{
#if !defined(Q_OS_LINUX)
    QSKIP("127.0.0.2 is an address of the machine on Linux only");
#endif
    Engine engine;
    LiveSession listener(engine, QStringLiteral("udp-listen://0.0.0.0:0"), {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket peer;
    QVERIFY(peer.bind(Loopback, 0));
    for (const char *address : {"127.0.0.1", "127.0.0.2"}) {
        const QHostAddress to(QString::fromLatin1(address));
        peer.writeDatagram(address, to, listener.port());
        QTRY_VERIFY(peer.hasPendingDatagrams());
        QCOMPARE(peer.receiveDatagram().senderAddress(), to);
    }
    QTRY_COMPARE(listener.connectionCount(), 2);
    QCOMPARE(listener.connection(1).local.address.toString(), QStringLiteral("127.0.0.2"));
    QCOMPARE(listener.stream(Direction::In, 1), QByteArray("127.0.0.2"));
    QCOMPARE(listener.stream(Direction::Out, 1), QByteArray("127.0.0.2"));
}

void tst_UdpSession::bothFamiliesOnOnePort()
{
    Engine engine;
    LiveSession listener(engine, QStringLiteral("udp-listen://[::]:0"), {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    for (const QString &host : {QStringLiteral("127.0.0.1"), QStringLiteral("[::1]")}) {
        LiveSession client(engine, QStringLiteral("udp://%1:%2").arg(host).arg(listener.port()));
        QTRY_COMPARE(client.state(), QStringLiteral("open"));
        engine.send(client.id(), datagram("hello"));
        QTRY_COMPARE(client.stream(Direction::In), QByteArray("hello"));
        QCOMPARE(client.connectionCount(), 1);
    }
    QCOMPARE(listener.connection(0).peer.address, Loopback);
    QCOMPARE(listener.connection(1).peer.address, QHostAddress(QHostAddress::LocalHostIPv6));
}

void tst_UdpSession::sendsAndHearsNothingAtAll()
{
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("answer=echo")});
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, target(listener.port()));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram({}));
    const std::vector<QByteArray> one = {QByteArray()};
    QTRY_COMPARE(client.records(Direction::In), one);
    QCOMPARE(client.records(Direction::Out), one);
    QCOMPARE(listener.records(Direction::In), one);
    QCOMPARE(client.log().messages()->count(), 2);
}

void tst_UdpSession::listensAgainAfterAFailure()
{
    QUdpSocket holder;
    QVERIFY(holder.bind(Loopback, 0));
    Engine engine;
    LiveSession listener(engine, QStringLiteral("udp-listen://127.0.0.1:%1").arg(holder.localPort()));
    QTRY_COMPARE(listener.events(EventType::ListenFailed).size(), 1u);
    QVERIFY(listener.log().session().listenError.contains(QStringLiteral("in use")));
    const quint16 port = holder.localPort();
    holder.close();
    engine.reconnect(listener.id());
    QTRY_COMPARE(listener.port(), port);
    QCOMPARE(listener.log().session().listenError, QString());
}

void tst_UdpSession::anotherOptionHoldsAfterReconnecting()
{
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    SessionOptions options;
    options.socket.receiveBuffer = 8192;
    engine.setOptions(listener.id(), options);
    engine.close(listener.id());
    QTRY_COMPARE(listener.events(EventType::ListenStopped).size(), 1u);
    engine.reconnect(listener.id());
    QTRY_COMPARE(listener.events(EventType::Listening).size(), 2u);
    const std::vector<SocketOption> now = listener.log().session().socketOptions;
    QCOMPARE(std::ranges::find(now, QStringLiteral("rcvbuf"), &SocketOption::name)->asked, QStringLiteral("8192"));
}

void tst_UdpSession::dropsUntilTheEndAreCounted()
{
#if !defined(Q_OS_LINUX)
    QSKIP("the kernel does not tell here");
#endif
    Engine engine;
    LiveSession listener(engine, AnyPort, {QStringLiteral("rcvbuf=4096")});
    QTRY_VERIFY(listener.port() != 0);
    engine.pauseReading(listener.id());
    engine.send(listener.id(), toLastSender("nobody yet")); // Rejected: then the pause is in force
    QTRY_COMPARE(listener.rejected.size(), 1u);
    const quint16 port = listener.port();
    QUdpSocket flood;
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(flood.writeDatagram(QByteArray(500, 'x'), Loopback, port), 500);
    }
    engine.close(listener.id());
    QTRY_COMPARE(listener.events(EventType::ListenStopped).size(), 1u);
    QVERIFY(listener.log().dropped("kernel") > 900);
}

void tst_UdpSession::peersBeyondTheLimitAreTogether()
{
#if !defined(Q_OS_LINUX)
    QSKIP("127.1.0.1 is an address of the machine on Linux only");
#endif
    constexpr qint64 MaxPeers = 10'000; // As core/README.md says
    constexpr qint64 Further = 3;
    Engine engine;
    LiveSession listener(engine, AnyPort);
    QTRY_VERIFY(listener.port() != 0);
    const quint16 port = listener.port();
    QUdpSocket newest;
    for (qint64 i = 0; i < MaxPeers + Further; ++i) {
        newest.close();
        QVERIFY(newest.bind(QHostAddress(QHostAddress(QStringLiteral("127.1.0.1")).toIPv4Address() + quint32(i)), 0));
        QCOMPARE(newest.writeDatagram("hello", Loopback, port), 5);
        if (i % 1000 == 0) {
            QTRY_COMPARE(listener.connectionCount(), i + 1); // The port must not lose any.
        }
    }
    const auto others = quint32(MaxPeers);
    QTRY_COMPARE(listener.connection(others).records[indexOf(Direction::In)], Further);
    QCOMPARE(listener.connectionCount(), MaxPeers + 1);
    QCOMPARE(listener.connection(others).host, QStringLiteral("others"));
    engine.send(listener.id(), toLastSender("you"));
    QTRY_VERIFY(newest.hasPendingDatagrams());
    QCOMPARE(listener.connectionCount(), MaxPeers + 1);
}

void tst_UdpSession::unrulyAnswersAreTheSameForTheSameSeed()
{
    std::vector<std::vector<QByteArray>> runs;
    for (int run = 0; run < 2; ++run) {
        Engine engine;
        LiveSession listener(engine, AnyPort, {QStringLiteral("answer=unruly:7")});
        QTRY_VERIFY(listener.port() != 0);
        QUdpSocket peer;
        QVERIFY(peer.bind(Loopback, 0));
        for (int i = 0; i < 50; ++i) {
            peer.writeDatagram(QByteArray::number(i), Loopback, listener.port());
        }
        QTRY_COMPARE(listener.records(Direction::In).size(), 50u);
        runs.push_back(listener.records(Direction::Out));
    }
    QCOMPARE(runs[0], runs[1]);
    QVERIFY(runs[0].size() > 20u);
    std::vector<QByteArray> inOrder;
    for (int i = 0; i < 50; ++i) {
        inOrder.push_back(QByteArray::number(i));
    }
    QVERIFY(runs[0] != inOrder);
}

QTEST_GUILESS_MAIN(tst_UdpSession)
#include "tst_udpsession.moc"
