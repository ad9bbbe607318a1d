// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/dialogs/highlightdialog.h"
#include "ui/dialogs/highlightrow.h"
#include "ui/settings/keys.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Sidewire;

class tst_HighlightDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void rulesComeBackAsTheyWere();
    void rulesAreAddedAndEdited();
    void aRuleWithoutAFilterIsNotTaken();
    void rulesMoveAndGo();
    void rulesAreKept();

private:
    static QPushButton *ok(const HighlightDialog &dialog)
    {
        return dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }
    template<typename T>
    static T *in(const HighlightDialog &dialog, const char *filter, const char *name)
    {
        for (HighlightRow *row : dialog.findChildren<HighlightRow *>()) {
            if (row->rule().filter == QLatin1String(filter)) {
                return row->findChild<T *>(QString::fromLatin1(name));
            }
        }
        return nullptr;
    }
};

namespace {

const QList<HighlightRule> Three{
    {QStringLiteral("in"), 0, true}, {QStringLiteral("violation"), 3, false}, {QStringLiteral("\"error\"i"), 5, true}};

} // namespace

void tst_HighlightDialog::rulesComeBackAsTheyWere()
{
    QCOMPARE(HighlightDialog(Three).rules(), Three);
    QCOMPARE(HighlightDialog({}).rules(), QList<HighlightRule>());
}

void tst_HighlightDialog::rulesAreAddedAndEdited()
{
    HighlightDialog dialog(Three);
    dialog.show();
    in<QComboBox>(dialog, "in", "ruleColor")->setCurrentIndex(2);
    in<QCheckBox>(dialog, "violation", "ruleEnabled")->click();
    dialog.findChild<QPushButton *>(QStringLiteral("addRule"))->click();
    in<QLineEdit>(dialog, "", "ruleFilter")->setText(QStringLiteral("len>1k"));
    QVERIFY(ok(dialog)->isEnabled());
    const QList<HighlightRule> expected{{QStringLiteral("in"), 2, true},
                                        {QStringLiteral("violation"), 3, true},
                                        {QStringLiteral("\"error\"i"), 5, true},
                                        {QStringLiteral("len>1k"), 3, true}};
    QCOMPARE(dialog.rules(), expected);
}

void tst_HighlightDialog::aRuleWithoutAFilterIsNotTaken()
{
    HighlightDialog dialog({});
    dialog.show();
    QVERIFY(ok(dialog)->isEnabled());
    dialog.findChild<QPushButton *>(QStringLiteral("addRule"))->click();
    QVERIFY(!ok(dialog)->isEnabled());
    auto *field = dialog.findChild<QLineEdit *>(QStringLiteral("ruleFilter"));
    const auto *problem = dialog.findChild<QLabel *>(QStringLiteral("ruleProblem"));
    field->setText(QStringLiteral("len>"));
    QVERIFY(!ok(dialog)->isEnabled());
    QTRY_VERIFY(problem->isVisible());
    QVERIFY(problem->text().startsWith(QStringLiteral("a value is expected")));
    field->setText(QStringLiteral("len>2"));
    QVERIFY(ok(dialog)->isEnabled());
    QTRY_VERIFY(!problem->isVisible());
}

void tst_HighlightDialog::rulesMoveAndGo()
{
    HighlightDialog dialog(Three);
    dialog.show();
    QVERIFY(!in<QToolButton>(dialog, "in", "ruleUp")->isEnabled());
    in<QToolButton>(dialog, "in", "ruleDown")->click();
    QCOMPARE(dialog.rules(), (QList<HighlightRule>{Three[1], Three[0], Three[2]}));
    QCOMPARE(in<QCheckBox>(dialog, "in", "ruleEnabled")->text(), QStringLiteral("2"));
    in<QToolButton>(dialog, "\"error\"i", "ruleUp")->click();
    QCOMPARE(dialog.rules(), (QList<HighlightRule>{Three[1], Three[2], Three[0]}));
    in<QToolButton>(dialog, "violation", "removeRule")->click();
    QCOMPARE(dialog.rules(), (QList<HighlightRule>{Three[2], Three[0]}));
    QVERIFY(!in<QToolButton>(dialog, "\"error\"i", "ruleUp")->isEnabled());
}

void tst_HighlightDialog::rulesAreKept()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s.ini"));
    {
        QSettings settings(path, QSettings::IniFormat);
        QCOMPARE(readHighlightRules(settings), QList<HighlightRule>());
        writeHighlightRules(settings, Three);
    }
    QSettings settings(path, QSettings::IniFormat);
    QCOMPARE(readHighlightRules(settings), Three);
    Settings::HighlightRules.write(settings, QStringLiteral("[{\"filter\":\"\"},7,{\"filter\":\"out\",\"color\":-5}]"));
    QCOMPARE(readHighlightRules(settings), (QList<HighlightRule>{{QStringLiteral("out"), 0, true}}));
}

QTEST_MAIN(tst_HighlightDialog)
#include "tst_highlightdialog.moc"
