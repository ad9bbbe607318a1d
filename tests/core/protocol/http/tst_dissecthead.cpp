// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/http/dissecthead.h"
#include "tests/support/fielddump.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;

class tst_DissectHead final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tellsEachLine_data();
    void tellsEachLine();
    void listsNoMoreThanItsLimit();
    void cutsAnEndlessLine();
    void mutationsKeepEveryFieldInItsPlace();
};

void tst_DissectHead::tellsEachLine_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("lines");

    QTest::newRow("good: a request") << QByteArray("GET /chat?a=b HTTP/1.1\r\nHost:  example.com \r\n\r\nbody")
                                     << QStringList{QStringLiteral("100+47 Request head: 47 B"),
                                                    QStringLiteral("  100+22 Request line: GET /chat?a=b HTTP/1.1"),
                                                    QStringLiteral("    100+3 Method: GET"),
                                                    QStringLiteral("    104+9 Target: /chat?a=b"),
                                                    QStringLiteral("    114+8 Version: HTTP/1.1"),
                                                    QStringLiteral("  124+19 Host: example.com"),
                                                    QStringLiteral("  145+2 End of the head: an empty line")};
    QTest::newRow("good: a response") << QByteArray("HTTP/1.1 404 Not Found\r\n\r\n")
                                      << QStringList{QStringLiteral("100+26 Response head: 26 B"),
                                                     QStringLiteral("  100+22 Status line: HTTP/1.1 404 Not Found"),
                                                     QStringLiteral("    100+8 Version: HTTP/1.1"),
                                                     QStringLiteral("    109+3 Status: 404"),
                                                     QStringLiteral("    113+9 Reason: Not Found"),
                                                     QStringLiteral("  124+2 End of the head: an empty line")};
    QTest::newRow("good: bare line feeds and a folded value")
        << QByteArray("HTTP/1.0 200\nA: b\n  c\nD: e\n\n")
        << QStringList{QStringLiteral("100+28 Response head: 28 B"),
                       QStringLiteral("  100+12 Status line: HTTP/1.0 200"),
                       QStringLiteral("    100+8 Version: HTTP/1.0"),
                       QStringLiteral("    109+3 Status: 200"),
                       QStringLiteral("  113+8 A: b c"),
                       QStringLiteral("  122+4 D: e"),
                       QStringLiteral("  127+1 End of the head: an empty line")};
    QTest::newRow("invalid: a line that is no field")
        << QByteArray("GET / HTTP/1.1\r\nwhat\r\nA: b\r\n\r\n")
        << QStringList{
               QStringLiteral("100+30 Request head: 30 B"),
               QStringLiteral("  100+14 Request line: GET / HTTP/1.1"),
               QStringLiteral("    100+3 Method: GET"),
               QStringLiteral("    104+1 Target: /"),
               QStringLiteral("    106+8 Version: HTTP/1.1"),
               QStringLiteral("  ! 116+4 No header field: what // The bytes are not well-formed HTTP (RFC 9112, 2.1)"),
               QStringLiteral("  122+4 A: b"),
               QStringLiteral("  128+2 End of the head: an empty line")};
    QTest::newRow("malformed: no request line")
        << QByteArray("hello\r\n\r\n")
        << QStringList{
               QStringLiteral("100+9 Request head: 9 B"),
               QStringLiteral("  ! 100+5 Request line: hello // The bytes are not well-formed HTTP (RFC 9112, 2.1)"),
               QStringLiteral("    100+5 Method: hello"), QStringLiteral("  107+2 End of the head: an empty line")};
    QTest::newRow("malformed: a name of blanks")
        << QByteArray("GET / HTTP/1.1\n\v:b\n\n")
        << QStringList{QStringLiteral("100+20 Request head: 20 B"),
                       QStringLiteral("  100+14 Request line: GET / HTTP/1.1"),
                       QStringLiteral("    100+3 Method: GET"),
                       QStringLiteral("    104+1 Target: /"),
                       QStringLiteral("    106+8 Version: HTTP/1.1"),
                       QStringLiteral(
                           "  ! 115+3 No header field: \u000b:b // The bytes are not well-formed HTTP (RFC 9112, 2.1)"),
                       QStringLiteral("  119+1 End of the head: an empty line")};
    QTest::newRow("incomplete: in a line")
        << QByteArray("GET / HTTP/1.1\r\nHost: exam")
        << QStringList{QStringLiteral("100+26 Request head: 26 B // its end is missing"),
                       QStringLiteral("  100+14 Request line: GET / HTTP/1.1"),
                       QStringLiteral("    100+3 Method: GET"),
                       QStringLiteral("    104+1 Target: /"),
                       QStringLiteral("    106+8 Version: HTTP/1.1"),
                       QStringLiteral("  116+10 Host: exam")};
    QTest::newRow("incomplete: in the start line")
        << QByteArray("GET")
        << QStringList{QStringLiteral("100+3 Request head: 3 B // its end is missing"),
                       QStringLiteral("  100+3 Request line: GET"), QStringLiteral("    100+3 Method: GET")};
}

void tst_DissectHead::tellsEachLine()
{
    QFETCH(QByteArray, bytes);
    const Field head = dissectHead(bytes, 100);
    QTEST(TestSupport::dump(head), "lines");
    QCOMPARE(TestSupport::misplaced(head, BitSpan::ofBytes(100, 100 + bytes.size())), QString());
}

void tst_DissectHead::listsNoMoreThanItsLimit()
{
    const QByteArray bytes = "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(500) + "\r\n";
    const Field head = dissectHead(bytes, 0, 10);
    QCOMPARE(head.children.size(), 12u);
    QCOMPARE(TestSupport::dump(head.children.back()).constFirst(),
             QStringLiteral("76+2942 More lines: 2942 B, not listed"));
}

void tst_DissectHead::cutsAnEndlessLine()
{
    const Field head = dissectHead("GET / HTTP/1.1\r\nA: " + QByteArray(100'000, 'x') + "\r\n\r\n", 0);
    QCOMPARE(head.children[1].value.size(), 4097);
    QVERIFY(head.children[1].value.endsWith(QChar(0x2026)));
}

void tst_DissectHead::mutationsKeepEveryFieldInItsPlace()
{
    constexpr quint32 Seed = 20261123;
    QRandomGenerator random(Seed);
    const QByteArray whole("GET /chat HTTP/1.1\r\nHost: a\r\n folded\r\nUpgrade:websocket\n\r\nbody");
    const QByteArray special("\r\n :\tH");
    for (int round = 0; round < 20'000; ++round) {
        QByteArray mutant = whole.first(random.bounded(1, static_cast<int>(whole.size()) + 1));
        for (int i = random.bounded(5); i > 0; --i) {
            mutant[random.bounded(static_cast<int>(mutant.size()))] = random.bounded(2) == 0
                ? special[random.bounded(static_cast<int>(special.size()))]
                : static_cast<char>(random.bounded(256));
        }
        const QString wrong = TestSupport::misplaced(dissectHead(mutant, 7), BitSpan::ofBytes(7, 7 + mutant.size()));
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1, round %2: %3").arg(Seed).arg(round).arg(wrong)));
    }
}

QTEST_GUILESS_MAIN(tst_DissectHead)
#include "tst_dissecthead.moc"
