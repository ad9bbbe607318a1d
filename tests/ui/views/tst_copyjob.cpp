// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"
#include "ui/views/copyjob.h"

#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;

class tst_CopyJob final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void writesEachFormat_data();
    void writesEachFormat();
    void readsOverRecordsOfOneDirection();
    void leavesOutWhatLiesBetweenTheSpans();
    void stopsAtTheLimit();
    void takesTheContentOfAMessage();
    void saysThatItWasCut();
};

void tst_CopyJob::writesEachFormat_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("text");

    QTest::newRow("text") << int(CopyFormat::Text) << QStringLiteral("Gr\u00fc\u00dfe");
    QTest::newRow("hex") << int(CopyFormat::Hex) << QStringLiteral("47 72 c3 bc c3 9f 65");
    QTest::newRow("base64") << int(CopyFormat::Base64) << QStringLiteral("R3LDvMOfZQ==");
    QTest::newRow("dump") << int(CopyFormat::HexDump)
                          << QStringLiteral("00001234  47 72 c3 bc c3 9f 65                              |Gr....e|");
    QTest::newRow("C array") << int(CopyFormat::CArray)
                             << QStringLiteral(
                                    "const unsigned char data[] = {0x47, 0x72, 0xc3, 0xbc, 0xc3, 0x9f, 0x65};");
}

void tst_CopyJob::writesEachFormat()
{
    QFETCH(int, format);
    QFETCH(QString, text);
    const QString copied = toText("Gr\xc3\xbc\xc3\x9f"
                                  "e",
                                  static_cast<CopyFormat>(format), 0x1234);
    QCOMPARE(copied.trimmed(), text);
}

void tst_CopyJob::readsOverRecordsOfOneDirection()
{
    LogBuilder builder;
    builder.open();
    builder.in("abc").out("XYZ").in("defg");
    const auto log = builder.finish(QStringLiteral("reads"));
    QCOMPARE(readSelection(*log, {ConnectionId{0}, Direction::In, {{1, 5}}, 0, 2}, 100), QByteArray("bcde"));
    QCOMPARE(readSelection(*log, {ConnectionId{0}, Direction::Out, {{0, 3}}, 1, 1}, 100), QByteArray("XYZ"));
}

void tst_CopyJob::leavesOutWhatLiesBetweenTheSpans()
{
    LogBuilder builder;
    builder.open();
    builder.in("abcdef").in("ghij");
    const auto log = builder.finish(QStringLiteral("reads"));
    QCOMPARE(readSelection(*log, {ConnectionId{0}, Direction::In, {{0, 2}, {4, 8}}, 0, 1}, 100), QByteArray("abefgh"));
}

void tst_CopyJob::stopsAtTheLimit()
{
    LogBuilder builder;
    builder.open();
    builder.in("abcdef").in("ghij");
    const auto log = builder.finish(QStringLiteral("reads"));
    const TrafficSelection all{ConnectionId{0}, Direction::In, {{0, 10}}, 0, 1};
    QCOMPARE(readSelection(*log, all, 8), QByteArray("abcdefgh"));
    QCOMPARE(readSelection(*log, all, 0), QByteArray());
}

void tst_CopyJob::takesTheContentOfAMessage()
{
    LogBuilder builder;
    builder.open();
    builder.out(TestSupport::upgradeRequest()).in(TestSupport::upgradeResponse());
    builder.out(FrameBuilder::text("hel").notFinal().masked().toWire()
                + FrameBuilder::continuation("lo").masked().toWire());
    const auto log = builder.finish(QStringLiteral("websocket"));
    const Message message = log->messages()->at(2);
    const TrafficSelection bytes{
        message.connection, message.direction, {message.span()}, message.firstRecord, message.lastRecord};
    const CopyJob content{log, bytes, message, CopyFormat::HexDump};
    QVERIFY(content.run().text.startsWith(QStringLiteral("00000000  68 65 6c 6c 6f "))); // Unmasked, from 0
    QCOMPARE(content.run().bytes, 5);

    const CopyJob wire{log, bytes, {}, CopyFormat::HexDump};
    const QString offset = QStringLiteral("%1").arg(message.begin, 8, 16, QLatin1Char('0'));
    QVERIFY(wire.run().text.startsWith(offset + QStringLiteral("  01 83 37 fa 21 3d")));
    QCOMPARE(wire.run().bytes, 17);
}

void tst_CopyJob::saysThatItWasCut()
{
    const CopyJob limits{{}, {}, {}, CopyFormat::CArray};
    const QByteArray part(64 * 1024, 'x');
    const qint64 parts = limits.limit() / part.size();
    LogBuilder builder;
    builder.open(Transport::Tcp);
    for (qint64 i = 0; i < parts; ++i) {
        builder.in(part.first(60'000)).in(part.sliced(60'000)); // One TCP record does not hold 64 KiB
    }
    builder.in("!");
    const auto log = builder.finish(QStringLiteral("reads"));
    const qint64 last = log->records().count() - 1;
    const auto copy = [&](qint64 size) {
        return CopyJob{log, {ConnectionId{0}, Direction::In, {{0, size}}, 0, last}, {}, CopyFormat::Hex}.run();
    };
    const CopyJob::Result fits = copy(limits.limit());
    QVERIFY(!fits.isCut);
    QCOMPARE(fits.bytes, limits.limit());
    const CopyJob::Result cut = copy(limits.limit() + 1);
    QVERIFY(cut.isCut);
    QCOMPARE(cut.bytes, limits.limit());
    QCOMPARE(cut.text, fits.text);
}

QTEST_GUILESS_MAIN(tst_CopyJob)
#include "tst_copyjob.moc"
