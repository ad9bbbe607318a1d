// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/nativeaddress.h"
#include "core/net/udpport.h"
#include "tests/support/testsupport.h"

#include <QNetworkDatagram>
#include <QObject>
#include <QTest>
#include <QUdpSocket>

#include <vector>

using namespace Sidewire;

namespace {

const QHostAddress Loopback(QHostAddress::LocalHost);

SocketSettings boundTo(const QHostAddress &address, quint16 port = 0)
{
    SocketSettings settings;
    settings.bind = {address, port};
    return settings;
}

/// What a port heard; the bytes are copied, as they are gone after the call.
struct Heard
{
    QByteArray bytes;
    Datagram datagram;
};

std::vector<Heard> &listenTo(UdpPort &port, std::vector<Heard> &heard)
{
    port.setReceiver([&heard](const Datagram &datagram) { heard.push_back({datagram.bytes.toByteArray(), datagram}); });
    return heard;
}

} // namespace

class tst_UdpPort : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tellsTheWholePathOfADatagram();
    void hearsBothFamilies();
    void answersLeaveFromTheAddressThatWasWrittenTo();
    void bytesOfLengthZeroAreADatagram();
    void namesWhyItCannotBind_data();
    void namesWhyItCannotBind();
    void broadcastsOnlyWhenAllowed();
    void namesWhyItCannotSend_data();
    void namesWhyItCannotSend();
    void portsAreSharedWhenBothSaySo();
    void readsNothingWhilePaused();
};

void tst_UdpPort::tellsTheWholePathOfADatagram()
{
    std::vector<Heard> heard;
    UdpPort port;
    listenTo(port, heard);
    QVERIFY(port.open(boundTo(Loopback)));
    QUdpSocket peer;
    QVERIFY(peer.bind(Loopback, 0));
    peer.writeDatagram("hello", Loopback, port.local().port);
    QTRY_COMPARE(heard.size(), 1u);
    QCOMPARE(heard[0].bytes, QByteArray("hello"));
    QCOMPARE(heard[0].datagram.path.peer, (Endpoint{Loopback, peer.localPort()}));
    QCOMPARE(heard[0].datagram.path.local, Loopback);
    QCOMPARE(NativeSocket::interfaceName(heard[0].datagram.interface), QStringLiteral("lo"));
}

void tst_UdpPort::hearsBothFamilies()
{
    std::vector<Heard> heard;
    UdpPort port;
    listenTo(port, heard);
    QVERIFY(port.open(SocketSettings()));
    QUdpSocket peer;
    for (const QHostAddress &address : {Loopback, QHostAddress(QHostAddress::LocalHostIPv6)}) {
        heard.clear();
        QUdpSocket each;
        QVERIFY(each.bind(address, 0));
        each.writeDatagram("hello", address, port.local().port);
        QTRY_COMPARE(heard.size(), 1u);
        QCOMPARE(heard[0].datagram.path.peer, (Endpoint{address, each.localPort()}));
        QCOMPARE(heard[0].datagram.path.local, address);
        QVERIFY(port.send("you", heard[0].datagram.path));
        QTRY_VERIFY(each.hasPendingDatagrams());
        const QNetworkDatagram answer = each.receiveDatagram();
        QCOMPARE(answer.data(), QByteArray("you"));
        QCOMPARE(answer.senderAddress(), address);
    }
}

void tst_UdpPort::answersLeaveFromTheAddressThatWasWrittenTo()
{
#if !defined(Q_OS_LINUX)
    QSKIP("127.0.0.2 is an address of the machine on Linux only");
#endif
    std::vector<Heard> heard;
    UdpPort port;
    listenTo(port, heard);
    QVERIFY(port.open(SocketSettings()));
    QUdpSocket peer;
    QVERIFY(peer.bind(Loopback, 0));
    const QHostAddress second(QStringLiteral("127.0.0.2"));
    peer.writeDatagram("hello", second, port.local().port);
    QTRY_COMPARE(heard.size(), 1u);
    QCOMPARE(heard[0].datagram.path.local, second);
    QVERIFY(port.send("you", heard[0].datagram.path));
    QTRY_VERIFY(peer.hasPendingDatagrams());
    QCOMPARE(peer.receiveDatagram().senderAddress(), second);
}

void tst_UdpPort::bytesOfLengthZeroAreADatagram()
{
    std::vector<Heard> heard;
    UdpPort port;
    listenTo(port, heard);
    QVERIFY(port.open(boundTo(Loopback)));
    QUdpSocket peer;
    QVERIFY(peer.bind(Loopback, 0));
    QVERIFY(port.send({}, {{Loopback, peer.localPort()}, Loopback}));
    QTRY_VERIFY(peer.hasPendingDatagrams());
    const QNetworkDatagram came = peer.receiveDatagram();
    QVERIFY(came.isValid());
    QCOMPARE(came.data().size(), 0);
    peer.writeDatagram(QByteArray(), Loopback, port.local().port);
    QTRY_COMPARE(heard.size(), 1u);
    QVERIFY(heard[0].bytes.isEmpty());
}

