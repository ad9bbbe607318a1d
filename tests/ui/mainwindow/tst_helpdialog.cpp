// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

using namespace Sidewire;

/// The help pages, and the ways to them.
class tst_HelpDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void everyPageIsInTheHelpMenu();
    void everyPageLeadsToAllOthers();

private:
    static QStringList pages() { return QDir(QStringLiteral(":/help")).entryList({QStringLiteral("*.md")}); }
};

void tst_HelpDialog::everyPageIsInTheHelpMenu()
{
    QTemporaryDir folder;
    Engine engine;
    MainWindow window(engine, {folder.filePath(QStringLiteral("settings.ini")), folder.path()});
    QStringList shown;
    for (QAction *action : window.findChildren<QAction *>(QStringLiteral("helpPage"))) {
        action->trigger();
        const auto *dialog = window.findChildren<QDialog *>(QStringLiteral("helpDialog")).last();
        const auto *text = dialog->findChild<QTextBrowser *>(QStringLiteral("helpText"));
        QVERIFY(!text->toPlainText().isEmpty());
        shown += text->source().fileName();
    }
    shown.sort();
    QCOMPARE(shown, pages());
}

void tst_HelpDialog::everyPageLeadsToAllOthers()
{
    const QRegularExpression link(QStringLiteral(R"(\]\(([a-z]+\.md)\))"));
    for (const QString &page : pages()) {
        QFile file(QStringLiteral(":/help/") + page);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        QStringList reached{page};
        for (auto matches = link.globalMatch(text); matches.hasNext();) {
            reached += matches.next().captured(1);
        }
        reached.removeDuplicates();
        reached.sort();
        QCOMPARE(reached, pages());
    }
}

QTEST_MAIN(tst_HelpDialog)
#include "tst_helpdialog.moc"
