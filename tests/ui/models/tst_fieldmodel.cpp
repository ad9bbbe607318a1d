// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/models/fieldmodel.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QTest>

using namespace Sidewire;

namespace {

Field leaf(const char *name, bool isBroken = false)
{
    return {QString::fromLatin1(name), QStringLiteral("<b>"), {}, isBroken, {}, {}};
}

Field tree()
{
    Field root = leaf("root");
    root.children = {leaf("a"), leaf("b")};
    root.children[0].children = {leaf("a1"), leaf("a2")};
    root.children[1].children = {leaf("b1", true)};
    return root;
}

} // namespace

class tst_FieldModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void isATreeAsModelsMustBe();
    void findsARowAgain();
    void aBrokenFieldShowsOnWhatHoldsIt();
    void toolTipsAreTextAndNotMarkup();
};

void tst_FieldModel::isATreeAsModelsMustBe()
{
    FieldModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    model.setField(tree());
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex root = model.index(0, 0);
    QCOMPARE(model.rowCount(root), 2);
    const QModelIndex a2 = model.index(1, 0, model.index(0, 0, root));
    QCOMPARE(a2.data().toString(), QStringLiteral("a2"));
    QCOMPARE(a2.parent().parent(), root);
    QCOMPARE(model.field(a2)->name, QStringLiteral("a2"));
    QCOMPARE(model.field({}), nullptr);
    model.setField({});
    QCOMPARE(model.rowCount(), 0);
}

void tst_FieldModel::findsARowAgain()
{
    FieldModel model;
    model.setField(tree());
    const std::vector<int> path = FieldModel::pathOf(model.find({0, 1, 0}));
    QCOMPARE(path, (std::vector<int>{0, 1, 0}));
    Field grown = tree();
    grown.children[1].children.clear();
    model.setField(grown);
    QCOMPARE(model.find(path).data().toString(), QStringLiteral("b")); // As far as it is still there
    QVERIFY(!model.find({}).isValid());
}

void tst_FieldModel::aBrokenFieldShowsOnWhatHoldsIt()
{
    FieldModel model;
    model.setField(tree());
    const auto isMarked = [&model](const std::vector<int> &path) {
        return !model.find(path).data(Qt::DecorationRole).value<QIcon>().isNull();
    };
    QVERIFY(isMarked({0}));
    QVERIFY(!isMarked({0, 0}));
    QVERIFY(isMarked({0, 1}));
    QVERIFY(isMarked({0, 1, 0}));
    QCOMPARE(model.find({0, 1, 0}).data(Qt::ForegroundRole).value<QColor>(), Theme::color(Theme::Tone::Violation));
    QCOMPARE(model.find({0, 1}).data(Qt::ForegroundRole).value<QColor>(), Theme::color(Theme::Tone::Text));
}

void tst_FieldModel::toolTipsAreTextAndNotMarkup()
{
    FieldModel model;
    model.setField(leaf("x"));
    QCOMPARE(model.index(0, FieldModel::ValueColumn).data(Qt::ToolTipRole).toString(),
             QStringLiteral("<p>&lt;b&gt;</p>"));
}

QTEST_MAIN(tst_FieldModel)
#include "tst_fieldmodel.moc"
