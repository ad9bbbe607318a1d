// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/connectionrecorder.h"
#include "core/session/layerevents.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QSemaphore>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <string_view>

using namespace Sidewire;

namespace {

const Endpoint Local{QHostAddress(QHostAddress::LocalHost), 1};
const Endpoint Peer{QHostAddress(QHostAddress::LocalHost), 2};

/// An open TCP connection in a log whose writing thread can be held up.
class HeldLog
{
    // First, as the writing thread uses them until the session is gone.
    QSemaphore m_goOn;
    std::atomic<bool> m_isHeld = false;

public:
    HeldLog()
    {
        auto writer = CaptureWriter::create({}, {});
        auto created = SessionLog::create((*writer)->file());
        log = std::move(created).value();
        log->setLive(std::make_shared<LiveStatus>());
        session = std::make_unique<SessionRecorder>(std::move(writer).value(), log);
        connection = std::make_unique<ConnectionRecorder>(*session, Transport::Tcp, ConnectionRecorder::Side::Client);
        connection->opened(QStringLiteral("here"), {}, Peer);
        connection->endpoints(Local, Peer);
        session->writer().setRoomAgainCallback([this] {
            m_isHeld = true;
            m_goOn.acquire();
        });
    }
    ~HeldLog() { letGo(); }
    Q_DISABLE_COPY_MOVE(HeldLog)

    /// What no room is enough for makes the thread call after its next write, and it stays in that call.
    void fill()
    {
        const QByteArray tooMuch(10'000'000, 'x');
        QVERIFY(!session->writer().append(connection->id(), Direction::Out, tooMuch, 1));
        QTRY_VERIFY(m_isHeld.load());
        for (const qsizetype size : {50'000, 100}) {
            for (std::span<char> room = connection->reserve(size); !room.empty(); room = connection->reserve(size)) {
                connection->received(std::ssize(room));
            }
        }
    }

    void letGo() { m_goOn.release(1000); }

    std::vector<Event> events(EventType type)
    {
        std::vector<Event> result;
        log->waitUntilCaughtUp();
        for (qint64 row = 0; row < log->events().count(); ++row) {
            if (log->event(row).type == type) {
                result.push_back(log->event(row));
            }
        }
        return result;
    }

    std::shared_ptr<SessionLog> log;
    std::unique_ptr<SessionRecorder> session;
    std::unique_ptr<ConnectionRecorder> connection;
};

} // namespace

class tst_ConnectionRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void takesNothingMoreWithoutRoom();
    void keepsWhatWasSentUntilThereIsRoom();
    void saysWhatWasSentAndNeverRecorded();
    void splitsAReadAtTheBorder();
    void keepsTheFactsOfAHostileChain();
};

void tst_ConnectionRecorder::takesNothingMoreWithoutRoom()
{
    HeldLog held;
    QVERIFY(held.connection->canTakeSent());
    held.fill();
    QVERIFY(!held.connection->canTakeSent());
    held.letGo();
    QTRY_VERIFY(held.connection->canTakeSent());
}

void tst_ConnectionRecorder::keepsWhatWasSentUntilThereIsRoom()
{
    HeldLog held;
    held.fill();
    held.connection->sent(QByteArray(1000, 'x'));
    QVERIFY(!held.connection->canTakeSent());
    QVERIFY(held.connection->reserve(1).empty()); // Nothing that came later may overtake it
    held.letGo();
    QTRY_VERIFY(held.connection->canTakeSent());
    held.connection->closed({});
    held.session->finish();
    QVERIFY(held.events(EventType::Dropped).empty());
    QCOMPARE(held.log->connection(held.connection->id()).bytes[indexOf(Direction::Out)], 1000);
}

void tst_ConnectionRecorder::saysWhatWasSentAndNeverRecorded()
{
    HeldLog held;
    held.fill();
    held.connection->sent(QByteArray(1000, 'x'));
    held.connection->sent(QByteArray(2000, 'y'));
    held.connection->closed({});
    held.letGo();
    held.session->finish();
    const std::vector<Event> dropped = held.events(EventType::Dropped);
    QCOMPARE(dropped.size(), std::size_t(1));
    QVERIFY(dropped.front().message.startsWith(QStringLiteral("3000 bytes were not recorded")));
    QCOMPARE(dropped.front().data.value(QStringLiteral("where")).toString(), QStringLiteral("capture"));
    QCOMPARE(dropped.front().data.value(QStringLiteral("count")).toInt(), 2);
}

void tst_ConnectionRecorder::splitsAReadAtTheBorder()
{
    HeldLog log;
    ConnectionRecorder &recorder = *log.connection;
    QByteArrayList seen;
    recorder.setBorder([](QByteArrayView) { return qsizetype(3); });
    recorder.setReceivedTap([&](const QByteArray &bytes) {
        seen.append(bytes);
        // As the layer ends, so do its taps.
        recorder.setBorder({});
        recorder.setReceivedTap([&](const QByteArray &rest) { seen.append("then " + rest); });
    });
    const std::span<char> room = recorder.reserve(100);
    std::ranges::copy(std::string_view("onetwo"), room.begin());
    recorder.received(6);
    recorder.closed({});
    log.session->finish();
    QCOMPARE(seen, QByteArrayList({"one", "then two"}));
    log.log->waitUntilCaughtUp();
    QCOMPARE(log.log->records().count(), 2);
    QCOMPARE(log.log->records().at(0).length, 3u);
    QCOMPARE(log.log->records().at(1).streamOffset, 3);
}

void tst_ConnectionRecorder::keepsTheFactsOfAHostileChain()
{
    TlsFacts facts;
    facts.protocol = QStringLiteral("TLS 1.3");
    facts.chain.resize(32);
    for (CertificateFacts &certificate : facts.chain) {
        certificate.subject = QString(512, u's');
        certificate.names = QStringList(100, QString(512, u'n'));
        certificate.sha256 = QString(64, u'0');
    }
    HeldLog log;
    LayerEvents::secured(*log.connection, facts);
    log.connection->closed({});
    log.session->finish();
    log.log->waitUntilCaughtUp();
    const TlsFacts kept = log.log->connection(log.connection->id()).tls;
    QVERIFY(kept.isSecured);
    QCOMPARE(kept.protocol, QStringLiteral("TLS 1.3"));
    QVERIFY(!kept.chain.empty() && kept.chain.size() < facts.chain.size());
    QCOMPARE(kept.chain.front().sha256, facts.chain.front().sha256);
}

QTEST_GUILESS_MAIN(tst_ConnectionRecorder)
#include "tst_connectionrecorder.moc"
