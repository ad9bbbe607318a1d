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
    void readsAndWritesParameters();
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

void tst_LensSpec::readsAndWritesParameters()
{
    for (const char *const text :
         {"delimiter:0d0a", "between:02,03,10", "fixed:16@12", "length:u16be,offset=4,adjust=6", "idle:20", "json@5",
          "in=lines/out=fixed:4@2", "in=reads/out=slip"}) {
        const Result<LensSpec> spec = LensSpec::parse(QString::fromLatin1(text));
        QVERIFY2(spec, text);
        QCOMPARE(spec->toString(), QString::fromLatin1(text));
        QVERIFY(spec->create({}));
    }
}

void tst_LensSpec::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("detail");

    const QString all =
        QStringLiteral("there are auto, reads, lines, delimiter:HEX, between:HEX,HEX[,ESCAPE], fixed:N, "
                       "length:TYPE[,offset=N][,adjust=N][,trailer=N], idle:MS, slip, json, datagrams, "
                       "http, sse, websocket");
    const auto row = [](const char *name, const char *text, const QString &detail) {
        QTest::newRow(name) << QString::fromLatin1(text) << detail;
    };
    QTest::newRow("control characters") << QStringLiteral("length:u8,adjust=0") + QChar(0)
                                        << QStringLiteral("A lens is written without control characters");
    row("unknown", "words", QStringLiteral("Unknown lens \"words\"; ") + all);
    row("empty", "", QStringLiteral("Unknown lens \"\"; ") + all);
    row("parameters", "lines:16", QStringLiteral("The lens \"lines\" takes no parameters"));
    row("none", "fixed", QStringLiteral("fixed:N: a number from 1 to 1073741824 is expected, not \"\""));
    row("zero", "fixed:0", QStringLiteral("fixed:N: a number from 1 to 1073741824 is expected, not \"0\""));
    row("hex", "delimiter:0d0", QStringLiteral("delimiter:HEX: 1 to 64 bytes in hex are expected, not \"0d0\""));
    row("one side", "between:02",
        QStringLiteral("between:HEX,HEX[,ESCAPE]: a beginning and an end are expected, not \"02\""));
    row("escape", "between:02,03,1010",
        QStringLiteral("between:HEX,HEX[,ESCAPE]: the escape is one byte, not \"1010\""));
    row("type", "length:u12",
        QStringLiteral(
            "length:TYPE[,offset=N][,adjust=N][,trailer=N]: the type \"u12\" is unknown; there are u8, u16be, "
            "u16le, u24be, u24le, u32be, u32le, u64be, u64le, varint"));
    row("part", "length:u8,skip=1",
        QStringLiteral("length:TYPE[,offset=N][,adjust=N][,trailer=N]: \"skip\" is unknown; there are offset, adjust, "
                       "trailer"));
    row("number", "length:u8,offset=-1",
        QStringLiteral(
            "length:TYPE[,offset=N][,adjust=N][,trailer=N]: offset: a number from 0 to 1048576 is expected, not "
            "\"-1\""));
    row("silence", "idle:0", QStringLiteral("idle:MS: a number from 1 to 86400000 is expected, not \"0\""));
    row("offset", "lines@x", QStringLiteral("After \"@\" the offset of a byte is expected, not \"x\""));
    row("one direction", "in=lines",
        QStringLiteral("After \"in=LENS\" the other direction is expected: \"/out=LENS\""));
    row("wrong direction",
        "in=lines/out=fixed:", QStringLiteral("fixed:N: a number from 1 to 1073741824 is expected, not \"\""));
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
