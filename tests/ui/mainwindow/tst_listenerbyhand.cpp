// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/ui/mainwindow/windowfixture.h"
#include "ui/mainwindow/connectionspane.h"
#include "ui/mainwindow/sessionpage.h"
#include "ui/views/connectionsview.h"
#include "ui/widgets/targetbar.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QUdpSocket>
#include <QWebSocket>

using namespace Sidewire;
using TestSupport::LiveSession;
using TestSupport::RawPeer;

/// What a person decides while clients wait: upgrades, accepting, TLS for one of them. In the real window with the real
/// engine.
class tst_ListenerByHand : public QObject, protected TestSupport::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anUpgradeIsAccepted();
    void anUpgradeIsRefusedWithAStatus();
    void acceptingIsPausedAndGoesOn();
    void theListenerStopsAndItsClientsStay();
    void allClientsAreClosedAndTheListenerStays();
    void tlsIsStartedWithOneClient();
    void aUdpPortIsPaused();

private:
    ConnectionsView *table() const { return onPage<ConnectionsView>("connectionsView"); }
    QVariant cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return table()->model()->index(row, column).data(role);
    }
    QString state(int row) const { return cell(row, ConnectionsModel::State).toString(); }
    quint16 port() const { return onPage<QLabel>("localEndpoint")->text().section(u':', -1).toUShort(); }
    QString notice() const { return onPage<QLabel>("notice")->text(); }
    void listen(const QString &target, const QStringList &options = {});
    void choose(int row) const
    {
        table()->selectionModel()->setCurrentIndex(table()->model()->index(row, 0),
                                                   QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    void press(const char *button) const { onPage<QToolButton>(button)->click(); }

    std::unique_ptr<Engine> m_peers; ///< Of the other side
};

void tst_ListenerByHand::init()
{
    TestSupport::failOnWarnings();
    m_peers = std::make_unique<Engine>();
    openWindow();
}

void tst_ListenerByHand::cleanup()
{
    closeWindow();
    m_peers.reset();
}

void tst_ListenerByHand::listen(const QString &target, const QStringList &options)
{
    SessionSpec spec = SessionSpec::fromTarget(target).value();
    for (const QString &option : options) {
        QVERIFY(spec.options.set(option.section(u'=', 0, 0), option.section(u'=', 1)));
    }
    Q_EMIT m_window->findChild<TargetBar *>()->openRequested(spec);
    QTRY_VERIFY2(m_window->stateText().contains(QStringLiteral("LISTENING")), qPrintable(m_window->stateText()));
    QTRY_VERIFY(port() != 0);
}

void tst_ListenerByHand::anUpgradeIsAccepted()
{
    listen(QStringLiteral("ws-listen://127.0.0.1:0"), {QStringLiteral("upgrade=ask")});
    QWebSocket client(QStringLiteral("http://page.example"));
    client.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/chat").arg(port())));
    auto *bar = onPage<QWidget>("waitingBar");
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(state(0), QStringLiteral("waits for you"));
    QVERIFY(cell(0, ConnectionsModel::State, Qt::BackgroundRole).isValid());
    QVERIFY(cell(0, ConnectionsModel::State, Qt::FontRole).value<QFont>().bold());
    const QString asked = onPage<QLabel>("waitingText")->text();
    QVERIFY2(asked.contains(QStringLiteral("/chat, origin http://page.example")), qPrintable(asked));
    QCOMPARE(client.state(), QAbstractSocket::ConnectingState);

    onPage<QPushButton>("acceptUpgrade")->click();
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    QTRY_VERIFY(!bar->isVisible());
    QTRY_COMPARE(state(0), QStringLiteral("open"));
    QVERIFY(!cell(0, ConnectionsModel::State, Qt::BackgroundRole).isValid());
    client.sendTextMessage(QStringLiteral("hello"));
    QTRY_COMPARE(cell(0, ConnectionsModel::MessagesIn).toString(), QStringLiteral("1"));
}

void tst_ListenerByHand::anUpgradeIsRefusedWithAStatus()
{
    listen(QStringLiteral("ws-listen://127.0.0.1:0"), {QStringLiteral("upgrade=ask")});
    std::vector<std::unique_ptr<RawPeer>> clients;
    for (const QByteArray path : {"/one", "/two"}) {
        clients.push_back(RawPeer::connectTo(port()));
        clients.back()->send("GET " + path
                             + " HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        const auto count = static_cast<int>(clients.size());
        QTRY_VERIFY(table()->model()->rowCount() == count && state(count - 1) == QStringLiteral("waits for you"));
    }
    const QString asked = onPage<QLabel>("waitingText")->text();
    QVERIFY2(asked.contains(QStringLiteral("/one")) && asked.contains(QStringLiteral("1 more")), qPrintable(asked));

    const QList<QAction *> refusals = onPage<QPushButton>("refuseUpgrade")->menu()->actions();
    QCOMPARE(refusals.at(1)->text(), QStringLiteral("404 Not Found"));
    refusals.at(1)->trigger();
    QTRY_VERIFY(clients[0]->received().startsWith("HTTP/1.1 404 Not Found\r\n"));
    QTRY_VERIFY(onPage<QLabel>("waitingText")->text().contains(QStringLiteral("/two")));
    QCOMPARE(clients[1]->received(), QByteArray());
    onPage<QPushButton>("acceptUpgrade")->click();
    QTRY_VERIFY(clients[1]->received().startsWith("HTTP/1.1 101 "));
    QTRY_VERIFY(!onPage<QWidget>("waitingBar")->isVisible());
}

void tst_ListenerByHand::acceptingIsPausedAndGoesOn()
{
    listen(QStringLiteral("tcp-listen://127.0.0.1:0"));
    const auto first = RawPeer::connectTo(port());
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    press("acceptingButton");
    QTRY_VERIFY2(m_window->stateText().contains(QStringLiteral("accepting paused")), qPrintable(m_window->stateText()));

    // The second one is connected as far as it can see; the first one is served all the while.
    const auto second = RawPeer::connectTo(port());
    QTRY_VERIFY(second->isConnected());
    second->send("early");
    first->send("hello");
    QTRY_COMPARE(cell(0, ConnectionsModel::BytesIn).toString(), QStringLiteral("5 B"));
    QCOMPARE(table()->model()->rowCount(), 1);

    QCOMPARE(onPage<QToolButton>("acceptingButton")->text(), QStringLiteral("Go on accepting"));
    press("acceptingButton");
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QTRY_COMPARE(cell(1, ConnectionsModel::BytesIn).toString(), QStringLiteral("5 B"));
    QVERIFY(!m_window->stateText().contains(QStringLiteral("paused")));
}

void tst_ListenerByHand::theListenerStopsAndItsClientsStay()
{
    listen(QStringLiteral("tcp-listen://127.0.0.1:0"));
    const auto client = RawPeer::connectTo(port());
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    press("stopButton");
    QTRY_VERIFY2(m_window->stateText().contains(QStringLiteral("STOPPED 1 client")), qPrintable(m_window->stateText()));
    QCOMPARE(state(0), QStringLiteral("open"));
    m_window->sendText(QStringLiteral("still here"));
    QTRY_COMPARE(client->received(), QByteArray("still here\n"));

    QTRY_COMPARE(onPage<QToolButton>("stopButton")->text(), QStringLiteral("Listen again"));
    const quint16 before = port();
    press("stopButton");
    QTRY_VERIFY2(m_window->stateText().contains(QStringLiteral("LISTENING 1 client")),
                 qPrintable(m_window->stateText()));
    QCOMPARE(port(), before);
    QVERIFY(!client->isFinReceived());
}

void tst_ListenerByHand::allClientsAreClosedAndTheListenerStays()
{
    listen(QStringLiteral("tcp-listen://127.0.0.1:0"));
    QVERIFY(!onPage<QToolButton>("closeAll")->isEnabled());
    std::vector<std::unique_ptr<RawPeer>> clients;
    for (int count = 1; count <= 3; ++count) {
        clients.push_back(RawPeer::connectTo(port()));
        QTRY_COMPARE(table()->model()->rowCount(), count);
    }
    press("closeAll");
    for (const auto &client : clients) {
        QTRY_VERIFY(client->isFinReceived());
        client->close();
    }
    QTRY_COMPARE(onPage<QLabel>("connectionCounts")->text(), QStringLiteral("0 open, 3 gone"));
    QVERIFY(m_window->stateText().contains(QStringLiteral("LISTENING 0 clients")));
    QTRY_VERIFY(!onPage<QToolButton>("closeAll")->isEnabled());
}

void tst_ListenerByHand::tlsIsStartedWithOneClient()
{
    listen(QStringLiteral("tcp-listen://127.0.0.1:0"));
    const auto plain = RawPeer::connectTo(port());
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    LiveSession client(*m_peers, QStringLiteral("tcp://127.0.0.1:%1").arg(port()), {QStringLiteral("verify=off")});
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QTRY_COMPARE(client.state(), QStringLiteral("open"));

    // As a mail server does it: nothing that follows the go-ahead may be read before TLS is there.
    choose(1);
    press("pauseSelected");
    QTRY_COMPARE(state(1), QStringLiteral("open, paused"));
    press("sendToSelected");
    m_window->sendText(QStringLiteral("220 go ahead"));
    QTRY_COMPARE(client.stream(Direction::In), QByteArray("220 go ahead\n"));
    m_peers->startTls(client.id());
    QTRY_COMPARE(client.state(), QStringLiteral("securing"));
    m_window->findChild<QAction *>(QStringLiteral("startTls"))->trigger();
    QTRY_VERIFY(client.connection().tls.isSecured);
    QTRY_COMPARE(client.state(), QStringLiteral("open"));
    QTRY_COMPARE(state(1), QStringLiteral("open, paused"));
    QCOMPARE(cell(1, ConnectionsModel::BytesIn).toString(),
             QStringLiteral("0 B")); // No ClientHello among the plaintext
    press("pauseSelected");
    m_peers->send(client.id(), {SendRequest::Kind::Bytes, "secret", 1000, {}});
    QTRY_COMPARE(cell(1, ConnectionsModel::BytesIn).toString(), QStringLiteral("6 B"));
    QCOMPARE(state(0), QStringLiteral("open"));
    QCOMPARE(plain->received(), QByteArray());
}

void tst_ListenerByHand::aUdpPortIsPaused()
{
    listen(QStringLiteral("udp-listen://127.0.0.1:0"));
    auto *pause = onPage<QToolButton>("pauseButton");
    QVERIFY(pause->isVisible());
    QVERIFY(!pause->isEnabled()); // Nobody to tell of it yet
    QUdpSocket peer;
    const QHostAddress here(QHostAddress::LocalHost);
    peer.writeDatagram("one", here, port());
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QTRY_VERIFY(pause->isEnabled());
    pause->click();
    QTRY_COMPARE(pause->text(), QStringLiteral("Resume"));
    QTRY_COMPARE(state(0), QStringLiteral("heard, paused"));
    QVERIFY2(notice().startsWith(QStringLiteral("Reading is paused.")), qPrintable(notice()));
    peer.writeDatagram("two", here, port());
    m_window->sendText(QStringLiteral("answer")); // Sending is not paused
    QTRY_VERIFY(peer.hasPendingDatagrams());
    QCOMPARE(cell(0, ConnectionsModel::BytesIn).toString(), QStringLiteral("3 B"));
    pause->click();
    QTRY_COMPARE(cell(0, ConnectionsModel::BytesIn).toString(), QStringLiteral("6 B"));
    QTRY_COMPARE(pause->text(), QStringLiteral("Pause"));
    QTRY_VERIFY(!onPage<QLabel>("notice")->isVisible());
}

QTEST_MAIN(tst_ListenerByHand)
#include "tst_listenerbyhand.moc"
