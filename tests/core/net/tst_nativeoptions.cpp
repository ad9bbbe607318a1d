// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/acceptor.h"
#include "core/net/dialer.h"
#include "core/net/nativeoptions.h"
#include "core/net/nativesocket.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace Sidewire;
using TestSupport::RawPeer;

namespace {

using Kind = NativeOptions::Kind;

/// What the kernel itself says, past the code under test.
int option(qintptr socket, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof(value);
    ::getsockopt(static_cast<int>(socket), level, name, &value, &size);
    return value;
}

SocketOption find(const std::vector<SocketOption> &options, const char *name)
{
    const auto found = std::find_if(options.begin(), options.end(),
                                    [name](const SocketOption &each) { return each.name == QLatin1String(name); });
    return found == options.end() ? SocketOption() : *found;
}

SocketSettings everything()
{
    SocketSettings settings;
    settings.noDelay = false;
    settings.keepAlive = KeepAlive{33, 7, 4};
    settings.linger = 9;
    settings.sendBuffer = 30'000;
    settings.receiveBuffer = 40'000;
    settings.typeOfService = 0x28;
    settings.timeToLive = 17;
    settings.interface = QStringLiteral("lo");
    return settings;
}

/// A listener and a client of ours that are connected to each other.
struct Pair
{
    Acceptor acceptor;
    Dialer dialer;
    std::unique_ptr<QAbstractSocket> accepted;
    std::unique_ptr<QAbstractSocket> connected;
    Result<void> listening;

    Pair(const SocketSettings &server, const SocketSettings &client, const QHostAddress &address)
    {
        QObject::connect(&acceptor, &Acceptor::accepted, &acceptor, [this] { accepted = acceptor.takeSocket(); });
        QObject::connect(&dialer, &Dialer::connected, &dialer, [this] { connected = dialer.takeSocket(); });
        listening = acceptor.startListening(server);
        if (listening) {
            dialer.dial({address, acceptor.local().port}, client, std::chrono::seconds(10));
        }
    }

    bool isUp() const { return accepted && connected; }
};

SocketSettings on(const QHostAddress &address, SocketSettings settings = {})
{
    settings.bind = {address, 0};
    return settings;
}

} // namespace

class tst_NativeOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void setsEverythingOnAClient_data() { addresses(); }
    void setsEverythingOnAClient();
    void setsEverythingOnAcceptedSockets_data() { addresses(); }
    void setsEverythingOnAcceptedSockets();
    void readsBackWhatTheKernelMadeOfIt();
    void saysWhatWasNotAskedForToo();
    void leavesAloneWhatWasNotAsked();
    void tellsOfTheFamilyThatIsSpoken();
    void listensForBothFamilies_data();
    void listensForBothFamilies();
    void keepsTheBacklogThatWasAsked();
    void sharesAPortBetweenListenersThatAgree();
    void refusesAPortThatIsTaken();
    void refusesAnAddressOfTheOtherFamily();
    void setsDatagramOptions();

private:
    static void addresses();
};

void tst_NativeOptions::addresses()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
}

