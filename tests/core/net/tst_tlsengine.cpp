// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/net/tlsengine.h"
#include "tests/support/testsupport.h"

#include <QFile>
#include <QObject>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <functional>

using namespace Sidewire;
using Role = TlsContext::Role;
using Step = TlsEngine::Step;

namespace {

std::shared_ptr<const TlsContext> contextOf(Role role)
{
    TlsSettings settings;
    settings.verify = TlsSettings::Verify::Off;
    return *TlsContext::create(role, settings);
}

/// A client and a server in memory, with a wire that can be tampered with.
struct Engines
{
    TlsEngine client;
    TlsEngine server;
    Step clientStep = Step::NeedsMore;
    Step serverStep = Step::NeedsMore;

    Engines(const std::shared_ptr<const TlsContext> &clientContext,
            const std::shared_ptr<const TlsContext> &serverContext)
        : client(clientContext, TlsPeerName::of(QStringLiteral("localhost")))
        , server(serverContext, {})
    {}

    static void shakeHands(TlsEngine &engine, Step &step)
    {
        if (step == Step::NeedsMore) {
            step = engine.shakeHands();
        }
    }

    /// Until neither has anything to say.
    void run(qsizetype chunk, const std::function<void(QByteArray &)> &tamper)
    {
        for (bool isMoving = true; isMoving;) {
            shakeHands(client, clientStep);
            const bool hasMoved = move(client, server, serverStep, chunk, tamper);
            shakeHands(server, serverStep);
            isMoving = move(server, client, clientStep, chunk, tamper) || hasMoved;
        }
    }

    static bool move(TlsEngine &from, TlsEngine &to, Step &toStep, qsizetype chunk,
                     const std::function<void(QByteArray &)> &tamper)
    {
        QByteArray bytes = from.takeCiphertext();
        if (bytes.isEmpty()) {
            return false;
        }
        tamper(bytes);
        for (qsizetype at = 0; at < bytes.size(); at += chunk) {
            to.feed(QByteArrayView(bytes).sliced(at, std::min(chunk, bytes.size() - at)));
            shakeHands(to, toStep);
        }
        return true;
    }

    bool areDone() const { return clientStep == Step::Done && serverStep == Step::Done; }
};

void leaveAlone(QByteArray &)
{}

/// What the engine reads of what it was fed, and how that ended.
std::pair<QByteArray, Step> readAll(TlsEngine &engine)
{
    QByteArray all;
    std::array<char, 5000> room{};
    while (true) {
        qsizetype size = 0;
        const Step step = engine.read(room, size);
        all.append(room.data(), size);
        if (step != Step::Done) {
            return {all, step};
        }
    }
}

} // namespace

class tst_TlsEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void splittingNeverChangesTheResult();
    void bytesThatWereChangedNeverPass();
    void aHandshakeThatWasChangedFailsInOrder();
    void aFloodBeforeTheHandshakeIsDoneEnds();
    void tellsCloseNotifyFromData();
    void writesAKeyLogWhenAskedTo();
};

