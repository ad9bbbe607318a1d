// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/messagereader.h"
#include "core/index/sessionlog.h"
#include "core/protocol/websocket/messagedeflate.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <map>
#include <sys/resource.h>
#include <thread>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

class tst_SessionLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { failOnWarnings(); }

    void aLiveLogAndItsReopenedFileAgree_data();
    void aLiveLogAndItsReopenedFileAgree();
    void aThousandConnectionsKeepTheirOwn();
    void aMessageIsPutTogetherFromInterleavedRecords();
    void aStreamEndsWhereTheLogSaysSo();
    void whatHasNotEndedIsUnfinishedUntilTheLogEnds();
    void whatIsCutOffIsNotUnfinishedAsWell();
    void anotherLensCutsWhileTheLogGrows();
    void aLaterChoiceOfLensDropsTheEarlierOne();
    void countsComeFromTheChosenLens();
    void totalsAddUpAllConnections();
    void theDoorbellRingsOnceUntilItIsAnswered();
    void aLogCanBeLetGoWhileItIsIndexed();
    void aFullDiskStopsIndexingUntilThereIsRoom();
    void somethingElseIsNotOpened();

private:
    static LensSpec lens(const char *name) { return LensSpec::parse(QString::fromLatin1(name)).value(); }

    static std::shared_ptr<SessionLog> follow(const LogScript &builder, const char *lensName)
    {
        return SessionLog::create(builder.file(), lens(lensName)).value();
    }
};

namespace {

/// A conversation that has something for each lens.
void converse(LogScript &builder, bool isWebSocket)
{
    QRandomGenerator random(99);
    const auto maskedText = [](const QByteArray &text) {
        return FrameBuilder::text(text).masked().toWire();
    };
    // Every second one that comes is compressed, of two connections in turn.
    const QByteArray deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    std::map<ConnectionId, MessageDeflater> deflaters;
    const auto serverText = [&deflaters](const QByteArray &text, ConnectionId id, int step) {
        MessageDeflater &deflater = deflaters.try_emplace(id, ContextTakeover::On).first->second;
        return step % 2 == 0 ? FrameBuilder::text(text).toWire()
                             : FrameBuilder::text(deflater.deflate(text)).withReserved(4).toWire();
    };
    for (int round = 0; round < 3; ++round) {
        const ConnectionId first = builder.open();
        const ConnectionId second = builder.open();
        for (const ConnectionId id : {first, second}) {
            if (isWebSocket) {
                builder.out(id, upgradeRequest(deflate));
                builder.in(id, upgradeResponse(deflate));
            }
        }
        for (int step = 0; step < 60; ++step) {
            const ConnectionId id = step % 3 == 0 ? second : first;
            const QByteArray text = QByteArray::number(random.bounded(1'000'000)) + " some text\n";
            const QByteArray sent = isWebSocket ? maskedText(text) : text;
            const QByteArray received = isWebSocket ? serverText(text, id, step) : text;
            const qsizetype cut = random.bounded(int(sent.size()));
            builder.out(id, sent.first(cut));
            builder.in(id, received);
            builder.out(id, sent.sliced(cut));
            if (step % 7 == 0) {
                builder.flush();
            }
        }
        builder.in(first, "not terminat");
        builder.fin(second, Direction::In);
        if (round != 2) {
            builder.close(first);
        }
        builder.close(second);
    }
    builder.event(EventType::Dropped, {},
                  {{QStringLiteral("where"), QStringLiteral("kernel")}, {QStringLiteral("count"), 3}});
    builder.flush();
}

} // namespace

void tst_SessionLog::aLiveLogAndItsReopenedFileAgree_data()
{
    QTest::addColumn<QByteArray>("lensName");
    QTest::addColumn<bool>("isWebSocket");
    for (const char *name : {"reads", "lines", "auto"}) {
        QTest::addRow("%s over tcp", name) << QByteArray(name) << false;
    }
    for (const char *name : {"reads", "websocket", "auto"}) {
        QTest::addRow("%s over ws", name) << QByteArray(name) << true;
    }
}

