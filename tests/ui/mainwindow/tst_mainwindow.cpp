// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "tests/ui/mainwindow/windowfixture.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/views/byteview.h"
#include "ui/views/messageview.h"
#include "ui/widgets/composeredit.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QStatusBar>
#include <QTest>

using namespace Sidewire;

class tst_MainWindow : public QObject, protected TestSupport::WindowFixture
{
    Q_OBJECT

private:
    QWidget *focused() const { return QApplication::focusWidget(); }
    void startEcho(const char *peer = "tcp-echo"); ///< An echo with a client session to it, which is selected
    QString target() const { return child<QLineEdit>("targetField")->text(); }
    void pressInDialog(QFileDialog &dialog, const QString &path);
    QString state() const { return m_window->stateText(); }
    template<typename T>
    T *child(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }

private Q_SLOTS:
    void init();
    void cleanup();
    void theStartPageOffersAnEcho();
    void theMainJobByKeyboardAlone_data();
    void theMainJobByKeyboardAlone();
    void aRefusalIsExplained();
    void sendingOnAClosedSessionSaysSoAndKeepsTheText();
    void sessionsAreRemovedAndTheirLogsStay();
    void everyActionIsInAMenuWithAShortcut();
    void aBrokenLogIsNamed();
    void aDroppedLogOpens();
    void aDatagramIsEchoed();
    void keysThatAreTakenTwiceDoNotExist();
    void theViewsStayAsTheyWereOverRestarts();
    void whatIsCopiedIsSaid();
};

void tst_MainWindow::init()
{
    openWindow();
}

void tst_MainWindow::cleanup()
{
    closeWindow();
}

void tst_MainWindow::startEcho(const char *peer)
{
    m_window->startPeer(QString::fromLatin1(peer), MainWindow::Then::Connect);
    QTRY_COMPARE(m_window->sessionCount(), 2);
    const bool isUdp = QByteArray(peer).startsWith("udp");
    const bool isWebSocket = QByteArray(peer).startsWith("ws");
    const auto isOpen = isUdp ? QStringLiteral("BOUND")
        : isWebSocket         ? QStringLiteral(" OPEN")
                              : QStringLiteral("ESTABLISHED");
    QTRY_VERIFY2(state().contains(isOpen), qPrintable(state()));
}

void tst_MainWindow::theStartPageOffersAnEcho()
{
    QVERIFY(state().isEmpty());
    child<QPushButton>("start-tcp-echo")->click();
    QTRY_COMPARE(m_window->sessionCount(), 2);
    QTRY_VERIFY(state().contains(QStringLiteral("ESTABLISHED")));
}