namespace {

void compareWithEverything(qintptr socket, bool isV6)
{
    QCOMPARE(option(socket, IPPROTO_TCP, TCP_NODELAY), 0);
    QCOMPARE(option(socket, SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(option(socket, IPPROTO_TCP, TCP_KEEPIDLE), 33);
    QCOMPARE(option(socket, IPPROTO_TCP, TCP_KEEPINTVL), 7);
    QCOMPARE(option(socket, IPPROTO_TCP, TCP_KEEPCNT), 4);
    QCOMPARE(option(socket, SOL_SOCKET, SO_SNDBUF), 60'000); // Linux doubles
    QCOMPARE(option(socket, SOL_SOCKET, SO_RCVBUF), 80'000);
    QCOMPARE(isV6 ? option(socket, IPPROTO_IPV6, IPV6_TCLASS) : option(socket, IPPROTO_IP, IP_TOS), 0x28);
    QCOMPARE(isV6 ? option(socket, IPPROTO_IPV6, IPV6_UNICAST_HOPS) : option(socket, IPPROTO_IP, IP_TTL), 17);
    QVERIFY(NativeOptions::lingerOf(socket) == 9);
}

} // namespace

void tst_NativeOptions::setsEverythingOnAClient()
{
    QFETCH(const QHostAddress, address);
    Pair pair(on(address), everything(), address);
    QVERIFY(pair.listening);
    QTRY_VERIFY(pair.isUp());
    compareWithEverything(pair.connected->socketDescriptor(), address.protocol() == QAbstractSocket::IPv6Protocol);
}

void tst_NativeOptions::setsEverythingOnAcceptedSockets()
{
    QFETCH(const QHostAddress, address);
    Pair pair(on(address, everything()), {}, address);
    QVERIFY2(pair.listening, pair.listening ? "" : qPrintable(pair.listening.error().detail));
    QTRY_VERIFY(pair.isUp());
    compareWithEverything(pair.accepted->socketDescriptor(), address.protocol() == QAbstractSocket::IPv6Protocol);
}

void tst_NativeOptions::readsBackWhatTheKernelMadeOfIt()
{
    const QHostAddress local(QHostAddress::LocalHost);
    SocketSettings settings = everything();
    settings.typeOfService = 0x2b; // The last two bits are ECN, which TCP keeps for itself (RFC 3168, 5).
    Pair pair(on(local), settings, local);
    QTRY_VERIFY(pair.isUp());

    const auto options = NativeOptions::readBack(pair.connected->socketDescriptor(), settings, Kind::Connecting);
    const auto expected = [&options](const char *name, const char *asked, const char *actual) {
        const SocketOption option = find(options, name);
        QCOMPARE(option.asked, QLatin1String(asked));
        QCOMPARE(option.actual, QLatin1String(actual));
    };
    expected("nodelay", "off", "off");
    expected("keepalive", "33,7,4", "33,7,4");
    expected("linger", "9", "9");
    expected("sndbuf", "30000", "60000");
    expected("rcvbuf", "40000", "80000");
    expected("tos", "43", "40");
    expected("ttl", "17", "17");
    expected("interface", "lo", "lo");
}

void tst_NativeOptions::saysWhatWasNotAskedForToo()
{
    const QHostAddress local(QHostAddress::LocalHost);
    Pair pair(on(local), {}, local);
    QTRY_VERIFY(pair.isUp());

    const auto options = NativeOptions::readBack(pair.connected->socketDescriptor(), {}, Kind::Connecting);
    for (const SocketOption &option : options) {
        QVERIFY2(option.asked.isEmpty(), qPrintable(option.name));
    }
    QCOMPARE(find(options, "nodelay").actual, QStringLiteral("on"));
    QCOMPARE(find(options, "keepalive").actual, QStringLiteral("off"));
    QCOMPARE(find(options, "linger").actual, QStringLiteral("off"));
    QVERIFY(find(options, "mss").actual.toInt() > 0);
    QVERIFY(find(options, "mtu").actual.toInt() > 0);
    QVERIFY(find(options, "interface").name.isEmpty());
}

void tst_NativeOptions::leavesAloneWhatWasNotAsked()
{
    const int untouched = ::socket(AF_INET, SOCK_STREAM, 0);
    const int applied = ::socket(AF_INET, SOCK_STREAM, 0);
    QVERIFY(NativeOptions::apply(applied, {}, Kind::Connecting));
    for (const int name : {SO_KEEPALIVE, SO_SNDBUF, SO_RCVBUF, SO_REUSEPORT, SO_BROADCAST}) {
        QCOMPARE(option(applied, SOL_SOCKET, name), option(untouched, SOL_SOCKET, name));
    }
    QCOMPARE(option(applied, IPPROTO_IP, IP_TOS), option(untouched, IPPROTO_IP, IP_TOS));
    QCOMPARE(option(applied, IPPROTO_IP, IP_TTL), option(untouched, IPPROTO_IP, IP_TTL));
    NativeSocket::close(untouched);
    NativeSocket::close(applied);
}

void tst_NativeOptions::tellsOfTheFamilyThatIsSpoken()
{
    // An IPv4 client of a dual-stack listener.
    Pair pair(on({}), {}, QHostAddress(QHostAddress::LocalHost));
    QTRY_VERIFY(pair.isUp());
    const qintptr socket = pair.accepted->socketDescriptor();
    const int tos = 0x10;
    QCOMPARE(::setsockopt(static_cast<int>(socket), IPPROTO_IP, IP_TOS, &tos, sizeof(tos)), 0);
    const auto options = NativeOptions::readBack(socket, {}, Kind::Accepted);
    QCOMPARE(find(options, "tos").actual, QStringLiteral("16"));
}

void tst_NativeOptions::listensForBothFamilies_data()
{
    using Family = SocketSettings::Family;
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<int>("family");
    QTest::addColumn<QString>("local");
    QTest::addColumn<bool>("takesV4");
    QTest::addColumn<bool>("takesV6");

    const QHostAddress anyV6(QHostAddress::AnyIPv6);
    QTest::newRow("no address") << QHostAddress() << int(Family::Any) << "[::]" << true << true;
    QTest::newRow("[::]") << anyV6 << int(Family::Any) << "[::]" << true << true;
    QTest::newRow("IPv6 only") << QHostAddress() << int(Family::IPv6) << "[::]" << false << true;
    QTest::newRow("[::], IPv6 only") << anyV6 << int(Family::IPv6) << "[::]" << false << true;
    QTest::newRow("IPv4 only") << QHostAddress() << int(Family::IPv4) << "0.0.0.0" << true << false;
    QTest::newRow("0.0.0.0") << QHostAddress(QHostAddress::AnyIPv4) << int(Family::Any) << "0.0.0.0" << true << false;
}

void tst_NativeOptions::listensForBothFamilies()
{
    QFETCH(const QHostAddress, address);
    QFETCH(const int, family);
    QFETCH(const QString, local);
    QFETCH(const bool, takesV4);
    QFETCH(const bool, takesV6);

    SocketSettings settings = on(address);
    settings.family = SocketSettings::Family(family);
    Acceptor acceptor;
    QVERIFY(acceptor.startListening(settings));
    QTcpSocket holder; // Bound, not listening: so that nobody else listens on the port in the other family
    while (takesV4 != takesV6
           && !holder.bind(takesV4 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost, acceptor.local().port,
                           QAbstractSocket::ReuseAddressHint)) {
        acceptor.close(); // Somebody has it already
        QVERIFY(acceptor.startListening(settings));
    }
    QCOMPARE(acceptor.local().toString(), QStringLiteral("%1:%2").arg(local).arg(acceptor.local().port));

    const auto connects = [&acceptor](QHostAddress::SpecialAddress to) {
        Dialer dialer;
        QSignalSpy connected(&dialer, &Dialer::connected);
        QSignalSpy failed(&dialer, &Dialer::failed);
        dialer.dial({QHostAddress(to), acceptor.local().port}, {}, std::chrono::seconds(10));
        return QTest::qWaitFor([&] { return connected.size() + failed.size() > 0; }) && connected.size() == 1;
    };
    QCOMPARE(connects(QHostAddress::LocalHost), takesV4);
    QCOMPARE(connects(QHostAddress::LocalHostIPv6), takesV6);
}

void tst_NativeOptions::keepsTheBacklogThatWasAsked()
{
    Acceptor acceptor;
    SocketSettings settings = on(QHostAddress(QHostAddress::LocalHost));
    settings.backlog = 3;
    QVERIFY(acceptor.startListening(settings));
    QCOMPARE(acceptor.backlog(), 3);
    const auto options = NativeOptions::readBack(acceptor.socketDescriptor(), settings, Kind::Listening);
    QCOMPARE(find(options, "backlog").actual, QStringLiteral("3"));
}

void tst_NativeOptions::sharesAPortBetweenListenersThatAgree()
{
    Acceptor first;
    Acceptor second;
    SocketSettings settings = on(QHostAddress(QHostAddress::LocalHost));
    settings.reuseAddress = true;
    QVERIFY(first.startListening(settings));
    settings.bind.port = first.local().port;
    QVERIFY(second.startListening(settings));
    QCOMPARE(second.local(), first.local());
}

void tst_NativeOptions::refusesAPortThatIsTaken()
{
    Acceptor first;
    Acceptor second;
    SocketSettings settings = on(QHostAddress(QHostAddress::LocalHost));
    QVERIFY(first.startListening(settings));
    settings.bind.port = first.local().port;
    const Result<void> result = second.startListening(settings);
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::AddressInUse);
    QVERIFY(!second.isListening());
}

void tst_NativeOptions::refusesAnAddressOfTheOtherFamily()
{
    Acceptor acceptor;
    SocketSettings settings = on(QHostAddress(QHostAddress::LocalHost));
    settings.family = SocketSettings::Family::IPv6;
    const Result<void> result = acceptor.startListening(settings);
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::Usage);
}

void tst_NativeOptions::setsDatagramOptions()
{
    SocketSettings settings;
    settings.broadcast = true;
    settings.multicastTimeToLive = 0;
    settings.multicastLoopback = false;
    settings.timeToLive = 9;
    const Result<qintptr> socket =
        NativeSocket::openSocket(NativeSocket::Type::Datagram, {}, SocketSettings::Family::Any);
    QVERIFY(socket);
    QVERIFY(NativeOptions::apply(*socket, settings, Kind::Datagram));
    QCOMPARE(option(*socket, SOL_SOCKET, SO_BROADCAST), 1);
    QCOMPARE(option(*socket, IPPROTO_IP, IP_MULTICAST_TTL), 0); // Dual stack: both families
    QCOMPARE(option(*socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS), 0);
    QCOMPARE(option(*socket, IPPROTO_IP, IP_MULTICAST_LOOP), 0);
    QCOMPARE(option(*socket, IPPROTO_IPV6, IPV6_MULTICAST_LOOP), 0);
    QCOMPARE(option(*socket, IPPROTO_IP, IP_TTL), 9);

    const auto options = NativeOptions::readBack(*socket, settings, Kind::Datagram);
    QCOMPARE(find(options, "multicast-loop").actual, QStringLiteral("off"));
    QCOMPARE(find(options, "multicast-ttl").actual, QStringLiteral("0"));
    QCOMPARE(find(options, "broadcast").actual, QStringLiteral("on"));
    QVERIFY(find(options, "nodelay").name.isEmpty());
    NativeSocket::close(*socket);
}

QTEST_GUILESS_MAIN(tst_NativeOptions)
#include "tst_nativeoptions.moc"
