// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/payload/escapes.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_Escapes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void readsEscapes_data();
    void readsEscapes();
    void namesThePositionOfAMistake_data();
    void namesThePositionOfAMistake();
    void writesNothingThatActs_data();
    void writesNothingThatActs();
    void anyBytesComeBack();
};

void tst_Escapes::readsEscapes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("nothing") << QString() << QByteArray();
    QTest::newRow("plain") << QStringLiteral("hello") << QByteArray("hello");
    QTest::newRow("line ends") << QStringLiteral("a\\r\\n\\tb") << QByteArray("a\r\n\tb");
    QTest::newRow("nul") << QStringLiteral("\\0") << QByteArray(1, '\0');
    QTest::newRow("hex") << QStringLiteral("\\x00\\xfF1") << QByteArray("\0\xff\x31", 3);
    QTest::newRow("backslash") << QStringLiteral("\\\\n") << QByteArray("\\n");
    QTest::newRow("utf-8") << QStringLiteral("\u00e9\\u{e9}") << QByteArray("\xc3\xa9\xc3\xa9");
    QTest::newRow("outside the BMP") << QStringLiteral("\\u{1F600}") << QByteArray("\xf0\x9f\x98\x80");
}

void tst_Escapes::readsEscapes()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, bytes);
    const Result<QByteArray> result = Escapes::toBytes(text);
    QVERIFY(result);
    QCOMPARE(*result, bytes);
}

void tst_Escapes::namesThePositionOfAMistake_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");

    QTest::newRow("unknown") << QStringLiteral("ab\\q") << 3;
    QTest::newRow("at the end") << QStringLiteral("\\") << 1;
    QTest::newRow("one hex digit") << QStringLiteral("\\x1") << 1;
    QTest::newRow("no hex digit") << QStringLiteral("\\\\\\xg0") << 3;
    QTest::newRow("sign instead of a digit") << QStringLiteral("\\x+1") << 1;
    QTest::newRow("surrogate") << QStringLiteral("\\u{d800}") << 1;
    QTest::newRow("past the last code point") << QStringLiteral("\\u{110000}") << 1;
    QTest::newRow("open brace") << QStringLiteral("\\u{41") << 1;
    QTest::newRow("empty braces") << QStringLiteral("\\u{}") << 1;
}

void tst_Escapes::namesThePositionOfAMistake()
{
    QFETCH(const QString, text);
    QFETCH(const int, position);
    const Result<QByteArray> result = Escapes::toBytes(text);
    QVERIFY(!result);
    QVERIFY2(result.error().detail.contains(QStringLiteral("character %1;").arg(position)),
             qPrintable(result.error().detail));
}

void tst_Escapes::writesNothingThatActs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");

    QTest::newRow("text") << QByteArray("h\xc3\xa9llo") << QStringLiteral("h\u00e9llo");
    QTest::newRow("line ends") << QByteArray("\r\n\t") << QStringLiteral("\\r\\n\\t");
    QTest::newRow("terminal escape") << QByteArray("\x1b[2J\x07") << QStringLiteral("\\x1b[2J\\x07");
    QTest::newRow("C1 control") << QByteArray("\xc2\x9b") << QStringLiteral("\\u{009b}");
    QTest::newRow("bidirectional") << QByteArray("\xe2\x80\xae") << QStringLiteral("\\u{202e}");
    QTest::newRow("line separator") << QByteArray("\xe2\x80\xa8") << QStringLiteral("\\u{2028}");
    QTest::newRow("broken UTF-8") << QByteArray("\xc3(\xff") << QStringLiteral("\\xc3(\\xff");
    QTest::newRow("backslash") << QByteArray("\\n") << QStringLiteral("\\\\n");
}

void tst_Escapes::writesNothingThatActs()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    QCOMPARE(Escapes::fromBytes(bytes), text);
}

void tst_Escapes::anyBytesComeBack()
{
    for (quint32 seed = 1; seed <= 50; ++seed) {
        const QByteArray bytes = TestSupport::randomBytes(500, seed) + "\\x\\u{1}";
        const Result<QByteArray> back = Escapes::toBytes(Escapes::fromBytes(bytes));
        QVERIFY2(back && *back == bytes, QByteArray("seed ") + QByteArray::number(seed));
    }
}

QTEST_GUILESS_MAIN(tst_Escapes)
#include "tst_escapes.moc"
