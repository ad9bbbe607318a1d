// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/capturewriter.h"
#include "tests/support/capturelog.h"
#include "tests/support/testsupport.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

constexpr ConnectionId First{0};
constexpr ConnectionId Second{1};
constexpr qint64 Time = 1'700'000'000'123'456'789;

Event opened(ConnectionId id, const QString &transport, const Endpoint &local, const Endpoint &peer)
{
    Event event;
    event.time = Time;
    event.type = EventType::Opened;
    event.connection = id;
    event.message = QStringLiteral("opened");
    event.data = {{QStringLiteral("transport"), transport},
                  {QStringLiteral("role"), QStringLiteral("client")},
                  {QStringLiteral("local"), local.toString()},
                  {QStringLiteral("peer"), peer.toString()}};
    return event;
}

Endpoint endpoint(const char *text)
{
    return Endpoint::fromString(QString::fromLatin1(text));
}

} // namespace

/// What the writer writes, the reader gives back.
class tst_CaptureLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void givesBackHeaderRecordsAndEvents();
    void splitsLongWritesAndKeepsDatagramsWhole_data();
    void splitsLongWritesAndKeepsDatagramsWhole();
    void fillsReservedRoomInPlace();
    void tellsApartConnectionsBetweenTheSamePorts();
    void isFollowedWhileItGrows();
    void bothDirectionsKeepTheirOwnOffsets();
    void refusesWhatItCannotHoldWithoutWritingIt();
};

void tst_CaptureLog::givesBackHeaderRecordsAndEvents()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    CaptureHeader header;
    header.application = QStringLiteral("Sidewire 0.1.0");
    header.target = QStringLiteral("tls://example.test:7");
    header.options = {{QStringLiteral("nodelay"), QStringLiteral("on")}};
    header.isPlaintextOfTls = true;
    {
        auto writer = CaptureWriter::create(path, header);
        QVERIFY(writer);
        const auto &log = writer.value();
        Event event = opened(First, QStringLiteral("tcp"), endpoint("127.0.0.1:5000"), endpoint("127.0.0.1:7"));
        event.message = QStringLiteral("two\nlines \u00e9");
        event.severity = Event::Severity::Error;
        log->appendEvent(event);
        log->openFlow(First, Transport::Tcp, Direction::Out, endpoint("127.0.0.1:5000"), endpoint("127.0.0.1:7"), Time);
        QVERIFY(log->append(First, Direction::Out, "hello", Time + 1));
        QVERIFY(log->append(First, Direction::In, QByteArray("wor\0ld", 6), Time + 2));
        log->finishDirection(First, Direction::In, Time + 3);
        log->finishDirection(First, Direction::In, Time + 3);
        log->finishDirection(First, Direction::Out, Time + 4);
        QVERIFY(log->file()->isGrowing());
    }
    const auto file = CaptureFile::open(path);
    QVERIFY(file);
    QVERIFY(!(*file)->isGrowing());
    const auto reader = CaptureReader::open(*file);
    QVERIFY2(reader, reader ? "" : qPrintable(reader.error().detail));
    QCOMPARE((*reader)->header().application, header.application);
    QCOMPARE((*reader)->header().target, header.target);
    QCOMPARE((*reader)->header().options, header.options);
    QVERIFY((*reader)->header().isPlaintextOfTls);
    QVERIFY(!(*reader)->header().isForeign);

    CaptureLog log;
    QCOMPARE(log.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE((*reader)->position(), (*file)->committed());
    QCOMPARE(log.events.size(), 1u);
    QCOMPARE(log.events[0].message, QStringLiteral("two lines \u00e9"));
    QCOMPARE(log.events[0].severity, Event::Severity::Error);
    QCOMPARE(log.events[0].time, Time);
    QCOMPARE(log.events[0].data.value(QLatin1StringView("peer")).toString(), QStringLiteral("127.0.0.1:7"));
    QCOMPARE(log.records.size(), 2u);
    QCOMPARE(log.records[0].time, Time + 1);
    QCOMPARE(log.records[0].direction, Direction::Out);
    QCOMPARE(payload(**file, log.records[0]), "hello");
    QCOMPARE(log.records[1].time, Time + 2);
    QCOMPARE(log.records[1].direction, Direction::In);
    QCOMPARE(log.records[1].wireLength, 6u);
    QCOMPARE(payload(**file, log.records[1]), QByteArray("wor\0ld", 6));
}

