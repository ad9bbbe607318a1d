// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/ui/mainwindow/windowfixture.h"
#include "ui/mainwindow/connectionspane.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/views/connectionsview.h"
#include "ui/views/messageview.h"
#include "ui/widgets/composeredit.h"
#include "ui/widgets/recipientbutton.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QTcpSocket>
#include <QTest>
#include <QToolButton>
#include <QUdpSocket>

using namespace Sidewire;

/// A listener with clients, in the real window with the real engine.
class tst_ListenerPage : public QObject, protected TestSupport::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyClientIsARow();
    void theSendTargetIsSticky();
    void whatIsDoneIsDoneToTheSelectedOnes();
    void oneClientAloneIsShown();
    void acceptingIsPausedAndTheListenerStopped();
    void udpPeersAreRows();
    void theTableFoldsAndRemembersIt();

private:
    ConnectionsView *table() const { return onPage<ConnectionsView>("connectionsView"); }
    QString cell(int row, int column) const { return table()->model()->index(row, column).data().toString(); }
    QString state(int row) const { return cell(row, ConnectionsModel::State); }
    QString live() const { return onPage<QLabel>("composerLive")->text(); }
    quint16 port() const { return onPage<QLabel>("localEndpoint")->text().section(u':', -1).toUShort(); }
    void listen(const QString &scheme);
    QTcpSocket *connectOne();
    /// Not by QTableView::selectRow(), which heeds the modifiers of keys that were pressed before.
    void choose(int row) const
    {
        table()->selectionModel()->setCurrentIndex(table()->model()->index(row, 0),
                                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    void press(const char *button) const { onPage<QToolButton>(button)->click(); }

    std::vector<std::unique_ptr<QTcpSocket>> m_clients;
};

void tst_ListenerPage::init()
{
    openWindow();
}

void tst_ListenerPage::cleanup()
{
    m_clients.clear();
    closeWindow();
}

void tst_ListenerPage::listen(const QString &scheme)
{
    m_window->openTarget(scheme + QStringLiteral("://127.0.0.1:0"));
    QTRY_VERIFY2(m_window->stateText().contains(QStringLiteral("LISTENING")), qPrintable(m_window->stateText()));
    QTRY_VERIFY(port() != 0);
}

QTcpSocket *tst_ListenerPage::connectOne()
{
    m_clients.push_back(std::make_unique<QTcpSocket>());
    QTcpSocket *client = m_clients.back().get();
    client->connectToHost(QHostAddress(QHostAddress::LocalHost), port());
    [&] {
        QTRY_COMPARE(table()->model()->rowCount(), static_cast<int>(m_clients.size()));
    }();
    return client;
}

void tst_ListenerPage::everyClientIsARow()
{
    listen(QStringLiteral("tcp-listen"));
    QVERIFY(table()->isVisible());
    QTRY_COMPARE(onPage<QLabel>("peerEndpoint")->text(), QStringLiteral("backlog 4096"));
    QTcpSocket *first = connectOne();
    connectOne();
    first->write("hello");
    QTRY_COMPARE(cell(0, ConnectionsModel::BytesIn), QStringLiteral("5 B"));
    QTRY_COMPARE(cell(0, ConnectionsModel::Peer), QStringLiteral("127.0.0.1:%1").arg(first->localPort()));
    QCOMPARE(onPage<QLabel>("connectionCounts")->text(), QStringLiteral("2 open"));
    first->disconnectFromHost();
    QTRY_COMPARE(state(0), QStringLiteral("FIN received"));
    choose(0);
    press("closeSelected");
    QTRY_COMPARE(onPage<QLabel>("connectionCounts")->text(), QStringLiteral("1 open, 1 gone"));
    QCOMPARE(state(1), QStringLiteral("open"));
}

void tst_ListenerPage::theSendTargetIsSticky()
{
    listen(QStringLiteral("tcp-listen"));
    QTcpSocket *first = connectOne();
    QTcpSocket *second = connectOne();
    auto *recipients = onPage<RecipientButton>("composerRecipients");
    QTRY_COMPARE(recipients->text(), QStringLiteral("to all clients"));
    m_window->sendText(QStringLiteral("both"));
    QTRY_COMPARE(first->bytesAvailable(), 5);
    QTRY_COMPARE(second->bytesAvailable(), 5);

    table()->setFocus();
    choose(1);
    QTest::keyClick(table(), Qt::Key_Return);
    QCOMPARE(recipients->text(), QStringLiteral("to #1 127.0.0.1:%1").arg(second->localPort()));
    QTRY_VERIFY(onPage<ComposerEdit>("composerField")->hasFocus());
    QTcpSocket *third = connectOne(); // Steals nothing
    m_window->sendText(QStringLiteral("one"));
    QTRY_COMPARE(second->bytesAvailable(), 9);
    QCOMPARE(first->bytesAvailable(), 5);
    QCOMPARE(third->bytesAvailable(), 0);

    // Gone: nothing goes elsewhere instead.
    choose(1);
    press("closeSelected");
    QTRY_VERIFY2(recipients->text().endsWith(QStringLiteral("(gone)")), qPrintable(recipients->text()));
    m_window->sendText(QStringLiteral("lost"));
    QVERIFY2(live().contains(QStringLiteral("is gone: nothing was sent")), qPrintable(live()));
    QCOMPARE(onPage<ComposerEdit>("composerField")->text(), QStringLiteral("lost"));

    // By the menu to all again.
    auto *menu = recipients->findChild<QMenu *>();
    QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
    QTRY_VERIFY(menu->isVisible());
    menu->actions().first()->trigger();
    menu->close();
    QCOMPARE(recipients->text(), QStringLiteral("to all clients"));
    m_window->sendText(QStringLiteral("again"));
    QTRY_COMPARE(first->bytesAvailable(), 11);
    QTRY_COMPARE(third->bytesAvailable(), 6);
    QCOMPARE(first->readAll(), QByteArray("both\nagain\n"));
}

void tst_ListenerPage::whatIsDoneIsDoneToTheSelectedOnes()
{
    listen(QStringLiteral("tcp-listen"));
    for (int i = 0; i < 4; ++i) {
        connectOne();
    }
    choose(1);
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier);
    QTRY_COMPARE(state(1), QStringLiteral("open, paused"));
    QCOMPARE(state(0), QStringLiteral("open"));
    QTRY_COMPARE(onPage<QToolButton>("pauseSelected")->text(), QStringLiteral("Resume"));
    press("pauseSelected");
    QTRY_COMPARE(state(1), QStringLiteral("open"));

    press("resetSelected");
    QTRY_COMPARE(state(1), QStringLiteral("reset by us"));
    QTRY_COMPARE(m_clients[1]->state(), QAbstractSocket::UnconnectedState);
    QTRY_VERIFY(!onPage<QToolButton>("resetSelected")->isEnabled()); // Only one that is gone is selected

    choose(2);
    QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(state(2) != QStringLiteral("open")); // The client closes as well once it has our FIN
    choose(3);
    QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier);
    QTRY_VERIFY2(state(3).startsWith(QStringLiteral("closed")), qPrintable(state(3)));
    QCOMPARE(state(0), QStringLiteral("open"));
    QVERIFY(m_window->stateText().contains(QStringLiteral("LISTENING")));
}

