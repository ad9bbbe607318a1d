// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/search/bytepattern.h"
#include "tests/support/testsupport.h"

#include <QTest>

#include <random>

using namespace Sidewire;
using Mode = SearchQuery::Mode;

class tst_BytePattern : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void finds_data();
    void finds();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void looksAtWhatStandsBefore();
    void givesUpWhenCancelled();
    void findsALiteralAtEveryPlace();
    void agreesWithASimpleSearch();
};

namespace {

SearchQuery query(const QString &text, Mode mode = Mode::Text, bool isCaseSensitive = false)
{
    SearchQuery query;
    query.text = text;
    query.mode = mode;
    query.isCaseSensitive = isCaseSensitive;
    return query;
}

/// "1-4 7-9": all matches, each from the end of the one before.
QString matches(const BytePattern &pattern, QByteArrayView text)
{
    QStringList spans;
    qsizetype at = 0;
    while (const auto match = pattern.find(text, at)) {
        spans += QStringLiteral("%1-%2").arg(match->begin).arg(match->end);
        at = match->end;
    }
    return spans.join(u' ');
}

} // namespace

void tst_BytePattern::finds_data()
{
    QTest::addColumn<SearchQuery>("what");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");

    const QByteArray plain = "an error, an Error and no eror";
    QTest::newRow("text") << query(QStringLiteral("error")) << plain << QStringLiteral("3-8 13-18");
    QTest::newRow("case") << query(QStringLiteral("error"), Mode::Text, true) << plain << QStringLiteral("3-8");
    QTest::newRow("upper case folded") << query(QStringLiteral("ERROR")) << plain << QStringLiteral("3-8 13-18");
    QTest::newRow("one byte") << query(QStringLiteral("a")) << QByteArray("banana") << QStringLiteral("1-2 3-4 5-6");
    QTest::newRow("in nothing") << query(QStringLiteral("a")) << QByteArray() << QString();
    QTest::newRow("not overlapping") << query(QStringLiteral("aa")) << QByteArray("aaaaa") << QStringLiteral("0-2 2-4");
    QTest::newRow("only letters fold") << query(QStringLiteral("[")) << QByteArray("{[") << QStringLiteral("1-2");
    QTest::newRow("letters beyond ASCII")
        << query(QStringLiteral("größe")) << QByteArray("GRÖßE größe") << QStringLiteral("0-7 8-15");
    QTest::newRow("the same, with case") << query(QStringLiteral("größe"), Mode::Text, true)
                                         << QByteArray("GRÖßE größe") << QStringLiteral("8-15");
    QTest::newRow("signs of expressions are plain text")
        << query(QStringLiteral("é.*")) << QByteArray("éx é.*") << QStringLiteral("4-8");
    QTest::newRow("hex") << query(QStringLiteral("0d 0A"), Mode::Hex) << QByteArray("a\r\nb\n\r")
                         << QStringLiteral("1-3");
    QTest::newRow("hex never folds") << query(QStringLiteral("61"), Mode::Hex) << QByteArray("Aa")
                                     << QStringLiteral("1-2");
    QTest::newRow("zero bytes") << query(QStringLiteral("00"), Mode::Hex) << QByteArray("a\0b\0", 4)
                                << QStringLiteral("1-2 3-4");
    QTest::newRow("expression") << query(QStringLiteral("[0-9]+"), Mode::Regex) << QByteArray("a12b345")
                                << QStringLiteral("1-3 4-7");
    QTest::newRow("bytes") << query(QStringLiteral("\\xff[\\x80-\\x8f]"), Mode::Regex)
                           << QByteArray("\xff\x7f\xff\x80", 4) << QStringLiteral("2-4");
    QTest::newRow("ends of lines") << query(QStringLiteral("^b$"), Mode::Regex) << QByteArray("ab\nb\nb")
                                   << QStringLiteral("3-4 5-6");
    QTest::newRow("an expression of nothing")
        << query(QStringLiteral("x*"), Mode::Regex) << QByteArray("axxb") << QStringLiteral("1-3");
    QTest::newRow("expression folded") << query(QStringLiteral("ERR.r"), Mode::Regex) << QByteArray("error")
                                       << QStringLiteral("0-5");
    QTest::newRow("expression with case")
        << query(QStringLiteral("ERR.r"), Mode::Regex, true) << QByteArray("error") << QString();
    QTest::newRow("a character of an expression")
        << query(QStringLiteral("[é]+"), Mode::Regex) << QByteArray("aéé\xc3") << QStringLiteral("1-5");
}

void tst_BytePattern::finds()
{
    QFETCH(SearchQuery, what);
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto pattern = BytePattern::compile(what);
    QVERIFY2(pattern, qPrintable(pattern ? QString() : pattern.error().detail));
    QCOMPARE(matches(*pattern, text), expected);
}