void tst_CaptureLog::splitsLongWritesAndKeepsDatagramsWhole_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("local");
    QTest::addColumn<QString>("peer");
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<int>("records");

    const QString four = QStringLiteral("10.0.0.1:1000");
    const QString six = QStringLiteral("[fe80::1%lo]:1000");
    const QString mapped = QStringLiteral("[::ffff:10.0.0.2]:2000");
    const QString tcp = QStringLiteral("tcp");
    const QString udp = QStringLiteral("udp");
    QTest::newRow("tcp 65495") << tcp << four << mapped << qsizetype(65495) << 1;
    QTest::newRow("tcp 65496") << tcp << four << mapped << qsizetype(65496) << 2;
    QTest::newRow("tcp6 300001") << tcp << six << QStringLiteral("[fe80::2]:7") << qsizetype(300001) << 5;
    QTest::newRow("udp 0") << udp << four << mapped << qsizetype(0) << 1;
    QTest::newRow("udp 1") << udp << four << mapped << qsizetype(1) << 1;
    QTest::newRow("udp 65507") << udp << four << mapped << qsizetype(65507) << 1;
    QTest::newRow("udp6 65527") << udp << six << QStringLiteral("[fe80::2]:7") << qsizetype(65527) << 1;
    QTest::newRow("udp6 0") << udp << six << QStringLiteral("[fe80::2]:7") << qsizetype(0) << 1;
}

