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

namespace {

SessionSpec spec(const QString &target)
{
    return SessionSpec::fromTarget(target).value();
}

SessionSpec listening(const char *scheme, AnswerOptions::Kind answer = AnswerOptions::Kind::Echo)
{
    SessionSpec result = spec(QStringLiteral("%1-listen://127.0.0.1:0").arg(QLatin1String(scheme)));
    result.options.answer.kind = answer;
    return result;
}

SessionSpec client(const char *scheme, quint16 port, TlsSettings::Verify verify = TlsSettings::Verify::Off)
{
    SessionSpec result = spec(QStringLiteral("%1://127.0.0.1:%2").arg(QLatin1String(scheme)).arg(port));
    result.options.tls.verify = verify;
    return result;
}

SendRequest bytes(const QByteArray &content)
{
    SendRequest request;
    request.bytes = content;
    return request;
}

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

/// A tcp client and its listener, open.
struct Pair
{
    Engine engine;
    LiveSession listener{engine, listening("tcp", AnswerOptions::Kind::None)};
    std::unique_ptr<LiveSession> client;

    void open()
    {
        QTRY_VERIFY(listener.port() != 0);
        client = std::make_unique<LiveSession>(engine, spec(QStringLiteral("tcp://127.0.0.1:%1").arg(listener.port())));
        QTRY_COMPARE(client->state(), QStringLiteral("open"));
        QTRY_COMPARE(listener.state(), QStringLiteral("open"));
    }
};

} // namespace

/// Sessions with TLS below. What TLS itself does is tested with its stream.
class tst_TlsSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void talksToAListenerWithItsOwnCertificate();
    void takesOtherOptionsForTheNextClient();
    void carriesAWebSocket();
    void failsWhenTheCertificateIsNotRight();
    void acceptsTheCertificateThatIsPinned();
    void failsWhenTheHandshakeTakesTooLong();
    void failsWhenThePeerSpeaksNoTls();
    void canBeGivenUp();
    void doesNotConnectWithAMissingFile();
    void doesNotListenWithAMissingFile();
    void startsOnAnOpenConnection();
    void doesNotStartWhereItCannot();
    void failsOnAnOpenConnection();
};

