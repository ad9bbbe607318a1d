// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/dialer.h"
#include "core/net/nativesocket.h"
#include "core/net/tcpstream.h"
#include "tests/support/memorysink.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Sidewire;
using TestSupport::MemorySink;
using TestSupport::RawPeer;

namespace {

/// A stream connected to a RawPeer, and what it told.
struct Connected
{
    RawPeer peer;
    MemorySink sink;
    std::unique_ptr<TcpStream> stream;
    std::optional<StreamEnd> end;
    int finsReceived = 0;
    int finsSent = 0;

    bool open()
    {
        Dialer dialer;
        QSignalSpy connected(&dialer, &Dialer::connected);
        dialer.dial({QHostAddress(QHostAddress::LocalHost), peer.port()}, {}, std::chrono::seconds(10));
        if (!connected.wait(10'000)) {
            return false;
        }
        stream = std::make_unique<TcpStream>(dialer.takeSocket(), sink);
        QObject::connect(stream.get(), &TcpStream::ended, stream.get(), [this](const StreamEnd &e) { end = e; });
        QObject::connect(stream.get(), &TcpStream::finReceived, stream.get(), [this] { ++finsReceived; });
        QObject::connect(stream.get(), &TcpStream::finSent, stream.get(), [this] { ++finsSent; });
        stream->start();
        return peer.isConnected();
    }
};

} // namespace

class tst_TcpStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void carriesBytesBothWays();
    void losesNothingOfAHalfClosedPeer();
    void sendsAfterThePeersFin();
    void countsAsSentOnlyWhatTheKernelTook();
    void refusesMoreThanTheQueueHolds();
    void stopsReadingWhileTheSinkIsFull();
    void holdsItsFinBackWhileTheSinkIsFull();
    void readsNothingWhilePaused();
    void stopsReadingWhileAnswersAreQueued();
    void closesInOrder();
    void closesFirstWhenThePeerWaits();
    void letsGoOfAPeerThatDoesNotClose();
    void saysWhenTheLogKeptItFromClosing();
    void discardsWhatIsQueuedOnReset();
    void tellsOfAResetByThePeer();
    void noticesAResetAfterThePeersFin();
};

void tst_TcpStream::carriesBytesBothWays()
{
    Connected c;
    QVERIFY(c.open());
    const QByteArray there = TestSupport::randomBytes(3'000'000, 1);
    const QByteArray back = TestSupport::randomBytes(2'000'000, 2);
    c.peer.send(there);
    QVERIFY(c.stream->send(back));

    QTRY_VERIFY(c.peer.unsent() == 0 && c.sink.in.size() == there.size());
    QTRY_COMPARE(c.peer.received().size(), back.size());
    QCOMPARE(c.sink.in, there);
    QCOMPARE(c.peer.received(), back);
    QCOMPARE(c.sink.out, back);
    QCOMPARE(c.stream->queued(), 0);
    QCOMPARE(c.stream->peer().port, c.peer.port());
}

void tst_TcpStream::losesNothingOfAHalfClosedPeer()
{
    Connected c;
    QVERIFY(c.open());
    const QByteArray queued = TestSupport::randomBytes(20 * 1024 * 1024, 3);
    c.peer.setReading(false);
    QVERIFY(c.stream->send(queued));
    c.peer.send("last words");
    c.peer.finishSending();
    QTRY_COMPARE(c.finsReceived, 1);
    QCOMPARE(c.sink.in, QByteArray("last words"));
    QVERIFY(c.stream->queued() > 0);

    c.peer.setReading(true);
    QTRY_COMPARE_WITH_TIMEOUT(c.peer.received().size(), queued.size(), 20'000);
    QCOMPARE(c.peer.received(), queued);
    QCOMPARE(c.sink.out, queued);
    QVERIFY(!c.end);
}

void tst_TcpStream::sendsAfterThePeersFin()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.finishSending();
    QTRY_COMPARE(c.finsReceived, 1);
    QVERIFY(c.stream->send("still here"));
    QTRY_COMPARE(c.peer.received(), QByteArray("still here"));
    QVERIFY(!c.peer.isFinReceived());

    c.stream->finishSending();
    QTRY_VERIFY(c.end);
    QCOMPARE(c.end->how, StreamEnd::How::Fin);
    QVERIFY(c.end->isByPeer);
    QTRY_VERIFY(c.peer.isFinReceived());
}

void tst_TcpStream::countsAsSentOnlyWhatTheKernelTook()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.setReading(false);
    const QByteArray bytes = TestSupport::randomBytes(30 * 1024 * 1024, 4);
    QVERIFY(c.stream->send(bytes));
    QTRY_VERIFY(c.sink.out.size() > 0);
    QTest::qWait(50); // Whatever still moves; the sum below holds at any time.
    QVERIFY(c.stream->queued() > 0);
    QCOMPARE(c.sink.out.size() + c.stream->queued(), bytes.size());
    QVERIFY(bytes.startsWith(c.sink.out));
}

void tst_TcpStream::refusesMoreThanTheQueueHolds()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.setReading(false);
    const QByteArray most(TcpStream::MaxQueued, 'x');
    QVERIFY(c.stream->send(most));
    const Result<void> tooMuch = c.stream->send(most);
    QVERIFY(!tooMuch);
    QCOMPARE(tooMuch.error().code, Error::Code::TooLarge);
}

