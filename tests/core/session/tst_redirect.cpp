// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "core/session/redirect.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

QString target(const RawPeer &peer, const char *path = "/")
{
    return QStringLiteral("ws://127.0.0.1:%1%2").arg(peer.port()).arg(QLatin1String(path));
}

bool isAsked(RawPeer &peer)
{
    return peer.received().endsWith("\r\n\r\n");
}

QByteArray found(const QString &location, int status = 302)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Found\r\nLocation: " + location.toLatin1()
        + "\r\nContent-Length: 0\r\n\r\n";
}

const QStringList Secrets{QStringLiteral("auth=alice:secret"), QStringLiteral("cookie=id=1"),
                          QStringLiteral("header=authorization: x"), QStringLiteral("header=X-Mine: y"),
                          QStringLiteral("redirects=2")};

} // namespace

/// Servers that answer the upgrade with another address.
class tst_Redirect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void leadsTo_data();
    void leadsTo();
    void leadsNowhere_data();
    void leadsNowhere();
    void takesSecretsToTheSameOriginOnly_data();
    void takesSecretsToTheSameOriginOnly();
    void isFollowedWhenAsked_data();
    void isFollowedWhenAsked();
    void isNamedWhenNotAsked();
    void endsInALoop();
    void endsWhenThereAreTooMany();
    void isNotFollowedAfterClosing();
};

void tst_Redirect::leadsTo_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("to");
    const auto row = [](const char *location, const char *to) {
        QTest::newRow(location) << QByteArray(location) << QString::fromLatin1(to);
    };
    row("ws://other.test/", "ws://other.test/");
    row("wss://other.test:8443/x?y=1", "wss://other.test:8443/x?y=1");
    row("https://other.test/x", "wss://other.test/x");
    row("http://other.test", "ws://other.test/");
    row("//other.test/x", "ws://other.test/x");
    row("/x/y", "ws://example.test:8080/x/y");
    row("z?q", "ws://example.test:8080/a/z?q");
    row("../z#here", "ws://example.test:8080/z");
    row("ws://mallory:pass@other.test/", "ws://other.test/");
    row("ws://[::1]:81/", "ws://[::1]:81/");
    row("/%20x%2fy", "ws://example.test:8080/%20x%2Fy");
}

void tst_Redirect::leadsTo()
{
    QFETCH(const QByteArray, location);
    QFETCH(const QString, to);
    const SessionSpec from = SessionSpec::fromTarget(QStringLiteral("ws://example.test:8080/a/b?c")).value();
    const Result<SessionSpec> next = redirected(from, location);
    QVERIFY2(next.has_value(), next ? "" : qPrintable(next.error().detail));
    QCOMPARE(next->target(), to);
    QVERIFY(next->options.auth.isEmpty());
}

void tst_Redirect::leadsNowhere_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("ftp") << QByteArray("ftp://other.test/");
    QTest::newRow("script") << QByteArray("javascript:alert(1)");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("listener") << QByteArray("ws-listen://127.0.0.1:80/");
    QTest::newRow("no host") << QByteArray("ws:///x");
    QTest::newRow("port") << QByteArray("ws://other.test:99999/");
    QTest::newRow("broken") << QByteArray("ws://oth er/");
    QTest::newRow("long") << "/" + QByteArray(20'000, 'x');
}

void tst_Redirect::leadsNowhere()
{
    QFETCH(const QByteArray, location);
    const SessionSpec from = SessionSpec::fromTarget(QStringLiteral("ws://example.test/")).value();
    QVERIFY(!redirected(from, location).has_value());
}

void tst_Redirect::takesSecretsToTheSameOriginOnly_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<bool>("isSame");
    QTest::newRow("path") << QByteArray("/x") << true;
    QTest::newRow("spelling") << QByteArray("ws://EXAMPLE.test:80/x") << true;
    QTest::newRow("host") << QByteArray("ws://www.example.test/") << false;
    QTest::newRow("port") << QByteArray("ws://example.test:81/") << false;
    QTest::newRow("scheme") << QByteArray("wss://example.test:80/") << false;
}

void tst_Redirect::takesSecretsToTheSameOriginOnly()
{
    QFETCH(const QByteArray, location);
    QFETCH(const bool, isSame);
    SessionSpec from = SessionSpec::fromTarget(QStringLiteral("ws://example.test/")).value();
    from.options.auth = QStringLiteral("alice:secret");
    from.options.cookies = QStringList{QStringLiteral("id=1")};
    from.options.headers = {{"COOKIE", "a"}, {"X-Mine", "b"}, {"Authorization", "c"}, {"host", "d"}};
    const SessionSpec next = redirected(from, location).value();
    QCOMPARE(next.options.auth.isEmpty(), !isSame);
    QCOMPARE(next.options.cookies.isEmpty(), !isSame);
    QCOMPARE(next.options.headers.size(), isSame ? 4u : 1u);
}

