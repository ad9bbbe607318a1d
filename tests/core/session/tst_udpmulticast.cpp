// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/ownnetwork.h"
#include "tests/support/testsupport.h"

#include <QNetworkDatagram>
#include <QNetworkInterface>
#include <QObject>
#include <QTest>
#include <QUdpSocket>

#include <functional>

using namespace Sidewire;
using TestSupport::LiveSession;

namespace {

QString networkIsMissing; ///< Why; empty when it is there

const MulticastGroup V4{QHostAddress(QStringLiteral("239.1.2.3")), QStringLiteral("right")};
const MulticastGroup V6{QHostAddress(QStringLiteral("ff15::1234")), QStringLiteral("right")};

SessionSpec specFor(const QString &target, const std::function<void(SessionOptions &)> &change = {})
{
    SessionSpec spec = SessionSpec::fromTarget(target).value();
    if (change) {
        change(spec.options);
    }
    return spec;
}

SessionSpec listening(const QString &address, const std::vector<MulticastGroup> &groups)
{
    return specFor(QStringLiteral("udp-listen://%1:0").arg(address),
                   [&](SessionOptions &options) { options.socket.groups = groups; });
}

/// A client of a group or a broadcast address that sends by `interface`.
SessionSpec sending(const QHostAddress &to, quint16 port, const QString &interface)
{
    return specFor(QStringLiteral("udp://%1").arg(Endpoint{to, port}.toString()),
                   [&](SessionOptions &options) { options.socket.interface = interface; });
}

SendRequest datagram(const QByteArray &content)
{
    SendRequest request;
    request.bytes = content;
    return request;
}

QString lastNote(const LiveSession &session)
{
    const std::vector<Event> notes = session.events(EventType::Note);
    return notes.empty() ? QString() : notes.back().message;
}

} // namespace

/// In a network of its own, with a cable from "left" to "right".
class tst_UdpMulticast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!networkIsMissing.isEmpty()) {
            QSKIP(qPrintable(networkIsMissing));
        }
    }
    void init() { TestSupport::failOnWarnings(); }
    void hearsAGroup_data();
    void hearsAGroup();
    void answersFromAnAddressOfItsOwn();
    void joinsBothFamiliesOnOnePort();
    void joinsAndLeavesWhileOpen();
    void aListenerOnAGroupJoinsIt();
    void namesWhatItCannotJoin_data();
    void namesWhatItCannotJoin();
    void cannotOpenWithoutItsGroup();
    void twoSessionsShareAGroup();
    void tellsWhenTheInterfaceChanges();
    void broadcasts();
    void saysThatThereIsNoWay();
};

void tst_UdpMulticast::hearsAGroup_data()
{
    QTest::addColumn<QString>("bind");
    QTest::addColumn<QHostAddress>("group");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("by");

    QTest::addRow("IPv4 on lo") << "0.0.0.0" << V4.group << "lo"
                                << "lo";
    QTest::addRow("IPv4") << "0.0.0.0" << V4.group << "left"
                          << "right";
    QTest::addRow("IPv4, dual stack") << "[::]" << V4.group << "left"
                                      << "right";
    QTest::addRow("IPv6") << "[::]" << V6.group << "left"
                          << "right";
    QTest::addRow("IPv6, link-local") << "[::]" << QHostAddress(QStringLiteral("ff02::1234")) << "left"
                                      << "right";
}

void tst_UdpMulticast::hearsAGroup()
{
    QFETCH(QString, bind);
    QFETCH(QHostAddress, group);
    QFETCH(QString, from);
    QFETCH(QString, by);
    Engine engine;
    LiveSession listener(engine, listening(bind, {{group, by}}));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, sending(group, listener.port(), from));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram("to all"));
    QTRY_COMPARE(listener.stream(Direction::In), QByteArray("to all"));
    // The local end is where the datagram went.
    QCOMPARE(listener.connection().local, (Endpoint{group, listener.port()}));
    QCOMPARE(listener.connection().peer.port, client.connection().local.port);
    QHostAddress peer = listener.connection().peer.address;
    peer.setScopeId({});
    QCOMPARE(peer, client.connection().local.address);
    QCOMPARE(listener.connection().interface, by);
    QCOMPARE(listener.log().session().groups, (std::vector<GroupMembership>{{group.toString(), by}}));
    QVERIFY2(listener.events(EventType::Heard).front().message.endsWith(by), "the sentence names the interface");
}

void tst_UdpMulticast::answersFromAnAddressOfItsOwn()
{
    Engine engine;
    SessionSpec spec = listening(QStringLiteral("0.0.0.0"), {V4});
    spec.options.answer.kind = AnswerOptions::Kind::Echo;
    LiveSession listener(engine, spec);
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, sending(V4.group, listener.port(), QStringLiteral("left")));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram("who is there?"));

    // A conversation of its own for both: a group sends nothing.
    QTRY_COMPARE(client.stream(Direction::In, 1), QByteArray("who is there?"));
    const Endpoint answering = client.connection(1).peer;
    QVERIFY(!answering.address.isMulticast());
    QCOMPARE(answering.port, listener.port());
    QCOMPARE(client.stream(Direction::In, 0), QByteArray());
    QCOMPARE(listener.connection(1).local, answering);
    QCOMPARE(listener.stream(Direction::Out, 1), QByteArray("who is there?"));
    QCOMPARE(listener.stream(Direction::Out, 0), QByteArray());
}

