// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/controlframescanner.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;

namespace {

QByteArrayList describe(const std::vector<ControlFrame> &frames)
{
    QByteArrayList result;
    for (const ControlFrame &frame : frames) {
        result += QByteArray::number(int(frame.opcode)) + ' ' + frame.payload + ' ' + frame.wire.toHex();
    }
    return result;
}

/// `passed` counts the bytes that need not be looked at; without it all are.
QByteArrayList scan(QByteArrayView wire, qsizetype step, FrameDecoder::Sender sender = FrameDecoder::Sender::Client,
                    qint64 *passed = nullptr)
{
    ControlFrameScanner scanner(sender);
    QByteArrayList result;
    for (qsizetype at = 0; at < wire.size(); at += step) {
        const QByteArrayView piece = wire.sliced(at, std::min(step, wire.size() - at));
        if (passed && scanner.passOver(piece.size())) {
            *passed += piece.size();
        } else {
            result += describe(scanner.feed(piece));
        }
    }
    return result;
}

} // namespace

class tst_ControlFrameScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void picksControlFramesHoweverTheyWereCut();
    void leavesOutWhatIsNotWellFormed_data();
    void leavesOutWhatIsNotWellFormed();
    void knowsWhetherAFrameIsUnfinished();
};

void tst_ControlFrameScanner::picksControlFramesHoweverTheyWereCut()
{
    const QByteArray longest(125, 'p');
    const QByteArray ping = FrameBuilder::ping(longest).masked().toWire();
    const QByteArray pong = FrameBuilder::pong().masked().toWire();
    const QByteArray close = FrameBuilder::close(1000, "end").masked().toWire();
    const QByteArray wire = FrameBuilder::text("to be").masked().notFinal().toWire() + ping
        + FrameBuilder::continuation(QByteArray(70000, 'x')).masked().toWire() + pong + ping + close;
    const QByteArrayList expected{"9 " + longest + ' ' + ping.toHex(), "10  " + pong.toHex(),
                                  "9 " + longest + ' ' + ping.toHex(),
                                  "8 " + QByteArray("\x03\xe8") + "end " + close.toHex()};
    for (const qsizetype step : {1, 2, 3, 7, 64, 131, 1000, 65536, 1 << 20}) {
        QCOMPARE(scan(wire, step), expected);
        qint64 passed = 0;
        QCOMPARE(scan(wire, step, FrameDecoder::Sender::Client, &passed), expected);
        const qint64 least = 70000 - 2 * step; // Not the pieces with the ends of the long frame
        QVERIFY2(passed >= least && passed <= 70000 + 5, QByteArray::number(passed));
    }
}

void tst_ControlFrameScanner::leavesOutWhatIsNotWellFormed_data()
{
    QTest::addColumn<QByteArray>("frame");

    QTest::newRow("in fragments") << FrameBuilder::ping("a").notFinal().toWire();
    QTest::newRow("reserved bit") << FrameBuilder::ping("a").withReserved(4).toWire();
    QTest::newRow("too long") << FrameBuilder::ping(QByteArray(126, 'a')).toWire();
    QTest::newRow("unknown opcode") << FrameBuilder(11, "a").toWire();
    QTest::newRow("data") << FrameBuilder::binary("\x89\x01z").toWire();
}

void tst_ControlFrameScanner::leavesOutWhatIsNotWellFormed()
{
    QFETCH(const QByteArray, frame);
    const QByteArray pong = FrameBuilder::pong("after").toWire();
    for (const qsizetype step : {1, 1000}) {
        QCOMPARE(scan(frame + pong, step, FrameDecoder::Sender::Server), QByteArrayList{"10 after " + pong.toHex()});
    }
}

void tst_ControlFrameScanner::knowsWhetherAFrameIsUnfinished()
{
    ControlFrameScanner scanner(FrameDecoder::Sender::Server);
    QVERIFY(!scanner.isInsideFrame());
    const QByteArray wire = FrameBuilder::text("hello").toWire();
    for (const char byte : wire.chopped(1)) {
        scanner.feed({&byte, 1});
        QVERIFY(scanner.isInsideFrame());
    }
    scanner.feed(QByteArrayView(wire).last(1));
    QVERIFY(!scanner.isInsideFrame());
}

QTEST_GUILESS_MAIN(tst_ControlFrameScanner)
#include "tst_controlframescanner.moc"
