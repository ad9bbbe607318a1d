// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

namespace {

QString automatic()
{
    return QStringLiteral("auto");
}

} // namespace

class tst_AutoLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void decides_data();
    void decides();
    void staysOpenWhileNothingIsKnown();
    void takesWhatTheSessionKnows();
    void losesNothingThatItHeldBack();
    void splittingNeverChangesTheResult_data();
    void splittingNeverChangesTheResult();
    void needsNoBytesOnceItChoseReads();
    void aGapAtTheBeginningIsReads();
};

void tst_AutoLens::decides_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("lens");
    QTest::addColumn<QByteArray>("reason");

    const auto add = [](const char *name, const QByteArray &bytes, const char *lens, const char *reason) {
        QTest::newRow(name) << bytes << QByteArray(lens) << QByteArray(reason);
    };
    add("a line", "hello\n", "lines", "the first 6 bytes are text with a line end");
    add("a coloured line", "\x1b[1mh\xc3\xa9\r\n\x01", "lines", "the first 9 bytes are text with a line end");
    add("nul", QByteArray("ab\0\n", 4), "reads", "byte 3 cannot be text");
    add("DEL", "\x7f", "reads", "byte 1 cannot be text");
    add("no UTF-8", "a\xff\n", "reads", "byte 2 cannot be text");
    add("a character cut by the line end", "a\xc3\n", "reads", "byte 3 cannot be text");
    add("a line end as byte 512", QByteArray(511, 'a') + '\n', "lines", "the first 512 bytes are text with a line end");
    add("512 bytes without", QByteArray(512, 'a') + '\n', "reads", "the first 512 bytes have no line end");
    add("text that ends", "hello", "lines", "the 5 bytes of one direction are text");
}

void tst_AutoLens::decides()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArray, lens);
    QFETCH(const QByteArray, reason);
    const LensRun run = runLens(automatic(), {}, {{Direction::In, bytes}});
    QVERIFY(run.decision);
    QCOMPARE(run.decision->lens, lens);
    QCOMPARE(run.decision->reason, reason);
}

void tst_AutoLens::staysOpenWhileNothingIsKnown()
{
    const std::unique_ptr<Lens> lens = LensSpec().create({});
    std::vector<Message> messages;
    lens->feed({Direction::In, 0, 1, 0, 3, "abc"}, messages);
    lens->feed({Direction::In, 1, 2, 3, 2, "de"}, messages);
    lens->endOfStream(Direction::Out, 3, messages);

    QVERIFY(!lens->decision());
    QVERIFY(messages.empty());
    QVERIFY(!lens->unfinished(Direction::Out));
    const std::optional<Message> unfinished = lens->unfinished(Direction::In);
    QVERIFY(unfinished);
    QCOMPARE(unfinished->span(), (ByteSpan{0, 5}));
    QCOMPARE(unfinished->lastRecord, 1);
}

void tst_AutoLens::takesWhatTheSessionKnows()
{
    const std::unique_ptr<Lens> udp = LensSpec().create({Transport::Udp, false, Direction::Out});
    QCOMPARE(udp->decision()->lens, QByteArray("datagrams"));
    QVERIFY(udp->decision()->reason.isEmpty());

    const std::unique_ptr<Lens> webSocket = LensSpec().create({Transport::Tcp, true, Direction::Out});
    QCOMPARE(webSocket->decision()->lens, QByteArray("websocket"));
    QVERIFY(webSocket->decision()->reason.isEmpty());
}

void tst_AutoLens::losesNothingThatItHeldBack()
{
    const LensRun lines =
        runLens(automatic(), {},
                {{Direction::In, "a"}, {Direction::Out, "x"}, {Direction::In, "b\n"}, {Direction::Out, "y\n"}});
    QCOMPARE(lines.toLines(), (QStringList{"in line 0+3 \"0+2\"", "out line 0+3 \"0+2\""}));

    const LensRun reads =
        runLens(automatic(), {}, {{Direction::In, "a"}, {Direction::Out, "x"}, {Direction::In, QByteArray(1, '\0')}});
    QCOMPARE(reads.toLines(), (QStringList{"in read 0+1 \"0+1\"", "out read 0+1 \"0+1\"", "in read 1+1 \"0+1\""}));
}

void tst_AutoLens::splittingNeverChangesTheResult_data()
{
    QTest::addColumn<bool>("isWebSocket");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("in");

    QTest::newRow("lines") << false << QByteArray("h\xc3\xa9llo\r\nthere") << QByteArray("answer\n\n");
    QTest::newRow("text without an end") << false << QByteArray("hello") << QByteArray("world");
    QTest::newRow("websocket") << true << upgradeRequest() + FrameBuilder::text("a").masked().toWire()
                               << upgradeResponse();
}

void tst_AutoLens::splittingNeverChangesTheResult()
{
    QFETCH(const bool, isWebSocket);
    QFETCH(const QByteArray, out);
    QFETCH(const QByteArray, in);
    checkSplitting(automatic(), {Transport::Tcp, isWebSocket, Direction::Out},
                   {{Direction::Out, out}, {Direction::In, in}});
}

void tst_AutoLens::needsNoBytesOnceItChoseReads()
{
    const std::unique_ptr<Lens> lens = LensSpec().create({});
    std::vector<Message> messages;
    QVERIFY(lens->needsBytes());
    lens->feed({Direction::In, 0, 1, 0, 1, QByteArrayView("\x01")}, messages);
    QVERIFY(!lens->needsBytes());
    lens->feed({Direction::In, 1, 2, 1, 100, {}}, messages);
    QCOMPARE(messages.size(), 2u);
}

void tst_AutoLens::aGapAtTheBeginningIsReads()
{
    const std::unique_ptr<Lens> lens = LensSpec().create({});
    std::vector<Message> messages;
    lens->feed({Direction::In, 0, 1, 0, 3, "abc"}, messages);
    lens->gap({Direction::In, 1, 2, 3, 10, {}}, messages);
    QCOMPARE(lens->decision()->lens, QByteArray("reads"));
    QCOMPARE(messages.size(), 1u);
}

QTEST_GUILESS_MAIN(tst_AutoLens)
#include "tst_autolens.moc"
