// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/tlsstream.h"
#include "tests/support/certificates.h"
#include "tests/support/loopback.h"
#include "tests/support/memorysink.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QProcess>
#include <QTest>

#include <linux/sockios.h>
#include <optional>
#include <sys/ioctl.h>

using namespace Sidewire;
using Role = TlsContext::Role;
using TestSupport::Certificates;
using TestSupport::MemorySink;
using TestSupport::RawPeer;
using Verify = TlsSettings::Verify;

Q_DECLARE_METATYPE(Sidewire::TlsVersion)
Q_DECLARE_METATYPE(Sidewire::TlsSettings::ClientCertificate)

namespace {

/// A stream and what it told.
struct End
{
    MemorySink sink;
    std::unique_ptr<TlsStream> stream;
    std::optional<StreamEnd> end;
    int finsReceived = 0;
    int finsSent = 0;
    bool isSecured = false;
    std::optional<bool> isFatal; ///< Of verifyFailed()

    QString open(std::unique_ptr<QAbstractSocket> socket, Role role, const TlsSettings &settings,
                 const QString &host = QStringLiteral("localhost"))
    {
        const auto context = TlsContext::create(role, settings);
        if (!context) {
            return context.error().detail;
        }
        stream =
            std::make_unique<TlsStream>(std::make_unique<TcpStream>(std::move(socket), sink), sink, *context, host);
        TlsStream *self = stream.get();
        QObject::connect(self, &TlsStream::ended, self, [this](const StreamEnd &e) { end = e; });
        QObject::connect(self, &TlsStream::finReceived, self, [this] { ++finsReceived; });
        QObject::connect(self, &TlsStream::finSent, self, [this] { ++finsSent; });
        QObject::connect(self, &TlsStream::secured, self, [this] { isSecured = true; });
        QObject::connect(self, &TlsStream::verifyFailed, self, [this](bool fatal) { isFatal = fatal; });
        stream->start();
        return {};
    }

    const TlsFacts &facts() const { return stream->facts(); }
    QString error() const { return end ? end->error.detail : QString(); }

    bool hasProblem(const QString &part) const
    {
        const auto &problems = facts().problems;
        return std::any_of(problems.begin(), problems.end(),
                           [&part](const TlsProblem &problem) { return problem.what.contains(part); });
    }
};

/// A client and a server that talk to each other.
struct Pair
{
    End client;
    End server;

    QString open(const TlsSettings &clientSettings, const TlsSettings &serverSettings,
                 const QString &host = QStringLiteral("localhost"))
    {
        TestSupport::SocketPair sockets = TestSupport::SocketPair::open();
        const QString failed = server.open(std::move(sockets.server), Role::Server, serverSettings);
        return failed.isEmpty() ? client.open(std::move(sockets.client), Role::Client, clientSettings, host) : failed;
    }

    bool isSecured() const { return client.isSecured && server.isSecured; }
};

} // namespace

class tst_TlsStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { TestSupport::failOnWarnings(); }

    void shakesHandsAndTellsTheFacts();
    void carriesManyBytesBothWays();
    void speaksEachVersion_data();
    void speaksEachVersion();
    void namesVersionsThatDoNotMeet();
    void namesCiphersThatDoNotMeet();

    void endsEachDirectionByItself_data();
    void endsEachDirectionByItself();
    void hearsAServerThatAnswersAfterOurEnd();
    void losesNothingThatIsQueuedAtThePeersEnd();
    void closesInOrder();
    void closesBeforeTheHandshakeIsDone();
    void letsGoOfAPeerThatDoesNotClose();
    void tellsATruncation();
    void deliversWhatCameBeforeATruncation();
    void takesFinAloneForAnAnswerToItsClose();
    void tellsOfAResetByThePeer();
    void discardsWhatIsQueuedOnReset();

    void countsAsSentOnlyWhatTheKernelTook();
    void refusesMoreThanTheQueueHolds();
    void readsNothingWhilePaused();
    void waitsForTheSink();
    void stopsReadingWhileAnswersAreQueued();

    void namesWhatIsWrongWithACertificate_data();
    void namesWhatIsWrongWithACertificate();
    void namesAWeakKey();
    void acceptsAnythingWhenToldSo();
    void trustsOnlyTheFingerprintWhenPinned();
    void checksTheServerNameInsteadOfTheHost();
    void sendsNoAddressAsServerName();
    void servesWithACertificateOfItsOwn();

    void asksForClientCertificates_data();
    void asksForClientCertificates();
    void agreesOnAProtocol_data();
    void agreesOnAProtocol();
    void saysThatNoProtocolIsCommon();

    void namesWhatIsNotTls_data();
    void namesWhatIsNotTls();
    void namesPlainHttpAtAServer();
    void namesAPeerThatLeavesDuringTheHandshake();

private:
    TlsSettings trusting() const;
    TlsSettings serving(const QString &name) const;

    Certificates m_certificates;
};

