// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/payload/shellwords.h"
#include "tests/support/testsupport.h"

#include <QProcess>
#include <QTest>

using namespace Sidewire;

class tst_ShellWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void splitsAsAShellDoes_data();
    void splitsAsAShellDoes();
    void splitsAsCmdDoes_data();
    void splitsAsCmdDoes();
    void whatAShellWouldRunIsAnError_data();
    void whatAShellWouldRunIsAnError();
    void pipesAndListsAreSeveralCommands();
    void redirectionsAreNoWords();
    void aShellReadsBackWhatWasQuoted();
    void putsACommandOnOneLine();
};

void tst_ShellWords::splitsAsAShellDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *text, const QStringList &words) {
        QTest::newRow(name) << QString::fromUtf8(text) << words;
    };
    row("plain", "nc  host\t80 ", {"nc", "host", "80"});
    row("single quotes", "curl 'a b\\n' ''", {"curl", "a b\\n", ""});
    row("double quotes", R"(curl "a \"b\" \\ \x 'c'")", {"curl", R"(a "b" \ \x 'c')"});
    row("words of pieces", R"(a'b c'"d e"\ f)", {"ab cd e f"});
    row("an apostrophe as browsers write it", R"('it'\''s')", {"it's"});
    row("continued lines", "curl \\\n  -k \\\r\n 'x\ny'", {"curl", "-k", "x\ny"});
    row("continued inside a word", "cu\\\nrl", {"curl"});
    row("continued inside quotes", "\"a\\\nb\"", {"ab"});
    row("ansi", R"($'a\n\t\'\\\x41\101\u00e9')", {QString::fromUtf8("a\n\t'\\AA\u00e9")});
    row("ansi bytes are utf-8", R"($'\xc3\xa9')", {QString::fromUtf8("\u00e9")});
    row("ansi surrogates", R"($'\ud83d\ude00')", {QString::fromUtf8("\U0001f600")});
    row("ansi unknown", R"($'\q')", {"\\q"});
    row("ansi exclamation mark", R"($'a\u0021b')", {"a!b"});
    row("a lone dollar", "$ nc 'a$b' a$", {"$", "nc", "a$b", "a$"});
    row("comment", "nc host 80 # comment $(x)", {"nc", "host", "80"});
    row("no comment", "nc host#1 80", {"nc", "host#1", "80"});
    row("globs stay", "curl http://a/?x=* {a}", {"curl", "http://a/?x=*", "{a}"});
    row("backslash at the end", "nc \\", {"nc"});
    row("not ascii", "nc \u00fc\u4e2d", {"nc", QString::fromUtf8("\u00fc\u4e2d")});
}

void tst_ShellWords::splitsAsAShellDoes()
{
    QFETCH(const QString, text);
    QFETCH(const QStringList, words);
    const Result<ShellWords::Line> line = ShellWords::split(text);
    QVERIFY2(line, line ? "" : qPrintable(line.error().detail));
    QCOMPARE(line->commands.size(), std::size_t(1));
    QCOMPARE(line->commands.front(), words);
}

void tst_ShellWords::splitsAsCmdDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const char *text, const QStringList &words) {
        QTest::newRow(name) << QString::fromUtf8(text) << words;
    };
    row("continued lines", "curl \"a b\" ^\r\n  -k ^\n -i", {"curl", "a b", "-k", "-i"});
    row("escaped quotes", R"(curl ^"https://h/?a=1^&b=^%^2^" -H ^"X: ^\^"v^\^"^")",
        {"curl", "https://h/?a=1&b=%2", "-H", R"(X: "v")"});
    row("a line end in a word", "curl ^\"a^\n\nb^\"", {"curl", "a\nb"});
    row("a line end in a word, CR LF", "curl ^\"a^\r\n\r\nb^\"", {"curl", "a\nb"});
    row("doubled quotes", "curl \"a \"\"b\"\" c\" ^\n-k", {"curl", "a \"b\" c", "-k"});
    row("percent between quotes", "curl \"a\"%\"b\" ^\n-k", {"curl", "a%b", "-k"});
    row("backslashes", R"(curl ^"C:\dir\^" a\\^" x)", {"curl", "C:\\dir\" a\\", "x"});
    row("caret within quotes", "curl \"a^b\" ^\n-k", {"curl", "a^b", "-k"});
}

