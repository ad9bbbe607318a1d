// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/payload/json.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;

namespace {

/// The text without the white space between tokens.
QByteArray tokensOf(const QByteArray &text)
{
    QByteArray tokens;
    bool isInString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isInString && text[i] == '\\') {
            tokens += text[i++];
        } else if (text[i] == '"') {
            isInString = !isInString;
        } else if (!isInString && QByteArrayView(" \t\r\n").contains(text[i])) {
            continue;
        }
        tokens += text[i];
    }
    return tokens;
}

} // namespace

class tst_Json : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void reindents_data();
    void reindents();
    void losesNothing_data();
    void losesNothing();
    void refusesWhatIsNoJson_data();
    void refusesWhatIsNoJson();
    void everyCutIsIncomplete();
    void limitsNesting();
    void limitsItsOutput();
    void survivesMutations();
};

void tst_Json::reindents_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("indented");

    const auto add = [](const char *text, const char *indented) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(indented);
    };
    add("1", "1");
    add(" \"a b\"\n", "\"a b\"");
    add("{}", "{}");
    add("[ \n ]", "[]");
    add("[[],{}]", "[\n  [],\n  {}\n]");
    add("{\"a\":1,\"b\":[true,null]}", "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}");
}

void tst_Json::reindents()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, indented);
    const Result<QByteArray> result = Json::reindent(text);
    QVERIFY(result);
    QCOMPARE(*result, indented);
    QVERIFY(Json::isValid(text));
}

void tst_Json::losesNothing_data()
{
    QTest::addColumn<QByteArray>("text");

    const auto add = [](const char *name, const char *text) {
        QTest::newRow(name) << QByteArray(text);
    };
    add("key order", R"({"z":1,"a":2,"m":3})");
    add("duplicate keys", R"({"a":1,"a":2,"a":1})");
    add("spelling of numbers", "[1.10,1e5,1E+05,-0,-0.0,0.1e-7,100]");
    add("big integers", "[12345678901234567890123456789,9007199254740993]");
    add("more digits than a double", "[3.141592653589793238462643383279]");
    add("escapes", R"(["\u0041","A","\/","/","\"\\\b\f\n\r\t","\ud83d\ude00","\ud800"])");
    add("white space in strings", R"(["  a  b\t"])");
    add("UTF-8", "[\"\xed\x95\x9c \xf0\x9f\x98\x80\x7f\"]");
    add("empty keys", R"({"":{"":[]}})");
}

void tst_Json::losesNothing()
{
    QFETCH(const QByteArray, text);
    for (const int indent : {0, 2, 8}) {
        const Result<QByteArray> result = Json::reindent(text, indent);
        QVERIFY(result);
        QCOMPARE(tokensOf(*result), tokensOf(text));
        const Result<QByteArray> again = Json::reindent(*result, indent);
        QVERIFY(again);
        QCOMPARE(*again, *result);
    }
}

void tst_Json::refusesWhatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("detail");

    const auto add = [](const QByteArray &text, const char *detail) {
        QTest::newRow(text.toPercentEncoding().constData()) << text << QString::fromLatin1(detail);
    };
    add("", "Expected a value at byte 0");
    add("hello", "Expected a value at byte 0");
    add("nul", "Expected true, false or null at byte 0");
    add("{", "Expected a key in quotation marks at byte 1");
    add("{a:1}", "Expected a key in quotation marks at byte 1");
    add("{\"a\" 1}", "Expected ':' at byte 5");
    add("{\"a\":1,}", "Expected a key in quotation marks at byte 7");
    add("{\"a\":1]", "Expected ',' or '}' at byte 6");
    add("[1,]", "Expected a value at byte 3");
    add("[1 2]", "Expected ',' or ']' at byte 3");
    add("1 2", "Expected the end of the text at byte 2");
    add("01", "Expected the end of the text at byte 1");
    add("[1.]", "Expected a digit at byte 3");
    add("[.5]", "Expected a value at byte 1");
    add("[+1]", "Expected a value at byte 1");
    add("[1e]", "Expected a digit at byte 3");
    add("[-]", "Expected a digit at byte 2");
    add("\"a", "Expected a quotation mark that ends the string at byte 2");
    add("\"\\x\"", "Expected one of \" \\ / b f n r t u at byte 2");
    add("\"\\u12g4\"", "Expected four hex digits at byte 5");
    add("\"a\nb\"", "Expected an escape, because a string holds no control characters at byte 2");
    add("\"\xff\"", "Expected UTF-8 at byte 1");
    add(QByteArray("[\0]", 3), "Expected a value at byte 1");
}

void tst_Json::refusesWhatIsNoJson()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, detail);
    const Result<QByteArray> result = Json::reindent(text);
    QVERIFY(!result);
    QCOMPARE(result.error().detail, detail);
    QVERIFY(!Json::isValid(text));
}

void tst_Json::everyCutIsIncomplete()
{
    const QByteArray text = R"({"a":[1.5e3,true,null,"\u0041"],"b":{}})";
    QVERIFY(Json::isValid(text));
    for (qsizetype size = 0; size < text.size(); ++size) {
        QVERIFY2(!Json::isValid(text.first(size)), text.first(size));
    }
}

void tst_Json::limitsNesting()
{
    const auto nested = [](int levels) {
        return QByteArray(levels, '[') + QByteArray(levels, ']');
    };
    QVERIFY(Json::isValid(nested(512)));

    const Result<QByteArray> result = Json::reindent(nested(513));
    QVERIFY(!result);
    QVERIFY(result.error().code == Error::Code::TooLarge);
    QVERIFY(!Json::isValid(QByteArray(10'000'000, '[')));
}

void tst_Json::limitsItsOutput()
{
    // Each element would be indented by 8 * 511 spaces: two megabytes that ask for four gigabytes.
    QByteArray text(511, '[');
    for (int i = 0; i < 1'000'000; ++i) {
        text += "0,";
    }
    const Result<QByteArray> result = Json::reindent(text + "0" + QByteArray(511, ']'), 8);
    QVERIFY(!result);
    QVERIFY(result.error().code == Error::Code::TooLarge);
}

void tst_Json::survivesMutations()
{
    const QByteArray original = R"({"a":[1.10,-2e5,true,null,"\u0041\n"],"a":{"b":[[],{}]}})";
    for (quint32 seed = 1; seed <= 5000; ++seed) {
        QRandomGenerator random(seed);
        QByteArray text = original;
        text[random.bounded(int(text.size()))] = R"({}[],:"\u0e. )"[random.bounded(13)];
        const Result<QByteArray> result = Json::reindent(text);
        QVERIFY2(!result || tokensOf(*result) == tokensOf(text), QByteArray("seed ") + QByteArray::number(seed));
        QCOMPARE(Json::isValid(text), result.has_value());
    }
}

QTEST_GUILESS_MAIN(tst_Json)
#include "tst_json.moc"
