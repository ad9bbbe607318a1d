// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/connector.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Sidewire;
using TestSupport::RawPeer;

namespace {

struct Attempted
{
    Connector connector;
    QList<QHostAddress> addresses;
    std::vector<ConnectAttempt> attempts;
    std::optional<Error> error;
    bool isConnected = false;

    Attempted(const QString &host, quint16 port, const Connector::Options &options = {})
        : connector(host, port, options)
    {
        QObject::connect(&connector, &Connector::resolved, &connector,
                         [this](const QList<QHostAddress> &all) { addresses = all; });
        QObject::connect(&connector, &Connector::attempted, &connector,
                         [this](const ConnectAttempt &attempt) { attempts.push_back(attempt); });
        QObject::connect(&connector, &Connector::connected, &connector, [this] { isConnected = true; });
        QObject::connect(&connector, &Connector::failed, &connector, [this](const Error &e) { error = e; });
        connector.resolveAndConnect();
    }
};

const QString Loopback = QStringLiteral("127.0.0.1");

} // namespace

class tst_Connector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void connectsToALiteral();
    void resolvesAName();
    void namesTheAddressThatRefused();
    void givesUpOnAnAddressThatDoesNotAnswer();
    void saysThatAHostIsUnknown();
    void connectsFromTheBindAddress();
    void refusesABindAddressOfTheOtherFamily();
    void saysThatABindAddressIsNotOurs();
    void leavesOutTheOtherFamily();
    void saysThatNoAddressOfTheFamilyIsLeft();
    void connectsFromOnePortToTwoPeers();
    void saysThatAConnectionExistsAlready();
    void namesAnInterfaceThatIsNotThere();
};

void tst_Connector::connectsToALiteral()
{
    RawPeer peer;
    Attempted a(Loopback, peer.port());
    QTRY_VERIFY(a.isConnected);
    QVERIFY(peer.isConnected());
    QCOMPARE(a.addresses, {QHostAddress(Loopback)});
    QCOMPARE(a.attempts.size(), 1u);
    QCOMPARE(a.attempts.front().result, QStringLiteral("connected"));
    const std::unique_ptr<QAbstractSocket> socket = a.connector.takeSocket();
    QCOMPARE(socket->state(), QAbstractSocket::ConnectedState);
}

void tst_Connector::resolvesAName()
{
    RawPeer peer;
    Attempted a(QStringLiteral("localhost"), peer.port());
    QTRY_VERIFY(a.isConnected);
    QVERIFY(a.addresses.contains(QHostAddress(Loopback)));
    QCOMPARE(a.attempts.back().address.address, QHostAddress(Loopback));
}

void tst_Connector::namesTheAddressThatRefused()
{
    const quint16 port = RawPeer::unusedPort();
    Attempted a(Loopback, port);
    QTRY_VERIFY(a.error);
    QCOMPARE(a.error->code, Error::Code::Refused);
    QCOMPARE(a.error->detail, QStringLiteral("connection refused by 127.0.0.1:%1").arg(port));
    QCOMPARE(a.attempts.size(), 1u);
    QCOMPARE(a.attempts.front().result, QStringLiteral("refused"));
    QVERIFY(!a.isConnected);
}

void tst_Connector::givesUpOnAnAddressThatDoesNotAnswer()
{
    RawPeer peer(RawPeer::Accepting::Never);
    Connector::Options options;
    options.timeout = std::chrono::milliseconds(100);
    Attempted a(Loopback, peer.port(), options);
    QTRY_VERIFY(a.error);
    QCOMPARE(a.error->code, Error::Code::Timeout);
    QCOMPARE(a.attempts.front().result, QStringLiteral("timeout"));
    QVERIFY(a.error->detail.contains(QStringLiteral("did not answer within 100 ms")));
}

