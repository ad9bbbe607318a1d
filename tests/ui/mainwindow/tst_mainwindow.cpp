// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/widgets/composeredit.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

class tst_MainWindow : public QObject
{
    Q_OBJECT

private:
    QWidget *focused() const { return QApplication::focusWidget(); }
    void startEcho(); ///< A TCP echo with a client session to it, which is selected
    QString state() const { return m_window->stateText(); }
    template<typename T>
    T *child(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    /// As child(), of the page that is shown.
    template<typename T>
    T *onPage(const char *name) const
    {
        return m_window->findChild<QStackedWidget *>()->currentWidget()->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<MainWindow> m_window;

private Q_SLOTS:
    void init();
    void cleanup();
    void theStartPageOffersAnEcho();
    void anEchoByKeyboardAloneSavedAndOpenedAgain();
    void aRefusalIsExplained();
    void sendingOnAClosedSessionSaysSoAndKeepsTheText();
    void sessionsAreRemovedAndTheirLogsStay();
    void everyActionIsInAMenuWithAShortcut();
    void aBrokenLogIsNamed();
};

void tst_MainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<Engine>();
    m_window = std::make_unique<MainWindow>(
        *m_engine,
        WindowPlaces{m_folder->filePath(QStringLiteral("settings.ini")), m_folder->filePath(QStringLiteral("logs"))});
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_MainWindow::cleanup()
{
    m_window.reset();
    m_engine.reset();
}

void tst_MainWindow::startEcho()
{
    m_window->startPeer(QStringLiteral("tcp-echo"), MainWindow::Then::Connect);
    QTRY_COMPARE(m_window->sessionCount(), 2);
    QTRY_VERIFY2(state().contains(QStringLiteral("ESTABLISHED")), qPrintable(state()));
}

void tst_MainWindow::theStartPageOffersAnEcho()
{
    QVERIFY(state().isEmpty());
    child<QPushButton>("start-tcp-echo")->click();
    QTRY_COMPARE(m_window->sessionCount(), 2);
    QTRY_VERIFY(state().contains(QStringLiteral("ESTABLISHED")));
}

void tst_MainWindow::anEchoByKeyboardAloneSavedAndOpenedAgain()
{
    startEcho();
    const QString target = child<QLineEdit>("targetField")->text();

    // A session of its own, typed: Ctrl+L, the target, Enter, the payload, Enter.
    QTest::keyClick(focused(), Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(focused()->objectName(), QStringLiteral("targetField"));
    QTest::keyClicks(focused(), target);
    QTest::keyClick(focused(), Qt::Key_Return);
    QTRY_COMPARE(m_window->sessionCount(), 3);
    QTRY_VERIFY2(state().contains(QStringLiteral("ESTABLISHED")), qPrintable(state()));
    QTRY_COMPARE(focused()->objectName(), QStringLiteral("composerField"));
    QTest::keyClicks(focused(), QStringLiteral("hello"));
    QTest::keyClick(focused(), Qt::Key_Return);
    QTRY_VERIFY2(state().contains(QStringLiteral("out 6, in 6; 2 messages")), qPrintable(state()));
    QCOMPARE(focused()->objectName(), QStringLiteral("composerField"));

    // Save a copy and open it.
    QTest::keyClick(focused(), Qt::Key_S, Qt::ControlModifier);
    auto *dialog = child<QFileDialog>("saveCopyDialog");
    QVERIFY(dialog);
    const QString copy = m_folder->filePath(QStringLiteral("copy.pcapng"));
    Q_EMIT dialog->fileSelected(copy);
    dialog->close();
    QTRY_VERIFY(QFile::exists(copy));
    m_window->openLog(copy);
    QTRY_COMPARE(m_window->sessionCount(), 4);
    QTRY_VERIFY2(state().contains(QStringLiteral("out 6, in 6; 2 messages; caught up")), qPrintable(state()));
    QVERIFY(!onPage<ComposerEdit>("composerField")->isEnabled());

    // And back to the first session.
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
    QCOMPARE(child<QListView>("sessionList")->currentIndex().row(), 0);
    QVERIFY(state().contains(QStringLiteral("LISTENING")));
}

void tst_MainWindow::aRefusalIsExplained()
{
    startEcho();
    const QString target = child<QLineEdit>("targetField")->text();
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::AltModifier);
    QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier); // Nobody listens there any more
    QTRY_COMPARE(m_window->sessionCount(), 1);
    QTRY_VERIFY2(state().contains(QStringLiteral("FIN RECEIVED")), qPrintable(state()));
    m_window->openTarget(target);
    QTRY_VERIFY2(state().contains(QStringLiteral("REFUSED")), qPrintable(state()));
    QTRY_VERIFY(onPage<QLabel>("notice")->text().contains(QStringLiteral("refused")));
    QVERIFY(onPage<QPushButton>("retryButton")->isVisible());
    QVERIFY(onPage<QPushButton>("listenHereButton")->isVisible());
}

void tst_MainWindow::sendingOnAClosedSessionSaysSoAndKeepsTheText()
{
    startEcho();
    m_window->sendText(QStringLiteral("one"));
    QTRY_VERIFY2(state().contains(QStringLiteral("in 4")), qPrintable(state()));
    QTest::keyClick(focused(), Qt::Key_D, Qt::ControlModifier);
    QTRY_VERIFY2(state().contains(QStringLiteral("CLOSED")), qPrintable(state()));
    QTRY_VERIFY(onPage<QLabel>("notice")->isVisible());
    m_window->sendText(QStringLiteral("two"));
    QCOMPARE(onPage<ComposerEdit>("composerField")->text(), QStringLiteral("two"));
    QVERIFY(onPage<QLabel>("composerLive")->text().contains(QStringLiteral("closed")));

    // Into the same log again.
    QTest::keyClick(focused(), Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY2(state().contains(QStringLiteral("ESTABLISHED")), qPrintable(state()));
    QTest::keyClick(focused(), Qt::Key_Return);
    QTRY_VERIFY2(state().contains(QStringLiteral("out 8, in 8; 4 messages")), qPrintable(state()));
}

void tst_MainWindow::sessionsAreRemovedAndTheirLogsStay()
{
    startEcho();
    for (int left = 1; left >= 0; --left) {
        QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(m_window->sessionCount(), left);
    }
    QVERIFY(state().isEmpty());
    QTRY_COMPARE(QDir(m_folder->filePath(QStringLiteral("logs"))).entryList({QStringLiteral("*.pcapng")}).size(), 2);
}

void tst_MainWindow::everyActionIsInAMenuWithAShortcut()
{
    QStringList seen;
    for (const QAction *action : m_window->findChildren<QAction *>()) {
        const bool isPlain = !action->isSeparator() && !action->menu() && !action->objectName().isEmpty()
            && !action->objectName().startsWith(QLatin1String("_q"));
        if (!isPlain) {
            continue;
        }
        const QString keys = action->shortcut().toString();
        QVERIFY2(!keys.isEmpty(), qPrintable(action->objectName()));
        QVERIFY2(!seen.contains(keys), qPrintable(keys));
        seen.append(keys);
    }
    QVERIFY(seen.size() > 40);
}

void tst_MainWindow::aBrokenLogIsNamed()
{
    QFile file(m_folder->filePath(QStringLiteral("broken.pcapng")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this is no capture at all");
    file.close();
    m_window->openLog(file.fileName());
    QTRY_VERIFY(!m_window->findChild<QStatusBar *>()->currentMessage().isEmpty());
    QVERIFY(m_window->findChild<QStatusBar *>()->currentMessage().startsWith(
        QStringLiteral("broken.pcapng cannot be opened")));
    QCOMPARE(m_window->sessionCount(), 0);
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
