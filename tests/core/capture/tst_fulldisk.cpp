// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/capturewriter.h"
#include "tests/support/capturelog.h"
#include "tests/support/testsupport.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>
#include <sys/resource.h>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

constexpr ConnectionId First{0};
const Endpoint Local{QHostAddress(QHostAddress::LocalHost), 1};
const Endpoint Peer{QHostAddress(QHostAddress::LocalHost), 2};

/// A disk that is full at `size` bytes a file, as far as this process sees.
class FullDisk
{
public:
    explicit FullDisk(rlim_t size)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{size, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { makeRoom(); }
    Q_DISABLE_COPY_MOVE(FullDisk)

    void makeRoom() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

Event opened()
{
    Event event;
    event.type = EventType::Opened;
    event.connection = First;
    event.data = {{QStringLiteral("transport"), QStringLiteral("tcp")},
                  {QStringLiteral("local"), Local.toString()},
                  {QStringLiteral("peer"), Peer.toString()}};
    return event;
}

std::unique_ptr<CaptureWriter> startLog(const QString &path)
{
    auto writer = CaptureWriter::create(path, {});
    if (!writer) {
        return nullptr;
    }
    (*writer)->appendEvent(opened());
    (*writer)->openFlow(First, Transport::Tcp, Direction::Out, Local, Peer, 1);
    return std::move(writer).value();
}

} // namespace

/// Recording while the disk takes nothing.
class tst_FullDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGXFSZ, SIG_IGN); } // As the program does
    void init() { failOnWarnings(); }
    void goesOnWhenThereIsRoomAgain();
    void keepsRoomForEvents();
    void callsWhenThereIsRoomForManyRecordsAgain();
    void givesUpAtTheEndAndLeavesWholeBlocks();
};

void tst_FullDisk::goesOnWhenThereIsRoomAgain()
{
    std::atomic<int> failures = 0;
    std::atomic<int> recoveries = 0;
    std::atomic<Error::Code> code = Error::Code::Usage;
    auto writer = startLog({});
    QVERIFY(writer);
    writer->setStatusCallback([&](const std::optional<Error> &error) {
        if (error) {
            code = error->code;
        }
        ++(error ? failures : recoveries);
    });
    const auto file = writer->file();
    const QByteArray bytes = randomBytes(1'000'000, 1);

    FullDisk disk(100'000);
    QVERIFY(writer->append(First, Direction::In, bytes, 2));
    writer->flush();
    QTRY_COMPARE(failures.load(), 1);
    QVERIFY(code == Error::Code::NoSpace);
    QVERIFY(file->committed() <= 100'000);
    auto reader = CaptureReader::open(file);
    QVERIFY(reader);
    CaptureLog log;
    QCOMPARE(log.readAll(**reader), CaptureReader::Status::UpToDate); // What is shown is whole

    disk.makeRoom();
    QTRY_COMPARE(recoveries.load(), 1);
    QVERIFY(writer->append(First, Direction::In, "more", 3));
    writer.reset();
    QCOMPARE(log.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE(log.stream(*file, First, Direction::In), bytes + "more");
    QCOMPARE(failures.load(), 1);
}

void tst_FullDisk::keepsRoomForEvents()
{
    constexpr int EventCount = 3000;
    std::atomic<int> roomAgain = 0;
    auto writer = startLog({});
    QVERIFY(writer);
    writer->setRoomAgainCallback([&] { ++roomAgain; });
    const auto file = writer->file();
    qint64 accepted = 0;
    {
        FullDisk disk(10'000);
        while (!writer->reserve(First, Direction::In, 50'000).empty()) {
            writer->commit(50'000, 2);
            accepted += 50'000;
            QVERIFY(accepted < 10'000'000); // Bounded
        }
        QVERIFY(!writer->append(First, Direction::In, QByteArray(50'000, 'x'), 2));
        for (int i = 0; i < EventCount; ++i) {
            Event note;
            note.message = QString::number(i) + QString(1000, u'.');
            writer->appendEvent(note);
        }
        QCOMPARE(roomAgain.load(), 0);
    }
    QTRY_COMPARE(roomAgain.load(), 1);
    QVERIFY(writer->append(First, Direction::In, "after", 3));
    writer.reset();

    auto reader = CaptureReader::open(file);
    CaptureLog log;
    QCOMPARE(log.readAll(**reader), CaptureReader::Status::End);
    QCOMPARE(std::ssize(log.events), EventCount + 1);
    QVERIFY(log.events.back().message.startsWith(QString::number(EventCount - 1)));
    QCOMPARE(log.records.back().streamOffset, accepted);
}

void tst_FullDisk::callsWhenThereIsRoomForManyRecordsAgain()
{
    std::atomic<int> roomAgain = 0;
    auto writer = startLog({});
    QVERIFY(writer);
    writer->setRoomAgainCallback([&] { ++roomAgain; });
    const QByteArray large(2'000'000, 'x'); // Split into records: all of them or none
    {
        FullDisk disk(10'000);
        QVERIFY(writer->append(First, Direction::Out, large, 2));
        const qint64 size = writer->size();
        QVERIFY(!writer->append(First, Direction::Out, large, 2));
        QCOMPARE(writer->size(), size);
        QCOMPARE(roomAgain.load(), 0);
    }
    QTRY_COMPARE(roomAgain.load(), 1);
    bool isTaken = false; // Once only: QTRY_VERIFY looks again at what it has seen
    QTRY_VERIFY(isTaken || (isTaken = writer->append(First, Direction::Out, large, 3)));
}

void tst_FullDisk::givesUpAtTheEndAndLeavesWholeBlocks()
{
    QTest::ignoreMessage(QtWarningMsg, "the end of a log could not be written");
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("full.pcapng"));
    {
        FullDisk disk(100'000);
        auto writer = startLog(path);
        QVERIFY(writer);
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(writer->append(First, Direction::In, QByteArray(1000, 'x'), 2));
        }
        const qint64 size = writer->size();
        const qint64 unwritten = writer->finish();
        QVERIFY(unwritten > 0);
        QCOMPARE(unwritten, size - writer->file()->committed());
    }
    const auto file = CaptureFile::open(path);
    QVERIFY(file);
    QVERIFY((*file)->committed() <= 100'000);
    const auto reader = CaptureReader::open(*file);
    QVERIFY(reader);
    CaptureLog log;
    QCOMPARE(log.readAll(**reader), CaptureReader::Status::End);
    QVERIFY(log.records.size() > 80);
    QCOMPARE(log.events.size(), std::size_t(1)); // Nothing is said of a torn end
}

QTEST_GUILESS_MAIN(tst_FullDisk)
#include "tst_fulldisk.moc"