void tst_Connector::saysThatAHostIsUnknown()
{
    Attempted a(QStringLiteral("nonexistent.invalid"), 80);
    QTRY_VERIFY_WITH_TIMEOUT(a.error, 20'000);
    // Without any resolver the answer is another one, but it names the host all the same.
    QVERIFY(a.error->code == Error::Code::NotFound || a.error->code == Error::Code::Network
            || a.error->code == Error::Code::Timeout);
    QVERIFY(a.error->detail.contains(QStringLiteral("nonexistent.invalid")));
    QVERIFY(a.attempts.empty());
}

void tst_Connector::connectsFromTheBindAddress()
{
    RawPeer peer;
    Connector::Options options;
    options.socket.bind = {QHostAddress(QStringLiteral("127.0.0.2")), RawPeer::unusedPort()};
    Attempted a(Loopback, peer.port(), options);
    QTRY_VERIFY(a.isConnected);
    const std::unique_ptr<QAbstractSocket> socket = a.connector.takeSocket();
    QCOMPARE(socket->localAddress(), options.socket.bind.address);
    QCOMPARE(socket->localPort(), options.socket.bind.port);
}

void tst_Connector::refusesABindAddressOfTheOtherFamily()
{
    Connector::Options options;
    options.socket.bind.address = QHostAddress(QHostAddress::LocalHostIPv6);
    Attempted a(Loopback, 80, options);
    QTRY_VERIFY(a.error);
    QCOMPARE(a.error->code, Error::Code::AddressNotAvailable);
}

void tst_Connector::saysThatABindAddressIsNotOurs()
{
    Connector::Options options;
    options.socket.bind.address = QHostAddress(QStringLiteral("192.0.2.1")); // RFC 5737: nobody's
    Attempted a(Loopback, 80, options);
    QTRY_VERIFY(a.error);
    QCOMPARE(a.error->code, Error::Code::AddressNotAvailable);
    QVERIFY(a.error->detail.contains(QStringLiteral("192.0.2.1")));
}

void tst_Connector::leavesOutTheOtherFamily()
{
    RawPeer peer; // On 127.0.0.1 only
    Connector::Options options;
    options.socket.family = SocketSettings::Family::IPv4;
    Attempted a(QStringLiteral("localhost"), peer.port(), options);
    QTRY_VERIFY(a.isConnected);
    QCOMPARE(a.attempts.size(), 1u);
    QCOMPARE(a.attempts.front().address.address, QHostAddress(Loopback));
}

void tst_Connector::saysThatNoAddressOfTheFamilyIsLeft()
{
    Connector::Options options;
    options.socket.family = SocketSettings::Family::IPv6;
    Attempted a(Loopback, 80, options);
    QTRY_VERIFY(a.error);
    QCOMPARE(a.error->code, Error::Code::AddressNotAvailable);
    QVERIFY(a.error->detail.contains(QStringLiteral("127.0.0.1 has no IPv6 address")));
    QCOMPARE(a.addresses, {QHostAddress(Loopback)}); // What there was is told all the same.
    QVERIFY(a.attempts.empty());
}

void tst_Connector::connectsFromOnePortToTwoPeers()
{
    RawPeer one;
    RawPeer two;
    Connector::Options options;
    options.socket.bind = {QHostAddress(QHostAddress::LocalHost), RawPeer::unusedPort()};
    options.socket.reuseAddress = true;
    Attempted first(Loopback, one.port(), options);
    QTRY_VERIFY(first.isConnected);
    Attempted second(Loopback, two.port(), options);
    QTRY_VERIFY(second.isConnected);
    const std::unique_ptr<QAbstractSocket> sockets[] = {first.connector.takeSocket(), second.connector.takeSocket()};
    QCOMPARE(sockets[0]->localPort(), options.socket.bind.port);
    QCOMPARE(sockets[1]->localPort(), options.socket.bind.port);
    QVERIFY(sockets[0]->peerPort() != sockets[1]->peerPort());
}

void tst_Connector::saysThatAConnectionExistsAlready()
{
    RawPeer peer;
    Connector::Options options;
    options.socket.bind = {QHostAddress(QHostAddress::LocalHost), RawPeer::unusedPort()};
    options.socket.reuseAddress = true;
    Attempted first(Loopback, peer.port(), options);
    QTRY_VERIFY(first.isConnected);
    Attempted second(Loopback, peer.port(), options);
    QTRY_VERIFY(second.error);
    QCOMPARE(second.error->code, Error::Code::AddressInUse);
    QVERIFY2(second.error->detail.contains(QStringLiteral("already")), qPrintable(second.error->detail));
}

void tst_Connector::namesAnInterfaceThatIsNotThere()
{
    Connector::Options options;
    options.socket.interface = QStringLiteral("nosuch0");
    Attempted a(Loopback, 80, options);
    QTRY_VERIFY(a.error);
    QCOMPARE(a.error->code, Error::Code::NotFound);
    QVERIFY2(a.error->detail.startsWith(QStringLiteral("interface nosuch0:")), qPrintable(a.error->detail));
}

QTEST_GUILESS_MAIN(tst_Connector)
#include "tst_connector.moc"
