// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/unmask.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

#include <limits>

using namespace Sidewire;
using TestSupport::FrameBuilder;

class tst_Unmask final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void unmasksPayloadsWhereTheyStand();
    void aSpanThatIsCutOffGivesWhatIsThere();
    void addsDataFramesUp();
};

void tst_Unmask::unmasksPayloadsWhereTheyStand()
{
    const QByteArray wire = FrameBuilder::text("hello ").masked().notFinal().toWire() + FrameBuilder::ping("p").toWire()
        + FrameBuilder::continuation("world").masked("abcd").toWire();
    const QByteArray unmasked = unmaskFrames(wire);
    QCOMPARE(unmasked.size(), wire.size());
    QCOMPARE(unmasked.first(6), wire.first(6)); // The header and the key
    QCOMPARE(unmasked.mid(6, 6), QByteArray("hello "));
    QCOMPARE(unmasked.mid(12, 3), wire.mid(12, 3));
    QCOMPARE(unmasked.last(5), QByteArray("world"));
    QCOMPARE(unmaskFrames(FrameBuilder::text("plain").toWire()), FrameBuilder::text("plain").toWire());
}

void tst_Unmask::aSpanThatIsCutOffGivesWhatIsThere()
{
    const QByteArray wire = FrameBuilder::text("hello").masked().toWire();
    QCOMPARE(unmaskFrames(wire.first(8)), wire.first(6) + "he");
    for (int size = 0; size <= 6; ++size) {
        QCOMPARE(unmaskFrames(wire.first(size)), wire.first(size));
    }
}

void tst_Unmask::addsDataFramesUp()
{
    const QByteArray first = FrameBuilder::text("a").notFinal().toWire();
    const QByteArray ping = FrameBuilder::ping("p").toWire();
    const QByteArray more = FrameBuilder::continuation("b").notFinal().toWire();
    QCOMPARE(sumFrames(first + ping + more), (FrameSums{2, 2}));
    QCOMPARE(sumFrames(first + ping + more.chopped(1)), (FrameSums{2, 2}));
    QCOMPARE(sumFrames(ping), (FrameSums{1, 1}));
    QCOMPARE(sumFrames({}), FrameSums());
    QCOMPARE(sumFrames(first + more.repeated(100'000)), (FrameSums{100'001, 100'001}));
    const QByteArray endless = FrameBuilder::binary("x").withDeclaredLength(~quint64(0) >> 1).toWire();
    QCOMPARE(sumFrames(first + endless), (FrameSums{2, std::numeric_limits<qint64>::max()}));
}

QTEST_GUILESS_MAIN(tst_Unmask)
#include "tst_unmask.moc"
