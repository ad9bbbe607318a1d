// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

const QByteArray Accepted = "HTTP/1.1 200 Connection established\r\n\r\n";

/// A client of example.test, a name that nobody resolves, through a proxy that the test plays.
struct Asked
{
    Engine engine;
    RawPeer proxy;
    LiveSession client;

    explicit Asked(const char *target = "tcp://example.test:25", const char *kind = "http",
                   std::chrono::milliseconds timeout = std::chrono::seconds(10))
        : client(engine, spec(target, kind, proxy.port(), timeout))
    {}

    static SessionSpec spec(const char *target, const char *kind, quint16 port, std::chrono::milliseconds timeout)
    {
        SessionSpec result = SessionSpec::fromTarget(QString::fromLatin1(target)).value();
        const Result<void> set = result.options.set(
            QStringLiteral("proxy"), QStringLiteral("%1://127.0.0.1:%2").arg(QLatin1String(kind)).arg(port));
        if (!set) {
            qFatal("%s", qPrintable(set.error().detail));
        }
        result.options.connectTimeout = timeout;
        result.options.tls.verify = TlsSettings::Verify::Off;
        return result;
    }

    bool isAsked() { return proxy.received().endsWith("\r\n\r\n"); }
    QString name() { return QStringLiteral("http://127.0.0.1:%1").arg(proxy.port()); }
};

QStringList phases(const LiveSession &session)
{
    QStringList names;
    for (const Phase &phase : session.connection().phases) {
        names.append(phase.name);
    }
    return names;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

/// Sessions through a proxy. How a proxy is spoken to is tested with its state machine.
class tst_ProxySession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void talksThroughHttpConnect();
    void talksThroughSocks();
    void recordsWhatCameBehindTheAnswerApart();
    void upgradesBehindTheProxy();
    void securesBehindTheProxy();
    void doesNotBeginTlsAfterSomethingElse();
    void saysWhatTheProxyRefused();
    void saysThatTheProxyCannotBeReached();
    void saysThatTheProxySentFin();
    void saysThatTheProxyWasReset();
    void saysThatTheProxyIsMute();
    void canBeGivenUp();
    void refusesWhatNoProxyCarries_data();
    void refusesWhatNoProxyCarries();
};

void tst_ProxySession::talksThroughHttpConnect()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    QCOMPARE(asked.client.state(), QStringLiteral("proxying"));
    SendRequest early;
    early.bytes = "too early";
    asked.engine.send(asked.client.id(), early);
    QTRY_COMPARE(asked.client.rejected.size(), 1u); // It would go to the proxy
    asked.proxy.send(Accepted);
    QTRY_COMPARE(asked.client.state(), QStringLiteral("open"));
    SendRequest hello;
    hello.bytes = "HELO\r\n";
    asked.engine.send(asked.client.id(), hello);
    QTRY_VERIFY(asked.proxy.received().endsWith("HELO\r\n"));
    asked.proxy.send("250 hello\r\n");
    QTRY_COMPARE(asked.client.stream(Direction::In), Accepted + "250 hello\r\n");
    asked.engine.close(asked.client.id());
    asked.proxy.finishSending();
    QTRY_VERIFY(asked.client.connection().isOver());

    const ConnectionInfo info = asked.client.connection();
    QCOMPARE(phases(asked.client), words("resolve tcp proxy open closing"));
    QCOMPARE(info.host, QStringLiteral("example.test"));
    QCOMPARE(info.peer.port, asked.proxy.port());
    QCOMPARE(info.proxy, asked.name());
    const Event opened = asked.client.events(EventType::Opened).front();
    QCOMPARE(opened.message, QStringLiteral("Connecting to example.test through the proxy ") + asked.name());
    const Event proxied = asked.client.events(EventType::Proxied).front();
    QVERIFY(proxied.data.value(QStringLiteral("accepted")).toBool());
    QCOMPARE(proxied.data.value(QStringLiteral("target")).toString(), QStringLiteral("example.test:25"));
    QCOMPARE(proxied.data.value(QStringLiteral("answer")).toString(), QStringLiteral("200 Connection established"));
    QCOMPARE(asked.client.events(EventType::StreamBegins).size(), 1u);
}

void tst_ProxySession::talksThroughSocks()
{
    Asked asked("tcp://example.test:25", "socks5");
    QTRY_COMPARE(asked.proxy.received(), QByteArray::fromHex("050100"));
    asked.proxy.send(QByteArray::fromHex("0500"));
    QTRY_VERIFY(asked.proxy.received().endsWith(QByteArray::fromHex("0019")));
    asked.proxy.send(QByteArray::fromHex("050000017f0000010019"));
    QTRY_COMPARE(asked.client.state(), QStringLiteral("open"));
    QVERIFY(asked.client.connection().proxy.startsWith(QStringLiteral("socks5://")));
}

void tst_ProxySession::recordsWhatCameBehindTheAnswerApart()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.proxy.send(Accepted + "220 ready\n"); // One read
    QTRY_COMPARE(asked.client.records(Direction::In).size(), 2u);
    QCOMPARE(asked.client.records(Direction::In).back(), QByteArray("220 ready\n"));
    QTRY_COMPARE(asked.client.log().messages()->count(), 3);
    QVERIFY(asked.client.log().messages()->at(1).kind == MessageKind::Read);
    QVERIFY(asked.client.log().messages()->at(2).kind == MessageKind::Line);
}

