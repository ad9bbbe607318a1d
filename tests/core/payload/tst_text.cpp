// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/payload/text.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;

class tst_Text : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void checksUtf8_data();
    void checksUtf8();
    void previewsInOneLine_data();
    void previewsInOneLine();
    void previewKeepsToItsLength();
    void displayKeepsLines();
    void hostileBytesNeverAct();
};

void tst_Text::checksUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("strict");
    QTest::addColumn<bool>("allowingACut");

    const auto add = [](const char *name, const char *hex, bool strict, bool cut) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << strict << cut;
    };
    add("nothing", "", true, true);
    add("ascii", "68656c6c6f20776f726c64", true, true);
    add("first of two bytes", "c280", true, true);
    add("last of two bytes", "dfbf", true, true);
    add("first of three bytes", "e0a080", true, true);
    add("before the surrogates", "ed9fbf", true, true);
    add("after the surrogates", "ee8080", true, true);
    add("first of four bytes", "f0908080", true, true);
    add("the last code point", "f48fbfbf", true, true);
    add("cut after one", "61c3", false, true);
    add("cut after two", "e282", false, true);
    add("cut after three", "f09f98", false, true);
    add("over-long nul", "c080", false, false);
    add("over-long slash", "e080af", false, false);
    add("over-long of four bytes", "f08fbfbf", false, false);
    add("surrogate", "eda080", false, false);
    add("past the last code point", "f4908080", false, false);
    add("lone continuation", "80", false, false);
    add("missing continuation", "c328", false, false);
    add("FE", "fe", false, false);
    add("wrong after eight of ascii", "6162636465666768ff", false, false);
}

void tst_Text::checksUtf8()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, strict);
    QFETCH(const bool, allowingACut);
    QCOMPARE(Text::isValidUtf8(bytes), strict);
    QCOMPARE(Text::isValidUtf8(bytes, Text::Ending::AllowCut), allowingACut);
}

void tst_Text::previewsInOneLine_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");

    QTest::newRow("text") << QByteArray("hello <b>") << QStringLiteral("hello <b>");
    QTest::newRow("line ends") << QByteArray("a\r\nb") << QStringLiteral("a\u240d\u240ab");
    QTest::newRow("controls") << QByteArray("\0\t\x1b\x7f", 4) << QStringLiteral("\u2400\u2409\u241b\u2421");
    QTest::newRow("C1 control") << QByteArray("\xc2\x85") << QStringLiteral("\ufffd");
    QTest::newRow("bidirectional") << QByteArray("a\xe2\x80\xaez\xe2\x81\xa6") << QStringLiteral("a\ufffdz\ufffd");
    QTest::newRow("separators") << QByteArray("\xe2\x80\xa8\xe2\x80\xa9") << QStringLiteral("\ufffd\ufffd");
    QTest::newRow("broken") << QByteArray("a\xff\xc3") << QStringLiteral("a\ufffd\ufffd");
    QTest::newRow("Hangul") << QByteArray("\xed\x95\x9c") << QStringLiteral("\ud55c");
    QTest::newRow("emoji") << QByteArray("\xf0\x9f\x98\x80") << QStringLiteral("\U0001F600");
}

void tst_Text::previewsInOneLine()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    QCOMPARE(Text::preview(bytes, 100), text);
}

void tst_Text::previewKeepsToItsLength()
{
    QCOMPARE(Text::preview(QByteArray("hello"), 3), QStringLiteral("hel"));
    QCOMPARE(Text::preview(QByteArray("hello"), 0), QString());
    // A character of two code units is not cut in two.
    QCOMPARE(Text::preview(QByteArray("ab\xf0\x9f\x98\x80"), 3), QStringLiteral("ab"));
}

void tst_Text::displayKeepsLines()
{
    QCOMPARE(Text::display(QByteArray("a\r\nb\n\tc\rd\0", 10)), QStringLiteral("a\nb\n\tc\u240dd\u2400"));
    QCOMPARE(Text::display(QByteArray("\xe2\x80\xae\xff")), QStringLiteral("\ufffd\ufffd"));
}

void tst_Text::hostileBytesNeverAct()
{
    const auto isHarmless = [](QChar character) {
        const char16_t code = character.unicode();
        return code >= 0x20 && !(code >= 0x7f && code <= 0x9f) && !(code >= 0x200e && code <= 0x200f)
            && !(code >= 0x2028 && code <= 0x202e) && !(code >= 0x2066 && code <= 0x2069);
    };
    for (quint32 seed = 1; seed <= 100; ++seed) {
        QRandomGenerator random(seed);
        QByteArray bytes;
        while (bytes.size() < 300) { // random code points, some of them cut
            const auto codePoint = static_cast<char32_t>(random.bounded(0x2070));
            bytes += QString::fromUcs4(&codePoint, 1).toUtf8();
            bytes.chop(random.bounded(8) == 0 ? 1 : 0);
        }
        const QString preview = Text::preview(bytes, 1000);
        QVERIFY2(std::all_of(preview.begin(), preview.end(), isHarmless),
                 QByteArray("seed ") + QByteArray::number(seed));
        QVERIFY(preview.isValidUtf16());
    }
}

QTEST_GUILESS_MAIN(tst_Text)
#include "tst_text.moc"