void tst_ListenerPage::oneClientAloneIsShown()
{
    listen(QStringLiteral("tcp-listen"));
    for (int i = 0; i < 3; ++i) {
        connectOne()->write("line\n");
    }
    auto *messages = onPage<MessageView>("messageView");
    QTRY_COMPARE(messages->messageCount(), 3);
    choose(1);
    QTest::keyClick(m_window.get(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(messages->messageCount(), 1);
    QCOMPARE(messages->messageAt(0)->connection, ConnectionId{1});
    QCOMPARE(onPage<QLabel>("connectionsShown")->text(), QStringLiteral("showing 1 of 3 clients"));
    press("showEveryConnection");
    QCOMPARE(messages->messageCount(), 3);
    QVERIFY(!onPage<QLabel>("connectionsShown")->isVisible());
}

void tst_ListenerPage::acceptingIsPausedAndTheListenerStopped()
{
    listen(QStringLiteral("tcp-listen"));
    connectOne();
    QVERIFY(onPage<QToolButton>("acceptingButton")->isVisible());
    QVERIFY(!onPage<QToolButton>("closeButton")->isVisible());
    const quint16 before = port();
    press("stopButton");
    QTRY_VERIFY2(m_window->stateText().contains(QStringLiteral("STOPPED")), qPrintable(m_window->stateText()));
    QTRY_COMPARE(onPage<QToolButton>("stopButton")->text(), QStringLiteral("Listen again"));
    QVERIFY(!onPage<QToolButton>("acceptingButton")->isVisible());
    press("stopButton");
    QTRY_VERIFY2(m_window->stateText().contains(QStringLiteral("LISTENING")), qPrintable(m_window->stateText()));
    QCOMPARE(port(), before);
    connectOne();
    QCOMPARE(m_clients[0]->state(), QAbstractSocket::ConnectedState); // It has nothing to do with that
}

void tst_ListenerPage::udpPeersAreRows()
{
    listen(QStringLiteral("udp-listen"));
    QUdpSocket first;
    QUdpSocket second;
    const QHostAddress here(QHostAddress::LocalHost);
    first.bind(here, 0);
    second.bind(here, 0);
    first.writeDatagram("one", here, port());
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    second.writeDatagram("two", here, port());
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QTRY_COMPARE(state(0), QStringLiteral("heard"));
    QTRY_COMPARE(cell(1, ConnectionsModel::Peer),
                 second.localAddress().toString() + u':' + QString::number(second.localPort()));
    QVERIFY(onPage<QWidget>("groupsBar")->isVisible());
    choose(0);
    press("sendToSelected");
    QVERIFY(onPage<RecipientButton>("composerRecipients")->text().startsWith(QStringLiteral("to #0")));
    m_window->sendText(QStringLiteral("reply"));
    QTRY_VERIFY(first.hasPendingDatagrams());
    QVERIFY(!second.hasPendingDatagrams());
}

void tst_ListenerPage::theTableFoldsAndRemembersIt()
{
    listen(QStringLiteral("tcp-listen"));
    QVERIFY(table()->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    QVERIFY(!table()->isVisible());
    listen(QStringLiteral("tcp-listen"));
    QVERIFY(!table()->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(table()->isVisible());
    QVERIFY(table()->hasFocus());
}

QTEST_MAIN(tst_ListenerPage)
#include "tst_listenerpage.moc"