void tst_SessionLog::aLiveLogAndItsReopenedFileAgree()
{
    QFETCH(QByteArray, lensName);
    QFETCH(bool, isWebSocket);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    LogScript builder(isWebSocket ? QStringLiteral("ws://127.0.0.1:9001/") : QStringLiteral("tcp://127.0.0.1:9001"),
                      path);
    const auto live = follow(builder, lensName.constData());
    converse(builder, isWebSocket);
    QTRY_COMPARE(live->dropped("kernel"), 3); // Its last event, so the tables came from many batches
    QVERIFY(!live->progress().isComplete);
    builder.finish();
    live->waitUntilCaughtUp();
    QVERIFY(live->progress().isComplete);

    const auto reopened = SessionLog::open(path, lens(lensName.constData())).value();
    reopened->waitUntilCaughtUp();
    QVERIFY(reopened->progress().isComplete);
    QCOMPARE(reopened->progress().position, reopened->progress().size);
    QCOMPARE(reopened->connectionCount(), 6);
    QCOMPARE(reopened->dropped("kernel"), 3);
    QVERIFY(reopened->messages()->count() > 300);
    QCOMPARE(dump(*live), dump(*reopened));
}

void tst_SessionLog::aThousandConnectionsKeepTheirOwn()
{
    constexpr int Connections = 1000;
    constexpr int Rounds = 5;
    LogScript builder(QStringLiteral("tcp-listen://127.0.0.1:9001"));
    const auto log = follow(builder, "lines");
    std::vector<ConnectionId> ids;
    for (int i = 0; i < Connections; ++i) {
        ids.push_back(builder.open(Transport::Tcp, QStringLiteral("server")));
    }
    for (int round = 0; round < Rounds; ++round) {
        for (const ConnectionId id : ids) {
            builder.in(id, "from " + QByteArray::number(toNumber(id)) + " round " + QByteArray::number(round));
            builder.in(id, "\n");
        }
        builder.flush();
    }
    for (const ConnectionId id : ids) {
        builder.close(id);
    }
    builder.finish();
    log->waitUntilCaughtUp();

    QCOMPARE(log->connectionCount(), Connections);
    QCOMPARE(log->messages()->count(), Connections * Rounds);
    QCOMPARE(log->totals().messages[0], Connections * Rounds);
    QCOMPARE(log->totals().records[0], Connections * Rounds * 2);
    for (const ConnectionId id : ids) {
        const ConnectionInfo info = log->connection(id);
        QCOMPARE(info.messages[0], Rounds);
        QVERIFY(info.isOver());
        QVERIFY(info.isServerSide);
    }
    const MessageReader reader(*log);
    const Message &message = log->messages()->at(3 * Connections + 417);
    QCOMPARE(toNumber(message.connection), 417u);
    QCOMPARE(reader.content(message, 100, MessageReader::Wait::Yes).value(), QByteArray("from 417 round 3"));
}

void tst_SessionLog::aMessageIsPutTogetherFromInterleavedRecords()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId first = builder.open();
    const ConnectionId second = builder.open();
    QByteArray even;
    QByteArray odd;
    // More records than are looked at from the front before the walk from the end begins.
    for (int step = 0; step < 6000; ++step) {
        const QByteArray part = QByteArray::number(step) + ',';
        (step % 2 == 0 ? even : odd) += part;
        builder.in(step % 2 == 0 ? first : second, part);
    }
    builder.in(first, "\n");
    builder.in(second, "\nrest");
    const auto log = follow(builder, "lines");
    builder.finish();
    log->waitUntilCaughtUp();

    const auto table = log->messages();
    QCOMPARE(table->count(), 3);
    const MessageReader reader(*log);
    QCOMPARE(reader.content(table->at(0), 1 << 20, MessageReader::Wait::Yes).value(), even);
    QCOMPARE(reader.content(table->at(1), 1 << 20, MessageReader::Wait::Yes).value(), odd);
    QCOMPARE(reader.content(table->at(0), 10, MessageReader::Wait::Yes).value(), even.first(10));
    QCOMPARE(reader.wire(table->at(1), 1 << 20, MessageReader::Wait::Yes).value(), odd + '\n');
    QCOMPARE(reader.slices(table->at(0)).size(), std::size_t(3001));
    QCOMPARE(reader.slices(table->at(0), 5).size(), std::size_t(5));

    // From a byte to its message and back.
    const RecordRow &row = log->records().at(777);
    QCOMPARE(table->find({row.connection, row.direction, row.streamOffset + 1}, 777), 1);
    QCOMPARE(table->find({first, Direction::In, even.size()}, 6000), 0);

    std::optional<QByteArray> painted;
    QTRY_VERIFY((painted = reader.content(table->at(0), 200, MessageReader::Wait::No)).has_value());
    QCOMPARE(*painted, even.first(200));
}

