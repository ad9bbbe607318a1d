// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/violation.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_Violation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void eachHasItsText();
    void describesASetFromTheLowestBit();
};

void tst_Violation::eachHasItsText()
{
    for (quint32 set = 1; set <= bit(Violation::WrongUpgrade); set <<= 1) {
        const std::vector<ViolationText> texts = describeViolations(set);
        QCOMPARE(texts.size(), 1u);
        QCOMPARE(bit(texts[0].violation), set);
        QVERIFY(texts[0].section.starts_with("RFC "));
        QVERIFY(!texts[0].sentence.empty() && !texts[0].sentence.ends_with('.'));
    }
    QVERIFY(describeViolations(0).empty());
}

void tst_Violation::describesASetFromTheLowestBit()
{
    const std::vector<ViolationText> texts =
        describeViolations(bit(Violation::DataAfterClose) | bit(Violation::UnmaskedClient) | (1u << 31));
    QCOMPARE(texts.size(), 2u);
    QVERIFY(texts[0].violation == Violation::UnmaskedClient);
    QVERIFY(texts[1].violation == Violation::DataAfterClose);
}

QTEST_GUILESS_MAIN(tst_Violation)
#include "tst_violation.moc"
