// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/base/endpoint.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_Endpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void comesBackFromText_data();
    void comesBackFromText();
    void isNullForAnythingElse_data();
    void isNullForAnythingElse();
    void isNullOnlyWithoutAddressAndPort();
};

void tst_Endpoint::comesBackFromText_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"127.0.0.1:80", "0.0.0.0:0", "255.255.255.255:65535", "[::1]:80", "[::]:1",
                             "[fe80::1%eth0]:80", "[2001:db8::1]:443"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void tst_Endpoint::comesBackFromText()
{
    QFETCH(QString, text);
    const Endpoint endpoint = Endpoint::fromString(text);
    QVERIFY(!endpoint.isNull());
    QCOMPARE(endpoint.toString(), text);
    QVERIFY(Endpoint::fromString(endpoint.toString()) == endpoint);
    QCOMPARE(qHash(Endpoint::fromString(text)), qHash(endpoint));
}

void tst_Endpoint::isNullForAnythingElse_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x",
                             "localhost:80", "::1:80", "[::1]", "[::1]80", "[::1:80", "[]:80", "[127.0.0.1:80"}) {
        QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text);
    }
}

void tst_Endpoint::isNullForAnythingElse()
{
    QFETCH(QString, text);
    QVERIFY(Endpoint::fromString(text).isNull());
}

void tst_Endpoint::isNullOnlyWithoutAddressAndPort()
{
    QVERIFY(Endpoint().isNull());
    QVERIFY(Endpoint().toString().isEmpty());
    QVERIFY(!(Endpoint{QHostAddress(QHostAddress::LocalHost), 0}.isNull()));
    QVERIFY(!(Endpoint{{}, 1}.isNull()));
}

QTEST_GUILESS_MAIN(tst_Endpoint)
#include "tst_endpoint.moc"