void tst_TlsStream::initTestCase()
{
    QVERIFY2(m_certificates.make(), qPrintable(m_certificates.error()));
}

TlsSettings tst_TlsStream::trusting() const
{
    TlsSettings settings;
    settings.caFile = m_certificates.certificate(QStringLiteral("ca"));
    return settings;
}

TlsSettings tst_TlsStream::serving(const QString &name) const
{
    TlsSettings settings;
    settings.certificateFile = m_certificates.certificate(name);
    settings.keyFile = m_certificates.key(name);
    return settings;
}

void tst_TlsStream::shakesHandsAndTellsTheFacts()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("chained"))), QString());
    QTRY_VERIFY(pair.isSecured());

    const TlsFacts &facts = pair.client.facts();
    QVERIFY(facts.isSecured);
    QCOMPARE(facts.protocol, QStringLiteral("TLS 1.3"));
    QCOMPARE(facts.cipher, QStringLiteral("TLS_AES_256_GCM_SHA384"));
    QCOMPARE(facts.group, QStringLiteral("x25519"));
    QCOMPARE(facts.sni, QStringLiteral("localhost"));
    QCOMPARE(facts.verification, QStringLiteral("verified"));
    QVERIFY(facts.milliseconds > 0);
    QVERIFY(facts.problems.empty());
    QCOMPARE(facts.chain.size(), std::size_t(2));
    QCOMPARE(facts.chain[0].subject, QStringLiteral("CN=Test chained"));
    QCOMPARE(facts.chain[0].issuer, QStringLiteral("CN=Test between"));
    QCOMPARE(facts.chain[0].key, QStringLiteral("EC prime256v1"));
    QCOMPARE(facts.chain[0].signature, QStringLiteral("ecdsa-with-SHA256"));
    QVERIFY(facts.chain[0].names.contains(QStringLiteral("DNS:server.test")));
    QVERIFY(facts.chain[0].names.contains(QStringLiteral("IP:127.0.0.1")));
    QVERIFY(facts.chain[0].names.contains(QStringLiteral("IP:::1")));
    QCOMPARE(facts.chain[0].validFrom, 1'577'836'800'000'000'000); // 2020-01-01
    QCOMPARE(facts.chain[0].sha256.size(), 64);
    QVERIFY(!facts.chain[0].isSelfSigned);

    QCOMPARE(pair.server.facts().sni, QStringLiteral("localhost"));
    QCOMPARE(pair.server.facts().verification, QStringLiteral("none"));
}

