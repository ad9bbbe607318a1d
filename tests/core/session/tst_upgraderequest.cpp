// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

/// What the upgrade asks for, as it stands on the wire.
class tst_UpgradeRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void says_data();
    void says();
    void keepsTheOrderOfHeaders();
    void hasEachOwnFieldOnce();
};

namespace {

/// The request of a client with these options.
QByteArray request(const QStringList &options, const char *path = "/")
{
    Engine engine;
    RawPeer peer;
    const LiveSession client(engine, QStringLiteral("ws://127.0.0.1:%1%2").arg(peer.port()).arg(QLatin1String(path)),
                             options);
    const bool isThere = QTest::qWaitFor([&] { return peer.received().endsWith("\r\n\r\n"); });
    return isThere ? peer.received() : QByteArray();
}

} // namespace

void tst_UpgradeRequest::says_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *option, const char *line) {
        QTest::newRow(option) << QStringList{QString::fromLatin1(option)} << QByteArray(line);
    };
    row("subprotocol=chat,v2.superchat", "Sec-WebSocket-Protocol: chat, v2.superchat");
    row("origin=https://example.test", "Origin: https://example.test");
    row("auth=alice:s:cret", "Authorization: Basic YWxpY2U6czpjcmV0"); // RFC 7617, 2
    row("auth=bearer abc.def", "Authorization: Bearer abc.def"); // RFC 6750, 2.1
    row("header=x-Odd-SPELLING: value", "x-Odd-SPELLING: value");
    row("header=Host: other.test:81", "Host: other.test:81");
    row("header=Empty:", "Empty: ");
    row("cookie=a=1", "Cookie: a=1");
    QTest::newRow("two cookies") << QStringList{QStringLiteral("cookie=a=1"), QStringLiteral("cookie=b=\"2\"")}
                                 << QByteArray("Cookie: a=1; b=\"2\""); // RFC 6265, 5.4
}

void tst_UpgradeRequest::says()
{
    QFETCH(const QStringList, options);
    QFETCH(const QByteArray, line);
    const QByteArray head = request(options);
    QVERIFY2(head.contains("\r\n" + line + "\r\n"), head.constData());
    const QByteArray name = line.left(line.indexOf(':') + 1).toLower();
    QCOMPARE(head.toLower().count("\r\n" + name), 1);
}

void tst_UpgradeRequest::keepsTheOrderOfHeaders()
{
    const QByteArray head = request({QStringLiteral("header=X-B: 1"), QStringLiteral("header=X-A: 2"),
                                     QStringLiteral("header=X-B: 3"), QStringLiteral("header=x-b: 3")});
    QVERIFY2(head.contains("\r\nX-B: 1\r\nX-A: 2\r\nX-B: 3\r\nx-b: 3\r\n"), head.constData());
}

void tst_UpgradeRequest::hasEachOwnFieldOnce()
{
    const QByteArray head = request({}, "/a/b?c=d%20e");
    QVERIFY2(head.startsWith("GET /a/b?c=d%20e HTTP/1.1\r\n"), head.constData());
    for (const char *name : {"Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"}) {
        QCOMPARE(head.count(QByteArray("\r\n") + name + ": "), 1);
    }
    QVERIFY(!head.contains("X-Sidewire")); // What is between us and our own socket
    QVERIFY(!head.contains("Cookie") && !head.contains("Authorization"));
}

QTEST_GUILESS_MAIN(tst_UpgradeRequest)
#include "tst_upgraderequest.moc"
