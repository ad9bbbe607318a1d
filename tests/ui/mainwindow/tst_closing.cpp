// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/ui/mainwindow/windowfixture.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QMessageBox>

#include <csignal>
#include <sys/resource.h>

using namespace Sidewire;
using TestSupport::RawPeer;

/// Closing a session, or the window, while what was recorded is not on the disk.
class tst_Closing : public QObject, protected TestSupport::WindowFixture
{
    Q_OBJECT

private:
    QMessageBox *question() const
    {
        return m_window->findChild<QMessageBox *>(QStringLiteral("recordingAtRiskDialog"));
    }
    void answer(QMessageBox::ButtonRole role);
    QString recording() const { return onPage<QLabel>("recordingLabel")->text(); }
    void allowFiles(rlim_t size);

    rlimit m_before{};
    std::unique_ptr<RawPeer> m_peer;

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGXFSZ, SIG_IGN); // As the program does
        getrlimit(RLIMIT_FSIZE, &m_before);
    }
    void init();
    void cleanup();
    void aFullDiskIsAskedAboutFirst();
    void aRemovedLogIsAskedAboutFirst();
};

void tst_Closing::init()
{
    TestSupport::failOnWarnings();
    openWindow();
    m_peer = std::make_unique<RawPeer>();
    m_window->openTarget(QStringLiteral("tcp://127.0.0.1:%1").arg(m_peer->port()));
    QTRY_VERIFY(m_peer->isConnected());
    QTRY_VERIFY(recording().startsWith(QStringLiteral("● recording ")));
}

void tst_Closing::cleanup()
{
    allowFiles(m_before.rlim_cur);
    closeWindow();
}

/// A limit on the size of files stands in for a full disk.
void tst_Closing::allowFiles(rlim_t size)
{
    const rlimit limit{size, m_before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
}

void tst_Closing::answer(QMessageBox::ButtonRole role)
{
    for (QAbstractButton *button : question()->buttons()) {
        if (question()->buttonRole(button) == role) {
            button->click();
            return;
        }
    }
    QFAIL("no such button");
}

void tst_Closing::aFullDiskIsAskedAboutFirst()
{
    allowFiles(20'000);
    m_peer->send(QByteArray(100'000, 'x'));
    QTRY_VERIFY(m_peer->unsent() >= 0 && recording().contains(QStringLiteral("File too large")));

    QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(question());
    QVERIFY(question()->text().contains(QStringLiteral("File too large")));
    answer(QMessageBox::RejectRole);
    QTRY_VERIFY(!question());
    QCOMPARE(m_window->sessionCount(), 1);

    QVERIFY(!m_window->close());
    QTRY_VERIFY(question());
    answer(QMessageBox::RejectRole);
    QTRY_VERIFY(!question() && m_window->isVisible());

    allowFiles(m_before.rlim_cur);
    QTRY_VERIFY_WITH_TIMEOUT(recording().startsWith(QStringLiteral("● recording ")), 30'000);
    QVERIFY(m_window->close());
}

void tst_Closing::aRemovedLogIsAskedAboutFirst()
{
    QDir logs(m_folder->filePath(QStringLiteral("logs")));
    const QStringList names = logs.entryList({QStringLiteral("*.pcapng")});
    QCOMPARE(names.size(), 1);
    QVERIFY(logs.remove(names.first()));
    QTRY_VERIFY_WITH_TIMEOUT((m_peer->send("x"), recording().contains(QStringLiteral("was removed"))), 30'000);

    QTest::keyClick(m_window.get(), Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(question());
    answer(QMessageBox::DestructiveRole);
    QTRY_COMPARE(m_window->sessionCount(), 0);
}

QTEST_MAIN(tst_Closing)
#include "tst_closing.moc"