void tst_TlsStream::carriesManyBytesBothWays()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    const QByteArray there = TestSupport::randomBytes(20'000'000, 1);
    const QByteArray back = TestSupport::randomBytes(10'000'000, 2);
    QVERIFY(pair.client.stream->send(there)); // Waits for the handshake
    QVERIFY(pair.server.stream->send(back));
    QTRY_COMPARE_WITH_TIMEOUT(pair.server.sink.in.size(), there.size(), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(pair.client.sink.in.size(), back.size(), 30'000);
    QCOMPARE(pair.server.sink.in, there);
    QCOMPARE(pair.client.sink.in, back);
    QTRY_COMPARE(pair.client.stream->queued(), 0);
    QTRY_COMPARE(pair.server.stream->queued(), 0);
    QCOMPARE(pair.client.sink.out, there);
    QCOMPARE(pair.server.sink.out, back);
}

void tst_TlsStream::speaksEachVersion_data()
{
    QTest::addColumn<TlsVersion>("version");
    QTest::addColumn<QString>("protocol");
    QTest::newRow("1.0") << TlsVersion::Tls10 << "TLS 1.0";
    QTest::newRow("1.1") << TlsVersion::Tls11 << "TLS 1.1";
    QTest::newRow("1.2") << TlsVersion::Tls12 << "TLS 1.2";
    QTest::newRow("1.3") << TlsVersion::Tls13 << "TLS 1.3";
}

void tst_TlsStream::speaksEachVersion()
{
    QFETCH(const TlsVersion, version);
    QFETCH(const QString, protocol);
    TlsSettings client = trusting();
    TlsSettings server = serving(QStringLiteral("server"));
    client.minimum = server.minimum = version;
    client.maximum = version;
    server.maximum = version;
    Pair pair;
    QCOMPARE(pair.open(client, server), QString());
    QTRY_VERIFY(pair.isSecured());
    QCOMPARE(pair.client.facts().protocol, protocol);
    QCOMPARE(pair.server.facts().protocol, protocol);
    QVERIFY(pair.client.stream->send("there"));
    QVERIFY(pair.server.stream->send("back"));
    QTRY_COMPARE(pair.server.sink.in, QByteArray("there"));
    QTRY_COMPARE(pair.client.sink.in, QByteArray("back"));
}

void tst_TlsStream::namesVersionsThatDoNotMeet()
{
    TlsSettings client = trusting();
    client.maximum = TlsVersion::Tls12;
    TlsSettings server = serving(QStringLiteral("server"));
    server.minimum = TlsVersion::Tls13;
    Pair pair;
    QCOMPARE(pair.open(client, server), QString());
    QTRY_VERIFY(pair.client.end && pair.server.end);
    QCOMPARE(pair.client.end->how, StreamEnd::How::Error);
    QCOMPARE(pair.client.end->error.code, Error::Code::Protocol);
    QVERIFY(pair.client.end->isByPeer);
    QCOMPARE(pair.client.error(), QStringLiteral("the peer sent the alert protocol_version"));
    QCOMPARE(pair.server.error(), QStringLiteral("both sides have no TLS version in common"));
    QVERIFY(!pair.server.end->isByPeer);
}

void tst_TlsStream::namesCiphersThatDoNotMeet()
{
    TlsSettings client = trusting();
    client.maximum = TlsVersion::Tls12;
    client.ciphers = QStringLiteral("ECDHE-ECDSA-AES128-GCM-SHA256");
    TlsSettings server = serving(QStringLiteral("server"));
    server.ciphers = QStringLiteral("ECDHE-ECDSA-AES256-GCM-SHA384:TLS_AES_128_GCM_SHA256");
    Pair pair;
    QCOMPARE(pair.open(client, server), QString());
    QTRY_VERIFY(pair.client.end && pair.server.end);
    QCOMPARE(pair.client.error(), QStringLiteral("the peer sent the alert handshake_failure"));
    QCOMPARE(pair.server.error(), QStringLiteral("both sides have no cipher in common"));
}

void tst_TlsStream::endsEachDirectionByItself_data()
{
    QTest::addColumn<bool>("isClientFirst");
    QTest::addColumn<TlsVersion>("maximum");
    QTest::newRow("client first") << true << TlsVersion::Any;
    QTest::newRow("server first") << false << TlsVersion::Any;
    QTest::newRow("client first, TLS 1.2") << true << TlsVersion::Tls12;
    QTest::newRow("server first, TLS 1.2") << false << TlsVersion::Tls12;
}

void tst_TlsStream::endsEachDirectionByItself()
{
    QFETCH(const bool, isClientFirst);
    QFETCH(const TlsVersion, maximum);
    TlsSettings settings = trusting();
    settings.maximum = maximum;
    Pair pair;
    QCOMPARE(pair.open(settings, serving(QStringLiteral("server"))), QString());
    End &first = isClientFirst ? pair.client : pair.server;
    End &second = isClientFirst ? pair.server : pair.client;
    QVERIFY(first.stream->send("last words"));
    first.stream->finishSending();
    QVERIFY(!first.stream->send("too late"));
    QTRY_COMPARE(second.finsReceived, 1);
    QTRY_COMPARE(first.finsSent, 1);
    QCOMPARE(second.sink.in, QByteArray("last words"));
    QVERIFY(second.stream->isFinReceived() && !second.stream->isFinSent());

    const QByteArray answer = TestSupport::randomBytes(3'000'000, 5);
    QVERIFY(second.stream->send(answer));
    QTRY_COMPARE(first.sink.in.size(), answer.size());
    QCOMPARE(first.sink.in, answer);
    QVERIFY(!first.end && !second.end);

    second.stream->finishSending();
    QTRY_VERIFY(first.end && second.end);
    QCOMPARE(first.end->how, StreamEnd::How::Fin);
    QCOMPARE(second.end->how, StreamEnd::How::Fin);
    QVERIFY(!first.end->isByPeer);
    QVERIFY(second.end->isByPeer);
    QCOMPARE(first.finsReceived, 1);
    QCOMPARE(second.finsSent, 1);
}

void tst_TlsStream::hearsAServerThatAnswersAfterOurEnd()
{
    QProcess server; // Not of ours: it reads the request and our close_notify in one go.
    server.start(QStringLiteral("openssl"),
                 {QStringLiteral("s_server"), QStringLiteral("-accept"), QStringLiteral("127.0.0.1:0"),
                  QStringLiteral("-www"), QStringLiteral("-cert"), m_certificates.certificate(QStringLiteral("server")),
                  QStringLiteral("-key"), m_certificates.key(QStringLiteral("server"))});
    QByteArray said;
    QTRY_VERIFY((said += server.readAllStandardOutput()).contains("ACCEPT ") && said.endsWith('\n'));
    const quint16 port = said.trimmed().mid(said.trimmed().lastIndexOf(':') + 1).toUShort();
    End client;
    QCOMPARE(client.open(TestSupport::socketTo(port), Role::Client, trusting()), QString());
    QVERIFY(client.stream->send("GET / HTTP/1.0\r\n\r\n"));
    client.stream->finishSending();
    QTRY_COMPARE(client.finsSent, 1);
    QTRY_COMPARE(client.finsReceived, 1);
    QTRY_VERIFY(client.end);
    QVERIFY(client.sink.in.startsWith("HTTP/1.0 200 ok"));
    QVERIFY(client.sink.in.endsWith("</BODY></HTML>\r\n\r\n"));
    QCOMPARE(client.end->how, StreamEnd::How::Fin);
    server.kill();
    QVERIFY(server.waitForFinished());
}

void tst_TlsStream::losesNothingThatIsQueuedAtThePeersEnd()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.client.sink.isFull = true;
    const QByteArray queued = TestSupport::randomBytes(20'000'000, 6);
    QVERIFY(pair.server.stream->send(queued));
    pair.client.sink.isFull = false;
    pair.client.stream->pauseReading();
    pair.client.stream->finishSending();
    QTRY_COMPARE(pair.server.finsReceived, 1);
    QVERIFY(pair.server.stream->queued() > 0);
    pair.client.stream->resumeReading();
    QTRY_COMPARE_WITH_TIMEOUT(pair.client.sink.in.size(), queued.size(), 20'000);
    QCOMPARE(pair.client.sink.in, queued);
}

void tst_TlsStream::closesInOrder()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QVERIFY(pair.client.stream->send("bye"));
    pair.client.stream->close(); // What is queued waits for the handshake.
    QTRY_COMPARE(pair.server.finsReceived, 1);
    QCOMPARE(pair.server.sink.in, QByteArray("bye"));
    QVERIFY(pair.server.stream->send("you too"));
    pair.server.stream->close();
    QTRY_VERIFY(pair.client.end && pair.server.end);
    QCOMPARE(pair.client.end->how, StreamEnd::How::Fin);
    QVERIFY(!pair.client.end->isByPeer);
    QCOMPARE(pair.server.end->how, StreamEnd::How::Fin);
    QVERIFY(pair.server.end->isByPeer);
    QCOMPARE(pair.client.sink.in, QByteArray("you too"));
}