void tst_BytePattern::saysWhatIsWrong_data()
{
    QTest::addColumn<SearchQuery>("what");
    QTest::addColumn<QString>("says");

    QTest::newRow("nothing") << query({}) << QStringLiteral("nothing to look for");
    QTest::newRow("no hex") << query(QStringLiteral("0g"), Mode::Hex) << QStringLiteral("hex");
    QTest::newRow("hex of nothing") << query(QStringLiteral(" "), Mode::Hex) << QStringLiteral("nothing to look for");
    QTest::newRow("bracket") << query(QStringLiteral("[0-9"), Mode::Regex) << QStringLiteral("missing ]");
    QTest::newRow("too many") << query(QStringLiteral("a)"), Mode::Regex) << QStringLiteral("unexpected )");
    QTest::newRow("look-behind") << query(QStringLiteral("(?<=a)b"), Mode::Regex) << QStringLiteral("invalid");
    QTest::newRow("too large") << query(QStringLiteral("((a{100}){100}){100}"), Mode::Regex) << QStringLiteral("a");
    QTest::newRow("too long") << query(QString(5000, u'a')) << QStringLiteral("at most 4096 bytes");
    QTest::newRow("expression too long") << query(QString(5000, u'a'), Mode::Regex)
                                         << QStringLiteral("at most 4096 characters");
}

void tst_BytePattern::saysWhatIsWrong()
{
    QFETCH(SearchQuery, what);
    QFETCH(QString, says);
    const auto pattern = BytePattern::compile(what);
    QVERIFY(!pattern);
    QVERIFY2(pattern.error().detail.contains(says), qPrintable(pattern.error().detail));
}

void tst_BytePattern::looksAtWhatStandsBefore()
{
    const auto pattern = BytePattern::compile(query(QStringLiteral("^a"), Mode::Regex));
    QVERIFY(pattern);
    QVERIFY(!pattern->find("ba", 1));
    QVERIFY(pattern->find("\na", 1));
}

void tst_BytePattern::givesUpWhenCancelled()
{
    // Looks at all that follows before it matches nothing, at each byte anew.
    const auto pattern = BytePattern::compile(query(QStringLiteral("(.*z)?"), Mode::Regex));
    QVERIFY(pattern.has_value());
    int asked = 0;
    const auto isCancelled = [&asked] {
        return ++asked == 3;
    };
    QVERIFY(!pattern->find(QByteArray(100, 'a'), 0, isCancelled));
    QCOMPARE(asked, 3);
}

void tst_BytePattern::findsALiteralAtEveryPlace()
{
    // Up to 32 places are looked at at once: on both sides of each boundary.
    for (const bool isCaseSensitive : {true, false}) {
        for (const qsizetype length : {1, 2, 15, 16, 17, 40}) {
            const QByteArray needle = QByteArray(length - 1, 'n') + 'X';
            const auto pattern = BytePattern::compile(query(QString::fromLatin1(needle), Mode::Text, isCaseSensitive));
            QVERIFY(pattern);
            for (qsizetype before = 0; before < 110; ++before) {
                const QByteArray text = QByteArray(before, 'n') + needle;
                const auto match = pattern->find(text, 0);
                QVERIFY(match);
                QCOMPARE(match->begin, before);
                QVERIFY(!pattern->find(text.chopped(1), 0));
            }
        }
    }
}

void tst_BytePattern::agreesWithASimpleSearch()
{
    constexpr unsigned Seed = 4711;
    std::mt19937 random(Seed);
    for (int round = 0; round < 300; ++round) {
        QByteArray text(static_cast<qsizetype>(random() % 300), '\0');
        for (char &byte : text) {
            byte = "abAB"[random() % 4];
        }
        QByteArray needle(static_cast<qsizetype>(1 + random() % 5), '\0');
        for (char &byte : needle) {
            byte = "abAB"[random() % 4];
        }
        const auto exact = BytePattern::compile(query(QString::fromLatin1(needle), Mode::Text, true));
        const auto folded = BytePattern::compile(query(QString::fromLatin1(needle)));
        const QString title = QStringLiteral("seed %1, round %2").arg(Seed).arg(round);
        QStringList spans;
        for (qsizetype at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.size())) {
            spans += QStringLiteral("%1-%2").arg(at).arg(at + needle.size());
        }
        QVERIFY2(matches(*exact, text) == spans.join(u' '), qPrintable(title));
        spans.clear();
        const QByteArray low = text.toLower();
        const QByteArray lowNeedle = needle.toLower();
        for (qsizetype at = low.indexOf(lowNeedle); at >= 0; at = low.indexOf(lowNeedle, at + needle.size())) {
            spans += QStringLiteral("%1-%2").arg(at).arg(at + needle.size());
        }
        QVERIFY2(matches(*folded, text) == spans.join(u' '), qPrintable(title));
    }
}

QTEST_GUILESS_MAIN(tst_BytePattern)
#include "tst_bytepattern.moc"
