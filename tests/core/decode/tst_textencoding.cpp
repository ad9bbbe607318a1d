// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/textencoding.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_TextEncoding final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void decodes_data();
    void decodes();
    void everyNameWorks();
    void refusesUnknownNames();
    void suggests_data();
    void suggests();
};

void tst_TextEncoding::decodes_data()
{
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("broken");
    QTest::addColumn<bool>("isCut");
    const auto add = [](const char *name, const char *encoding, const QByteArray &hex, const QString &text,
                        int broken = 0, bool isCut = false) {
        QTest::newRow(name) << QString::fromLatin1(encoding) << QByteArray::fromHex(hex) << text << broken << isCut;
    };
    add("UTF-8", "UTF-8", "4bc3b66c6e", QStringLiteral("K\u00f6ln"));
    add("UTF-8 with a mark", "UTF-8", "efbbbf41", QStringLiteral("A"));
    add("UTF-8, broken", "UTF-8", "41ff42", QStringLiteral("A\ufffdB"), 1);
    add("UTF-8, cut", "UTF-8", "41c3", QStringLiteral("A"), 0, true);
    add("UTF-16LE", "UTF-16LE", "4b00f6003dd800de", QStringLiteral("K\u00f6\U0001f600"));
    add("UTF-16LE, cut in a unit", "UTF-16LE", "4b00f6", QStringLiteral("K"), 0, true);
    add("UTF-16LE, cut in a pair", "UTF-16LE", "4b003dd8", QStringLiteral("K"), 0, true);
    add("UTF-16BE", "UTF-16BE", "004b00f6", QStringLiteral("K\u00f6"));
    add("UTF-32LE", "UTF-32LE", "4b00000000f60100", QStringLiteral("K\U0001f600"));
    add("UTF-32BE", "UTF-32BE", "0000004b0001f600", QStringLiteral("K\U0001f600"));
    add("Latin-1", "ISO-8859-1", "4bf66c6e", QStringLiteral("K\u00f6ln"));
    add("nothing", "UTF-16BE", "", QString());
}

void tst_TextEncoding::decodes()
{
    QFETCH(const QString, encoding);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    QFETCH(const int, broken);
    QFETCH(const bool, isCut);
    const auto decoded = TextEncoding::decode(bytes, encoding);
    QVERIFY(decoded);
    QCOMPARE(decoded->text, text);
    QCOMPARE(decoded->broken, broken);
    QCOMPARE(decoded->isCut, isCut);
}

void tst_TextEncoding::everyNameWorks()
{
    const QStringList names = TextEncoding::names();
    QCOMPARE(names.first(), QStringLiteral("UTF-8"));
    QVERIFY(names.contains(QStringLiteral("System")));
    for (const QString &name : names) {
        QVERIFY2(TextEncoding::decode(TestSupport::randomBytes(4096, 11), name), qPrintable(name));
    }
}

void tst_TextEncoding::refusesUnknownNames()
{
    const auto decoded = TextEncoding::decode("x", QStringLiteral("no such thing"));
    QVERIFY(!decoded);
    QVERIFY(decoded.error().code == Error::Code::Unsupported);
}

void tst_TextEncoding::suggests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("encoding");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("plain") << QByteArray("plain text here") << QString();
    QTest::newRow("mark, UTF-16LE") << QByteArray::fromHex("fffe4100") << QStringLiteral("UTF-16LE");
    QTest::newRow("mark, UTF-16BE") << QByteArray::fromHex("feff0041") << QStringLiteral("UTF-16BE");
    QTest::newRow("mark, UTF-32LE") << QByteArray::fromHex("fffe000041000000") << QStringLiteral("UTF-32LE");
    QTest::newRow("mark, UTF-8") << QByteArray::fromHex("efbbbf41") << QStringLiteral("UTF-8");
    QTest::newRow("zeros behind") << QByteArray::fromHex("680065006c006c006f00") << QStringLiteral("UTF-16LE");
    QTest::newRow("zeros before") << QByteArray::fromHex("00680065006c006c006f") << QStringLiteral("UTF-16BE");
    QTest::newRow("zeros alone") << QByteArray(64, '\0') << QString();
    QTest::newRow("noise") << TestSupport::randomBytes(64, 5) << QString();
}

void tst_TextEncoding::suggests()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, encoding);
    QCOMPARE(TextEncoding::suggested(bytes), encoding);
}

QTEST_GUILESS_MAIN(tst_TextEncoding)
#include "tst_textencoding.moc"