void tst_SessionLog::aStreamEndsWhereTheLogSaysSo()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId first = builder.open();
    const ConnectionId second = builder.open();
    builder.in(first, "cut by a FIN");
    builder.fin(first, Direction::In);
    builder.out(first, "still goes");
    builder.in(second, "whole\n");
    builder.out(first, " on\nand is cut");
    builder.close(first);
    builder.in(second, "last\nopen");
    const auto log = follow(builder, "lines");
    builder.finish();
    log->waitUntilCaughtUp();

    const QByteArrayList expected{"0 in line! 12 cut by a FIN", "1 in line 5 whole", "0 out line 13 still goes on",
                                  "0 out line! 10 and is cut",  "1 in line 4 last",  "1 in line! 4 open"};
    QCOMPARE(dumpMessages(*log), expected);
}

void tst_SessionLog::whatHasNotEndedIsUnfinishedUntilTheLogEnds()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const auto log = follow(builder, "lines");
    const ConnectionId id = builder.open();
    builder.in(id, "hello\nwor");
    builder.flush();
    QTRY_COMPARE(log->messages()->unfinished().size(), std::size_t(1));
    QCOMPARE(log->messages()->count(), 1);
    const Message unfinished = log->messages()->unfinished().front();
    QCOMPARE(MessageReader(*log).content(unfinished, 100, MessageReader::Wait::Yes).value(), QByteArray("wor"));

    builder.in(id, "ld\n");
    builder.flush();
    QTRY_COMPARE(log->messages()->count(), 2);
    QVERIFY(log->messages()->unfinished().empty());
    QCOMPARE(dumpMessages(*log).last(), QByteArray("0 in line 5 world"));
}

void tst_SessionLog::whatIsCutOffIsNotUnfinishedAsWell()
{
    LogScript builder(QStringLiteral("ws://127.0.0.1:9001"));
    const auto log = follow(builder, "websocket");
    const ConnectionId id = builder.open();
    builder.out(id, upgradeRequest());
    builder.in(id, upgradeResponse() + FrameBuilder::text("hello").toWire().chopped(2));
    builder.flush();
    QTRY_COMPARE(log->messages()->unfinished().size(), std::size_t(1));

    builder.fin(id, Direction::In);
    builder.flush();
    QTRY_COMPARE(log->messages()->count(), 3);
    QVERIFY(log->messages()->unfinished().empty());
}

void tst_SessionLog::anotherLensCutsWhileTheLogGrows()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"), path);
    const auto log = follow(builder, "reads");
    const ConnectionId id = builder.open();
    for (int step = 0; step < 3000; ++step) {
        builder.in(id, "some text, " + QByteArray::number(step) + (step % 3 == 0 ? "\n" : ""));
        if (step == 1500) {
            const auto before = log->messages();
            log->setLens(lens("lines"));
            QCOMPARE(log->chosenLens(), lens("lines"));
            QCOMPARE(before->lens(), lens("reads")); // Stays as it is for whoever holds it
        }
        if (step % 50 == 0) {
            builder.flush();
        }
    }
    builder.finish();
    log->waitUntilCaughtUp();
    QCOMPARE(log->messages()->lens(), lens("lines"));
    QCOMPARE(log->progress().recutDone, -1);

    const auto reopened = SessionLog::open(path, lens("lines")).value();
    reopened->waitUntilCaughtUp();
    QCOMPARE(dump(*log), dump(*reopened));
}

void tst_SessionLog::aLaterChoiceOfLensDropsTheEarlierOne()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const auto log = follow(builder, "reads");
    const ConnectionId id = builder.open();
    builder.in(id, "one\ntwo\n");
    builder.flush();
    const auto reads = log->messages();
    QTRY_COMPARE(reads->count(), 1);

    log->setLens(lens("lines"));
    log->cancelRecut();
    log->waitUntilCaughtUp();
    QCOMPARE(log->chosenLens(), log->messages()->lens());

    log->setLens(lens("lines"));
    log->setLens(lens("auto"));
    log->waitUntilCaughtUp();
    QCOMPARE(log->messages()->lens(), lens("auto"));

    log->setLens(lens("lines"));
    log->setLens(log->messages()->lens()); // Back to what is there: nothing to do
    QCOMPARE(log->progress().recutDone, -1);
    QCOMPARE(reads->count(), 1);
}

void tst_SessionLog::countsComeFromTheChosenLens()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const auto log = follow(builder, "reads");
    const ConnectionId id = builder.open();
    builder.in(id, "one\ntwo\nthree\n");
    builder.finish();
    log->waitUntilCaughtUp();
    QCOMPARE(log->connection(id).messages[0], 1);

    log->setLens(lens("lines"));
    log->waitUntilCaughtUp();
    QTRY_COMPARE(log->connection(id).messages[0], 3);
    QCOMPARE(log->totals().messages[0], 3);
}

