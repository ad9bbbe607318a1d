// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/mainwindow/startpage.h"
#include "ui/widgets/presettree.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Sidewire;

class tst_StartPage : public QObject
{
    Q_OBJECT

private:
    QListWidget *list(const char *name) const { return m_page->findChild<QListWidget *>(QString::fromLatin1(name)); }
    QLabel *leftovers() const { return m_page->findChild<QLabel *>(QStringLiteral("leftovers")); }

    std::unique_ptr<StartPage> m_page;

private Q_SLOTS:
    void init();
    void emptyListsAreNotShown();
    void aRecentTargetIsOneStepAway();
    void logsInUseAreLeftOut();
    void leftoversAreMarkedAndOffered();
    void theButtonsSayWhatTheyStart();
    void presetsWorkByKeyboardAlone();
};

void tst_StartPage::init()
{
    TestSupport::failOnWarnings();
    m_page = std::make_unique<StartPage>();
    m_page->show();
}

void tst_StartPage::emptyListsAreNotShown()
{
    QVERIFY(!list("recentTargets")->isVisible());
    QVERIFY(!list("recentLogs")->isVisible());
    m_page->setRecentTargets({QStringLiteral("tcp://a:1")});
    QVERIFY(list("recentTargets")->isVisible());
    m_page->setRecentTargets({});
    QVERIFY(!list("recentTargets")->isVisible());
}

void tst_StartPage::aRecentTargetIsOneStepAway()
{
    QSignalSpy targets(m_page.get(), &StartPage::targetRequested);
    m_page->setRecentTargets({QStringLiteral("tcp://a:1"), QStringLiteral("ws://b:2/<b>x</b>")});
    list("recentTargets")->setFocus();
    list("recentTargets")->setCurrentRow(1);
    QTest::keyClick(list("recentTargets"), Qt::Key_Return);
    QCOMPARE(targets.size(), 1);
    QCOMPARE(targets.first().first().toString(), QStringLiteral("ws://b:2/<b>x</b>"));
}

void tst_StartPage::logsInUseAreLeftOut()
{
    StoredLog used{QStringLiteral("/logs/used.pcapng"), 10, {}, true};
    const StoredLog kept{QStringLiteral("/logs/kept.pcapng"), 1500, {}};
    m_page->setLogs({used, kept});
    QCOMPARE(list("recentLogs")->count(), 1);
    QCOMPARE(list("recentLogs")->item(0)->text(), QStringLiteral("kept   1.5 kB"));
    QVERIFY(!leftovers()->isVisible());
}

void tst_StartPage::leftoversAreMarkedAndOffered()
{
    QSignalSpy logs(m_page.get(), &StartPage::logRequested);
    StoredLog left{QStringLiteral("/logs/left.pcapng"), 10, {}};
    left.isLeftover = true;
    m_page->setLogs({left});
    QVERIFY(leftovers()->isVisible());
    QVERIFY(!list("recentLogs")->item(0)->icon().isNull());
    list("recentLogs")->setCurrentRow(0);
    QTest::keyClick(list("recentLogs"), Qt::Key_Return);
    QCOMPARE(logs.size(), 1);
    QCOMPARE(logs.first().first().toString(), left.path);
}

void tst_StartPage::theButtonsSayWhatTheyStart()
{
    QSignalSpy echoes(m_page.get(), &StartPage::echoRequested);
    for (const char *id : {"tcp-echo", "udp-echo", "ws-echo"}) {
        m_page->findChild<QPushButton *>(QStringLiteral("start-") + QLatin1String(id))->click();
        QCOMPARE(echoes.takeFirst().first().toString(), QLatin1String(id));
    }
}

void tst_StartPage::presetsWorkByKeyboardAlone()
{
    PresetTree &tree = m_page->presets();
    QVERIFY(!tree.isVisible());
    m_page->setPresets({{QStringLiteral("one"), *SessionSpec::fromTarget(QStringLiteral("tcp://a:1"))},
                        {QStringLiteral("two"), *SessionSpec::fromTarget(QStringLiteral("ws://b/"))}});
    QVERIFY(tree.isVisible());
    QSignalSpy opened(&tree, &PresetTree::openRequested);
    QSignalSpy removed(&tree, &PresetTree::removeRequested);
    QSignalSpy moved(&tree, &PresetTree::moveRequested);
    QSignalSpy renamed(&tree, &PresetTree::renameRequested);
    tree.setFocus();
    QTest::keyClick(&tree, Qt::Key_Down);
    QTest::keyClick(&tree, Qt::Key_Return);
    QCOMPARE(opened.takeFirst().first().toString(), QStringLiteral("two"));
    QTest::keyClick(&tree, Qt::Key_Delete);
    QCOMPARE(removed.takeFirst().first().toString(), QStringLiteral("two"));
    QTest::keyClick(&tree, Qt::Key_Down, Qt::ControlModifier); // It is the last
    QCOMPARE(moved.size(), 0);
    QTest::keyClick(&tree, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(moved.takeFirst(), QVariantList({QStringLiteral("two"), 0}));
    QTest::keyClick(&tree, Qt::Key_F2);
    auto *editor = tree.findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(QStringLiteral(" deux "));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(renamed.size(), 1);
    QCOMPARE(renamed.takeFirst(), QVariantList({QStringLiteral("two"), QStringLiteral("deux")}));
    QVERIFY(opened.isEmpty());

    // And by mouse: a button each.
    const auto buttons = tree.findChildren<QToolButton *>();
    QCOMPARE(buttons.size(), 2);
    buttons.first()->click();
    QCOMPARE(opened.takeFirst().first().toString(), QStringLiteral("one"));
    m_page->setPresets({});
    QVERIFY(!tree.isVisible());
}

QTEST_MAIN(tst_StartPage)
#include "tst_startpage.moc"
