// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/payload/hex.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_Hex : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void readsWhatPeoplePaste_data();
    void readsWhatPeoplePaste();
    void namesThePositionOfAMistake_data();
    void namesThePositionOfAMistake();
    void anyBytesComeBack();
    void writesACArray();
    void dumpsLikeHexdump();
    void dumpsOffsetsPastFourGigabytes();
};

void tst_Hex::readsWhatPeoplePaste_data()
{
    QTest::addColumn<QString>("text");

    for (const char *text : {"00ff10", "00 ff 10", "00:FF:10", "00-ff-10", "0x00, 0xff, 0X10,", "\\x00\\xff\\x10",
                             "  00\n\tff\r\n10 ", "0x00ff10", "00,ff,10"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void tst_Hex::readsWhatPeoplePaste()
{
    QFETCH(const QString, text);
    const Result<QByteArray> result = Hex::toBytes(text);
    QVERIFY(result);
    QCOMPARE(*result, QByteArray("\0\xff\x10", 3));
}

void tst_Hex::namesThePositionOfAMistake_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("detail");

    QTest::newRow("odd") << QStringLiteral("00 f")
                         << QStringLiteral("A single hex digit at character 4; a byte has two");
    QTest::newRow("odd in the middle") << QStringLiteral("0 0f")
                                       << QStringLiteral("A single hex digit at character 1; a byte has two");
    QTest::newRow("no hex") << QStringLiteral("00 gg") << QStringLiteral("No hex digit at character 4");
    QTest::newRow("second digit") << QStringLiteral("0g") << QStringLiteral("No hex digit at character 2");
    QTest::newRow("prefix alone") << QStringLiteral("0x") << QStringLiteral("No hex digit at character 3");
    QTest::newRow("other digits") << QStringLiteral("\u0661\u0662") << QStringLiteral("No hex digit at character 1");
}

void tst_Hex::namesThePositionOfAMistake()
{
    QFETCH(const QString, text);
    QFETCH(const QString, detail);
    const Result<QByteArray> result = Hex::toBytes(text);
    QVERIFY(!result);
    QCOMPARE(result.error().detail, detail);
}

void tst_Hex::anyBytesComeBack()
{
    const QByteArray bytes = TestSupport::randomBytes(1000, 5);
    QCOMPARE(Hex::fromBytes(QByteArray("hel")), QStringLiteral("68 65 6c"));
    const Result<QByteArray> back = Hex::toBytes(Hex::fromBytes(bytes));
    QVERIFY(back);
    QCOMPARE(*back, bytes);
}

void tst_Hex::writesACArray()
{
    QCOMPARE(Hex::toCArray(QByteArray("hi")), QStringLiteral("const unsigned char data[] = {0x68, 0x69};"));
    QCOMPARE(Hex::toCArray(QByteArray(13, 'a')),
             QStringLiteral("const unsigned char data[] = {\n"
                            "    0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61,\n"
                            "    0x61\n"
                            "};"));
}

void tst_Hex::dumpsLikeHexdump()
{
    // The output of hexdump -C.
    QCOMPARE(Hex::dump(QByteArray("hello world\r\n\xc3\xa9 and more")),
             QStringLiteral("00000000  68 65 6c 6c 6f 20 77 6f  72 6c 64 0d 0a c3 a9 20  |hello world.... |\n"
                            "00000010  61 6e 64 20 6d 6f 72 65                           |and more|\n"));
    QCOMPARE(Hex::dump(QByteArray("\x7f\x1f~ ")),
             QStringLiteral("00000000  7f 1f 7e 20                                       |..~ |\n"));
    QVERIFY(Hex::dump({}).isEmpty());
}

void tst_Hex::dumpsOffsetsPastFourGigabytes()
{
    QVERIFY(Hex::dump(QByteArray("a"), Q_INT64_C(0x1234567890)).startsWith(QStringLiteral("1234567890  61 ")));
}

QTEST_GUILESS_MAIN(tst_Hex)
#include "tst_hex.moc"