void tst_UdpPort::namesWhyItCannotBind_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<SocketSettings::Family>("family");
    QTest::addColumn<Error::Code>("code");
    QTest::addColumn<QString>("part");

    using Family = SocketSettings::Family;
    QTest::addRow("in use") << "127.0.0.1" << Family::Any << Error::Code::AddressInUse << "in use";
    QTest::addRow("not ours") << "192.0.2.1" << Family::Any << Error::Code::AddressNotAvailable
                              << "192.0.2.1 is not an address of this machine";
    QTest::addRow("other family") << "127.0.0.1" << Family::IPv6 << Error::Code::Usage << "family";
    QTest::addRow("other family, too") << "::1" << Family::IPv4 << Error::Code::Usage << "family";
}

void tst_UdpPort::namesWhyItCannotBind()
{
    QFETCH(QString, address);
    QFETCH(SocketSettings::Family, family);
    QFETCH(Error::Code, code);
    QFETCH(QString, part);
    UdpPort first;
    QVERIFY(first.open(boundTo(Loopback)));
    SocketSettings settings = boundTo(QHostAddress(address), first.local().port);
    settings.family = family;
    UdpPort port;
    const Result<void> opened = port.open(settings);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, code);
    QVERIFY2(opened.error().detail.contains(part), qPrintable(opened.error().detail));
    QVERIFY(!port.isOpen());
    // The same object can be tried again.
    QVERIFY(port.open(boundTo(Loopback)));
}

void tst_UdpPort::broadcastsOnlyWhenAllowed()
{
#if !defined(Q_OS_LINUX)
    QSKIP("the loopback interface broadcasts on Linux only");
#endif
    std::vector<Heard> heard;
    UdpPort listener;
    listenTo(listener, heard);
    QVERIFY(listener.open(SocketSettings()));
    const DatagramPath everybody{{QHostAddress(QStringLiteral("127.255.255.255")), listener.local().port}, {}};

    UdpPort port;
    SocketSettings settings = boundTo(QHostAddress(QHostAddress::AnyIPv4));
    QVERIFY(port.open(settings));
    const Result<void> sent = port.send("hello", everybody);
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, Error::Code::PermissionDenied);
    QVERIFY2(sent.error().detail.contains(QStringLiteral("broadcast=on")), qPrintable(sent.error().detail));

    settings.broadcast = true;
    QVERIFY(port.open(settings));
    QVERIFY(port.send("hello", everybody));
    QTRY_COMPARE(heard.size(), 1u);
    QCOMPARE(heard[0].datagram.path.local, everybody.peer.address);
    QCOMPARE(heard[0].datagram.ours, Loopback);
}

void tst_UdpPort::namesWhyItCannotSend_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("size");
    QTest::addColumn<Error::Code>("code");
    QTest::addColumn<QString>("part");

    QTest::addRow("too large") << "127.0.0.1:9"
                               << "" << 65508 << Error::Code::TooLarge << "65508 bytes";
    QTest::addRow("family") << "[::1]:9"
                            << "" << 1 << Error::Code::Usage << "family";
    QTest::addRow("from elsewhere") << "127.0.0.1:9"
                                    << "192.0.2.1" << 1 << Error::Code::Network << "no route from 192.0.2.1";
}

void tst_UdpPort::namesWhyItCannotSend()
{
    QFETCH(QString, peer);
    QFETCH(QString, from);
    QFETCH(int, size);
    QFETCH(Error::Code, code);
    QFETCH(QString, part);
    UdpPort port;
    QVERIFY(port.open(boundTo(QHostAddress(QHostAddress::AnyIPv4))));
    const Result<void> sent = port.send(QByteArray(size, 'x'), {Endpoint::fromString(peer), QHostAddress(from)});
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, code);
    QVERIFY2(sent.error().detail.contains(part), qPrintable(sent.error().detail));
    QCOMPARE(port.queued(), 0);
}

void tst_UdpPort::portsAreSharedWhenBothSaySo()
{
    SocketSettings settings = boundTo(Loopback);
    settings.reuseAddress = true;
    UdpPort first;
    QVERIFY(first.open(settings));
    settings.bind.port = first.local().port;
    UdpPort second;
    QVERIFY(second.open(settings));
    settings.reuseAddress = false;
    UdpPort third;
    QVERIFY(!third.open(settings));
}

void tst_UdpPort::readsNothingWhilePaused()
{
    std::vector<Heard> heard;
    UdpPort port;
    listenTo(port, heard);
    port.pauseReading();
    QVERIFY(port.open(boundTo(Loopback)));
    QUdpSocket peer;
    peer.writeDatagram("waits", Loopback, port.local().port);
    // What comes back over a second port shows that the event loop had its chance.
    UdpPort second;
    std::vector<Heard> other;
    listenTo(second, other);
    QVERIFY(second.open(boundTo(Loopback)));
    peer.writeDatagram("passes", Loopback, second.local().port);
    QTRY_COMPARE(other.size(), 1u);
    QVERIFY(heard.empty());
    port.resumeReading();
    QTRY_COMPARE(heard.size(), 1u);
}

QTEST_GUILESS_MAIN(tst_UdpPort)
#include "tst_udpport.moc"