void tst_Redirect::isFollowedWhenAsked_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d", status) << status;
    }
}

void tst_Redirect::isFollowedWhenAsked()
{
    QFETCH(const int, status);
    Engine engine;
    RawPeer first;
    RawPeer second;
    LiveSession client(engine, target(first), Secrets);
    QTRY_VERIFY(isAsked(first));
    QVERIFY(first.received().contains("Authorization: Basic "));
    QVERIFY(first.received().contains("Cookie: id=1\r\n"));
    first.send(found(target(second, "/there"), status));
    QTRY_VERIFY(isAsked(second));
    QVERIFY(second.received().startsWith("GET /there HTTP/1.1\r\n"));
    QVERIFY(second.received().contains("X-Mine: y\r\n"));
    QVERIFY(!second.received().toLower().contains("authorization"));
    QVERIFY(!second.received().toLower().contains("cookie"));
    QTRY_VERIFY(client.connection(0).isOver()); // Although the first server keeps its side open

    QCOMPARE(client.state(0), QStringLiteral("closed"));
    QCOMPARE(client.connection(0).redirectedTo, target(second, "/there"));
    QCOMPARE(client.connection(0).httpStatus, status);
    QCOMPARE(client.connection(1).peer.port, second.port());
    const Event event = client.events(EventType::Redirected).front();
    QCOMPARE(event.data.value(QStringLiteral("status")).toInt(), status);
    QVERIFY(event.data.value(QStringLiteral("followed")).toBool());
    engine.reset(client.id());
}

void tst_Redirect::isNamedWhenNotAsked()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer));
    QTRY_VERIFY(isAsked(peer));
    peer.send(found(QStringLiteral("https://other.test/x")));
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.state(), QStringLiteral("failed"));
    QCOMPARE(
        client.connection().error,
        QStringLiteral("the server answered 302 Found to the upgrade, Location: https://other.test/x; redirects are "
                       "not followed"));
    QCOMPARE(client.connection().redirectedTo, QStringLiteral("https://other.test/x"));
    QVERIFY(!client.events(EventType::Redirected).front().data.value(QStringLiteral("followed")).toBool(true));
    QCOMPARE(client.connectionCount(), 1);
}

void tst_Redirect::endsInALoop()
{
    Engine engine;
    RawPeer first;
    RawPeer second;
    LiveSession client(engine, target(first), {QStringLiteral("redirects=20")});
    QTRY_VERIFY(isAsked(first));
    first.send(found(target(second)));
    QTRY_VERIFY(isAsked(second));
    second.send(found(target(first)));
    QTRY_VERIFY(client.connection(1).isOver());
    QVERIFY2(client.connection(1).error.endsWith(QStringLiteral("the redirects go in a loop")),
             qPrintable(client.connection(1).error));
    QCOMPARE(client.connectionCount(), 2);
}

void tst_Redirect::endsWhenThereAreTooMany()
{
    Engine engine;
    RawPeer first;
    RawPeer second;
    LiveSession client(engine, target(first), {QStringLiteral("redirects=1")});
    QTRY_VERIFY(isAsked(first));
    first.send(found(target(second)));
    QTRY_VERIFY(isAsked(second));
    second.send(found(target(second, "/on")));
    QTRY_VERIFY(client.connection(1).isOver());
    QVERIFY2(client.connection(1).error.endsWith(QStringLiteral("1 redirects have been followed already")),
             qPrintable(client.connection(1).error));
}

void tst_Redirect::isNotFollowedAfterClosing()
{
    Engine engine;
    RawPeer peer;
    LiveSession client(engine, target(peer), {QStringLiteral("redirects=5")});
    QTRY_VERIFY(isAsked(peer));
    engine.close(client.id());
    peer.send(found(QStringLiteral("/other")));
    peer.finishSending();
    QTRY_VERIFY(client.connection().isOver());
    engine.end(client.id());
    QTRY_VERIFY(client.hasEnded());
    QCOMPARE(client.connectionCount(), 1);
}

QTEST_GUILESS_MAIN(tst_Redirect)
#include "tst_redirect.moc"
