// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/ui/mainwindow/windowfixture.h"
#include "ui/dialogs/mergedialog.h"
#include "ui/mainwindow/mergedpage.h"
#include "ui/mainwindow/pagearea.h"
#include "ui/mainwindow/sessionlist.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/models/sessionitem.h"
#include "ui/views/mergedview.h"
#include "ui/views/messageview.h"

#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QToolButton>

using namespace Sidewire;
using TestSupport::LogBuilder;

class tst_TwoSessions final : public QObject, private TestSupport::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { closeWindow(); }
    void showsASecondSessionBeside();
    void theFocusTellsWhichOneIsMeant();
    void endsBesideAndKeepsWhatIsActive();
    void removingASessionEndsBeside();
    void locksTheTimeOfBoth();
    void mergesTwoSessions();
    void hidesASessionOfTheMerged();
    void endsMerging();
    void asksWhichSessionsToMerge();

private:
    void addLog(const QString &name, LogBuilder &builder);
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QLatin1String(name)); }
    PageArea *area() const { return m_window->findChild<PageArea *>(); }
    SessionPage *stacked() const { return qobject_cast<SessionPage *>(area()->stack().currentWidget()); }
};

void tst_TwoSessions::init()
{
    TestSupport::failOnWarnings();
    openWindow();
    LogBuilder one;
    one.open();
    LogBuilder other;
    other.open();
    for (int i = 0; i < 300; ++i) {
        one.out("ask " + QByteArray::number(i) + "\n");
        other.wait(500'000).in("answer " + QByteArray::number(i) + "\n");
    }
    addLog(QStringLiteral("one.pcapng"), one);
    addLog(QStringLiteral("two.pcapng"), other);
}

void tst_TwoSessions::addLog(const QString &name, LogBuilder &builder)
{
    const auto log = builder.finish(QStringLiteral("lines"));
    const QString path = m_folder->filePath(name);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray bytes(log->file()->committed(), '\0');
    QCOMPARE(log->file()->read(0, std::span<char>(bytes.data(), static_cast<std::size_t>(bytes.size()))), bytes.size());
    file.write(bytes);
    file.close();
    const int before = m_window->sessionCount();
    m_window->openLog(path);
    QTRY_COMPARE(m_window->sessionCount(), before + 1);
}

void tst_TwoSessions::showsASecondSessionBeside()
{
    QVERIFY(action("beside")->isEnabled());
    action("beside")->trigger();
    QVERIFY(area()->beside());
    QVERIFY(area()->beside()->isVisible());
    QCOMPARE(area()->beside()->item().name(), QStringLiteral("one.pcapng"));
    QCOMPARE(stacked()->item().name(), QStringLiteral("two.pcapng"));
    QVERIFY(stacked()->isVisible());
    QVERIFY(action("beside")->isChecked());
    QVERIFY(m_window->width() <= 1366);
}

void tst_TwoSessions::theFocusTellsWhichOneIsMeant()
{
    action("beside")->trigger();
    area()->beside()->view().focusMessages();
    QTRY_COMPARE(area()->active(), area()->beside());
    auto *list = m_window->findChild<SessionList *>();
    QCOMPARE(list->currentIndex().row(), 0);
    QCOMPARE(stacked()->item().name(), QStringLiteral("two.pcapng")); // Still there
    QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("one.pcapng")));
    stacked()->view().focusMessages();
    QTRY_COMPARE(list->currentIndex().row(), 1);
}

void tst_TwoSessions::endsBesideAndKeepsWhatIsActive()
{
    action("beside")->trigger();
    area()->beside()->view().focusMessages();
    QTRY_COMPARE(area()->active(), area()->beside());
    action("beside")->trigger();
    QVERIFY(!area()->beside());
    QCOMPARE(stacked()->item().name(), QStringLiteral("one.pcapng"));
    QVERIFY(!action("beside")->isChecked());
    QVERIFY(!action("lockTime")->isEnabled());
}

void tst_TwoSessions::removingASessionEndsBeside()
{
    action("beside")->trigger();
    area()->beside()->view().focusMessages();
    QTRY_COMPARE(area()->active(), area()->beside());
    action("remove")->trigger();
    QVERIFY(!area()->beside());
    QCOMPARE(m_window->sessionCount(), 1);
    QCOMPARE(stacked()->item().name(), QStringLiteral("two.pcapng"));
    QVERIFY(!action("beside")->isEnabled());
}