void tst_TlsStream::closesBeforeTheHandshakeIsDone()
{
    RawPeer peer;
    End client;
    QCOMPARE(client.open(TestSupport::socketTo(peer.port()), Role::Client, trusting()), QString());
    QTRY_VERIFY(peer.received().size() > 0);
    client.stream->close();
    QTRY_VERIFY(peer.isFinReceived());
    peer.finishSending();
    QTRY_VERIFY(client.end);
    QCOMPARE(client.end->how, StreamEnd::How::Fin);
    QVERIFY(!client.isSecured);
}

void tst_TlsStream::letsGoOfAPeerThatDoesNotClose()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.client.stream->setCloseTimeout(std::chrono::milliseconds(50));
    pair.client.stream->close();
    QTRY_VERIFY(pair.client.end);
    QCOMPARE(pair.client.end->how, StreamEnd::How::Timeout);
    QCOMPARE(pair.client.error(), QStringLiteral("the peer did not close its side within 0.05 s"));
    QCOMPARE(pair.server.finsReceived, 1);
}

void tst_TlsStream::tellsATruncation()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.server.stream.reset(); // FIN, and no close_notify
    QTRY_VERIFY(pair.client.end);
    QCOMPARE(pair.client.end->how, StreamEnd::How::Error);
    QVERIFY(pair.client.end->isByPeer);
    QCOMPARE(pair.client.end->error.code, Error::Code::Protocol);
    QVERIFY(pair.client.error().contains(QStringLiteral("without close_notify")));
    QCOMPARE(pair.client.finsReceived, 0);
}

void tst_TlsStream::deliversWhatCameBeforeATruncation()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    const QByteArray bytes = TestSupport::randomBytes(150'000, 7);
    QVERIFY(pair.server.stream->send(bytes));
    pair.client.sink.isFull = true;
    QTRY_COMPARE(pair.server.stream->queued(), 0);
    pair.server.stream.reset();
    pair.client.sink.isFull = false;
    pair.client.stream->onRoomAgain();
    QTRY_VERIFY(pair.client.end);
    QCOMPARE(pair.client.sink.in, bytes);
    QVERIFY(pair.client.error().contains(QStringLiteral("without close_notify")));
}

void tst_TlsStream::takesFinAloneForAnAnswerToItsClose()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.client.stream->close();
    QTRY_COMPARE(pair.server.finsReceived, 1);
    pair.server.stream.reset();
    QTRY_VERIFY(pair.client.end);
    QCOMPARE(pair.client.end->how, StreamEnd::How::Fin);
    QCOMPARE(pair.client.finsReceived, 1);
}

void tst_TlsStream::tellsOfAResetByThePeer()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.server.stream->reset();
    QVERIFY(pair.server.end && !pair.server.end->isByPeer);
    QTRY_VERIFY(pair.client.end);
    QCOMPARE(pair.client.end->how, StreamEnd::How::Reset);
    QVERIFY(pair.client.end->isByPeer);
    QVERIFY(pair.client.error().contains(QStringLiteral("reset by")));
}

