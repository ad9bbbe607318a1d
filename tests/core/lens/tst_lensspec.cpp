// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/lens/lensspec.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_LensSpec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void readsAndWritesEachName();
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void kindsHaveNamesBothWays();
};

void tst_LensSpec::readsAndWritesEachName()
{
    QCOMPARE(LensSpec::names().first(), QStringLiteral("auto"));
    for (const QString &name : LensSpec::names()) {
        const Result<LensSpec> spec = LensSpec::parse(name);
        QVERIFY(spec);
        QCOMPARE(spec->toString(), name);
        QVERIFY(spec->create({}));
    }
    QCOMPARE(LensSpec::parse(QStringLiteral("auto")).value(), LensSpec());
}

void tst_LensSpec::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("detail");

    QTest::newRow("unknown") << QStringLiteral(
        "words") << QStringLiteral("Unknown lens \"words\"; there are auto, reads, lines, datagrams, websocket");
    QTest::newRow("empty") << QString()
                           << QStringLiteral("Unknown lens \"\"; there are auto, reads, lines, datagrams, websocket");
    QTest::newRow("parameters") << QStringLiteral("lines:16")
                                << QStringLiteral("The lens \"lines\" takes no parameters");
}

void tst_LensSpec::namesWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const QString, detail);
    const Result<LensSpec> spec = LensSpec::parse(text);
    QVERIFY(!spec);
    QVERIFY(spec.error().code == Error::Code::Usage);
    QCOMPARE(spec.error().detail, detail);
}

void tst_LensSpec::kindsHaveNamesBothWays()
{
    for (int i = 0; i <= static_cast<int>(MessageKind::Frame); ++i) {
        const auto kind = static_cast<MessageKind>(i);
        QVERIFY(messageKindFromString(Sidewire::toString(kind)) == kind);
    }
    QVERIFY(Sidewire::toString(MessageKind::Close) == "close");
    QVERIFY(!messageKindFromString("Close"));
}

QTEST_GUILESS_MAIN(tst_LensSpec)
#include "tst_lensspec.moc"
