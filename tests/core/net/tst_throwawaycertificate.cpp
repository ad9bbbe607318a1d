// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/throwawaycertificate.h"
#include "tests/support/testsupport.h"

#include <QDateTime>
#include <QObject>
#include <QSslCertificate>
#include <QSslKey>
#include <QTest>

using namespace Sidewire;

class tst_ThrowAwayCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void isForTheNamesAndLocalhost();
    void needsNoNames();
    void holdsForThirtyDays();
    void isNewEachTime();
    void writesOtherLettersAsIdnaDoes();
    void letsNoNameBringOthersIn();
};

namespace {

QSslCertificate parsed(const Result<ThrowAwayCertificate> &made)
{
    return made ? QSslCertificate(made->certificate) : QSslCertificate();
}

} // namespace

void tst_ThrowAwayCertificate::isForTheNamesAndLocalhost()
{
    const auto made = ThrowAwayCertificate::make(
        {QStringLiteral("box.test"), QStringLiteral("192.0.2.7"), QStringLiteral("2001:db8::7")});
    const QSslCertificate certificate = parsed(made);
    QVERIFY(!certificate.isNull());
    QVERIFY(certificate.isSelfSigned());
    QCOMPARE(certificate.subjectInfo(QSslCertificate::CommonName), QStringList{QStringLiteral("box.test")});
    const auto names = certificate.subjectAlternativeNames();
    QCOMPARE(names.values(QSsl::DnsEntry).size(), 2);
    QVERIFY(names.contains(QSsl::DnsEntry, QStringLiteral("box.test")));
    QVERIFY(names.contains(QSsl::DnsEntry, QStringLiteral("localhost")));
    QVERIFY(names.contains(QSsl::IpAddressEntry, QStringLiteral("192.0.2.7")));
    QVERIFY(names.contains(QSsl::IpAddressEntry, QStringLiteral("2001:db8::7")));
    QVERIFY(!QSslKey(made->key, QSsl::Ec).isNull());
    QCOMPARE(certificate.publicKey().algorithm(), QSsl::Ec);
    QCOMPARE(certificate.publicKey().length(), 256);
}

void tst_ThrowAwayCertificate::needsNoNames()
{
    const QSslCertificate certificate = parsed(ThrowAwayCertificate::make({}));
    QCOMPARE(certificate.subjectAlternativeNames().values(), QStringList{QStringLiteral("localhost")});
}

void tst_ThrowAwayCertificate::holdsForThirtyDays()
{
    const QSslCertificate certificate = parsed(ThrowAwayCertificate::make({}));
    QVERIFY(certificate.effectiveDate() <= QDateTime::currentDateTimeUtc());
    QCOMPARE(certificate.effectiveDate().daysTo(certificate.expiryDate()), 30);
}

void tst_ThrowAwayCertificate::isNewEachTime()
{
    const QSslCertificate one = parsed(ThrowAwayCertificate::make({}));
    const QSslCertificate other = parsed(ThrowAwayCertificate::make({}));
    QVERIFY(one.publicKey() != other.publicKey());
    QVERIFY(one.serialNumber() != other.serialNumber());
}

void tst_ThrowAwayCertificate::writesOtherLettersAsIdnaDoes()
{
    const auto made = ThrowAwayCertificate::make({QStringLiteral("bücher.test")});
    QVERIFY(made);
    QVERIFY(parsed(made).subjectAlternativeNames().contains(QSsl::DnsEntry, QStringLiteral("xn--bcher-kva.test")));
}

void tst_ThrowAwayCertificate::letsNoNameBringOthersIn()
{
    const QSslCertificate certificate =
        parsed(ThrowAwayCertificate::make({QStringLiteral("a.test,DNS:bank.test"), QStringLiteral("b.test")}));
    QVERIFY(!certificate.isNull());
    QVERIFY(!certificate.subjectAlternativeNames().contains(QSsl::DnsEntry, QStringLiteral("bank.test")));
    QVERIFY(certificate.subjectAlternativeNames().contains(QSsl::DnsEntry, QStringLiteral("b.test")));
}

QTEST_GUILESS_MAIN(tst_ThrowAwayCertificate)
#include "tst_throwawaycertificate.moc"