void tst_UdpMulticast::joinsBothFamiliesOnOnePort()
{
    Engine engine;
    LiveSession listener(engine, listening(QString(), {V4, V6}));
    QTRY_VERIFY(listener.port() != 0);
    for (const QHostAddress &group : {V4.group, V6.group}) {
        LiveSession client(engine, sending(group, listener.port(), QStringLiteral("left")));
        QTRY_COMPARE(client.state(), QStringLiteral("open"));
        engine.send(client.id(), datagram("both"));
        const quint32 number = group == V4.group ? 0 : 1;
        QTRY_COMPARE(listener.stream(Direction::In, number), QByteArray("both"));
        QCOMPARE(listener.connection(number).local.address, group);
    }
}

void tst_UdpMulticast::joinsAndLeavesWhileOpen()
{
    const MulticastGroup second{QHostAddress(QStringLiteral("239.1.2.4")), QStringLiteral("right")};
    Engine engine;
    LiveSession listener(engine, listening(QStringLiteral("0.0.0.0"), {}));
    QTRY_VERIFY(listener.port() != 0);
    engine.joinGroup(listener.id(), V4);
    engine.joinGroup(listener.id(), second);
    QTRY_COMPARE(listener.events(EventType::GroupJoined).size(), 2u);
    engine.leaveGroup(listener.id(), {V4.group, {}}); // There is only one of that address
    QTRY_COMPARE(listener.events(EventType::GroupLeft).size(), 1u);
    QCOMPARE(listener.log().session().groups,
             (std::vector<GroupMembership>{{second.group.toString(), second.interface}}));

    // Another socket of this machine stays in the group, which must not make the port hear it.
    QUdpSocket other;
    QVERIFY(other.bind(QHostAddress(QHostAddress::AnyIPv4), 0));
    QVERIFY(other.joinMulticastGroup(V4.group, QNetworkInterface::interfaceFromName(V4.interface)));
    for (const QHostAddress &group : {V4.group, second.group}) {
        LiveSession client(engine, sending(group, listener.port(), QStringLiteral("left")));
        QTRY_COMPARE(client.state(), QStringLiteral("open"));
        engine.send(client.id(), datagram(group.toString().toLatin1()));
        QTRY_COMPARE(client.records(Direction::Out).size(), 1u);
    }
    QTRY_COMPARE(listener.stream(Direction::In), second.group.toString().toLatin1());
    QCOMPARE(listener.connectionCount(), 1);

    engine.close(listener.id());
    QTRY_COMPARE(listener.events(EventType::GroupLeft).size(), 2u);
    QTRY_VERIFY(listener.log().session().groups.empty());
}

void tst_UdpMulticast::aListenerOnAGroupJoinsIt()
{
    Engine engine;
    SessionSpec spec = listening(V4.group.toString(), {});
    spec.options.socket.interface = V4.interface;
    LiveSession listener(engine, spec);
    QTRY_VERIFY(listener.port() != 0);
    LiveSession client(engine, sending(V4.group, listener.port(), QStringLiteral("left")));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram("hello"));
    QTRY_COMPARE(listener.stream(Direction::In), QByteArray("hello"));
    QCOMPARE(listener.connection().local, (Endpoint{V4.group, listener.port()}));
}

void tst_UdpMulticast::namesWhatItCannotJoin_data()
{
    QTest::addColumn<QString>("bind");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("part");

    QTest::addRow("no interface") << "0.0.0.0"
                                  << "239.1.2.3"
                                  << "nosuch0"
                                  << "there is no interface nosuch0; there are lo, right, left";
    QTest::addRow("no group") << "0.0.0.0"
                              << "10.1.0.1"
                              << "right"
                              << "10.1.0.1 is not a multicast address";
    QTest::addRow("IPv6 on IPv4") << "0.0.0.0"
                                  << "ff15::1"
                                  << "right"
                                  << "bound to IPv4 only";
    QTest::addRow("IPv4 on IPv6") << "[fd01::2]"
                                  << "239.1.2.3"
                                  << "right"
                                  << "bound to IPv6 only";
    QTest::addRow("one address") << "10.1.0.2"
                                 << "239.1.2.3"
                                 << "right"
                                 << "would hear nothing";
    QTest::addRow("no way there") << "0.0.0.0"
                                  << "239.1.2.3"
                                  << ""
                                  << "no interface leads to the group";
}