void tst_TlsStream::discardsWhatIsQueuedOnReset()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.server.stream->pauseReading();
    const qint64 size = 30'000'000;
    QVERIFY(pair.client.stream->send(QByteArray(size, 'x')));
    QTRY_VERIFY(pair.client.sink.out.size() > 0);
    pair.client.stream->reset();
    QVERIFY(pair.client.end);
    QCOMPARE(pair.client.end->discarded + pair.client.sink.out.size(), size);
    QCOMPARE(pair.client.stream->queued(), 0);
}

void tst_TlsStream::countsAsSentOnlyWhatTheKernelTook()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.server.stream->pauseReading();
    const QByteArray bytes = TestSupport::randomBytes(30'000'000, 4);
    QVERIFY(pair.client.stream->send(bytes));
    QTRY_VERIFY(pair.client.sink.out.size() > 1'000'000);
    QTest::qWait(50); // Whatever still moves; the sums below hold at any time.
    QCOMPARE(pair.client.sink.out.size() + pair.client.stream->queued(), bytes.size());
    QVERIFY(bytes.startsWith(pair.client.sink.out));

    int unacknowledged = 0;
    int unread = 0;
    QCOMPARE(::ioctl(int(pair.client.stream->descriptor()), SIOCOUTQ, &unacknowledged), 0);
    QCOMPARE(::ioctl(int(pair.server.stream->descriptor()), FIONREAD, &unread), 0);
    // What the server took before it stopped is at most one read of it.
    const qint64 inKernel = qint64(unacknowledged) + unread;
    QVERIFY2(pair.client.sink.out.size() <= inKernel + 64 * 1024, qPrintable(QString::number(inKernel)));
}

void tst_TlsStream::refusesMoreThanTheQueueHolds()
{
    RawPeer peer;
    End client;
    QCOMPARE(client.open(TestSupport::socketTo(peer.port()), Role::Client, trusting()), QString());
    QVERIFY(client.stream->send(QByteArray(TlsStream::MaxQueued, 'x')));
    const Result<void> tooMuch = client.stream->send("x");
    QVERIFY(!tooMuch);
    QCOMPARE(tooMuch.error().code, Error::Code::TooLarge);
}

void tst_TlsStream::readsNothingWhilePaused()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    pair.client.stream->pauseReading(); // The handshake goes on.
    QTRY_VERIFY(pair.isSecured());
    QVERIFY(pair.server.stream->send("one"));
    QTest::qWait(50);
    QCOMPARE(pair.client.sink.in, QByteArray());
    pair.client.stream->resumeReading();
    QTRY_COMPARE(pair.client.sink.in, QByteArray("one"));
    QVERIFY(pair.server.stream->send("two"));
    QTRY_COMPARE(pair.client.sink.in, QByteArray("onetwo"));
}

