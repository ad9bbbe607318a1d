// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/tlsstream.h"
#include "tests/support/certificates.h"
#include "tests/support/loopback.h"
#include "tests/support/memorysink.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

#include <optional>

using namespace Sidewire;
using Role = TlsContext::Role;
using TestSupport::Certificates;
using TestSupport::MemorySink;
using TestSupport::RawPeer;
using Verify = TlsSettings::Verify;

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

QTEST_GUILESS_MAIN(tst_TlsStream)
#include "tst_tlsstream.moc"