void tst_TwoSessions::locksTheTimeOfBoth()
{
    action("beside")->trigger();
    action("lockTime")->trigger();
    QVERIFY(area()->isTimeLocked());
    auto *leader = area()->beside()->view().findChild<MessageView *>();
    auto *follower = stacked()->view().findChild<MessageView *>();
    QTRY_COMPARE(leader->messageCount(), 300);
    QTRY_COMPARE(follower->messageCount(), 300);
    leader->setFocus();
    QTest::keyClick(leader, Qt::Key_Home);
    Q_EMIT leader->currentRequested(100);
    leader->scrollTo(150);
    Q_EMIT leader->scrolledByUser();
    // Question n comes after n + 1 ms, answer n after 1.5 (n + 1) ms.
    const qint64 time = leader->messageAt(150)->time;
    const qint64 top = follower->topLine();
    QVERIFY(follower->messageAt(top)->time >= time);
    QVERIFY(follower->messageAt(top - 1)->time < time);
}

void tst_TwoSessions::mergesTwoSessions()
{
    action("merge")->trigger(); // Only two: nothing to ask
    auto *view = m_window->findChild<MergedView *>();
    QVERIFY(view);
    QTRY_COMPARE(view->lineCount(), 600);
    QVERIFY(view->isVisible());
    QVERIFY(view->textOf(0).startsWith(QStringLiteral("one.pcapng, no. 0, out")));
    QVERIFY(view->textOf(1).startsWith(QStringLiteral("two.pcapng, no. 0, in")));
    QVERIFY(view->textOf(2).startsWith(QStringLiteral("one.pcapng, no. 1, out")));
    Q_EMIT view->currentRequested(1);
    QCOMPARE(view->current(), 1);
    const auto *text = m_window->findChild<MergedPage *>()->findChild<QPlainTextEdit *>(QStringLiteral("detailText"));
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("answer 0"));
    Q_EMIT view->currentRequested(2);
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("ask 1"));
    QVERIFY(!area()->active());
}

void tst_TwoSessions::hidesASessionOfTheMerged()
{
    action("merge")->trigger();
    auto *view = m_window->findChild<MergedView *>();
    QTRY_COMPARE(view->lineCount(), 600);
    Q_EMIT view->currentRequested(4); // answer 1, as late as question 2
    const QString before = view->textOf(4);
    const QList<QToolButton *> sessions = m_window->findChildren<QToolButton *>(QStringLiteral("mergedSession"));
    QCOMPARE(sessions.size(), 2);
    sessions.first()->click();
    QTRY_COMPARE(view->lineCount(), 300);
    QTRY_COMPARE(view->current(), 1);
    QCOMPARE(view->textOf(1), before);
    sessions.first()->click();
    QTRY_COMPARE(view->lineCount(), 600);
    QTRY_COMPARE(view->current(), 4);
}

void tst_TwoSessions::endsMerging()
{
    action("merge")->trigger();
    QVERIFY(m_window->findChild<MergedPage *>());
    auto *list = m_window->findChild<SessionList *>();
    list->setCurrentIndex(list->model()->index(1, 0));
    QVERIFY(area()->active());
    action("merged")->trigger();
    QVERIFY(!area()->active());
    m_window->findChild<QToolButton *>(QStringLiteral("closeMerged"))->click();
    QTRY_VERIFY(!m_window->findChild<MergedPage *>());
    QVERIFY(area()->active());
    QVERIFY(!action("merged")->isEnabled());
}

void tst_TwoSessions::asksWhichSessionsToMerge()
{
    LogBuilder third;
    third.open();
    third.in("x\n");
    addLog(QStringLiteral("three.pcapng"), third);
    action("merge")->trigger();
    auto *dialog = m_window->findChild<MergeDialog *>();
    QVERIFY(dialog);
    auto *names = dialog->findChild<QListWidget *>();
    auto *merge = dialog->findChild<QPushButton *>(QStringLiteral("mergeButton"));
    QCOMPARE(names->count(), 3);
    QVERIFY(!merge->isEnabled());
    names->item(0)->setCheckState(Qt::Checked);
    QVERIFY(merge->isEnabled());
    merge->click();
    QTRY_COMPARE(m_window->findChild<MergedView *>()->lineCount(), 301);
}

QTEST_MAIN(tst_TwoSessions)
#include "tst_twosessions.moc"
