// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/violation.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/views/messagefields.h"

#include <QTest>

using namespace Sidewire;
using Sender = FrameDecoder::Sender;
using TestSupport::FrameBuilder;

namespace {

Message messageOf(const QByteArray &wire, MessageKind kind, qint64 begin = 0)
{
    Message message;
    message.kind = kind;
    message.direction = Direction::In;
    message.begin = begin;
    message.end = begin + wire.size();
    message.flags = static_cast<decltype(message.flags)>(MessageFlag::WebSocket);
    return message;
}

QStringList linesOf(const Message &message, const QByteArray &wire, Sender sender = Sender::Server)
{
    return describeFields(message, wire, sender).split(u'\n');
}

} // namespace

class tst_MessageFields final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tellsEachFieldOfAFrame();
    void tellsHowTheLengthIsWritten_data();
    void tellsHowTheLengthIsWritten();
    void listsEveryFragment();
    void listsAFrameThatIsCutOff();
    void namesBrokenRulesWithTheirSections();
    void doesNotListAMillionFragments();
    void spansLeaveOutControlFrames();
    void aControlFrameIsItsOwnSpan();
    void tellsTheLinesOfAHead();
};

void tst_MessageFields::tellsEachFieldOfAFrame()
{
    const QByteArray wire = FrameBuilder::text("hello").masked().withReserved(4).toWire();
    const QStringList lines = linesOf(messageOf(wire, MessageKind::Text, 0x81), wire, Sender::Client);
    QVERIFY(lines.contains(QStringLiteral("bytes       in 0x81..0x8b, 11 B")));
    QVERIFY(lines.contains(QStringLiteral("Frame 1 of 1, 0x81..0x8b")));
    QVERIFY(lines.contains(QStringLiteral("opcode      0x1 text")));
    QVERIFY(lines.contains(QStringLiteral("FIN         1, the last frame of its message")));
    QVERIFY(lines.contains(QStringLiteral("RSV         RSV1")));
    QVERIFY(lines.contains(QStringLiteral("mask        37 fa 21 3d")));
    QVERIFY(lines.contains(QStringLiteral("length      5, written in 7 bits")));
    QVERIFY(lines.contains(QStringLiteral("payload     at 0x87, after 6 bytes of header")));
}

void tst_MessageFields::tellsHowTheLengthIsWritten_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("line");

    QTest::newRow("125") << 125 << QStringLiteral("length      125, written in 7 bits");
    QTest::newRow("126") << 126 << QStringLiteral("length      126, written as 126 and 16 bits");
    QTest::newRow("65536") << 65536 << QStringLiteral("length      65536, written as 127 and 64 bits");
}

void tst_MessageFields::tellsHowTheLengthIsWritten()
{
    QFETCH(int, size);
    QFETCH(QString, line);
    const QByteArray wire = FrameBuilder::binary(QByteArray(size, 'x')).toWire();
    const QStringList lines = linesOf(messageOf(wire, MessageKind::Binary), wire);
    QVERIFY2(lines.contains(line), qPrintable(lines.join(u'\n')));
}

void tst_MessageFields::listsEveryFragment()
{
    const QByteArray wire = FrameBuilder::text("a").notFinal().toWire() + FrameBuilder::ping().toWire()
        + FrameBuilder::continuation("b").toWire();
    const QStringList lines = linesOf(messageOf(wire, MessageKind::Text), wire);
    QVERIFY(lines.contains(QStringLiteral("Frame 1 of 3, 0x0..0x2")));
    QVERIFY(lines.contains(QStringLiteral("FIN         0, more frames follow")));
    QVERIFY(lines.contains(QStringLiteral("opcode      0x9 ping")));
    QVERIFY(lines.contains(QStringLiteral("opcode      0x0 continuation")));
}

void tst_MessageFields::listsAFrameThatIsCutOff()
{
    const QByteArray wire = FrameBuilder::text("hello world").toWire().chopped(4);
    Message message = messageOf(wire, MessageKind::Text);
    message.flags |= static_cast<decltype(message.flags)>(MessageFlag::Unterminated);
    const QStringList lines = linesOf(message, wire);
    QVERIFY(lines.contains(QStringLiteral("ending      the stream ended before the message was complete")));
    QVERIFY(lines.contains(QStringLiteral("length      11, written in 7 bits")));
    QVERIFY(!linesOf(message, {}).isEmpty()); // Nothing of it in memory
    QVERIFY(!linesOf(message, wire.first(1)).isEmpty());
}

void tst_MessageFields::namesBrokenRulesWithTheirSections()
{
    const QByteArray wire = FrameBuilder::text("x").withReserved(2).toWire();
    Message message = messageOf(wire, MessageKind::Text);
    message.violations = static_cast<decltype(message.violations)>(Violation::MissingAccept);
    const QStringList lines = linesOf(message, wire);
    QVERIFY(lines.contains(QStringLiteral("violation   The response has no Sec-WebSocket-Accept (RFC 6455, 4.2.2)")));
}

void tst_MessageFields::doesNotListAMillionFragments()
{
    const QByteArray wire = FrameBuilder::text("a").notFinal().toWire()
        + FrameBuilder::continuation("b").notFinal().toWire().repeated(1500);
    const QStringList lines = linesOf(messageOf(wire, MessageKind::Text), wire);
    QCOMPARE(lines.last(), QStringLiteral("501 more frames are not listed"));
}

void tst_MessageFields::spansLeaveOutControlFrames()
{
    const QByteArray first = FrameBuilder::text("ab").notFinal().toWire();
    const QByteArray ping = FrameBuilder::ping("p").toWire();
    const QByteArray last = FrameBuilder::continuation("c").toWire();
    const QByteArray wire = first + ping + last;
    const Message message = messageOf(wire, MessageKind::Text, 100);
    const std::vector<ByteSpan> expected{{100, 104}, {107, 110}};
    QCOMPARE(spansOf(message, framesOf(message, wire, Sender::Server)), expected);
}

void tst_MessageFields::aControlFrameIsItsOwnSpan()
{
    const QByteArray wire = FrameBuilder::ping("p").toWire();
    const Message message = messageOf(wire, MessageKind::Ping, 50);
    QCOMPARE(spansOf(message, framesOf(message, wire, Sender::Server)), (std::vector<ByteSpan>{{50, 53}}));
}

void tst_MessageFields::tellsTheLinesOfAHead()
{
    const QByteArray request = TestSupport::upgradeRequest();
    Message message = messageOf(request, MessageKind::Request);
    message.flags = {};
    const QStringList lines = linesOf(message, request, Sender::Client);
    QVERIFY(lines.contains(QStringLiteral("method      GET")));
    QVERIFY(lines.contains(QStringLiteral("target      /chat")));
    QVERIFY(lines.contains(QStringLiteral("Upgrade: websocket")));

    const QByteArray response = TestSupport::upgradeResponse();
    message = messageOf(response, MessageKind::Response);
    message.flags = {};
    QVERIFY(linesOf(message, response).contains(QStringLiteral("status      101 Switching Protocols")));
}

QTEST_GUILESS_MAIN(tst_MessageFields)
#include "tst_messagefields.moc"
