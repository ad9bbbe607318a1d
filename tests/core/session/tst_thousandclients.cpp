// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/export/exporter.h"
#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <iterator>
#include <memory>
#include <sys/resource.h>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

constexpr int Clients = 1000;
constexpr int Patience = 60'000; // ms; a loaded machine takes its time

/// What client `number` sends, like nobody else: some hundred numbered lines.
QByteArray pattern(int number)
{
    QByteArray result;
    for (int line = 0; line < 50 + number % 200; ++line) {
        result += "client " + QByteArray::number(number) + " line " + QByteArray::number(line) + '\n';
    }
    return result;
}

/// The bytes of every connection and direction, in one walk over the log.
QHash<quint64, QByteArray> streamsOf(const SessionLog &log)
{
    QHash<quint64, QByteArray> result;
    for (qint64 row = 0, count = log.records().count(); row < count; ++row) {
        const RecordRow &record = log.records().at(row);
        result[quint64(toNumber(record.connection)) * 2 + indexOf(record.direction)] +=
            log.bytes().read(record.fileOffset, record.length);
    }
    return result;
}

/// All of them at one look: to ask for each alone would wait for the indexer each time.
std::vector<ConnectionInfo> connectionsOf(const LiveSession &session)
{
    std::vector<ConnectionInfo> result;
    for (qint64 id = 0, count = session.connectionCount(); id < count; ++id) {
        result.push_back(session.log().connection(ConnectionId{quint32(id)}));
    }
    return result;
}

bool areAllOver(const LiveSession &session, int count)
{
    const std::vector<ConnectionInfo> all = connectionsOf(session);
    return std::ssize(all) == count
        && std::ranges::all_of(all, [](const ConnectionInfo &info) { return info.isOver(); });
}

/// How client `number` ends: a third is half-closed by us and a third by them; of the rest one half is reset by us and
/// one by them.
enum class Ending { OurFin, TheirFin, OurReset, TheirReset };

Ending endingOf(int number)
{
    switch (number % 6) {
    case 2:
        return Ending::OurReset;
    case 5:
        return Ending::TheirReset;
    default:
        return number % 3 == 0 ? Ending::OurFin : Ending::TheirFin;
    }
}

QByteArray exported(const SessionLog &log, quint32 connection, Direction direction)
{
    ExportOptions options;
    options.format = ExportFormat::Raw;
    options.connection = ConnectionId{connection};
    options.direction = direction;
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const Result<void> done = exportLog(log, options, out);
    return done ? out.data() : done.error().detail.toUtf8();
}

} // namespace

class tst_ThousandClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { failOnWarnings(); }
    void areAllAccountedFor_data();
    void areAllAccountedFor();
    void comeAndGo();
};

void tst_ThousandClients::initTestCase()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 3 * Clients) {
        QSKIP("The system permits too few open files for two ends of a thousand connections");
    }
}

void tst_ThousandClients::areAllAccountedFor_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("tcp") << QStringLiteral("tcp-listen://127.0.0.1:0");
    QTest::newRow("websocket") << QStringLiteral("ws-listen://127.0.0.1:0");
}

