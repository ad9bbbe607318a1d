// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/jsontree.h"
#include "core/payload/json.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;

namespace {

/// A line a node: depth as spaces, key, value; of containers the bracket.
QByteArray dump(const JsonTree &tree, int node = 0, int depth = 0)
{
    QByteArray text(depth, ' ');
    const QByteArrayView key = tree.key(node);
    text += key.isEmpty() ? QByteArray() : key.toByteArray() + ": ";
    text += tree.isContainer(node) ? tree.value(node).first(1).toByteArray() : tree.value(node).toByteArray();
    text += '\n';
    for (int row = 0; row < tree.childCount(node); ++row) {
        text += dump(tree, tree.child(node, row), depth + 1);
    }
    return text;
}

} // namespace

class tst_JsonTree final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void keepsEverything_data();
    void keepsEverything();
    void knowsPaths();
    void knowsParents();
    void containersSpanTheirText();
    void saysWhereItIsNoJson();
    void showsTheFirstOfTooMany();
    void refusesDeepNesting();
    void unescapes_data();
    void unescapes();
    void survivesMutations();
};

void tst_JsonTree::keepsEverything_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("tree");
    QTest::newRow("scalar") << QByteArray(" -0.10E+02 ") << QByteArray("-0.10E+02\n");
    QTest::newRow("empty") << QByteArray("[{}, []]") << QByteArray("[\n {\n [\n");
    QTest::newRow("duplicate keys") << QByteArray(R"({"a":1,"a":1.0,"a":true})")
                                    << QByteArray("{\n \"a\": 1\n \"a\": 1.0\n \"a\": true\n");
    QTest::newRow("spelling") << QByteArray(R"({"\u0061\/": "\u00e9\n", "n": 12345678901234567890123})")
                              << QByteArray("{\n \"\\u0061\\/\": \"\\u00e9\\n\"\n \"n\": 12345678901234567890123\n");
    QTest::newRow("nested") << QByteArray(R"([1,{"x":[2,3],"y":null},4])")
                            << QByteArray("[\n 1\n {\n  \"x\": [\n   2\n   3\n  \"y\": null\n 4\n");
}

void tst_JsonTree::keepsEverything()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, tree);
    const Result<JsonTree> parsed = JsonTree::parse(text);
    QVERIFY(parsed);
    QCOMPARE(dump(*parsed), tree);
    QVERIFY(!parsed->isCut());
}

void tst_JsonTree::knowsPaths()
{
    const auto tree = JsonTree::parse(R"({"items":[1,{"odd key":[true]}],"":0})");
    QVERIFY(tree);
    QStringList paths;
    for (int node = 0; node < tree->count(); ++node) {
        paths += tree->path(node);
    }
    QCOMPARE(paths,
             (QStringList{QStringLiteral("$"), QStringLiteral("$.items"), QStringLiteral("$.items[0]"),
                          QStringLiteral("$.items[1]"), QStringLiteral("$.items[1][\"odd key\"]"),
                          QStringLiteral("$.items[1][\"odd key\"][0]"), QStringLiteral("$[\"\"]")}));
}

void tst_JsonTree::knowsParents()
{
    const auto tree = JsonTree::parse("[[1,2],[3,[4]],5]");
    QVERIFY(tree);
    QCOMPARE(tree->parent(0), -1);
    for (int node = 0; node < tree->count(); ++node) {
        for (int row = 0; row < tree->childCount(node); ++row) {
            QCOMPARE(tree->parent(tree->child(node, row)), node);
            QCOMPARE(tree->row(tree->child(node, row)), row);
        }
    }
}

void tst_JsonTree::containersSpanTheirText()
{
    const auto tree = JsonTree::parse(R"({"a": [1, 2 ], "b": {}})");
    QVERIFY(tree);
    QCOMPARE(tree->value(tree->child(0, 0)).toByteArray(), QByteArray("[1, 2 ]"));
    QCOMPARE(tree->value(tree->child(0, 1)).toByteArray(), QByteArray("{}"));
}

void tst_JsonTree::saysWhereItIsNoJson()
{
    for (const QByteArray &text : {QByteArray(""), QByteArray("{"), QByteArray("[1,]"), QByteArray("{\"a\":1}x"),
                                   QByteArray("\"\x80\""), QByteArray("{a:1}"), QByteArray("[01]")}) {
        const Result<JsonTree> tree = JsonTree::parse(text);
        QVERIFY(!tree);
        QCOMPARE(tree.error().detail, Json::reindent(text).error().detail);
    }
}

void tst_JsonTree::showsTheFirstOfTooMany()
{
    const auto tree = JsonTree::parse("[1,[2,3,4],5]", 4);
    QVERIFY(tree);
    QVERIFY(tree->isCut());
    QCOMPARE(dump(*tree), QByteArray("[\n 1\n [\n  2\n"));
}

void tst_JsonTree::refusesDeepNesting()
{
    QVERIFY(JsonTree::parse(QByteArray(512, '[') + QByteArray(512, ']')));
    const Result<JsonTree> tree = JsonTree::parse(QByteArray(1'000'000, '['));
    QVERIFY(!tree);
    QCOMPARE(tree.error().detail, QStringLiteral("Nesting of more than 512 levels at byte 512"));
}

void tst_JsonTree::unescapes_data()
{
    QTest::addColumn<QByteArray>("spelled");
    QTest::addColumn<QString>("meant");
    QTest::newRow("plain") << QByteArray("\"K\xc3\xb6ln\"") << QStringLiteral("K\u00f6ln");
    QTest::newRow("short escapes") << QByteArray(R"("\"\\\/\b\f\n\r\t")") << QStringLiteral("\"\\/\b\f\n\r\t");
    QTest::newRow("code points") << QByteArray(R"("\u0041\u00E9\ud83d\ude00")") << QStringLiteral("A\u00e9\U0001f600");
    QTest::newRow("half a pair") << QByteArray(R"("\ud83dx\ude00")") << QStringLiteral("\ufffdx\ufffd");
    QTest::newRow("empty") << QByteArray("\"\"") << QString();
}

void tst_JsonTree::unescapes()
{
    QFETCH(const QByteArray, spelled);
    QFETCH(const QString, meant);
    QCOMPARE(unescapedJson(spelled), meant);
}

void tst_JsonTree::survivesMutations()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QByteArray start = R"({"a":[1,2.5e3,"x\u00e9",{"b":null}],"c":"\ud83d\ude00","a":[]})";
    for (int i = 0; i < 5000; ++i) {
        QByteArray text = start;
        for (int change = 0; change < 2; ++change) {
            text[random.bounded(static_cast<int>(text.size()))] = static_cast<char>(random.bounded(256));
        }
        const Result<JsonTree> tree = JsonTree::parse(text);
        QCOMPARE(tree.has_value(), Json::isValid(text));
        for (int node = 0; tree && node < tree->count(); ++node) {
            if (tree->kind(node) == JsonTree::Kind::String) {
                QVERIFY(unescapedJson(tree->value(node)).size() <= tree->value(node).size());
            }
            QVERIFY(tree->path(node).startsWith(u'$'));
        }
    }
}

QTEST_GUILESS_MAIN(tst_JsonTree)
#include "tst_jsontree.moc"
