// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/utf8cells.h"

#include <QTest>

using namespace Sidewire;

/// One character a cell: the character itself, '_' for a continuation, '.' for a control, '?' for a broken byte.
static QString dump(const std::vector<TextCell> &cells)
{
    QString text;
    for (const TextCell &cell : cells) {
        switch (cell.kind) {
        case TextCell::Kind::Character:
            text += QString::fromUcs4(&cell.character, 1);
            break;
        case TextCell::Kind::Continuation:
            text += u'_';
            break;
        case TextCell::Kind::Control:
            text += u'.';
            break;
        case TextCell::Kind::Broken:
            text += u'?';
            break;
        }
    }
    return text;
}

class tst_Utf8Cells final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void standAtTheFirstByte_data();
    void standAtTheFirstByte();
    void recogniseWhatCrossesTheEdges();
    void neverReadBeyondTheirBytes();
};

void tst_Utf8Cells::standAtTheFirstByte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("cells");

    QTest::newRow("ascii") << QByteArray("a b~") << QStringLiteral("a b~");
    QTest::newRow("controls") << QByteArray("a\r\n\t\x7f") << QStringLiteral("a....");
    QTest::newRow("two bytes") << QByteArray("\xc3\xbc") << QStringLiteral("\u00fc_");
    QTest::newRow("three bytes") << QByteArray("\xec\x95\x88") << QStringLiteral("\uc548__");
    QTest::newRow("four bytes") << QByteArray("\xf0\x9f\x98\x80") << QString::fromUtf8("\xf0\x9f\x98\x80___");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QStringLiteral("??");
    QTest::newRow("overlong of three") << QByteArray("\xe0\x80\xaf") << QStringLiteral("???");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QStringLiteral("???");
    QTest::newRow("beyond unicode") << QByteArray("\xf4\x90\x80\x80") << QStringLiteral("????");
    QTest::newRow("cut off") << QByteArray("a\xec\x95") << QStringLiteral("a??");
    QTest::newRow("lone continuation") << QByteArray("\x80z") << QStringLiteral("?z");
    QTest::newRow("right to left override") << QByteArray("\xe2\x80\xae") << QStringLiteral(".__");
    QTest::newRow("combining mark") << QByteArray("\xcc\x81") << QStringLiteral("._");
}

void tst_Utf8Cells::standAtTheFirstByte()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, cells);
    QCOMPARE(dump(utf8Cells(bytes, 0, static_cast<int>(bytes.size()))), cells);
}

void tst_Utf8Cells::recogniseWhatCrossesTheEdges()
{
    const QByteArray bytes("\xec\x95\x88\xec\x95\x88");
    QCOMPARE(dump(utf8Cells(bytes, 1, 3)), QStringLiteral("__\uc548"));
}

void tst_Utf8Cells::neverReadBeyondTheirBytes()
{
    const quint32 seed = 20260131;
    for (quint32 round = 0; round < 500; ++round) {
        const QByteArray bytes = TestSupport::randomBytes(static_cast<qsizetype>(round % 40), seed + round);
        QCOMPARE(static_cast<qsizetype>(utf8Cells(bytes, 0, static_cast<int>(bytes.size())).size()), bytes.size());
    }
}

QTEST_GUILESS_MAIN(tst_Utf8Cells)
#include "tst_utf8cells.moc"