void tst_SessionLog::totalsAddUpAllConnections()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const auto log = follow(builder, "reads");
    QCOMPARE(log->totals().bytes[0], 0);
    const ConnectionId first = builder.open();
    builder.in(first, "12345");
    builder.out(first, "123");
    builder.event(EventType::Discarded, first,
                  {{QStringLiteral("direction"), QStringLiteral("out")}, {QStringLiteral("bytes"), 7}});
    builder.close(first);
    const ConnectionId second = builder.open();
    builder.in(second, "1234567");
    builder.event(EventType::Dropped, {},
                  {{QStringLiteral("where"), QStringLiteral("capture")}, {QStringLiteral("count"), 2}});
    builder.finish();
    log->waitUntilCaughtUp();

    const ConnectionInfo totals = log->totals();
    QCOMPARE(totals.bytes[0], 12);
    QCOMPARE(totals.bytes[1], 3);
    QCOMPARE(totals.records[0], 2);
    QCOMPARE(totals.records[1], 1);
    QCOMPARE(totals.messages[0], 2);
    QCOMPARE(totals.discarded, 7);
    QCOMPARE(totals.id, second);
    QVERIFY(!totals.isOver());
    QCOMPARE(totals.lastTimes[0], log->records().at(2).time);
    QCOMPARE(log->dropped("capture"), 2);
    QCOMPARE(log->dropped("kernel"), 0);
    QCOMPARE(log->connection(ConnectionId(77)).bytes[0], 0); // No such connection
}

void tst_SessionLog::theDoorbellRingsOnceUntilItIsAnswered()
{
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"));
    const auto log = follow(builder, "reads");
    std::atomic<int> rings = 0;
    log->setDoorbell([&] { ++rings; });
    const ConnectionId id = builder.open();
    for (int step = 0; step < 200; ++step) {
        builder.in(id, "x");
        builder.flush();
    }
    QTRY_COMPARE(log->records().count(), 200);
    QCOMPARE(rings, 1);

    log->answerDoorbell();
    log->ringDoorbell();
    QCOMPARE(rings, 2);
    log->setDoorbell({});
    log->answerDoorbell();
    builder.finish();
    log->waitUntilCaughtUp();
    QCOMPARE(rings, 2);

    log->setDoorbell([&] { ++rings; }); // It rang meanwhile
    QTRY_COMPARE(rings, 3);
}

void tst_SessionLog::aLogCanBeLetGoWhileItIsIndexed()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"), path);
    const ConnectionId id = builder.open();
    for (int step = 0; step < 100'000; ++step) {
        builder.in(id, "some bytes that are not many\n");
    }
    builder.finish();
    for (int round = 0; round < 20; ++round) {
        const auto log = SessionLog::open(path, lens("lines")).value();
        log->setLens(lens("reads"));
        while (log->records().count() < round * 1000) {
            std::this_thread::yield();
        }
    }
}

void tst_SessionLog::aFullDiskStopsIndexingUntilThereIsRoom()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    LogScript builder(QStringLiteral("tcp://127.0.0.1:9001"), path);
    const ConnectionId id = builder.open();
    for (int step = 0; step < 100'000; ++step) {
        builder.in(id, "x");
    }
    builder.finish();

    // A limit on the size of files stands in for the disk: the tables cannot grow beyond it.
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1024 * 1024, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Indexing.*Cannot grow the index")));
    const auto log = SessionLog::open(path, lens("reads")).value();
    log->waitUntilCaughtUp();
    QVERIFY2(log->indexError().contains(QStringLiteral("Cannot grow the index")), qPrintable(log->indexError()));
    QVERIFY(!log->progress().isComplete);
    QVERIFY(log->records().count() < 100'000);
    for (qint64 record = 0; record < log->records().count(); ++record) {
        QCOMPARE(log->records().at(record).length, 1u);
    }

    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QTRY_VERIFY(log->progress().isComplete);
    QVERIFY(log->indexError().isEmpty());
    QCOMPARE(log->records().count(), 100'000);
    QCOMPARE(log->messages()->count(), 100'000);
}

void tst_SessionLog::somethingElseIsNotOpened()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(1000, 'x'));
    file.close();
    QVERIFY(!SessionLog::open(file.fileName()));
    QVERIFY(!SessionLog::open(folder.filePath(QStringLiteral("missing.pcapng"))));
}

QTEST_GUILESS_MAIN(tst_SessionLog)
#include "tst_sessionlog.moc"