void tst_CaptureLog::splitsLongWritesAndKeepsDatagramsWhole()
{
    QFETCH(QString, transport);
    QFETCH(QString, local);
    QFETCH(QString, peer);
    QFETCH(qsizetype, size);
    QFETCH(int, records);

    const Transport kind = transport == u"udp" ? Transport::Udp : Transport::Tcp;
    const Endpoint localEnd = Endpoint::fromString(local);
    const Endpoint peerEnd = Endpoint::fromString(peer);
    const QByteArray bytes = randomBytes(size, 1);
    auto writer = CaptureWriter::create({}, {});
    QVERIFY(writer);
    const auto file = writer.value()->file();
    writer.value()->appendEvent(opened(First, transport, localEnd, peerEnd));
    writer.value()->openFlow(First, kind, Direction::Out, localEnd, peerEnd, Time);
    QVERIFY(writer.value()->append(First, Direction::In, bytes, Time));
    std::move(writer).value().reset();

    auto reader = CaptureReader::open(file);
    QVERIFY(reader);
    CaptureLog log;
    QCOMPARE(log.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE(log.events.size(), 1u);
    QCOMPARE(std::ssize(log.records), records);
    QCOMPARE(log.stream(*file, First, Direction::In), bytes);
}

void tst_CaptureLog::fillsReservedRoomInPlace()
{
    auto writer = CaptureWriter::create({}, {});
    QVERIFY(writer);
    const auto &log = writer.value();
    const auto file = log->file();
    log->appendEvent(opened(First, QStringLiteral("tcp"), endpoint("[::1]:1"), endpoint("[::1]:2")));
    log->openFlow(First, Transport::Tcp, Direction::In, endpoint("[::1]:1"), endpoint("[::1]:2"), Time);

    std::span<char> room = log->reserve(First, Direction::In, 100000);
    QCOMPARE(std::ssize(room), CaptureWriter::MaxTcpPayload);
    std::ranges::fill(room, 'x');
    log->commit(3, Time);
    QVERIFY(!log->reserve(First, Direction::In, 10).empty());
    log->commit(-1, Time); // Nothing came
    room = log->reserve(First, Direction::In, 10);
    std::ranges::fill(room, 'y');
    log->commit(10, Time);
    std::move(writer).value().reset();

    auto reader = CaptureReader::open(file);
    CaptureLog read;
    QCOMPARE(read.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE(read.stream(*file, First, Direction::In), "xxxyyyyyyyyyy");
}

void tst_CaptureLog::tellsApartConnectionsBetweenTheSamePorts()
{
    auto writer = CaptureWriter::create({}, {});
    QVERIFY(writer);
    const auto &log = writer.value();
    const auto file = log->file();
    const Endpoint local = endpoint("127.0.0.1:5000");
    const Endpoint peer = endpoint("127.0.0.1:7");
    for (const ConnectionId id : {First, Second}) {
        Event event = opened(id, QStringLiteral("tcp"), {}, {});
        log->appendEvent(event);
        event.type = EventType::Endpoints;
        event.data = {{QStringLiteral("local"), local.toString()}, {QStringLiteral("peer"), peer.toString()}};
        log->appendEvent(event);
        log->openFlow(id, Transport::Tcp, Direction::Out, local, peer, Time);
        log->append(id, Direction::Out, id == First ? "one" : "two", Time);
        log->resetFlow(id, Direction::In, Time);
    }
    std::move(writer).value().reset();

    auto reader = CaptureReader::open(file);
    CaptureLog read;
    QCOMPARE(read.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE(read.stream(*file, First, Direction::Out), "one");
    QCOMPARE(read.stream(*file, Second, Direction::Out), "two");
    QCOMPARE(read.records.back().streamOffset, 0);
}

void tst_CaptureLog::isFollowedWhileItGrows()
{
    auto writer = CaptureWriter::create({}, {});
    QVERIFY(writer);
    const auto &log = writer.value();
    const auto file = log->file();
    auto reader = CaptureReader::open(file);
    QVERIFY(reader);
    CaptureLog read;
    QCOMPARE(read.readAll(**reader), CaptureReader::Status::UpToDate);

    log->appendEvent(opened(First, QStringLiteral("udp"), endpoint("127.0.0.1:1"), endpoint("127.0.0.1:2")));
    log->openFlow(First, Transport::Udp, Direction::Out, endpoint("127.0.0.1:1"), endpoint("127.0.0.1:2"), Time);
    for (int i = 0; i < 50; ++i) {
        QVERIFY(log->append(First, Direction::Out, QByteArray::number(i), Time + i));
        log->flush();
        QTRY_COMPARE(file->committed(), log->size());
        QCOMPARE(read.readAll(**reader), CaptureReader::Status::UpToDate);
        QCOMPARE(std::ssize(read.records), i + 1);
        QCOMPARE(payload(*file, read.records.back()), QByteArray::number(i));
    }
    std::move(writer).value().reset();
    QCOMPARE(read.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE(read.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE(read.events.size(), 1u);
}

void tst_CaptureLog::bothDirectionsKeepTheirOwnOffsets()
{
    auto writer = CaptureWriter::create({}, {});
    QVERIFY(writer);
    const auto &log = writer.value();
    const auto file = log->file();
    // A connection to itself: the same port on both ends, only the flags of a packet tell its direction.
    const Endpoint end = endpoint("127.0.0.1:9");
    log->appendEvent(opened(First, QStringLiteral("tcp"), end, end));
    log->openFlow(First, Transport::Tcp, Direction::Out, end, end, Time);
    log->append(First, Direction::Out, "abc", Time);
    log->append(First, Direction::In, "abc", Time);
    log->append(First, Direction::Out, "de", Time);
    std::move(writer).value().reset();

    auto reader = CaptureReader::open(file);
    CaptureLog read;
    QCOMPARE(read.readAll(**reader, file.get()), CaptureReader::Status::End);
    QCOMPARE(read.rows.sliced(1), (QStringList{"0 out @0 abc", "0 in @0 abc", "0 out @3 de"}));
}

void tst_CaptureLog::refusesWhatItCannotHoldWithoutWritingIt()
{
    auto writer = CaptureWriter::create({}, {});
    QVERIFY(writer);
    const auto &log = writer.value();
    log->openFlow(First, Transport::Tcp, Direction::Out, endpoint("127.0.0.1:1"), endpoint("127.0.0.1:2"), Time);
    const qint64 before = log->size();
    QVERIFY(log->room() > 3'000'000);
    QVERIFY(!log->append(First, Direction::Out, QByteArray(log->room() + 1, 'x'), Time));
    QCOMPARE(log->size(), before);
    QVERIFY(log->append(First, Direction::Out, QByteArray(log->room(), 'x'), Time));
}

QTEST_GUILESS_MAIN(tst_CaptureLog)
#include "tst_capturelog.moc"
