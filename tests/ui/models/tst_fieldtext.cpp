// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/models/fieldtext.h"

#include <QTest>

using namespace Sidewire;

class tst_FieldText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tellsPlacesToTheBit_data();
    void tellsPlacesToTheBit();
    void whatAPeerSentIsOneVisibleLine();
    void writesATree();
};

void tst_FieldText::tellsPlacesToTheBit_data()
{
    QTest::addColumn<qint64>("begin");
    QTest::addColumn<qint64>("end");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("facts");

    QTest::newRow("nowhere") << qint64(0) << qint64(0) << QString() << QStringLiteral("Name value");
    QTest::newRow("a byte") << qint64(0x408) << qint64(0x410) << QStringLiteral("0x81")
                            << QStringLiteral("0x81: Name value");
    QTest::newRow("bytes") << qint64(0x408) << qint64(0x418) << QStringLiteral("0x81..0x82")
                           << QStringLiteral("0x81..0x82: Name value");
    QTest::newRow("a bit") << qint64(0x408) << qint64(0x409) << QStringLiteral("0x81 bit 0")
                           << QStringLiteral("bit 0 of 0x81: Name value");
    QTest::newRow("bits") << qint64(0x40c) << qint64(0x410) << QStringLiteral("0x81 bits 4..7")
                          << QStringLiteral("bits 4..7 of 0x81: Name value");
    QTest::newRow("bits and bytes") << qint64(0x409) << qint64(0x420) << QStringLiteral("0x81 bit 1 to 0x83")
                                    << QStringLiteral("0x81 bit 1 to 0x83: Name value");
    QTest::newRow("to a bit") << qint64(0x408) << qint64(0x411) << QStringLiteral("0x81 to 0x82 bit 0")
                              << QStringLiteral("0x81 to 0x82 bit 0: Name value");
}

void tst_FieldText::tellsPlacesToTheBit()
{
    QFETCH(qint64, begin);
    QFETCH(qint64, end);
    const Field field{QStringLiteral("Name"), QStringLiteral("value"), {}, false, {begin, end}, {}};
    QTEST(FieldText::place(field.bits), "place");
    QTEST(FieldText::facts(field), "facts");
}

void tst_FieldText::whatAPeerSentIsOneVisibleLine()
{
    const Field field{QStringLiteral("a\tb"), QStringLiteral("c\r\nd\u202e"), QStringLiteral("e\nf"), false, {}, {}};
    QCOMPARE(FieldText::name(field), QStringLiteral("a\u2409b"));
    QCOMPARE(FieldText::value(field), QStringLiteral("c\u240d\u240ad\ufffd"));
    QCOMPARE(FieldText::remark(field), QStringLiteral("e\u240af"));
}

void tst_FieldText::writesATree()
{
    Field root{QStringLiteral("Frame"), QStringLiteral("text"), {}, false, BitSpan::ofBytes(0, 2), {}};
    root.children.push_back({QStringLiteral("FIN"), QStringLiteral("1"), {}, false, {0, 1}, {}});
    root.children.push_back({QStringLiteral("MASK"), QStringLiteral("0"), QStringLiteral("wrong"), true, {8, 9}, {}});
    root.children.push_back({QStringLiteral("Accept"), {}, QStringLiteral("right"), false, {}, {}});
    QCOMPARE(FieldText::tree(root),
             QStringLiteral(
                 "Frame: text  [0x0..0x1]\n  FIN: 1  [0x0 bit 0]\n  MASK: 0  [0x1 bit 0]  ! wrong\n  Accept  # right"));
    QCOMPARE(FieldText::lines({&root.children[0], &root.children[1]}), QStringLiteral("FIN 1\nMASK 0"));
}

QTEST_GUILESS_MAIN(tst_FieldText)
#include "tst_fieldtext.moc"