void tst_TlsSession::talksToAListenerWithItsOwnCertificate()
{
    Engine engine;
    LiveSession listener(engine, listening("tls"));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession peer(engine, client("tls", listener.port()));
    QTRY_COMPARE(peer.state(), QStringLiteral("open"));

    const QByteArray content = randomBytes(3'000'000, 1);
    engine.send(peer.id(), bytes(content));
    QTRY_COMPARE_WITH_TIMEOUT(peer.connection().bytes[indexOf(Direction::In)], content.size(), 20'000);
    engine.close(peer.id());
    QTRY_VERIFY(peer.connection().isOver());
    QTRY_VERIFY(listener.connection().isOver());

    // The records are the plaintext.
    QCOMPARE(peer.stream(Direction::In), content);
    QCOMPARE(peer.stream(Direction::Out), content);
    QCOMPARE(listener.stream(Direction::In), content);
    QCOMPARE(peer.connection().how, QStringLiteral("fin"));
    QCOMPARE(peer.connection().closedBy, ClosedBy::Us);
    QCOMPARE(listener.connection().closedBy, ClosedBy::Peer);
    QCOMPARE(phases(peer), words("resolve tcp tls open closing"));
    QCOMPARE(phases(listener).first(2), words("tls open"));

    const TlsFacts tls = peer.connection().tls;
    QVERIFY(tls.isSecured);
    QCOMPARE(tls.protocol, QStringLiteral("TLS 1.3"));
    QCOMPARE(tls.verification, QStringLiteral("off"));
    QCOMPARE(tls.chain.size(), 1u);
    QVERIFY(peer.events(EventType::Secured).front().message.startsWith(QStringLiteral("TLS 1.3, TLS_")));
    QVERIFY(peer.events(EventType::StreamBegins).empty());
    const QString note = listener.events(EventType::Note).front().message;
    QVERIFY2(note.endsWith(tls.chain.front().sha256), qPrintable(note));
    QVERIFY(tls.chain.front().names.contains(QStringLiteral("IP:127.0.0.1")));
    QVERIFY(tls.chain.front().names.contains(QStringLiteral("DNS:localhost")));
}

void tst_TlsSession::takesOtherOptionsForTheNextClient()
{
    Engine engine;
    SessionSpec options = listening("tls");
    LiveSession listener(engine, options);
    QTRY_VERIFY(listener.port() != 0);
    LiveSession first(engine, client("tls", listener.port()));
    QTRY_COMPARE(first.state(), QStringLiteral("open"));
    options.options.tls.maximum = TlsVersion::Tls12;
    engine.setOptions(listener.id(), options.options);
    LiveSession second(engine, client("tls", listener.port()));
    QTRY_COMPARE(second.state(), QStringLiteral("open"));
    QCOMPARE(first.connection().tls.protocol, QStringLiteral("TLS 1.3"));
    QCOMPARE(second.connection().tls.protocol, QStringLiteral("TLS 1.2"));
}

void tst_TlsSession::carriesAWebSocket()
{
    Engine engine;
    LiveSession listener(engine, listening("wss"));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession peer(engine, client("wss", listener.port()));
    QTRY_COMPARE(peer.state(), QStringLiteral("open"));
    engine.send(peer.id(), bytes("hello"));
    QTRY_COMPARE(peer.connection().messages[indexOf(Direction::In)], 2); // The answer to the upgrade is one
    engine.close(peer.id());
    QTRY_VERIFY(peer.connection().isOver());

    QCOMPARE(peer.connection().how, QStringLiteral("close-frame"));
    QCOMPARE(peer.connection().tls.alpn, QStringLiteral("http/1.1"));
    QCOMPARE(phases(peer), words("resolve tcp tls upgrade open closing"));
    QVERIFY(peer.stream(Direction::Out).startsWith("GET / HTTP/1.1\r\n"));
    QVERIFY(peer.stream(Direction::Out).contains("Host: 127.0.0.1:" + QByteArray::number(listener.port()) + "\r\n"));
}

void tst_TlsSession::failsWhenTheCertificateIsNotRight()
{
    Engine engine;
    LiveSession listener(engine, listening("tls"));
    QTRY_VERIFY(listener.port() != 0);
    LiveSession peer(engine, client("tls", listener.port(), TlsSettings::Verify::On));
    QTRY_VERIFY(peer.connection().isOver());
    QCOMPARE(peer.state(), QStringLiteral("failed"));
    QCOMPARE(phases(peer), words("resolve tcp tls"));
    QVERIFY(peer.connection().phases.back().hasFailed);

    const ConnectionInfo info = peer.connection();
    QVERIFY(!info.tls.isSecured);
    QVERIFY(!info.tls.problems.empty());
    QCOMPARE(info.tls.chain.size(), 1u);
    QVERIFY2(info.error.contains(info.tls.problems.front().what), qPrintable(info.error));
    const std::vector<Event> failures = peer.events(EventType::VerifyFailed);
    QCOMPARE(failures.size(), 1u);
    QVERIFY(failures.front().data.value(QStringLiteral("fatal")).toBool());
    QVERIFY(peer.stream(Direction::Out).isEmpty());
}

void tst_TlsSession::acceptsTheCertificateThatIsPinned()
{
    Engine engine;
    LiveSession listener(engine, listening("tls"));
    QTRY_VERIFY(listener.port() != 0);
    SessionSpec pinned = client("tls", listener.port(), TlsSettings::Verify::On);
    LiveSession peer(engine, pinned);
    QTRY_VERIFY(peer.connection().isOver());

    // "Trust this certificate for this session"
    pinned.options.tls.verify = TlsSettings::Verify::Pinned;
    pinned.options.tls.fingerprint = peer.connection().tls.chain.front().sha256;
    engine.setOptions(peer.id(), pinned.options);
    engine.reconnect(peer.id());
    QTRY_COMPARE(peer.state(1), QStringLiteral("open"));
    QCOMPARE(peer.connection(1).tls.verification, QStringLiteral("pinned"));
}

void tst_TlsSession::failsWhenTheHandshakeTakesTooLong()
{
    Engine engine;
    RawPeer mute;
    SessionSpec impatient = client("tls", mute.port());
    impatient.options.connectTimeout = std::chrono::milliseconds(200);
    LiveSession peer(engine, impatient);
    QTRY_VERIFY(peer.connection().isOver());
    QTRY_VERIFY(mute.isReset());
    QCOMPARE(peer.state(), QStringLiteral("failed"));
    QCOMPARE(peer.connection().how, QStringLiteral("timeout"));
    QCOMPARE(peer.connection().error, QStringLiteral("timed out: the TLS handshake was not done within 200 ms"));
}

void tst_TlsSession::failsWhenThePeerSpeaksNoTls()
{
    Engine engine;
    RawPeer mail;
    LiveSession peer(engine, client("tls", mail.port()));
    QTRY_VERIFY(!mail.received().isEmpty());
    mail.send("220 mail.example ESMTP\r\n");
    QTRY_VERIFY(peer.connection().isOver());
    QCOMPARE(peer.state(), QStringLiteral("failed"));
    QVERIFY(!peer.connection().error.isEmpty());
    QVERIFY(peer.stream(Direction::In).isEmpty());
}

void tst_TlsSession::canBeGivenUp()
{
    Engine engine;
    RawPeer mute;
    LiveSession peer(engine, client("tls", mute.port()));
    QTRY_VERIFY(!mute.received().isEmpty());
    engine.send(peer.id(), bytes("too early"));
    engine.close(peer.id());
    QTRY_VERIFY(peer.connection().isOver());
    QCOMPARE(peer.state(), QStringLiteral("closed"));
    QCOMPARE(peer.connection().how, QStringLiteral("stopped"));
    QCOMPARE(peer.rejected.size(), 1u);
}

void tst_TlsSession::doesNotConnectWithAMissingFile()
{
    Engine engine;
    RawPeer server;
    SessionSpec broken = client("tls", server.port());
    broken.options.tls.caFile = QStringLiteral("/nonexistent/ca.pem");
    LiveSession peer(engine, broken);
    QTRY_VERIFY(peer.connection().isOver());
    QCOMPARE(peer.state(), QStringLiteral("failed"));
    QVERIFY2(peer.connection().error.contains(QStringLiteral("/nonexistent/ca.pem")),
             qPrintable(peer.connection().error));
    QVERIFY(peer.connection().attempts.empty());
}

void tst_TlsSession::doesNotListenWithAMissingFile()
{
    Engine engine;
    SessionSpec broken = listening("tls");
    broken.options.tls.certificateFile = QStringLiteral("/nonexistent/cert.pem");
    LiveSession listener(engine, broken);
    QTRY_VERIFY(!listener.events(EventType::ListenFailed).empty());
    QVERIFY(listener.events(EventType::Listening).empty());
    QVERIFY(listener.events(EventType::ListenFailed).front().message.contains(QStringLiteral("/nonexistent/cert.pem")));
}

void tst_TlsSession::startsOnAnOpenConnection()
{
    Pair pair;
    pair.open();
    Engine &engine = pair.engine;
    engine.send(pair.client->id(), bytes("STARTTLS\r\n"));
    QTRY_COMPARE(pair.listener.stream(Direction::In), QByteArray("STARTTLS\r\n"));
    // What the client says of TLS must not be read as something else.
    engine.pauseReading(pair.listener.id());
    engine.send(pair.listener.id(), bytes("220 go\r\n"));
    QTRY_COMPARE(pair.client->stream(Direction::In), QByteArray("220 go\r\n"));
    SessionOptions trusting;
    trusting.tls.verify = TlsSettings::Verify::Off;
    engine.setOptions(pair.client->id(), trusting);
    engine.startTls(pair.client->id());
    QTRY_COMPARE(pair.client->state(), QStringLiteral("securing"));
    engine.startTls(pair.listener.id());
    QTRY_COMPARE(pair.client->state(), QStringLiteral("open"));
    QTRY_COMPARE(pair.listener.state(), QStringLiteral("open"));
    engine.resumeReading(pair.listener.id());

    engine.send(pair.client->id(), bytes("EHLO\r\n"));
    QTRY_COMPARE(pair.listener.stream(Direction::In), QByteArray("STARTTLS\r\nEHLO\r\n"));
    engine.send(pair.listener.id(), bytes("250 hello\r\n"));
    QTRY_COMPARE(pair.client->stream(Direction::In), QByteArray("220 go\r\n250 hello\r\n"));
    engine.close(pair.client->id());
    engine.close(pair.listener.id());
    QTRY_VERIFY(pair.client->connection().isOver());

    QCOMPARE(phases(*pair.client), words("resolve tcp open tls open closing"));
    QVERIFY(pair.client->connection().tls.isSecured);
    QCOMPARE(pair.client->connection().how, QStringLiteral("fin"));
    const std::vector<Event> begins = pair.client->events(EventType::StreamBegins);
    QCOMPARE(begins.size(), 1u);
    QCOMPARE(begins.front().data.value(QStringLiteral("layer")).toString(), QStringLiteral("tls"));
    QVERIFY(begins.front().message.contains(QStringLiteral("plaintext")));
}

void tst_TlsSession::doesNotStartWhereItCannot()
{
    Pair pair;
    pair.open();
    Engine &engine = pair.engine;
    engine.finishSending(pair.client->id());
    engine.startTls(pair.client->id());
    QTRY_COMPARE(pair.client->rejected.size(), 1u);
    QCOMPARE(pair.client->rejected.front().detail,
             QStringLiteral("TLS needs a connection that is open in both directions"));

    LiveSession websocket(engine, listening("ws"));
    engine.startTls(websocket.id());
    QTRY_COMPARE(websocket.rejected.size(), 1u);

    // More than the kernel takes while nobody reads
    RawPeer reader;
    reader.setReading(false);
    LiveSession flood(engine, client("tcp", reader.port()));
    QTRY_COMPARE(flood.state(), QStringLiteral("open"));
    engine.send(flood.id(), bytes(QByteArray(60'000'000, 'x')));
    engine.startTls(flood.id());
    QTRY_COMPARE(flood.rejected.size(), 1u);
    QVERIFY2(flood.rejected.front().detail.endsWith(QStringLiteral("bytes are still queued")),
             qPrintable(flood.rejected.front().detail));
    QCOMPARE(flood.state(), QStringLiteral("open"));
    engine.reset(flood.id());
    QTRY_VERIFY(flood.connection().isOver());
}

void tst_TlsSession::failsOnAnOpenConnection()
{
    Pair pair;
    pair.open();
    Engine &engine = pair.engine;
    engine.startTls(pair.listener.id()); // With a certificate that the client does not know
    QTRY_COMPARE(pair.listener.state(), QStringLiteral("securing"));
    engine.startTls(pair.client->id());
    QTRY_VERIFY(pair.client->connection().isOver());
    QCOMPARE(pair.client->state(), QStringLiteral("failed"));
    QCOMPARE(phases(*pair.client), words("resolve tcp open tls"));
    QVERIFY(!pair.client->connection().tls.isSecured);
    QTRY_COMPARE(pair.listener.state(), QStringLiteral("failed"));
}

QTEST_GUILESS_MAIN(tst_TlsSession)
#include "tst_tlssession.moc"