void tst_ProxySession::upgradesBehindTheProxy()
{
    Asked asked("ws://example.test/chat");
    QTRY_VERIFY(asked.isAsked());
    QVERIFY(asked.proxy.received().startsWith("CONNECT example.test:80 HTTP/1.1\r\n"));
    asked.proxy.send(Accepted);
    QTRY_VERIFY(asked.proxy.received().contains("GET /chat HTTP/1.1\r\nHost: example.test\r\n"));
    asked.proxy.send("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.connection().httpStatus, 404);
    QCOMPARE(phases(asked.client), words("resolve tcp proxy upgrade"));
}

void tst_ProxySession::securesBehindTheProxy()
{
    Asked asked("wss://example.test/");
    QTRY_VERIFY(asked.isAsked());
    const qsizetype before = asked.proxy.received().size();
    QVERIFY(asked.proxy.received().startsWith("CONNECT example.test:443 HTTP/1.1\r\n"));
    asked.proxy.send(Accepted);
    QTRY_VERIFY(asked.proxy.received().mid(before).contains("example.test")); // The SNI of a ClientHello
    QCOMPARE(asked.proxy.received().at(before), '\x16'); // RFC 8446, 5.1: a handshake record
    QTRY_COMPARE(asked.client.state(), QStringLiteral("securing"));
    QVERIFY(!asked.client.stream(Direction::Out).mid(before).contains("example.test")); // Only plaintext is recorded
}

void tst_ProxySession::doesNotBeginTlsAfterSomethingElse()
{
    Asked asked("tls://example.test:443");
    QTRY_VERIFY(asked.isAsked());
    asked.proxy.send(Accepted + "220 ready\r\n");
    asked.proxy.finishSending();
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.state(), QStringLiteral("failed"));
    QCOMPARE(asked.client.connection().error, QStringLiteral("the peer sent something before TLS had begun"));
    QVERIFY(asked.client.stream(Direction::In).endsWith("220 ready\r\n"));
}

void tst_ProxySession::saysWhatTheProxyRefused()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.proxy.send("HTTP/1.1 403 Filtered\r\nContent-Length: 3\r\n\r\nno\n");
    QTRY_VERIFY(asked.client.connection().isOver()); // Although the proxy keeps its side open
    QCOMPARE(asked.client.state(), QStringLiteral("failed"));
    QCOMPARE(asked.client.connection().how, QStringLiteral("refused"));
    QCOMPARE(asked.client.connection().error, QStringLiteral("the proxy answered 403 Filtered"));
    QVERIFY(asked.client.stream(Direction::In).endsWith("no\n"));
    QVERIFY(!asked.client.events(EventType::Proxied).front().data.value(QStringLiteral("accepted")).toBool(true));
    QCOMPARE(phases(asked.client), words("resolve tcp proxy"));
}

void tst_ProxySession::saysThatTheProxyCannotBeReached()
{
    Engine engine;
    const quint16 port = RawPeer::unusedPort();
    LiveSession client(engine, Asked::spec("tcp://example.test:25", "socks5", port, std::chrono::seconds(10)));
    QTRY_VERIFY(client.connection().isOver());
    QCOMPARE(client.connection().how, QStringLiteral("refused"));
    QCOMPARE(client.connection().error,
             QStringLiteral("the proxy socks5://127.0.0.1:%1 could not be reached: connection refused by 127.0.0.1:%1")
                 .arg(port));
    QCOMPARE(client.connection().attempts.size(), 1u);
    QCOMPARE(client.connection().proxy, QStringLiteral("socks5://127.0.0.1:%1").arg(port));
}

void tst_ProxySession::saysThatTheProxySentFin()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.proxy.finishSending();
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.connection().error,
             QStringLiteral("the proxy %1 sent FIN before it had answered").arg(asked.name()));
}

void tst_ProxySession::saysThatTheProxyWasReset()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.proxy.reset();
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.state(), QStringLiteral("failed"));
    QVERIFY(asked.client.connection().error.startsWith(QStringLiteral("the proxy %1: ").arg(asked.name())));
}

void tst_ProxySession::saysThatTheProxyIsMute()
{
    Asked asked("tcp://example.test:25", "http", std::chrono::milliseconds(200));
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.connection().how, QStringLiteral("timeout"));
    QCOMPARE(asked.client.connection().error,
             QStringLiteral("timed out: the proxy %1 did not answer within 200 ms").arg(asked.name()));
}

void tst_ProxySession::canBeGivenUp()
{
    Asked asked;
    QTRY_VERIFY(asked.isAsked());
    asked.engine.close(asked.client.id());
    QTRY_VERIFY(asked.client.connection().isOver());
    QCOMPARE(asked.client.state(), QStringLiteral("closed"));
    QCOMPARE(asked.client.connection().how, QStringLiteral("stopped"));
}

void tst_ProxySession::refusesWhatNoProxyCarries_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target : {"udp://example.test:53", "tcp-listen://127.0.0.1:0", "wss-listen://127.0.0.1:0"}) {
        QTest::addRow("%s", target) << QByteArray(target);
    }
}

void tst_ProxySession::refusesWhatNoProxyCarries()
{
    QFETCH(const QByteArray, target);
    Engine engine;
    LiveSession session(engine, Asked::spec(target.constData(), "http", 3128, std::chrono::seconds(10)));
    QTRY_VERIFY(session.openError.has_value());
    QVERIFY(session.openError->code == Error::Code::Usage);
    QVERIFY(session.openError->detail.startsWith(QStringLiteral("a proxy can be used by")));
    QVERIFY(!session.isOpened());
}

QTEST_GUILESS_MAIN(tst_ProxySession)
#include "tst_proxysession.moc"