void tst_ShellWords::splitsAsCmdDoes()
{
    splitsAsAShellDoes();
}

void tst_ShellWords::whatAShellWouldRunIsAnError_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("command substitution") << "nc $(hostname) 80"
                                          << "$(hostname)";
    QTest::newRow("in quotes") << "nc \"$(hostname)\" 80"
                               << "$(hostname)";
    QTest::newRow("backticks") << "nc `hostname` 80"
                               << "`";
    QTest::newRow("variable") << "nc $HOST 80"
                              << "$HOST";
    QTest::newRow("variable in braces") << "nc ${HOST} 80"
                                        << "${HOST}";
    QTest::newRow("subshell") << "(nc host 80)"
                              << "\"(\"";
    QTest::newRow("open single quote") << "curl 'a"
                                       << "' is not closed";
    QTest::newRow("open double quote") << "curl \"a\\\""
                                       << "\" is not closed";
    QTest::newRow("open ansi quote") << "curl $'a\\'"
                                     << "$' is not closed";
    QTest::newRow("open quote, cmd") << "curl ^\"a ^\n -k"
                                     << "\" is not closed";
}

void tst_ShellWords::whatAShellWouldRunIsAnError()
{
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    const Result<ShellWords::Line> line = ShellWords::split(text);
    QVERIFY(!line);
    QVERIFY2(line.error().detail.contains(words), qPrintable(line.error().detail));
}

void tst_ShellWords::pipesAndListsAreSeveralCommands()
{
    const Result<ShellWords::Line> line = ShellWords::split(u"printf 'a|b' | nc host 80 && echo done; x &\ny");
    QVERIFY(line);
    const std::vector<QStringList> expected{{"printf", "a|b"}, {"nc", "host", "80"}, {"echo", "done"}, {"x"}, {"y"}};
    QCOMPARE(line->commands, expected);
    QVERIFY(ShellWords::split(u" ;\n")->commands.empty());
}

void tst_ShellWords::redirectionsAreNoWords()
{
    const Result<ShellWords::Line> line = ShellWords::split(u"nc 2>/dev/null host <'in file' 80 >> out 2>&1 &> all");
    QVERIFY(line);
    QCOMPARE(line->commands, std::vector<QStringList>({{"nc", "host", "80"}}));
    QCOMPARE(line->redirections, QStringList({"2>/dev/null", "<in file", ">>out", "2>&1", ">all"}));

    const Result<ShellWords::Line> cmd = ShellWords::split(u"curl ^\"a^\" > NUL 2>&1 -k");
    QVERIFY(cmd);
    QCOMPARE(cmd->commands, std::vector<QStringList>({{"curl", "a", "-k"}}));
    QCOMPARE(cmd->redirections, QStringList({">NUL", "2>&1"}));
}

void tst_ShellWords::aShellReadsBackWhatWasQuoted()
{
    const QStringList words{"plain-1.2:3/4@5",
                            "",
                            "two words",
                            "it's",
                            "a\nb\t\x01",
                            "$HOME `id` $(id) \\ \" ! * ? ~ # & | < > ; ( )",
                            "-x",
                            "'",
                            QString::fromUtf8("\u00fc\u4e2d\U0001f600"),
                            "both ' and \n \\ in"};
    const QString text = ShellWords::join(words);
    const Result<ShellWords::Line> line = ShellWords::split(text);
    QVERIFY(line);
    QCOMPARE(line->commands.front(), words);

    QProcess shell;
    shell.start(QStringLiteral("bash"), {"-c", QStringLiteral("printf '%s\\0' ") + text});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), words.join(QChar(0)) + QChar(0));
}

void tst_ShellWords::putsACommandOnOneLine()
{
    QCOMPARE(ShellWords::onOneLine(QStringLiteral("curl 'a' \\\n  -k \\\r\n\t-i\n")), QStringLiteral("curl 'a' -k -i"));
    QCOMPARE(ShellWords::onOneLine(QStringLiteral("curl ^\"a^\" ^\r\n  -k")), QStringLiteral("curl ^\"a^\" -k"));
}

QTEST_GUILESS_MAIN(tst_ShellWords)
#include "tst_shellwords.moc"
