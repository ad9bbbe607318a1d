// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/mainwindow/verifypanel.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace Sidewire;

namespace {

constexpr qint64 Day = 86'400'000'000'000;
constexpr qint64 Now = 20'000 * Day;

TlsFacts notTrusted()
{
    TlsFacts facts;
    facts.problems = {{0, QStringLiteral("the certificate is self-signed")},
                      {0, QStringLiteral("the certificate is not for this host")}};
    CertificateFacts certificate;
    certificate.subject = QStringLiteral("CN=<b>localhost</b>");
    certificate.isSelfSigned = true;
    certificate.validFrom = Now - 10 * Day;
    certificate.validUntil = Now - 3 * Day;
    certificate.sha256 = QString(64, u'b');
    facts.chain = {certificate};
    return facts;
}

} // namespace

class tst_VerifyPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void saysWhatIsWrongAndWithWhichCertificate();
    void trustNamesTheFingerprint();
    void trustIsNeverTheDefault();
    void withoutACertificateThereIsNothingToTrust();
    void aLongChainIsCut();
};

void tst_VerifyPanel::saysWhatIsWrongAndWithWhichCertificate()
{
    VerifyPanel panel;
    panel.setFacts(notTrusted(), Now);
    const auto *problems = panel.findChild<QLabel *>(QStringLiteral("verifyProblems"));
    QCOMPARE(problems->text(),
             QStringLiteral("•  the certificate is self-signed\n•  the certificate is not for this host"));
    const auto *chain = panel.findChild<QLabel *>(QStringLiteral("verifyChain"));
    QVERIFY2(chain->text().contains(QStringLiteral("CN=<b>localhost</b>, issued by itself")),
             qPrintable(chain->text()));
    QVERIFY(chain->text().contains(QStringLiteral("expired 3 days ago")));
    QVERIFY(chain->text().contains(QString(64, u'b')));
    QCOMPARE(chain->textFormat(), Qt::PlainText);
    QCOMPARE(problems->textFormat(), Qt::PlainText);
}

void tst_VerifyPanel::trustNamesTheFingerprint()
{
    VerifyPanel panel;
    panel.setFacts(notTrusted(), Now);
    QString trusted;
    int unverified = 0;
    connect(&panel, &VerifyPanel::trustRequested, this, [&trusted](const QString &print) { trusted = print; });
    connect(&panel, &VerifyPanel::noVerifyRequested, this, [&unverified] { ++unverified; });
    panel.findChild<QPushButton *>(QStringLiteral("trustButton"))->click();
    QCOMPARE(trusted, QString(64, u'b'));
    QCOMPARE(unverified, 0);
    panel.findChild<QPushButton *>(QStringLiteral("noVerifyButton"))->click();
    QCOMPARE(unverified, 1);
}

void tst_VerifyPanel::trustIsNeverTheDefault()
{
    VerifyPanel panel;
    panel.setFacts(notTrusted(), Now);
    for (const QPushButton *button : panel.findChildren<QPushButton *>()) {
        QVERIFY(!button->isDefault() && !button->autoDefault());
    }
}

void tst_VerifyPanel::withoutACertificateThereIsNothingToTrust()
{
    VerifyPanel panel;
    TlsFacts facts = notTrusted();
    facts.chain.clear();
    panel.setFacts(facts, Now);
    QVERIFY(!panel.findChild<QPushButton *>(QStringLiteral("trustButton"))->isEnabled());
}

void tst_VerifyPanel::aLongChainIsCut()
{
    VerifyPanel panel;
    TlsFacts facts = notTrusted();
    facts.chain.resize(60, facts.chain.front());
    facts.problems.clear();
    for (int depth = 0; depth < 60; ++depth) {
        facts.problems.push_back({depth, QStringLiteral("problem %1").arg(depth)});
    }
    panel.setFacts(facts, Now);
    QVERIFY(panel.sizeHint().height() < 400);
    QVERIFY(panel.findChild<QLabel *>(QStringLiteral("verifyChain"))->text().endsWith(QStringLiteral("and 56 more")));
}

QTEST_MAIN(tst_VerifyPanel)
#include "tst_verifypanel.moc"