void tst_TlsStream::waitsForTheSink()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.client.sink.isFull = true;
    pair.client.sink.largestRoom = 1000; // Less than a TLS record
    QVERIFY(pair.server.stream->send(QByteArray(100'000, 'a')));
    QVERIFY(pair.client.stream->send("waiting"));
    QTest::qWait(50);
    QCOMPARE(pair.client.sink.in, QByteArray());
    QCOMPARE(pair.client.sink.out, QByteArray());
    QCOMPARE(pair.server.sink.in, QByteArray());

    pair.client.sink.isFull = false;
    pair.client.stream->onRoomAgain();
    QTRY_COMPARE(pair.client.sink.in.size(), 100'000);
    QTRY_COMPARE(pair.server.sink.in, QByteArray("waiting"));
    QCOMPARE(pair.client.sink.out, QByteArray("waiting"));
}

void tst_TlsStream::stopsReadingWhileAnswersAreQueued()
{
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server"))), QString());
    QTRY_VERIFY(pair.isSecured());
    pair.client.stream->setReadingLimit(1024);
    pair.server.stream->pauseReading();
    const qsizetype size = 30'000'000;
    QVERIFY(pair.client.stream->send(QByteArray(size, 'a')));
    QVERIFY(pair.server.stream->send("question"));
    QTest::qWait(50);
    QCOMPARE(pair.client.sink.in, QByteArray());
    pair.server.stream->resumeReading();
    QTRY_COMPARE_WITH_TIMEOUT(pair.server.sink.in.size(), size, 20'000);
    QTRY_COMPARE(pair.client.sink.in, QByteArray("question"));
}

void tst_TlsStream::namesWhatIsWrongWithACertificate_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QStringList>("problems");
    QTest::addColumn<QString>("alert");

    const QString unknown = QStringLiteral("the certificate is from an unknown issuer (CN=Test other-ca)");
    const QString expired = QStringLiteral("the certificate has expired (2021-01-01)");
    const QString elsewhere = QStringLiteral("the certificate is for elsewhere.test, 192.0.2.1, not for %1");
    QTest::newRow("expired") << "expired"
                             << "localhost" << QStringList{expired} << "certificate_expired";
    QTest::newRow("not yet valid") << "future"
                                   << "localhost"
                                   << QStringList{QStringLiteral("the certificate is not yet valid (2090-01-01)")}
                                   << "bad_certificate";
    QTest::newRow("another host") << "elsewhere"
                                  << "localhost" << QStringList{elsewhere.arg(QStringLiteral("localhost"))}
                                  << "bad_certificate";
    QTest::newRow("another address") << "elsewhere"
                                     << "127.0.0.1" << QStringList{elsewhere.arg(QStringLiteral("127.0.0.1"))}
                                     << "bad_certificate";
    QTest::newRow("self-signed") << "selfsigned"
                                 << "localhost"
                                 << QStringList{QStringLiteral(
                                        "the certificate is self-signed and not among the trusted ones")}
                                 << "unknown_ca";
    QTest::newRow("unknown issuer") << "stranger"
                                    << "localhost" << QStringList{unknown} << "unknown_ca";
    QTest::newRow("purpose") << "client"
                             << "localhost"
                             << QStringList{QStringLiteral("the certificate is for Test client, not for localhost"),
                                            QStringLiteral("the certificate is not made for this purpose")}
                             << "unsupported_certificate";
    QTest::newRow("two at once") << "expired"
                                 << "other.test"
                                 << QStringList{QStringLiteral("the certificate is for localhost, server.test, "
                                                               "127.0.0.1, ::1, not for other.test"),
                                                expired}
                                 << "bad_certificate";
}

void tst_TlsStream::namesWhatIsWrongWithACertificate()
{
    QFETCH(const QString, certificate);
    QFETCH(const QString, host);
    QFETCH(QStringList, problems);
    QFETCH(const QString, alert);
    Pair pair;
    QCOMPARE(pair.open(trusting(), serving(certificate), host), QString());
    QTRY_VERIFY(pair.client.end && pair.server.end);
    QCOMPARE(pair.client.isFatal, std::optional(true));
    QVERIFY(!pair.client.isSecured);
    QCOMPARE(pair.client.end->how, StreamEnd::How::Error);
    QCOMPARE(pair.client.end->error.code, Error::Code::Protocol);
    QVERIFY(!pair.client.end->isByPeer);

    QStringList found;
    for (const TlsProblem &problem : pair.client.facts().problems) {
        QCOMPARE(problem.depth, 0);
        QVERIFY2(pair.client.error().contains(problem.what), qPrintable(pair.client.error()));
        found.append(problem.what);
    }
    found.sort();
    problems.sort();
    QCOMPARE(found, problems);
    QCOMPARE(pair.client.facts().chain.front().subject,
             certificate == QLatin1String("selfsigned") ? QStringLiteral("CN=localhost")
                                                        : QStringLiteral("CN=Test ") + certificate);
    QCOMPARE(pair.server.error(), QStringLiteral("the peer sent the alert ") + alert);
    QVERIFY(pair.server.end->isByPeer);
}

void tst_TlsStream::namesAWeakKey()
{
    TlsSettings server = serving(QStringLiteral("weak"));
    server.minimum = TlsVersion::Tls10; // Or OpenSSL would not serve with it
    Pair pair;
    QCOMPARE(pair.open(trusting(), server), QString());
    QTRY_VERIFY(pair.client.end);
    QVERIFY(pair.client.hasProblem(QStringLiteral("the key of the certificate is too weak (RSA 1024)")));
}

void tst_TlsStream::acceptsAnythingWhenToldSo()
{
    TlsSettings settings = trusting();
    settings.verify = Verify::Off;
    Pair pair;
    QCOMPARE(pair.open(settings, serving(QStringLiteral("expired")), QStringLiteral("other.test")), QString());
    QTRY_VERIFY(pair.isSecured());
    QCOMPARE(pair.client.isFatal, std::optional(false));
    QCOMPARE(pair.client.facts().verification, QStringLiteral("off"));
    QCOMPARE(pair.client.facts().problems.size(), std::size_t(2));
    QVERIFY(pair.client.hasProblem(QStringLiteral("2021-01-01")));
    QVERIFY(pair.client.hasProblem(QStringLiteral("other.test")));
}

void tst_TlsStream::trustsOnlyTheFingerprintWhenPinned()
{
    TlsSettings settings;
    settings.verify = Verify::Pinned;
    settings.fingerprint = QString(64, QLatin1Char('0'));
    Pair refused;
    QCOMPARE(refused.open(settings, serving(QStringLiteral("selfsigned"))), QString());
    QTRY_VERIFY(refused.client.end);
    QCOMPARE(refused.client.isFatal, std::optional(true));
    const QString actual = refused.client.facts().chain.front().sha256;
    QVERIFY(refused.client.error().contains(actual) && refused.client.error().contains(settings.fingerprint));

    settings.fingerprint = actual;
    Pair accepted;
    QCOMPARE(accepted.open(settings, serving(QStringLiteral("selfsigned")), QStringLiteral("other.test")), QString());
    QTRY_VERIFY(accepted.isSecured());
    QVERIFY(!accepted.client.isFatal);
    QCOMPARE(accepted.client.facts().verification, QStringLiteral("pinned"));
    QVERIFY(accepted.client.hasProblem(QStringLiteral("self-signed")));
}

void tst_TlsStream::checksTheServerNameInsteadOfTheHost()
{
    TlsSettings settings = trusting();
    settings.serverName = QStringLiteral("elsewhere.test");
    Pair pair;
    QCOMPARE(pair.open(settings, serving(QStringLiteral("elsewhere")), QStringLiteral("127.0.0.1")), QString());
    QTRY_VERIFY(pair.isSecured());
    QCOMPARE(pair.client.facts().sni, QStringLiteral("elsewhere.test"));
    QCOMPARE(pair.server.facts().sni, QStringLiteral("elsewhere.test"));
    QCOMPARE(pair.client.facts().verification, QStringLiteral("verified"));
}

void tst_TlsStream::sendsNoAddressAsServerName()
{
    for (const QString &host : {QStringLiteral("127.0.0.1"), QStringLiteral("[::1]"), QString()}) {
        Pair pair;
        QCOMPARE(pair.open(trusting(), serving(QStringLiteral("server")), host), QString());
        QTRY_VERIFY(pair.isSecured());
        QCOMPARE(pair.client.facts().sni, QString());
        QCOMPARE(pair.server.facts().sni, QString());
    }
}

void tst_TlsStream::servesWithACertificateOfItsOwn()
{
    TlsSettings client;
    client.verify = Verify::Off;
    Pair pair;
    QCOMPARE(pair.open(client, {}), QString());
    QTRY_VERIFY(pair.isSecured());
    QCOMPARE(pair.client.facts().chain.size(), std::size_t(1));
    QVERIFY(pair.client.facts().chain.front().isSelfSigned);
    QCOMPARE(pair.client.facts().problems.size(), std::size_t(1)); // It is for localhost, but nobody knows it.
    QVERIFY(pair.client.hasProblem(QStringLiteral("self-signed")));
}

void tst_TlsStream::asksForClientCertificates_data()
{
    QTest::addColumn<TlsSettings::ClientCertificate>("asked");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("serverError");
    QTest::addColumn<QString>("alert");
    using Asked = TlsSettings::ClientCertificate;
    QTest::newRow("not asked") << Asked::None << "client"
                               << ""
                               << "";
    QTest::newRow("asked, none there") << Asked::Ask << ""
                                       << ""
                                       << "";
    QTest::newRow("asked, given") << Asked::Ask << "client"
                                  << ""
                                  << "";
    QTest::newRow("required, given") << Asked::Require << "client"
                                     << ""
                                     << "";
    QTest::newRow("required, none there") << Asked::Require << ""
                                          << "the client presented no certificate"
                                          << "certificate_required";
    QTest::newRow("required, from another authority") << Asked::Require << "other-client"
                                                      << "unknown issuer (CN=Test other-ca)"
                                                      << "unknown_ca";
    QTest::newRow("required, made for servers") << Asked::Require << "server"
                                                << "not made for this purpose"
                                                << "unsupported_certificate";
}

void tst_TlsStream::asksForClientCertificates()
{
    QFETCH(const TlsSettings::ClientCertificate, asked);
    QFETCH(const QString, certificate);
    QFETCH(const QString, serverError);
    QFETCH(const QString, alert);
    TlsSettings client = trusting();
    if (!certificate.isEmpty()) {
        client.certificateFile = m_certificates.certificate(certificate);
        client.keyFile = m_certificates.key(certificate);
    }
    TlsSettings server = serving(QStringLiteral("server"));
    server.caFile = client.caFile;
    server.clientCertificate = asked;
    Pair pair;
    QCOMPARE(pair.open(client, server), QString());
    if (!serverError.isEmpty()) {
        QTRY_VERIFY(pair.client.end && pair.server.end);
        QVERIFY2(pair.server.error().contains(serverError), qPrintable(pair.server.error()));
        QCOMPARE(pair.client.error(), QStringLiteral("the peer sent the alert ") + alert);
        return;
    }
    QTRY_VERIFY(pair.isSecured());
    const bool isPresented = asked != TlsSettings::ClientCertificate::None && !certificate.isEmpty();
    QCOMPARE(pair.server.facts().verification, isPresented ? QStringLiteral("verified") : QStringLiteral("none"));
    QCOMPARE(pair.server.facts().chain.size(), std::size_t(isPresented ? 1 : 0));
}

void tst_TlsStream::agreesOnAProtocol_data()
{
    QTest::addColumn<QStringList>("offered");
    QTest::addColumn<QStringList>("served");
    QTest::addColumn<QString>("chosen");
    const QString h2 = QStringLiteral("h2");
    const QString http = QStringLiteral("http/1.1");
    QTest::newRow("the only one") << QStringList{http} << QStringList{http} << http;
    QTest::newRow("in the server's order") << QStringList{h2, http} << QStringList{http, h2} << http;
    QTest::newRow("the server has none") << QStringList{h2} << QStringList{} << "";
    QTest::newRow("the client has none") << QStringList{} << QStringList{h2} << "";
}

void tst_TlsStream::agreesOnAProtocol()
{
    QFETCH(const QStringList, offered);
    QFETCH(const QStringList, served);
    QFETCH(const QString, chosen);
    TlsSettings client = trusting();
    client.alpn = offered;
    TlsSettings server = serving(QStringLiteral("server"));
    server.alpn = served;
    Pair pair;
    QCOMPARE(pair.open(client, server), QString());
    QTRY_VERIFY(pair.isSecured());
    QCOMPARE(pair.client.facts().alpn, chosen);
    QCOMPARE(pair.server.facts().alpn, chosen);
}

void tst_TlsStream::saysThatNoProtocolIsCommon()
{
    TlsSettings client = trusting();
    client.alpn = QStringList{QStringLiteral("h2"), QStringLiteral("mqtt")};
    TlsSettings server = serving(QStringLiteral("server"));
    server.alpn = QStringList{QStringLiteral("http/1.1")};
    Pair pair;
    QCOMPARE(pair.open(client, server), QString());
    QTRY_VERIFY(pair.client.end && pair.server.end);
    QCOMPARE(pair.client.error(), QStringLiteral("the peer sent the alert no_application_protocol"));
    QCOMPARE(pair.server.error(),
             QStringLiteral("ALPN: no common protocol (the client offers h2, mqtt, this side http/1.1)"));
}

void tst_TlsStream::namesWhatIsNotTls_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("error");
    QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n")
                          << "the peer answered with plain HTTP instead of TLS";
    QTest::newRow("SMTP") << QByteArray("220 mail.example.test ready\r\n")
                          << "what came is not TLS but text: \"220 mail.example.test ready\"";
    QTest::newRow("binary") << QByteArray::fromHex("00112233445566778899")
                            << "what came is not TLS: it begins with "
                               "00 11 22 33 44 55 66 77";
    QTest::newRow("a huge record") << QByteArray::fromHex("160303ffff0200")
                                   << "what came is not TLS, or a record is too long";
    QTest::newRow("a broken hello") << QByteArray::fromHex("16030300060200000201ff")
                                    << "the peer sent a broken handshake message";
}

void tst_TlsStream::namesWhatIsNotTls()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const QString, error);
    RawPeer peer;
    End client;
    QCOMPARE(client.open(TestSupport::socketTo(peer.port()), Role::Client, trusting()), QString());
    QTRY_VERIFY(peer.isConnected());
    peer.send(answer);
    QTRY_VERIFY(peer.isFinReceived());
    peer.close();
    QTRY_VERIFY(client.end);
    QCOMPARE(client.end->how, StreamEnd::How::Error);
    QCOMPARE(client.error(), error);
}

