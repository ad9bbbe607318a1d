// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/messageassembler.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;

class tst_MessageAssembler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void putsMessagesTogether_data();
    void putsMessagesTogether();
    void stopsAtTheLimit();
    void givesWhatIsThereOfACutSpan();
    void manyTinyFragmentsKeepTheirOrder();
};

void tst_MessageAssembler::putsMessagesTogether_data()
{
    QTest::addColumn<QByteArray>("span");
    QTest::addColumn<QByteArray>("content");

    const QByteArray fragments = FrameBuilder::text("Hel").notFinal().masked().toWire();
    const QByteArray last = FrameBuilder::continuation("lo").masked(QByteArray::fromHex("01020304")).toWire();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("one frame") << FrameBuilder::text("Hello").toWire() << QByteArray("Hello");
    QTest::newRow("masked") << FrameBuilder::text("Hello").masked().toWire() << QByteArray("Hello");
    QTest::newRow("fragments, each with its key") << fragments + last << QByteArray("Hello");
    QTest::newRow("ping between fragments")
        << fragments + FrameBuilder::ping("not this").masked().toWire() + last << QByteArray("Hello");
    QTest::newRow("a close frame keeps its code") << FrameBuilder::close(1000, "bye").masked().toWire()
                                                  << QByteArray("\x03\xe8"
                                                                "bye");
    QTest::newRow("stray continuation") << FrameBuilder::continuation("alone").toWire() << QByteArray("alone");
}

void tst_MessageAssembler::putsMessagesTogether()
{
    QFETCH(const QByteArray, span);
    QFETCH(const QByteArray, content);
    QCOMPARE(assembleMessage(span, 1000), content);
}

void tst_MessageAssembler::stopsAtTheLimit()
{
    const QByteArray span =
        FrameBuilder::text("Hel").notFinal().masked().toWire() + FrameBuilder::continuation("lo").masked().toWire();
    for (int limit = 0; limit <= 5; ++limit) {
        QCOMPARE(assembleMessage(span, limit), QByteArray("Hello").first(limit));
    }
}

void tst_MessageAssembler::givesWhatIsThereOfACutSpan()
{
    const QByteArray span =
        FrameBuilder::text("Hel").notFinal().masked().toWire() + FrameBuilder::continuation("lo").masked().toWire();
    const int contentAt[] = {0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 4, 5};
    QCOMPARE(span.size() + 1, qsizetype(std::size(contentAt)));
    for (qsizetype size = 0; size <= span.size(); ++size) {
        QCOMPARE(assembleMessage(span.first(size), 1000), QByteArray("Hello").first(contentAt[size]));
    }
}

void tst_MessageAssembler::manyTinyFragmentsKeepTheirOrder()
{
    const QByteArray content = TestSupport::randomBytes(50'000, 3);
    QByteArray span = FrameBuilder::binary({}).notFinal().toWire();
    for (const char byte : content) {
        span += FrameBuilder::continuation(QByteArray(1, byte)).notFinal().toWire();
    }
    QCOMPARE(assembleMessage(span, content.size()), content);
}

QTEST_GUILESS_MAIN(tst_MessageAssembler)
#include "tst_messageassembler.moc"