void tst_UdpMulticast::namesWhatItCannotJoin()
{
    QFETCH(QString, bind);
    QFETCH(QString, group);
    QFETCH(QString, interface);
    QFETCH(QString, part);
    Engine engine;
    LiveSession listener(engine, listening(bind, {}));
    QTRY_VERIFY(listener.port() != 0);
    engine.joinGroup(listener.id(), {QHostAddress(group), interface});
    QTRY_COMPARE(listener.rejected.size(), 1u);
    QVERIFY2(listener.rejected[0].detail.contains(part), qPrintable(listener.rejected[0].detail));
    QTRY_VERIFY(lastNote(listener).contains(part)); // The log tells it too.
    QVERIFY(listener.log().session().groups.empty());
    engine.leaveGroup(listener.id(), V4);
    QTRY_COMPARE(listener.rejected.size(), 2u);
    QVERIFY(listener.rejected[1].detail.contains(QStringLiteral("is not joined on right")));
}

void tst_UdpMulticast::cannotOpenWithoutItsGroup()
{
    Engine engine;
    LiveSession listener(engine, listening(QStringLiteral("0.0.0.0"), {V4, V4}));
    QTRY_COMPARE(listener.events(EventType::ListenFailed).size(), 1u);
    QVERIFY(listener.log().session().listenError.contains(QStringLiteral("joined already on right")));
}

void tst_UdpMulticast::twoSessionsShareAGroup()
{
    Engine engine;
    SessionSpec spec = listening(QStringLiteral("0.0.0.0"), {V4});
    spec.options.socket.reuseAddress = true;
    LiveSession first(engine, spec);
    QTRY_VERIFY(first.port() != 0);
    spec.port = first.port();
    LiveSession second(engine, spec);
    QTRY_COMPARE(second.port(), first.port());
    LiveSession client(engine, sending(V4.group, first.port(), QStringLiteral("left")));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram("both"));
    QTRY_COMPARE(first.stream(Direction::In), QByteArray("both"));
    QTRY_COMPARE(second.stream(Direction::In), QByteArray("both"));
}

void tst_UdpMulticast::tellsWhenTheInterfaceChanges()
{
    Engine engine;
    LiveSession listener(engine, listening(QStringLiteral("0.0.0.0"), {V4, {V4.group, QStringLiteral("lo")}}));
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket peer;
    QVERIFY(peer.bind(QHostAddress(QStringLiteral("10.9.8.7")), 0));
    for (const QString &interface : {QStringLiteral("lo"), QStringLiteral("left"), QStringLiteral("left")}) {
        peer.setMulticastInterface(QNetworkInterface::interfaceFromName(interface));
        const std::size_t before = listener.records(Direction::In).size();
        peer.writeDatagram("hello", V4.group, listener.port());
        QTRY_COMPARE(listener.records(Direction::In).size(), before + 1);
    }
    QCOMPARE(listener.connectionCount(), 1);
    QCOMPARE(listener.events(EventType::Heard).front().data.value(QStringLiteral("interface")).toString(),
             QStringLiteral("lo"));
    const std::vector<Event> changes = listener.events(EventType::PathChanged);
    QCOMPARE(changes.size(), 1u);
    QVERIFY2(changes[0].message.endsWith(QStringLiteral("now come in by right")), qPrintable(changes[0].message));
    QCOMPARE(listener.connection().interface, QStringLiteral("right"));
}

void tst_UdpMulticast::broadcasts()
{
    Engine engine;
    SessionSpec answering = listening(QStringLiteral("0.0.0.0"), {});
    answering.options.answer.kind = AnswerOptions::Kind::Echo;
    LiveSession listener(engine, answering);
    QTRY_VERIFY(listener.port() != 0);
    const QHostAddress everybody(QStringLiteral("10.1.0.255"));
    SessionSpec spec = sending(everybody, listener.port(), QStringLiteral("left"));
    {
        LiveSession client(engine, spec);
        QTRY_COMPARE(client.state(), QStringLiteral("open"));
        engine.send(client.id(), datagram("hello"));
        QTRY_COMPARE(client.rejected.size(), 1u);
        QVERIFY(client.rejected[0].detail.contains(QStringLiteral("broadcast=on")));
        QVERIFY(client.records(Direction::Out).empty());
    }
    spec.options.socket.broadcast = true;
    LiveSession client(engine, spec);
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram("hello"));
    // This machine hears it twice: at the end of the cable, and as one of those on the network where it was sent.
    const std::vector<QByteArray> twice(2, "hello");
    QTRY_COMPARE(listener.records(Direction::In), twice);
    QCOMPARE(listener.connection().local, (Endpoint{everybody, listener.port()}));
    QTRY_COMPARE(listener.records(Direction::Out, 1), twice);
    QVERIFY(listener.connection(1).local.address != everybody);
    QTRY_COMPARE(client.records(Direction::In, 1), twice);
}

void tst_UdpMulticast::saysThatThereIsNoWay()
{
    Engine engine;
    LiveSession client(engine, specFor(QStringLiteral("udp://192.0.2.1:9")));
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    engine.send(client.id(), datagram("hello"));
    QTRY_COMPARE(client.rejected.size(), 1u);
    QCOMPARE(client.rejected[0].detail, QStringLiteral("no route to 192.0.2.1:9"));
}

int main(int argc, char **argv)
{
    networkIsMissing = TestSupport::enterOwnNetwork();
    const QCoreApplication application(argc, argv);
    tst_UdpMulticast test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_udpmulticast.moc"