void tst_TlsEngine::splittingNeverChangesTheResult()
{
    const auto clientContext = contextOf(Role::Client);
    const auto serverContext = contextOf(Role::Server);
    const QByteArray sent = TestSupport::randomBytes(TlsEngine::MaxRecord, 1);
    for (const qsizetype chunk : {1, 2, 5, 17, 1000, 100'000}) {
        Engines engines(clientContext, serverContext);
        engines.run(chunk, leaveAlone);
        QVERIFY(engines.areDone());
        QCOMPARE(engines.server.write(sent), Step::Done);
        const QByteArray wire = engines.server.takeCiphertext();
        QByteArray received;
        for (qsizetype at = 0; at < wire.size(); at += chunk) {
            engines.client.feed(QByteArrayView(wire).sliced(at, std::min(chunk, wire.size() - at)));
            const auto [bytes, step] = readAll(engines.client);
            received += bytes;
            QCOMPARE(step, Step::NeedsMore);
        }
        QCOMPARE(received, sent);
    }
}

void tst_TlsEngine::bytesThatWereChangedNeverPass()
{
    const auto clientContext = contextOf(Role::Client);
    const auto serverContext = contextOf(Role::Server);
    QRandomGenerator random(2);
    for (int round = 0; round < 50; ++round) {
        Engines engines(clientContext, serverContext);
        engines.run(100'000, leaveAlone);
        QCOMPARE(engines.client.write("the amount is 100"), Step::Done);
        QByteArray wire = engines.client.takeCiphertext();
        const qsizetype at = 5 + random.bounded(int(wire.size()) - 5); // Behind the head of the record
        wire[at] = char(wire[at] ^ (1 << random.bounded(8)));
        engines.server.feed(wire);
        const auto [bytes, step] = readAll(engines.server);
        QCOMPARE(bytes, QByteArray());
        QCOMPARE(step, Step::Failed);
        QCOMPARE(engines.server.error().detail, QStringLiteral("what came cannot be decrypted (bad_record_mac)"));
        QVERIFY(!engines.server.isFailureByPeer());
        engines.client.feed(engines.server.takeCiphertext());
        QCOMPARE(readAll(engines.client).second, Step::Failed);
        QCOMPARE(engines.client.error().detail, QStringLiteral("the peer sent the alert bad_record_mac"));
        QVERIFY(engines.client.isFailureByPeer());
    }
}

void tst_TlsEngine::aHandshakeThatWasChangedFailsInOrder()
{
    const auto clientContext = contextOf(Role::Client);
    const auto serverContext = contextOf(Role::Server);
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 300; ++round) {
        Engines engines(clientContext, serverContext);
        int flight = random.bounded(3);
        engines.run(1 + random.bounded(3000), [&random, &flight](QByteArray &bytes) {
            if (flight-- == 0) {
                for (int change = random.bounded(1, 4); change > 0; --change) {
                    bytes[random.bounded(int(bytes.size()))] = char(random.generate());
                }
            }
        });
        // Some bytes may be anything; but whoever failed says why, and whoever is done can be read.
        for (const auto &[engine, step] :
             {std::pair(&engines.client, engines.clientStep), std::pair(&engines.server, engines.serverStep)}) {
            if (step == Step::Done) {
                readAll(*engine);
            } else if (step != Step::NeedsMore) {
                QVERIFY(!engine->error().detail.isEmpty());
            }
        }
    }
}

void tst_TlsEngine::aFloodBeforeTheHandshakeIsDoneEnds()
{
    Engines engines(contextOf(Role::Client), contextOf(Role::Server));
    engines.shakeHands(engines.client, engines.clientStep);
    engines.move(engines.client, engines.server, engines.serverStep, 100'000, leaveAlone);
    QCOMPARE(engines.serverStep, Step::NeedsMore);
    // ChangeCipherSpec means nothing here and is passed over (RFC 8446, 5).
    const QByteArray flood = QByteArray::fromHex("140303000101").repeated(10'000);
    for (int round = 0; round < 100 && engines.serverStep == Step::NeedsMore; ++round) {
        engines.server.feed(flood);
        engines.shakeHands(engines.server, engines.serverStep);
    }
    QCOMPARE(engines.serverStep, Step::Failed);
    QVERIFY(!engines.server.error().detail.isEmpty());
}

void tst_TlsEngine::tellsCloseNotifyFromData()
{
    Engines engines(contextOf(Role::Client), contextOf(Role::Server));
    engines.run(100'000, leaveAlone);
    QCOMPARE(engines.client.write("bye"), Step::Done);
    engines.client.sendCloseNotify();
    engines.server.feed(engines.client.takeCiphertext());
    const auto [bytes, step] = readAll(engines.server);
    QCOMPARE(bytes, QByteArray("bye"));
    QCOMPARE(step, Step::Ended);
    // The other direction goes on (RFC 8446, 6.1).
    QCOMPARE(engines.server.write("not yet"), Step::Done);
    engines.client.feed(engines.server.takeCiphertext());
    QCOMPARE(readAll(engines.client).first, QByteArray("not yet"));
}

void tst_TlsEngine::writesAKeyLogWhenAskedTo()
{
    QTemporaryDir folder;
    QFile log(folder.filePath(QStringLiteral("keys")));
    qputenv("SSLKEYLOGFILE", log.fileName().toLocal8Bit());
    Engines logged(contextOf(Role::Client), contextOf(Role::Server));
    qunsetenv("SSLKEYLOGFILE");
    Engines other(contextOf(Role::Client), contextOf(Role::Server));
    other.run(100'000, leaveAlone);
    QVERIFY(other.areDone());
    QVERIFY(!log.exists());

    qputenv("SSLKEYLOGFILE", log.fileName().toLocal8Bit());
    logged.run(100'000, leaveAlone);
    qunsetenv("SSLKEYLOGFILE");
    QVERIFY(logged.areDone());
    QVERIFY(log.open(QIODevice::ReadOnly));
    QVERIFY(log.readAll().contains("CLIENT_TRAFFIC_SECRET_0 "));
    const QFile::Permissions forOthers = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(!(log.permissions() & forOthers));
}

QTEST_GUILESS_MAIN(tst_TlsEngine)
#include "tst_tlsengine.moc"
