// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/livesession.h"
#include "tests/support/testsupport.h"
#include "tests/ui/mainwindow/windowfixture.h"
#include "ui/mainwindow/sessionpage.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace Sidewire;
using TestSupport::LiveSession;

/// The window with real TLS: certificates that fail, keys that are encrypted, TLS that is started by hand.
class tst_TlsInWindow : public QObject, protected TestSupport::WindowFixture
{
    Q_OBJECT

private:
    QString state() const { return m_window->stateText(); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QString::fromLatin1(name)); }
    /// A listener with a certificate that it made for itself, and a session of the window that does not accept it.
    std::unique_ptr<LiveSession> refusedByTheWindow();

    std::unique_ptr<Engine> m_peers; ///< Of the other side

private Q_SLOTS:
    void init();
    void cleanup();
    void aCertificateIsTrustedByItsFingerprint();
    void verifyingIsTurnedOffForTheSession();
    void theOptionsOfTheSessionConnectAgain();
    void tlsIsStartedByHand();
    void anEncryptedKeyAsksForItsPassphrase();
    void reconnectingIsStopped();
};

void tst_TlsInWindow::init()
{
    m_peers = std::make_unique<Engine>();
    openWindow();
}

void tst_TlsInWindow::cleanup()
{
    closeWindow();
    m_peers.reset();
}

std::unique_ptr<LiveSession> tst_TlsInWindow::refusedByTheWindow()
{
    auto peer = std::make_unique<LiveSession>(*m_peers, QStringLiteral("tls-listen://127.0.0.1:0"),
                                              QStringList{QStringLiteral("answer=echo")});
    [&] {
        QTRY_VERIFY(peer->isOpened() && peer->port() > 0);
    }();
    m_window->openTarget(QStringLiteral("tls://127.0.0.1:%1").arg(peer->port()));
    [&] {
        QTRY_VERIFY2(state().contains(QStringLiteral("TLS FAILED certificate not accepted")), qPrintable(state()));
        QTRY_VERIFY(onPage<QWidget>("verifyPanel")->isVisible());
    }();
    return peer;
}

void tst_TlsInWindow::aCertificateIsTrustedByItsFingerprint()
{
    const auto peer = refusedByTheWindow();
    QTRY_VERIFY(!onPage<QLabel>("verifyProblems")->text().isEmpty());
    onPage<QPushButton>("trustButton")->click();
    QTRY_VERIFY2(state().contains(QStringLiteral("TLS SECURED TLS 1.3")), qPrintable(state()));
    QVERIFY(state().contains(QStringLiteral("trusted by its fingerprint")));
    QTRY_VERIFY(!onPage<QWidget>("verifyPanel")->isVisible());

    // What was trusted is in the facts, and what crosses is recorded as plaintext.
    action("connection")->trigger();
    auto *facts = onPage<QTreeWidget>("connectionView");
    QTRY_VERIFY(facts->isVisible() && facts->hasFocus());
    QCOMPARE(facts->findItems(QStringLiteral("SHA-256"), Qt::MatchExactly | Qt::MatchRecursive).size(), 1);
    m_window->sendText(QStringLiteral("hello"));
    QTRY_VERIFY2(state().contains(QStringLiteral("out 6, in 6")), qPrintable(state()));
}

void tst_TlsInWindow::verifyingIsTurnedOffForTheSession()
{
    const auto peer = refusedByTheWindow();
    onPage<QPushButton>("noVerifyButton")->click();
    QTRY_VERIFY2(state().contains(QStringLiteral("TLS SECURED TLS 1.3")), qPrintable(state()));
    QVERIFY(state().contains(QStringLiteral("not verified")));

    // The next session verifies again.
    m_window->openTarget(QStringLiteral("tls://127.0.0.1:%1").arg(peer->port()));
    QTRY_VERIFY2(state().contains(QStringLiteral("TLS FAILED")), qPrintable(state()));
}

void tst_TlsInWindow::theOptionsOfTheSessionConnectAgain()
{
    const auto peer = refusedByTheWindow();
    onPage<QPushButton>("verifyOptionsButton")->click();
    auto *dialog = m_window->findChild<QDialog *>(QStringLiteral("optionsDialog"));
    QVERIFY(dialog);
    auto *verify = dialog->findChild<QWidget *>(QStringLiteral("option-verify"));
    verify->findChild<QLineEdit *>()->setText(QStringLiteral("off"));
    dialog->findChild<QPushButton *>(QStringLiteral("applyAndReconnectButton"))->click();
    QTRY_VERIFY2(state().contains(QStringLiteral("not verified")), qPrintable(state()));
}

