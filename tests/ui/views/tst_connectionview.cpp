// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "ui/views/connectionview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace Sidewire;

namespace {

QJsonObject securedFacts()
{
    TlsFacts facts;
    facts.isSecured = true;
    facts.protocol = QStringLiteral("TLS 1.3");
    facts.verification = QStringLiteral("pinned");
    CertificateFacts certificate;
    certificate.subject = QStringLiteral("CN=<i>localhost</i>");
    certificate.sha256 = QString(64, u'c');
    facts.chain = {certificate};
    return facts.toJson();
}

} // namespace

class tst_ConnectionView : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<SessionLog> open(TestSupport::LogScript &script)
    {
        script.flush();
        std::shared_ptr<SessionLog> log = *SessionLog::create(script.file());
        log->waitUntilCaughtUp();
        return log;
    }
    static QTreeWidgetItem *row(const ConnectionView &view, const QString &name)
    {
        const auto found = view.findItems(name, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? nullptr : found.first();
    }

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void showsTheNewestOrTheChosenConnection();
    void aValueIsCopiedByItsKey();
    void whatWasFoldedStaysFolded();
};

void tst_ConnectionView::showsTheNewestOrTheChosenConnection()
{
    TestSupport::LogScript script(QStringLiteral("tls://127.0.0.1:9001"));
    script.open();
    script.open();
    script.event(EventType::Secured, ConnectionId{1}, securedFacts());
    const auto log = open(script);
    ConnectionView view;
    view.setLog(log);
    view.show();
    QCOMPARE(view.topLevelItem(0)->text(0), QStringLiteral("Connection #1"));
    QCOMPARE(row(view, QStringLiteral("protocol"))->text(1), QStringLiteral("TLS 1.3"));
    QCOMPARE(row(view, QStringLiteral("subject"))->text(1), QStringLiteral("CN=<i>localhost</i>"));
    view.setConnection(ConnectionId{0});
    QCOMPARE(view.topLevelItem(0)->text(0), QStringLiteral("Connection #0"));
    QVERIFY(!row(view, QStringLiteral("protocol")));
}

void tst_ConnectionView::aValueIsCopiedByItsKey()
{
    TestSupport::LogScript script(QStringLiteral("tls://127.0.0.1:9001"));
    script.open();
    script.event(EventType::Secured, ConnectionId{0}, securedFacts());
    const auto log = open(script);
    ConnectionView view;
    view.setLog(log);
    view.show();
    view.setCurrentItem(row(view, QStringLiteral("SHA-256")));
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), QString(64, u'c'));
}

void tst_ConnectionView::whatWasFoldedStaysFolded()
{
    TestSupport::LogScript script(QStringLiteral("tls://127.0.0.1:9001"));
    script.open();
    script.event(EventType::Secured, ConnectionId{0}, securedFacts());
    const auto log = open(script);
    ConnectionView view;
    view.setLog(log);
    view.show();
    row(view, QStringLiteral("TLS"))->setExpanded(false);
    view.setCurrentItem(row(view, QStringLiteral("peer")));
    script.event(EventType::PhaseStarted, ConnectionId{0}, {{QStringLiteral("phase"), QStringLiteral("open")}});
    script.flush();
    QTRY_VERIFY((view.refresh(), row(view, QStringLiteral("open")) != nullptr)); // The log is written by a thread
    QVERIFY(!row(view, QStringLiteral("TLS"))->isExpanded());
    QVERIFY(row(view, QStringLiteral("Steps"))->isExpanded());
    QCOMPARE(view.currentItem()->text(0), QStringLiteral("peer"));
}

QTEST_MAIN(tst_ConnectionView)
#include "tst_connectionview.moc"
