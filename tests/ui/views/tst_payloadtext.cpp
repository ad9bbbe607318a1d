// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/payloadtext.h"

#include <QScrollBar>
#include <QTest>

using namespace Sidewire;

namespace {

QString lines(int count)
{
    QString text;
    for (int line = 0; line < count; ++line) {
        text += QStringLiteral("line %1 \u00e4\U0001f600\n").arg(line);
    }
    return text;
}

} // namespace

class tst_PayloadText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void aLongTextComesInPieces();
    void anotherTextTakesThePlaceOfAnUnfinishedOne();
    void aTextThatGrowsKeepsItsPlace();
    void breaksLinesBetweenCharacters();
};

void tst_PayloadText::aLongTextComesInPieces()
{
    PayloadText text;
    text.resize(400, 200);
    text.show();
    const QString all = lines(60'000);
    text.showText(all);
    QVERIFY(text.toPlainText().startsWith(QStringLiteral("line 0 ")));
    QVERIFY(text.document()->characterCount() < all.size()); // Not all in one turn
    QCOMPARE(text.textCursor().position(), 0);
    text.verticalScrollBar()->setValue(20);
    QTRY_COMPARE(text.document()->characterCount() - 1, all.size());
    QCOMPARE(text.toPlainText(), all);
    QCOMPARE(text.verticalScrollBar()->value(), 20);
}

void tst_PayloadText::anotherTextTakesThePlaceOfAnUnfinishedOne()
{
    PayloadText text;
    text.showText(lines(60'000));
    text.showText(QStringLiteral("short"));
    QCOMPARE(text.toPlainText(), QStringLiteral("short"));
    text.showText(lines(60'000));
    text.showText({});
    QTest::qWait(0);
    QCOMPARE(text.toPlainText(), QString());
}

void tst_PayloadText::aTextThatGrowsKeepsItsPlace()
{
    PayloadText text;
    text.resize(400, 200);
    text.show();
    text.showText(lines(1000) + QStringLiteral("its last line"));
    QTRY_VERIFY(text.toPlainText().endsWith(QStringLiteral("its last line")));
    text.verticalScrollBar()->setValue(500);
    QTextCursor cursor = text.textCursor();
    cursor.setPosition(5);
    cursor.setPosition(9, QTextCursor::KeepAnchor);
    text.setTextCursor(cursor);
    text.verticalScrollBar()->setValue(500);

    const QString grown = lines(1000) + QStringLiteral("its longer line\nand another");
    text.showText(grown);
    QTRY_COMPARE(text.toPlainText(), grown);
    QCOMPARE(text.verticalScrollBar()->value(), 500);
    QCOMPARE(text.textCursor().selectionStart(), 5);
    QCOMPARE(text.textCursor().selectionEnd(), 9);
}

void tst_PayloadText::breaksLinesBetweenCharacters()
{
    const QString smile = QStringLiteral("\U0001f600");
    const QString line(PayloadText::MaxLine - 1, u'x');
    QCOMPARE(PayloadText::breakLongLines(line + smile + u'y'), line + smile + u'\n' + u'y');
    QCOMPARE(PayloadText::breakLongLines(line + QStringLiteral("x\ny")), line + QStringLiteral("x\ny"));
}

QTEST_MAIN(tst_PayloadText)
#include "tst_payloadtext.moc"