void tst_TcpStream::stopsReadingWhileTheSinkIsFull()
{
    Connected c;
    QVERIFY(c.open());
    c.sink.isFull = true;
    c.peer.send("waiting");
    QVERIFY(c.stream->send("also waiting"));
    QTest::qWait(50);
    QCOMPARE(c.sink.in, QByteArray());
    QCOMPARE(c.peer.received(), QByteArray());

    c.sink.isFull = false;
    c.stream->onRoomAgain();
    QTRY_COMPARE(c.sink.in, QByteArray("waiting"));
    QTRY_COMPARE(c.peer.received(), QByteArray("also waiting"));
}

void tst_TcpStream::holdsItsFinBackWhileTheSinkIsFull()
{
    Connected c;
    QVERIFY(c.open());
    QVERIFY(c.stream->send("last words"));
    QTRY_COMPARE(c.peer.received(), QByteArray("last words"));
    c.sink.isFull = true;
    c.stream->finishSending();
    QCOMPARE(c.finsSent, 0);
    QVERIFY(!c.stream->isFinSent());
    c.sink.isFull = false;
    c.stream->onRoomAgain();
    QCOMPARE(c.finsSent, 1);
    QTRY_VERIFY(c.peer.isFinReceived());
}

void tst_TcpStream::readsNothingWhilePaused()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.send("one");
    QTRY_COMPARE(c.sink.in, QByteArray("one"));
    c.stream->pauseReading();
    c.peer.send("two");
    QTest::qWait(50);
    QCOMPARE(c.sink.in, QByteArray("one"));
    c.stream->resumeReading();
    QTRY_COMPARE(c.sink.in, QByteArray("onetwo"));
    c.peer.send("three");
    QTRY_COMPARE(c.sink.in, QByteArray("onetwothree"));
}

void tst_TcpStream::stopsReadingWhileAnswersAreQueued()
{
    Connected c;
    QVERIFY(c.open());
    c.stream->setReadingLimit(1024);
    c.peer.setReading(false);
    QVERIFY(c.stream->send(QByteArray(20 * 1024 * 1024, 'a')));
    c.peer.send("question");
    QTest::qWait(50);
    QCOMPARE(c.sink.in, QByteArray());
    c.peer.setReading(true);
    QTRY_VERIFY(c.peer.received().size() == 20 * 1024 * 1024);
    QTRY_COMPARE(c.sink.in, QByteArray("question"));
}

void tst_TcpStream::closesInOrder()
{
    Connected c;
    QVERIFY(c.open());
    QVERIFY(c.stream->send("bye"));
    c.stream->close();
    QTRY_VERIFY(c.peer.isFinReceived());
    QCOMPARE(c.peer.received(), QByteArray("bye"));
    QVERIFY(!c.stream->send("too late"));
    c.peer.send("you too");
    c.peer.finishSending();
    QTRY_VERIFY(c.end);
    QCOMPARE(c.end->how, StreamEnd::How::Fin);
    QVERIFY(!c.end->isByPeer);
    QCOMPARE(c.sink.in, QByteArray("you too"));
}

void tst_TcpStream::closesFirstWhenThePeerWaits()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.finishSending();
    QTRY_COMPARE(c.finsReceived, 1);
    c.stream->close();
    QTRY_VERIFY(c.end);
    QCOMPARE(c.finsSent, 1);
    QVERIFY(c.end->isByPeer);
}

void tst_TcpStream::letsGoOfAPeerThatDoesNotClose()
{
    Connected c;
    QVERIFY(c.open());
    c.stream->setCloseTimeout(std::chrono::milliseconds(50));
    c.stream->close();
    QTRY_VERIFY(c.end);
    QCOMPARE(c.end->how, StreamEnd::How::Timeout);
    QCOMPARE(c.end->error.code, Error::Code::Timeout);
    QVERIFY(c.peer.isFinReceived());
}

void tst_TcpStream::saysWhenTheLogKeptItFromClosing()
{
    Connected c;
    QVERIFY(c.open());
    c.stream->setCloseTimeout(std::chrono::milliseconds(50));
    c.sink.isFull = true;
    c.stream->close();
    QTRY_VERIFY(c.end);
    QCOMPARE(c.end->how, StreamEnd::How::Timeout);
    QCOMPARE(c.end->error.detail, QStringLiteral("the log had no room for 0.05 s"));
    QCOMPARE(c.finsSent, 0);
}

void tst_TcpStream::discardsWhatIsQueuedOnReset()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.setReading(false);
    const qint64 size = 30 * 1024 * 1024;
    QVERIFY(c.stream->send(QByteArray(size, 'x')));
    QTRY_VERIFY(c.sink.out.size() > 0);
    c.stream->reset();
    QVERIFY(c.end);
    QCOMPARE(c.end->how, StreamEnd::How::Reset);
    QCOMPARE(c.end->discarded + c.sink.out.size(), size);
    c.peer.setReading(true);
    QTRY_VERIFY(c.peer.isReset());
}

void tst_TcpStream::tellsOfAResetByThePeer()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.send("before");
    QTRY_COMPARE(c.sink.in, QByteArray("before"));
    c.peer.reset();
    QTRY_VERIFY(c.end);
    QCOMPARE(c.end->how, StreamEnd::How::Reset);
    QVERIFY(c.end->isByPeer);
    QVERIFY(c.end->error.detail.contains(QStringLiteral("reset by 127.0.0.1:%1").arg(c.peer.port())));
}

void tst_TcpStream::noticesAResetAfterThePeersFin()
{
    Connected c;
    QVERIFY(c.open());
    c.peer.finishSending();
    QTRY_COMPARE(c.finsReceived, 1);
    c.peer.reset();
    QTRY_VERIFY(c.end);
    QCOMPARE(c.end->how, StreamEnd::How::Reset);
}

QTEST_GUILESS_MAIN(tst_TcpStream)
#include "tst_tcpstream.moc"
