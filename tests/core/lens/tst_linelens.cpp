// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

namespace {

QString lines()
{
    return QStringLiteral("lines");
}

} // namespace

class tst_LineLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void findsLines_data();
    void findsLines();
    void keepsDirectionsApart();
    void splittingNeverChangesTheResult();
    void aGapEndsTheLine();
    void namesTheRecordsOfALine();
};

void tst_LineLens::findsLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("expected");

    const auto add = [](const char *name, const QByteArray &bytes, const QStringList &expected) {
        QTest::newRow(name) << bytes << expected;
    };
    add("LF", "one\ntwo\n", {"in line 0+4 \"0+3\"", "in line 4+4 \"0+3\""});
    add("CRLF", "one\r\ntwo\r\n", {"in line 0+5 \"0+3\"", "in line 5+5 \"0+3\""});
    add("empty lines", "\n\r\n", {"in line 0+1 \"0+0\"", "in line 1+2 \"0+0\""});
    add("CR alone is content", "a\rb\r\r\n", {"in line 0+6 \"0+4\""});
    add("binary", QByteArray("\0\xff\n", 3), {"in line 0+3 \"0+2\""});
    add("unterminated", "one\ntw",
        {"* in line 4+2 \"0+2\"", "in line 0+4 \"0+3\"", "in line 4+2 \"0+2\" unterminated"});
    add("CR at the end", "one\r", {"* in line 0+4 \"0+4\"", "in line 0+4 \"0+4\" unterminated"});
    add("nothing", "", {});
}

void tst_LineLens::findsLines()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QStringList, expected);
    QCOMPARE(runLens(lines(), {}, {{Direction::In, bytes}}).toLines(), expected);
}

void tst_LineLens::keepsDirectionsApart()
{
    const LensRun run = runLens(lines(), {}, {{Direction::In, "a"}, {Direction::Out, "x\n"}, {Direction::In, "b\n"}});
    QCOMPARE(run.toLines(), (QStringList{"out line 0+2 \"0+1\"", "in line 0+3 \"0+2\""}));
}

void tst_LineLens::splittingNeverChangesTheResult()
{
    checkSplitting(lines(), {},
                   {{Direction::Out, "GET x\r\n\n\r\n\r"}, {Direction::In, "one\rtwo\r\n"}, {Direction::Out, "\nab"}});
}

void tst_LineLens::aGapEndsTheLine()
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(lines()).value().create({});
    std::vector<Message> messages;
    lens->feed({Direction::In, 0, 1, 0, 3, "one"}, messages);
    lens->gap({Direction::In, 1, 2, 3, 10, {}}, messages);
    lens->feed({Direction::In, 1, 2, 13, 4, "two\n"}, messages);

    QCOMPARE(messages.size(), 2u);
    QVERIFY(messages[0].has(MessageFlag::Unterminated));
    QCOMPARE(messages[0].end, 3);
    QCOMPARE(messages[1].begin, 13);
    QCOMPARE(messages[1].contentLength, 3);
}

void tst_LineLens::namesTheRecordsOfALine()
{
    const LensRun run = runLens(
        lines(), {}, {{Direction::In, "a\nb"}, {Direction::Out, "x\n"}, {Direction::In, "c"}, {Direction::In, "\n"}});
    QCOMPARE(run.messages.size(), 3u);
    QCOMPARE(run.messages[2].firstRecord, 0);
    QCOMPARE(run.messages[2].lastRecord, 3);
    QCOMPARE(run.messages[2].time, 1003);
}

QTEST_GUILESS_MAIN(tst_LineLens)
#include "tst_linelens.moc"