void tst_MainWindow::pressInDialog(QFileDialog &dialog, const QString &path)
{
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto *name = dialog.findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    QVERIFY(name);
    name->setText(path); // Typed, it would bring up the completer's list, which takes the Enter
    const QPointer<QFileDialog> open(&dialog);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(!open);
    m_window->activateWindow(); // As a window manager does when a dialog goes
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void tst_MainWindow::theMainJobByKeyboardAlone_data()
{
    QTest::addColumn<QByteArray>("peer");
    QTest::addColumn<QString>("isOpen");
    QTest::addColumn<QString>("counters");
    QTest::addColumn<qint64>("messages");
    QTest::addColumn<QString>("selection");
    QTest::newRow("tcp") << QByteArray("tcp-echo") << "ESTABLISHED"
                         << "out 6, in 6; 2 messages; caught up" << qint64(2) << "in 0x0..0x5, 6 B";
    QTest::newRow("ws") << QByteArray("ws-echo") << " OPEN"
                        << "; 4 messages; caught up" << qint64(4) << ", 7 B";
}

void tst_MainWindow::theMainJobByKeyboardAlone()
{
    QFETCH(QByteArray, peer);
    QFETCH(QString, isOpen);
    QFETCH(QString, counters);
    QFETCH(qint64, messages);
    QFETCH(QString, selection);
    startEcho(peer.constData());
    const QString own = target();

    // A session of its own, typed: Ctrl+L, the target, Enter, the payload, Enter.
    QTest::keyClick(focused(), Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(focused()->objectName(), QStringLiteral("targetField"));
    QTest::keyClicks(focused(), own);
    QTest::keyClick(focused(), Qt::Key_Return);
    QTRY_COMPARE(m_window->sessionCount(), 3);
    QTRY_VERIFY2(state().contains(isOpen), qPrintable(state()));
    QTRY_COMPARE(focused()->objectName(), QStringLiteral("composerField"));
    QTest::keyClicks(focused(), QStringLiteral("hello"));
    QTest::keyClick(focused(), Qt::Key_Return);
    QTRY_VERIFY2(state().contains(counters), qPrintable(state()));
    QCOMPARE(focused()->objectName(), QStringLiteral("composerField"));

    // To the messages, and to the last of them: its bytes are marked.
    for (int tab = 0; tab < 30 && !qobject_cast<MessageView *>(focused()); ++tab) {
        QTest::keyClick(focused(), Qt::Key_Backtab, Qt::ShiftModifier);
    }
    QVERIFY(qobject_cast<MessageView *>(focused()));
    QTRY_COMPARE(onPage<MessageView>("messageView")->messageCount(), messages);
    QTest::keyClick(focused(), Qt::Key_PageDown);
    QTRY_VERIFY2(onPage<QLabel>("selectionLabel")->text().contains(selection),
                 qPrintable(onPage<QLabel>("selectionLabel")->text()));
    QVERIFY(onPage<ByteView>("byteView")->selection());

    // Save a copy and open it.
    const QString copy = m_folder->filePath(QStringLiteral("copy.pcapng"));
    QTest::keyClick(focused(), Qt::Key_S, Qt::ControlModifier);
    pressInDialog(*child<QFileDialog>("saveCopyDialog"), copy);
    QTRY_VERIFY(QFile::exists(copy));
    QTest::keyClick(focused(), Qt::Key_O, Qt::ControlModifier);
    pressInDialog(*child<QFileDialog>("openLogDialog"), copy);
    QTRY_COMPARE(m_window->sessionCount(), 4);
    QTRY_VERIFY2(state().contains(counters), qPrintable(state()));
    QVERIFY(!onPage<ComposerEdit>("composerField")->isEnabled());
    QCOMPARE(focused()->objectName(), QStringLiteral("messageView"));

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
    child<QAction>("timeline")->trigger();
    QVERIFY(onPage<QWidget>("timelineView")->isVisible());
    QVERIFY(child<QAction>("detail")->isChecked());
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

void tst_MainWindow::aDroppedLogOpens()
{
    startEcho();
    m_window->sendText(QStringLiteral("hello"));
    QTRY_VERIFY2(state().contains(QStringLiteral("in 6; 2 messages")), qPrintable(state()));
    const QDir logs(m_folder->filePath(QStringLiteral("logs")));
    const QStringList names = logs.entryList({QStringLiteral("*tcp 127*.pcapng")});
    QCOMPARE(names.size(), 1);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(logs.filePath(names.first()))});
    QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QTRY_COMPARE(m_window->sessionCount(), 3);
    QTRY_VERIFY2(state().contains(QStringLiteral("out 6, in 6; 2 messages; caught up")), qPrintable(state()));

    QMimeData text;
    text.setText(QStringLiteral("no file"));
    QDragEnterEvent other({100, 100}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    other.ignore();
    QCoreApplication::sendEvent(m_window.get(), &other);
    QVERIFY(!other.isAccepted());
}

void tst_MainWindow::aDatagramIsEchoed()
{
    startEcho("udp-echo");
    QVERIFY2(state().contains(QStringLiteral("nothing heard")), qPrintable(state()));
    QVERIFY2(!state().contains(QStringLiteral("OPEN")), qPrintable(state()));
    m_window->sendText(QStringLiteral("hello"));
    QTRY_VERIFY2(state().contains(QStringLiteral("out 5, in 5; 2 messages")), qPrintable(state()));
    QVERIFY2(state().contains(QStringLiteral("heard from")), qPrintable(state()));
    QVERIFY(onPage<QLabel>("composerLive")->text().contains(QStringLiteral("of 65,507 B")));
}

void tst_MainWindow::keysThatAreTakenTwiceDoNotExist()
{
    startEcho();
    QHash<QString, QString> takenBy;
    for (const QAction *action : m_window->findChildren<QAction *>()) {
        const QString keys = action->shortcut().toString();
        const bool isOwn = !action->objectName().startsWith(QLatin1String("_q"));
        // The listener's page and the client's have the same copy actions.
        if (keys.isEmpty() || !isOwn || takenBy.value(keys) == action->text()) {
            continue;
        }
        QVERIFY2(!takenBy.contains(keys), qPrintable(keys + QLatin1Char(' ') + action->text() + takenBy.value(keys)));
        takenBy.insert(keys, action->text());
    }
    QVERIFY(takenBy.size() > 40);
}

void tst_MainWindow::theViewsStayAsTheyWereOverRestarts()
{
    startEcho();
    child<QAction>("stacked")->trigger();
    child<QAction>("detail")->trigger();
    const bool isDetailShown = onPage<TrafficView>("trafficView")->isDetailVisible();
    m_window->close();
    cleanup();
    const auto folder = std::move(m_folder);
    m_engine = std::make_unique<Engine>();
    m_window = std::make_unique<MainWindow>(
        *m_engine,
        WindowPlaces{folder->filePath(QStringLiteral("settings.ini")), folder->filePath(QStringLiteral("logs"))});
    m_window->show();
    startEcho();
    QVERIFY(child<QAction>("stacked")->isChecked());
    QCOMPARE(onPage<TrafficView>("trafficView")->isDetailVisible(), isDetailShown);
    QCOMPARE(child<QAction>("detail")->isChecked(), isDetailShown);
}

void tst_MainWindow::whatIsCopiedIsSaid()
{
    startEcho();
    m_window->sendText(QStringLiteral("hello"));
    QTRY_VERIFY2(state().contains(QStringLiteral("in 6; 2 messages")), qPrintable(state()));
    QTRY_COMPARE(onPage<MessageView>("messageView")->messageCount(), 2);
    Q_EMIT onPage<MessageView>("messageView")->currentRequested(0);
    onPage<TrafficView>("trafficView")->copyActions().first()->trigger();
    QTRY_VERIFY(child<QStatusBar>("windowStatus")->currentMessage().startsWith(QStringLiteral("Copied")));
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
