// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

class tst_RecordLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void eachReadIsAMessage();
    void datagramsMayBeEmpty();
    void needsNoBytes();
};

void tst_RecordLens::eachReadIsAMessage()
{
    const LensRun run =
        runLens(QStringLiteral("reads"), {}, {{Direction::In, "one\n"}, {Direction::Out, "x"}, {Direction::In, "two"}});
    QCOMPARE(run.toLines(), (QStringList{"in read 0+4 \"0+4\"", "out read 0+1 \"0+1\"", "in read 4+3 \"0+3\""}));
}

void tst_RecordLens::datagramsMayBeEmpty()
{
    const LensRun run =
        runLens(QStringLiteral("datagrams"), {}, {{Direction::In, "one"}, {Direction::In, ""}, {Direction::In, "two"}});
    QCOMPARE(run.toLines(),
             (QStringList{"in datagram 0+3 \"0+3\"", "in datagram 3+0 \"0+0\"", "in datagram 3+3 \"0+3\""}));
}

void tst_RecordLens::needsNoBytes()
{
    for (const QString &name : {QStringLiteral("reads"), QStringLiteral("datagrams")}) {
        QVERIFY(!LensSpec::parse(name).value().create({})->needsBytes());
    }
}

QTEST_GUILESS_MAIN(tst_RecordLens)
#include "tst_recordlens.moc"