void tst_TlsInWindow::tlsIsStartedByHand()
{
    LiveSession peer(*m_peers, QStringLiteral("tcp-listen://127.0.0.1:0"), {QStringLiteral("answer=echo")});
    QTRY_VERIFY(peer.isOpened() && peer.port() > 0);
    m_window->openTarget(QStringLiteral("tcp://127.0.0.1:%1").arg(peer.port()));
    QTRY_VERIFY2(state().contains(QStringLiteral("TCP ESTABLISHED")), qPrintable(state()));
    m_window->sendText(QStringLiteral("plain"));
    QTRY_VERIFY2(state().contains(QStringLiteral("in 6")), qPrintable(state()));
    QTRY_VERIFY(action("startTls")->isEnabled());

    // An untrusted certificate ends what was begun by hand as well.
    m_peers->startTls(peer.id());
    QTRY_COMPARE(peer.events(EventType::PhaseStarted).back().data.value(QStringLiteral("phase")).toString(),
                 QStringLiteral("tls"));
    action("startTls")->trigger();
    QTRY_VERIFY2(state().contains(QStringLiteral("TLS FAILED certificate not accepted")), qPrintable(state()));
    QTRY_VERIFY(!action("startTls")->isEnabled());
}

void tst_TlsInWindow::anEncryptedKeyAsksForItsPassphrase()
{
    const QString key = m_folder->filePath(QStringLiteral("key.pem"));
    const QString certificate = m_folder->filePath(QStringLiteral("cert.pem"));
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("rsa:2048"), QStringLiteral("-passout"), QStringLiteral("pass:sesame"),
                   QStringLiteral("-subj"), QStringLiteral("/CN=client"), QStringLiteral("-keyout"), key,
                   QStringLiteral("-out"), certificate});
    if (!openssl.waitForFinished(30'000) || openssl.exitCode() != 0) {
        QSKIP("there is no openssl to make a key with");
    }
    LiveSession peer(*m_peers, QStringLiteral("tls-listen://127.0.0.1:0"), {});
    QTRY_VERIFY(peer.isOpened() && peer.port() > 0);
    const QString target = QStringLiteral("tls://127.0.0.1:%1").arg(peer.port());

    m_window->openTarget(target);
    QTRY_VERIFY(state().contains(QStringLiteral("TLS FAILED")));
    onPage<QPushButton>("verifyOptionsButton")->click();
    auto *options = m_window->findChild<QDialog *>(QStringLiteral("optionsDialog"));
    const auto fill = [options](const char *name, const QString &text) {
        auto *field = options->findChild<QWidget *>(QStringLiteral("option-%1").arg(QLatin1String(name)));
        field->findChild<QLineEdit *>()->setText(text);
    };
    fill("verify", QStringLiteral("off"));
    fill("cert", certificate);
    fill("key", key);
    options->findChild<QPushButton *>(QStringLiteral("applyAndReconnectButton"))->click();

    const auto answer = [this](const QString &passphrase) {
        QPointer<QDialog> dialog;
        QTRY_VERIFY(dialog = m_window->findChild<QDialog *>(QStringLiteral("passphraseDialog")));
        auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("secretField"));
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        field->setText(passphrase);
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!dialog);
    };
    answer(QStringLiteral("wrong"));
    answer(QStringLiteral("sesame"));
    QTRY_VERIFY2(state().contains(QStringLiteral("TLS SECURED")), qPrintable(state()));

    // It is nowhere on the disk.
    const QDir logs(m_folder->filePath(QStringLiteral("logs")));
    for (const QFileInfo &info : logs.entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("sesame"));
    }
    QFile settings(m_folder->filePath(QStringLiteral("settings.ini")));
    QVERIFY(!settings.open(QIODevice::ReadOnly) || !settings.readAll().contains("sesame"));
}

void tst_TlsInWindow::reconnectingIsStopped()
{
    LiveSession peer(*m_peers, QStringLiteral("tcp-listen://127.0.0.1:0"), {});
    QTRY_VERIFY(peer.isOpened() && peer.port() > 0);
    m_window->openTarget(QStringLiteral("tcp://127.0.0.1:%1").arg(peer.port()));
    QTRY_VERIFY(state().contains(QStringLiteral("TCP ESTABLISHED")));
    action("sessionOptions")->trigger();
    auto *options = m_window->findChild<QDialog *>(QStringLiteral("optionsDialog"));
    QVERIFY(options);
    options->findChild<QWidget *>(QStringLiteral("option-reconnect"))
        ->findChild<QLineEdit *>()
        ->setText(QStringLiteral("3600000"));
    options->findChild<QPushButton *>(QStringLiteral("applyAndReconnectButton"))->click();
    QTRY_COMPARE(peer.connectionCount(), qint64(2));
    QTRY_VERIFY(state().contains(QStringLiteral("TCP ESTABLISHED")));
    m_peers->reset(peer.id(), {ConnectionId{1}}); // A FIN alone would only end their direction
    auto *stop = onPage<QPushButton>("stopReconnectingButton");
    QTRY_VERIFY(stop->isVisible());
    QVERIFY(onPage<QLabel>("notice")->text().contains(QStringLiteral("(attempt 1)")));
    stop->click();
    QTRY_VERIFY(!stop->isVisible());
    QTRY_VERIFY(!action("stopReconnecting")->isEnabled());
}

QTEST_MAIN(tst_TlsInWindow)
#include "tst_tlsinwindow.moc"
