// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>
#include <QUdpSocket>

using namespace Sidewire;
using TestSupport::LiveSession;
using TestSupport::RawPeer;

namespace {

constexpr qint64 Limit = 1024 * 1024;
const QStringList OneMegabyte{QStringLiteral("log-limit=1M")};

qint64 countDropped(const LiveSession &session)
{
    return session.log().dropped("capture");
}

} // namespace

/// Recording up to the size that a log may have.
class tst_LogLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void aStreamWaitsForAnotherLimit();
    void datagramsAreCounted();
};

void tst_LogLimit::aStreamWaitsForAnotherLimit()
{
    RawPeer peer;
    Engine engine;
    LiveSession session(engine, QStringLiteral("tcp://127.0.0.1:%1").arg(peer.port()), OneMegabyte);
    QTRY_COMPARE(session.state(), QStringLiteral("open"));
    QTRY_VERIFY(peer.isConnected());

    const QByteArray bytes = TestSupport::randomBytes(3 * Limit, 1);
    peer.send(bytes);
    QTRY_VERIFY(peer.unsent() >= 0 && session.log().live()->isAtSizeLimit);
    QVERIFY(session.log().live()->isRecordingStalled);
    QVERIFY2(session.log().live()->recordingError().contains(QStringLiteral("limit of 1M")),
             qPrintable(session.log().live()->recordingError()));
    session.log().waitUntilCaughtUp();
    QVERIFY(session.log().file()->committed() <= Limit + 4096); // Events go on
    QVERIFY(bytes.startsWith(session.stream(Direction::In)));
    QCOMPARE(session.state(), QStringLiteral("open"));

    SessionOptions options;
    QVERIFY(options.set(QStringLiteral("log-limit"), QStringLiteral("2M")));
    engine.setOptions(session.id(), options);
    QTRY_VERIFY(peer.unsent() >= 0 && session.log().file()->committed() > Limit * 3 / 2);
    QTRY_VERIFY(session.log().live()->recordingError().contains(QStringLiteral("limit of 2M")));

    engine.setOptions(session.id(), {});
    QTRY_VERIFY(peer.unsent() == 0 && session.log().totals().bytes[indexOf(Direction::In)] == bytes.size());
    QCOMPARE(session.stream(Direction::In), bytes);
    QVERIFY(!session.log().live()->isRecordingStalled);
    QVERIFY(session.log().live()->recordingError().isEmpty());
    QCOMPARE(countDropped(session), 0);
}

void tst_LogLimit::datagramsAreCounted()
{
    Engine engine;
    LiveSession session(engine, QStringLiteral("udp-listen://127.0.0.1:0"), OneMegabyte);
    QTRY_VERIFY(session.isOpened() && session.port() != 0);
    const quint16 port = session.port();

    // More than fits, a few at a time so that the kernel drops none.
    QUdpSocket socket;
    const QByteArray datagram(32 * 1024, 'd');
    constexpr qint64 Count = 64;
    const auto seen = [&session] {
        return session.log().totals().records[indexOf(Direction::In)] + countDropped(session);
    };
    for (qint64 sent = 0; sent < Count; ++sent) {
        QCOMPARE(socket.writeDatagram(datagram, QHostAddress::LocalHost, port), datagram.size());
        if (!session.log().live()->isAtSizeLimit) {
            QTRY_VERIFY(seen() > sent || session.log().live()->isAtSizeLimit);
        }
    }
    QTRY_COMPARE(seen(), Count);
    QVERIFY(countDropped(session) >= Count / 2);
    QVERIFY(session.log().file()->committed() <= Limit + 64 * 1024);
}

QTEST_GUILESS_MAIN(tst_LogLimit)
#include "tst_loglimit.moc"
