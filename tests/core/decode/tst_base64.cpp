// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/base64.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_Base64 final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void agreesWithQt();
};

void tst_Base64::decodes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");
    // RFC 4648, 10
    QTest::newRow("nothing") << QByteArray("") << QByteArray("");
    QTest::newRow("f") << QByteArray("Zg==") << QByteArray("f");
    QTest::newRow("fo") << QByteArray("Zm8=") << QByteArray("fo");
    QTest::newRow("foo") << QByteArray("Zm9v") << QByteArray("foo");
    QTest::newRow("foobar") << QByteArray("Zm9vYmFy") << QByteArray("foobar");
    QTest::newRow("without padding") << QByteArray("Zm9vYg") << QByteArray("foob");
    QTest::newRow("line ends") << QByteArray("Zm9v\r\nYmFy\r\n") << QByteArray("foobar");
    QTest::newRow("spaces") << QByteArray("  Zm 9v\tYm Fy ") << QByteArray("foobar");
    QTest::newRow("standard alphabet") << QByteArray("+/+/") << QByteArray::fromHex("fbffbf");
    QTest::newRow("URL-safe alphabet") << QByteArray("-_-_") << QByteArray::fromHex("fbffbf");
    QTest::newRow("URL-safe without padding") << QByteArray("_w") << QByteArray::fromHex("ff");
}

void tst_Base64::decodes()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, bytes);
    const Result<QByteArray> decoded = Base64::decode(text);
    QVERIFY2(decoded, qPrintable(decoded ? QString() : decoded.error().detail));
    QCOMPARE(*decoded, bytes);
}

void tst_Base64::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    const auto add = [](const char *name, const QByteArray &text, const char *why) {
        QTest::newRow(name) << text << QString::fromLatin1(why);
    };
    add("garbage", "Zm9v!YmFy", "Not a character of base64 at byte 4");
    add("a zero byte", QByteArray("Zm9v\0", 5), "Not a character of base64 at byte 4");
    add("beyond ASCII", "Zm9v\xc3\xa4", "Not a character of base64 at byte 4");
    add("mixed alphabets", "-/-/", "The standard and the URL-safe alphabet are mixed at byte 1");
    add("one digit", "Z", "The last group is incomplete at byte 1");
    add("five digits", "Zm9vY", "The last group is incomplete at byte 5");
    add("half the padding", "Zg=", "The last group is incomplete at byte 3");
    add("too much padding", "Zg===", "Padding that does not belong there at byte 4");
    add("padding alone", "=", "Padding that does not belong there at byte 0");
    add("padding after whole groups", "Zm9v=", "Padding that does not belong there at byte 4");
    add("text after padding", "Zg==Zg==", "More text after the padding at byte 4");
    add("bits left over, two digits", "Zh==", "Bits are left over at byte 4");
    add("bits left over, three digits", "Zm9=", "Bits are left over at byte 4");
}

void tst_Base64::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, why);
    const Result<QByteArray> decoded = Base64::decode(text);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().detail, why);
}

void tst_Base64::agreesWithQt()
{
    for (int size = 0; size < 200; ++size) {
        const QByteArray bytes = TestSupport::randomBytes(size, static_cast<quint32>(size));
        for (const QByteArray::Base64Options options :
             {QByteArray::Base64Options(QByteArray::Base64Encoding),
              QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals}) {
            const Result<QByteArray> decoded = Base64::decode(bytes.toBase64(options));
            QVERIFY(decoded);
            QCOMPARE(*decoded, bytes);
        }
    }
}

QTEST_GUILESS_MAIN(tst_Base64)
#include "tst_base64.moc"