void tst_TlsStream::namesPlainHttpAtAServer()
{
    RawPeer peer;
    End server;
    QCOMPARE(server.open(TestSupport::socketTo(peer.port()), Role::Server, serving(QStringLiteral("server"))),
             QString());
    QTRY_VERIFY(peer.isConnected());
    peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_VERIFY(peer.isFinReceived());
    peer.close();
    QTRY_VERIFY(server.end);
    QCOMPARE(server.error(), QStringLiteral("the peer speaks plain HTTP instead of TLS"));
}

void tst_TlsStream::namesAPeerThatLeavesDuringTheHandshake()
{
    RawPeer peer;
    End client;
    QCOMPARE(client.open(TestSupport::socketTo(peer.port()), Role::Client, trusting()), QString());
    QTRY_VERIFY(peer.received().size() > 0);
    peer.finishSending();
    QTRY_VERIFY(client.end);
    QCOMPARE(client.error(), QStringLiteral("the peer closed the connection during the TLS handshake"));

    RawPeer rude;
    End other;
    QCOMPARE(other.open(TestSupport::socketTo(rude.port()), Role::Client, trusting()), QString());
    QTRY_VERIFY(rude.received().size() > 0);
    rude.reset();
    QTRY_VERIFY(other.end);
    QCOMPARE(other.end->how, StreamEnd::How::Reset);
}

QTEST_GUILESS_MAIN(tst_TlsStream)
#include "tst_tlsstream.moc"
