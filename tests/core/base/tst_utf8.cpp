// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/base/utf8.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_Utf8 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void knowsEveryCodePoint();
    void agreesWithQtOnThreeBytes();
    void aCutMakesNoDifference();
};

void tst_Utf8::knowsEveryCodePoint()
{
    for (char32_t codePoint = 0; codePoint <= 0x10ffff; ++codePoint) {
        if (QChar::isSurrogate(codePoint)) {
            continue;
        }
        QString text;
        for (const char16_t unit : QChar::fromUcs4(codePoint)) {
            text += QChar(unit);
        }
        const QByteArray bytes = text.toUtf8();
        const Utf8Character character = firstUtf8Character(bytes + 'x');
        if (!character.isValid || character.codePoint != codePoint || character.size != bytes.size()) {
            QFAIL(QByteArray::number(codePoint, 16));
        }
    }
}

/// What is valid here is what Qt's own decoder takes without replacing anything.
void tst_Utf8::agreesWithQtOnThreeBytes()
{
    for (int first = 0x7e; first < 256; ++first) {
        for (int second = 0x70; second < 256; ++second) {
            for (const int third : {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xff}) {
                const char bytes[] = {static_cast<char>(first), static_cast<char>(second), static_cast<char>(third)};
                Utf8Checker checker;
                checker.feed(QByteArrayView(bytes, 3));
                const bool isValid = !QString::fromUtf8(bytes, 3).contains(QChar::ReplacementCharacter)
                    || QByteArrayView(bytes, 3) == "\xef\xbf\xbd";
                QVERIFY2(checker.isComplete() == isValid, QByteArray(bytes, 3).toHex());
            }
        }
    }
}

void tst_Utf8::aCutMakesNoDifference()
{
    const QByteArray texts[] = {"plain text, long enough for a word",
                                "h\xc3\xa9\xed\x95\x9c\xf0\x9f\x98\x80 and so on and on", "12345678\xed\xa0\x80",
                                "1234567\xf4\x90\x80\x80"};
    for (const QByteArray &text : texts) {
        Utf8Checker whole;
        whole.feed(text);
        for (qsizetype at = 0; at <= text.size(); ++at) {
            Utf8Checker pieces;
            pieces.feed(text.first(at));
            pieces.feed(text.sliced(at));
            QCOMPARE(pieces.isValid(), whole.isValid());
            QCOMPARE(pieces.isComplete(), whole.isComplete());
        }
    }
}

QTEST_GUILESS_MAIN(tst_Utf8)
#include "tst_utf8.moc"
