// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/wiretap.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace Sidewire;
using TestSupport::RawPeer;

namespace {

QByteArray request(const QByteArray &token)
{
    return "GET / HTTP/1.1\r\nHost: here\r\n" + WireTap::tokenField() + ": " + token + "\r\n\r\n";
}

std::unique_ptr<RawPeer> connectTo(const WireTap &tap)
{
    return RawPeer::connectTo(static_cast<quint16>(tap.url().port()));
}

} // namespace

class tst_WireTap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void takesTheOneWithTheToken();
    void refusesWhoeverDoesNotKnowTheToken_data();
    void refusesWhoeverDoesNotKnowTheToken();
    void takesNobodyElseAfterwards();
    void makesANewTokenEachTime();
    void tellsOfItsEnd();
};

void tst_WireTap::takesTheOneWithTheToken()
{
    WireTap tap;
    QVERIFY(tap.listen());
    QSignalSpy heads(&tap, &WireTap::requestHead);
    QByteArray outgoing;
    connect(&tap, &WireTap::outgoing, this, [&outgoing](const QByteArray &bytes) { outgoing += bytes; });
    const auto client = connectTo(tap);
    const QByteArray head = request(tap.token());
    for (const char byte : head) {
        client->send(QByteArray(1, byte));
    }
    client->send("and");
    QTRY_COMPARE(outgoing, QByteArray("and"));
    QCOMPARE(heads.size(), 1);
    QCOMPARE(heads.front().front().toByteArray(), head);
    client->send(" more");
    QTRY_COMPARE(outgoing, QByteArray("and more"));
    tap.relay("answer");
    QTRY_COMPARE(client->received(), QByteArray("answer"));
}

void tst_WireTap::refusesWhoeverDoesNotKnowTheToken_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("no token") << QByteArray("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    QTest::newRow("empty") << request({});
    QTest::newRow("wrong") << request(QByteArray(32, '0'));
    QTest::newRow("no end") << QByteArray(64 * 1024, 'x');
}

void tst_WireTap::refusesWhoeverDoesNotKnowTheToken()
{
    QFETCH(const QByteArray, bytes);

    WireTap tap;
    QVERIFY(tap.listen());
    QSignalSpy heads(&tap, &WireTap::requestHead);
    QSignalSpy outgoing(&tap, &WireTap::outgoing);
    const auto stranger = connectTo(tap);
    stranger->send(bytes);
    QTRY_VERIFY(stranger->isReset() || stranger->isFinReceived());
    QCOMPARE(stranger->received(), QByteArray());
    QVERIFY(heads.isEmpty() && outgoing.isEmpty());

    const auto client = connectTo(tap); // It still waits for the right one
    client->send(request(tap.token()));
    QTRY_COMPARE(heads.size(), 1);
}

void tst_WireTap::takesNobodyElseAfterwards()
{
    WireTap tap;
    QVERIFY(tap.listen());
    QSignalSpy heads(&tap, &WireTap::requestHead);
    const auto early = connectTo(tap);
    const auto client = connectTo(tap);
    client->send(request(tap.token()));
    QTRY_COMPARE(heads.size(), 1);
    early->send(request(tap.token()));
    QTRY_VERIFY(early->isReset() || early->isFinReceived());
    QVERIFY(!connectTo(tap)->isConnected());
    QCOMPARE(heads.size(), 1);
}

void tst_WireTap::makesANewTokenEachTime()
{
    QCOMPARE(WireTap().token().size(), 32);
    QVERIFY(WireTap().token() != WireTap().token());
}

void tst_WireTap::tellsOfItsEnd()
{
    WireTap tap;
    QVERIFY(tap.listen());
    QSignalSpy heads(&tap, &WireTap::requestHead);
    QSignalSpy closed(&tap, &WireTap::closed);
    const auto client = connectTo(tap);
    client->send(request(tap.token()));
    QTRY_COMPARE(heads.size(), 1);
    client->close();
    QTRY_COMPARE(closed.size(), 1);
    tap.relay("to nobody");
}

QTEST_GUILESS_MAIN(tst_WireTap)
#include "tst_wiretap.moc"