void tst_ThousandClients::areAllAccountedFor()
{
    QFETCH(QString, target);
    const bool isWebSocket = target.startsWith(u"ws");
    Engine engine;
    LiveSession listener(engine, target, {QStringLiteral("answer=echo"), QStringLiteral("connect-timeout=600000")});
    QTRY_VERIFY(listener.port() != 0);
    const quint16 port = listener.port();

    QElapsedTimer timer;
    timer.start();
    std::vector<std::unique_ptr<RawPeer>> clients;
    QHash<quint16, int> numbers; // Of the clients by their ports
    for (int i = 0; i < Clients; ++i) {
        clients.push_back(RawPeer::connectTo(port));
        QVERIFY(clients.back()->isConnected());
        numbers.insert(clients.back()->port(), i);
    }
    QTRY_COMPARE_WITH_TIMEOUT(listener.connectionCount(), Clients, Patience);
    qInfo("%d clients were accepted after %lld ms", Clients, timer.restart());

    if (isWebSocket) {
        for (const auto &client : clients) {
            client->send(upgradeRequest());
        }
        for (const auto &client : clients) {
            QTRY_VERIFY_WITH_TIMEOUT(client->received().endsWith("\r\n\r\n"), Patience);
        }
        qInfo("upgraded after %lld ms", timer.restart());
    }
    const qsizetype request = isWebSocket ? upgradeRequest().size() : 0;
    const qsizetype response = clients.front()->received().size();

    std::vector<QByteArray> in;
    std::vector<QByteArray> out;
    for (std::size_t i = 0; i < Clients; ++i) {
        const FrameBuilder frame = FrameBuilder::text(pattern(int(i)));
        in.push_back(isWebSocket ? frame.masked().toWire() : pattern(int(i)));
        out.push_back(isWebSocket ? frame.toWire() : pattern(int(i)));
        clients[i]->send(in.back());
    }
    for (std::size_t i = 0; i < Clients; ++i) {
        QTRY_COMPARE_WITH_TIMEOUT(clients[i]->received().size(), response + out[i].size(), Patience);
        QCOMPARE(clients[i]->received().mid(response), out[i]);
    }
    qInfo("echoed after %lld ms", timer.restart());

    std::vector<ConnectionId> finished;
    std::vector<ConnectionId> reset;
    for (const ConnectionInfo &info : connectionsOf(listener)) {
        QVERIFY(numbers.contains(info.peer.port));
        const Ending ending = endingOf(numbers.value(info.peer.port));
        if (ending == Ending::OurFin) {
            finished.push_back(info.id);
        } else if (ending == Ending::OurReset) {
            reset.push_back(info.id);
        }
    }
    engine.finishSending(listener.id(), finished);
    engine.reset(listener.id(), reset);
    for (int i = 0; i < Clients; ++i) {
        if (endingOf(i) == Ending::TheirFin) {
            clients[std::size_t(i)]->finishSending();
        } else if (endingOf(i) == Ending::TheirReset) {
            clients[std::size_t(i)]->reset();
        }
    }
    for (int i = 0; i < Clients; ++i) {
        RawPeer &client = *clients[std::size_t(i)];
        if (endingOf(i) == Ending::OurReset) {
            QTRY_VERIFY_WITH_TIMEOUT(client.isReset(), Patience);
        } else if (endingOf(i) != Ending::TheirReset) {
            QTRY_VERIFY_WITH_TIMEOUT(client.isFinReceived(), Patience);
            client.finishSending(); // Those who have will not do it twice
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(areAllOver(listener, Clients), Patience);
    qInfo("closed after %lld ms", timer.restart());

    const QHash<quint64, QByteArray> streams = streamsOf(listener.log());
    for (const ConnectionInfo &info : connectionsOf(listener)) {
        const quint32 id = toNumber(info.id);
        const int number = numbers.value(info.peer.port);
        const QByteArray &sent = in[std::size_t(number)];
        const QByteArray &answered = out[std::size_t(number)];
        QCOMPARE(streams.value(id * 2 + indexOf(Direction::In)).mid(request), sent);
        QCOMPARE(streams.value(id * 2 + indexOf(Direction::Out)).mid(response), answered);
        QCOMPARE(info.bytes[indexOf(Direction::In)], request + sent.size());
        QCOMPARE(info.bytes[indexOf(Direction::Out)], response + answered.size());
        QCOMPARE(info.discarded, 0);
        const Ending ending = endingOf(number);
        const bool isReset = ending == Ending::OurReset || ending == Ending::TheirReset;
        const bool isOurs = ending == Ending::OurReset || ending == Ending::OurFin;
        QCOMPARE(info.how, isReset ? QStringLiteral("rst") : QStringLiteral("fin"));
        QCOMPARE(info.closedBy, isOurs ? ClosedBy::Us : ClosedBy::Peer);
        if (id % 100 == 0) {
            QCOMPARE(exported(listener.log(), id, Direction::In).mid(request), sent);
            QCOMPARE(exported(listener.log(), id, Direction::Out).mid(response), answered);
        }
    }
    QCOMPARE(listener.log().dropped("capture"), 0);
}

void tst_ThousandClients::comeAndGo()
{
    constexpr int Visits = 2 * Clients;
    Engine engine;
    LiveSession listener(engine, QStringLiteral("tcp-listen://127.0.0.1:0"), {QStringLiteral("answer=discard")});
    QTRY_VERIFY(listener.port() != 0);
    const quint16 port = listener.port();
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < Visits; ++i) {
        const auto client = RawPeer::connectTo(port);
        QVERIFY(client->isConnected());
        client->send("x");
    }
    QTRY_VERIFY_WITH_TIMEOUT(areAllOver(listener, Visits), Patience);
    qInfo("%d clients came and went within %lld ms", Visits, timer.elapsed());
    QCOMPARE(listener.log().totals().bytes[indexOf(Direction::In)], Visits);
    QCOMPARE(listener.log().dropped("capture"), 0);
}

QTEST_GUILESS_MAIN(tst_ThousandClients)
#include "tst_thousandclients.moc"
