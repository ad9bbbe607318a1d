// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/closecode.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

class tst_CloseCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void namesCodes();
    void knowsWhatMaySend_data();
    void knowsWhatMaySend();
    void readsTheCode();
};

void tst_CloseCode::namesCodes()
{
    QVERIFY(closeCodeName(1000) == "Normal Closure");
    QVERIFY(closeCodeName(1006) == "Abnormal Closure");
    QVERIFY(closeCodeName(1016) == "unassigned");
    QVERIFY(closeCodeName(3000) == "Unauthorized");
    QVERIFY(closeCodeName(3999) == "unassigned");
    QVERIFY(closeCodeName(4000) == "application code");
    QVERIFY(closeCodeName(4999) == "application code");
    QVERIFY(closeCodeName(5000) == "unassigned");
}

void tst_CloseCode::knowsWhatMaySend_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    QTest::addColumn<bool>("isSendable");

    // RFC 6455, 7.4.1 and 7.4.2, both ends of each range.
    QTest::newRow("not used") << 0 << 999 << false;
    QTest::newRow("defined") << 1000 << 1003 << true;
    QTest::newRow("reserved or never sent") << 1004 << 1006 << false;
    QTest::newRow("defined or registered") << 1007 << 1014 << true;
    QTest::newRow("TLS and the future") << 1015 << 2999 << false;
    QTest::newRow("libraries and applications") << 3000 << 4999 << true;
    QTest::newRow("out of range") << 5000 << 65535 << false;
}

void tst_CloseCode::knowsWhatMaySend()
{
    QFETCH(const int, first);
    QFETCH(const int, last);
    QFETCH(const bool, isSendable);
    for (int code = first; code <= last; ++code) {
        QCOMPARE(isSendableCloseCode(static_cast<quint16>(code)), isSendable);
    }
}

void tst_CloseCode::readsTheCode()
{
    QVERIFY(!closeCodeOf({}));
    QVERIFY(!closeCodeOf("\x03"));
    QCOMPARE(closeCodeOf(QByteArrayView("\x03\xe8", 2)), quint16(1000));
    QCOMPARE(closeCodeOf(QByteArrayView("\xff\xfe reason")), quint16(0xfffe));
}

QTEST_GUILESS_MAIN(tst_CloseCode)
#include "tst_closecode.moc"
