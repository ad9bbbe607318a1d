// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/views/messagespans.h"

#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;

namespace {

Message messageOf(const QByteArray &wire, MessageKind kind, qint64 begin)
{
    Message message;
    message.kind = kind;
    message.begin = begin;
    message.end = begin + wire.size();
    message.set(MessageFlag::WebSocket);
    return message;
}

} // namespace

class tst_MessageSpans final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void leaveOutControlFrames();
    void aControlFrameIsItsOwnSpan();
    void areNoMoreThanAThousand();
};

void tst_MessageSpans::leaveOutControlFrames()
{
    const QByteArray wire = FrameBuilder::text("ab").notFinal().toWire() + FrameBuilder::ping("p").toWire()
        + FrameBuilder::continuation("c").toWire();
    const Message message = messageOf(wire, MessageKind::Text, 100);
    QCOMPARE(spansOf(message, wire), (std::vector<ByteSpan>{{100, 104}, {107, 110}}));
    QCOMPARE(spansOf(message, wire.first(8)), (std::vector<ByteSpan>{{100, 104}, {107, 110}})); // In the last header
    QCOMPARE(spansOf(message, {}), (std::vector<ByteSpan>{{100, 110}}));
}

void tst_MessageSpans::aControlFrameIsItsOwnSpan()
{
    const QByteArray wire = FrameBuilder::ping("p").toWire();
    QCOMPARE(spansOf(messageOf(wire, MessageKind::Ping, 50), wire), (std::vector<ByteSpan>{{50, 53}}));
}

void tst_MessageSpans::areNoMoreThanAThousand()
{
    const QByteArray pieces = FrameBuilder::continuation("b").notFinal().toWire() + FrameBuilder::ping().toWire();
    const QByteArray wire = FrameBuilder::text("a").notFinal().toWire() + pieces.repeated(2000);
    const std::vector<ByteSpan> spans = spansOf(messageOf(wire, MessageKind::Text, 0), wire);
    QCOMPARE(spans.size(), 1001u);
    QCOMPARE(spans.back().end, wire.size());
}

QTEST_GUILESS_MAIN(tst_MessageSpans)
#include "tst_messagespans.moc"
