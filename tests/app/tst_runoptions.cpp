// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "app/runoptions.h"
#include "tests/support/testsupport.h"

#include <QTemporaryFile>
#include <QTest>

using namespace Sidewire;

class tst_RunOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void hasTheDefaultsOfTheContract();
    void keepsTheOrderOfWhatIsSent();
    void theFirstConditionsAreKept();
    void namesWrongUsage_data();
    void namesWrongUsage();
    void helpNamesEveryCommand();
};

void tst_RunOptions::hasTheDefaultsOfTheContract()
{
    const Result<RunOptions> options = parseRunArguments({QStringLiteral("127.0.0.1"), QStringLiteral("7")});
    QVERIFY(options);
    QCOMPARE(options->spec.target(), QStringLiteral("tcp://127.0.0.1:7"));
    QVERIFY(options->print == RunOptions::Print::Messages);
    QVERIFY(options->summary == RunOptions::Summary::Text);
    QCOMPARE(options->lens.toString(), QStringLiteral("auto"));
    QVERIFY(!options->until.idle && !options->until.messages && !options->until.time);
    QVERIFY(options->logPath.isEmpty());
    QVERIFY(!options->isBinary);
}

void tst_RunOptions::keepsTheOrderOfWhatIsSent()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("three");
    file.flush();

    const Result<RunOptions> options = parseRunArguments(
        {QStringLiteral("a:1"), QStringLiteral("--send-hex"), QStringLiteral("6f 6E,0x65"), QStringLiteral("--send"),
         QStringLiteral("two\\r\\n"), QStringLiteral("--send-file"), file.fileName(), QStringLiteral("--send"),
         QStringLiteral("four"), QStringLiteral("--send-hex"), QStringLiteral("00")});
    QVERIFY2(options, options ? "" : qPrintable(options.error().detail));
    const std::vector<QByteArray> expected = {"one", "two\r\n", "three", "four", QByteArray(1, '\0')};
    QCOMPARE(options->sends, expected);
}

void tst_RunOptions::theFirstConditionsAreKept()
{
    const Result<RunOptions> options =
        parseRunArguments({QStringLiteral("a:1"), QStringLiteral("--until"), QStringLiteral("idle:250"),
                           QStringLiteral("--until"), QStringLiteral("messages:3"), QStringLiteral("--until"),
                           QStringLiteral("time:9000"), QStringLiteral("--until"), QStringLiteral("closed")});
    QVERIFY(options);
    QCOMPARE(options->until.idle.value().count(), 250);
    QCOMPARE(options->until.messages.value(), 3);
    QCOMPARE(options->until.time.value().count(), 9000);
}

void tst_RunOptions::namesWrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");

    const auto row = [](const char *name, const QString &line, const QString &words) {
        QTest::newRow(name) << line.split(u'|', Qt::SkipEmptyParts) << words;
    };
    row("no target", {}, QStringLiteral("a target is needed"));
    row("bad target", QStringLiteral("a"), QStringLiteral("port is missing"));
    row("preset", QStringLiteral("@home"), QStringLiteral("no preset \"home\""));
    row("unknown option", QStringLiteral("a:1|--loud"), QStringLiteral("loud"));
    row("print", QStringLiteral("a:1|--print|all"), QStringLiteral("messages, bytes, both, none"));
    row("summary", QStringLiteral("a:1|--summary|xml"), QStringLiteral("text, json"));
    row("lens", QStringLiteral("a:1|--lens|words"), QStringLiteral("auto, "));
    row("until", QStringLiteral("a:1|--until|later"), QStringLiteral("idle:MS"));
    row("until zero", QStringLiteral("a:1|--until|idle:0"), QStringLiteral("idle:MS"));
    row("send", QStringLiteral("a:1|--send|\\q"), QStringLiteral("--send:"));
    row("send-hex", QStringLiteral("a:1|--send-hex|6"), QStringLiteral("--send-hex:"));
    row("send-file", QStringLiteral("a:1|--send-file|/nonexistent/file"), QStringLiteral("/nonexistent/file"));
    row("option without value", QStringLiteral("a:1|--option|bind"), QStringLiteral("name=value"));
    row("unknown session option", QStringLiteral("a:1|--option|colour=red"),
        QStringLiteral("unknown option \"colour\""));
}

void tst_RunOptions::namesWrongUsage()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, words);

    const Result<RunOptions> options = parseRunArguments(arguments);
    QVERIFY(!options);
    QVERIFY2(options.error().detail.contains(words), qPrintable(options.error().detail));
}

void tst_RunOptions::helpNamesEveryCommand()
{
    const QByteArray help = helpText();
    for (const char *word :
         {"run", "export", "info", "peers", "--version", "--until", "connect-timeout", "websocket"}) {
        QVERIFY2(help.contains(word), word);
    }
}

QTEST_GUILESS_MAIN(tst_RunOptions)
#include "tst_runoptions.moc"
