// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/views/jsonmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Sidewire;

namespace {

std::shared_ptr<const JsonTree> treeOf(const QByteArray &text)
{
    return std::make_shared<JsonTree>(JsonTree::parse(text).value());
}

QStringList linesOf(const JsonModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex key = model.index(row, JsonModel::KeyColumn, parent);
        const QModelIndex value = model.index(row, JsonModel::ValueColumn, parent);
        lines += QString(depth, u' ') + key.data().toString() + QStringLiteral(" = ") + value.data().toString();
        lines += linesOf(model, key, depth + 1);
    }
    return lines;
}

} // namespace

class tst_JsonModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void showsKeysAndValuesAsSpelled();
    void isAModel();
    void isEmptyWithoutATree();
    void findsNodesAgain();
};

void tst_JsonModel::showsKeysAndValuesAsSpelled()
{
    JsonModel model;
    model.setTree(treeOf(R"({"a":1.50,"a":["x\n",null],"\u0062":{}})"));
    QCOMPARE(linesOf(model),
             (QStringList{QStringLiteral("$ = {3}"), QStringLiteral(" a = 1.50"), QStringLiteral(" a = [2]"),
                          QStringLiteral("  [0] = \"x\\n\""), QStringLiteral("  [1] = null"),
                          QStringLiteral(" \\u0062 = {0}")}));
}

void tst_JsonModel::isAModel()
{
    JsonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTree(treeOf(R"([1,[2,[3,{"a":[]}]],{}])"));
    model.setTree(treeOf("true"));
    model.setTree(nullptr);
}

void tst_JsonModel::isEmptyWithoutATree()
{
    JsonModel model;
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.index(0, 0).isValid());
}

void tst_JsonModel::findsNodesAgain()
{
    JsonModel model;
    model.setTree(treeOf("[[1,2],[3]]"));
    for (int node = 0; node < model.tree()->count(); ++node) {
        QCOMPARE(model.nodeOf(model.indexOf(node)), node);
    }
    QCOMPARE(model.nodeOf({}), -1);
}

QTEST_MAIN(tst_JsonModel)
#include "tst_jsonmodel.moc"
