// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/blockspool.h"
#include "tests/support/testsupport.h"

#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>

#include <cstring>

using namespace Sidewire;

namespace {

std::shared_ptr<CaptureFile> newFile()
{
    auto file = CaptureFile::create({});
    if (!file) {
        qFatal("%s", qPrintable(file.error().detail));
    }
    return std::move(file).value();
}

bool append(BlockSpool &spool, qsizetype size, char fill)
{
    char *room = spool.room(size, BlockSpool::Need::Record);
    if (!room) {
        return false;
    }
    std::memset(room, fill, static_cast<std::size_t>(size));
    spool.advance(size);
    return true;
}

QByteArray contentOf(const CaptureFile &file)
{
    QByteArray bytes(file.committed(), '\0');
    file.read(0, {bytes.data(), static_cast<std::size_t>(bytes.size())});
    return bytes;
}

} // namespace

class tst_BlockSpool final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void writesWhatIsFlushedInOrder();
    void writesOutWhatIsThereAtTheEnd();
    void letsGoOfABufferThatWasWrittenBeforeItWasLeft();
    void saysWhenThereIsRoomAgain();
};

void tst_BlockSpool::writesWhatIsFlushedInOrder()
{
    const std::shared_ptr<CaptureFile> file = newFile();
    BlockSpool spool(file, 0);
    QVERIFY(append(spool, 3, 'a'));
    QVERIFY(append(spool, 2, 'b'));
    QCOMPARE(spool.size(), 5);
    spool.flush();
    QTRY_COMPARE(file->committed(), 5);
    QCOMPARE(contentOf(*file), QByteArray("aaabb"));
    QVERIFY(file->isGrowing());
}

void tst_BlockSpool::writesOutWhatIsThereAtTheEnd()
{
    const std::shared_ptr<CaptureFile> file = newFile();
    {
        BlockSpool spool(file, 0);
        QVERIFY(append(spool, 4, 'x')); // Not flushed
    }
    QCOMPARE(contentOf(*file), QByteArray("xxxx"));
    QVERIFY(!file->isGrowing());
}

void tst_BlockSpool::letsGoOfABufferThatWasWrittenBeforeItWasLeft()
{
    // A short block, then one that does not fit behind it: by the time the producer needs the next buffer, nothing of the
    // first is left to write. The thread takes its last note of the first buffer after it has committed its bytes, which
    // cannot be seen from outside; whoever is faster must not matter, and several rounds meet both orders.
    constexpr qsizetype Short = 1000;
    for (int round = 0; round < 20; ++round) {
        const std::shared_ptr<CaptureFile> file = newFile();
        BlockSpool spool(file, 0);
        QVERIFY(append(spool, Short, 'a'));
        spool.flush();
        QTRY_COMPARE(file->committed(), Short);
        QVERIFY(append(spool, BlockSpool::BufferSize, 'b'));
        spool.flush();
        QTRY_COMPARE(file->committed(), Short + BlockSpool::BufferSize);
        QCOMPARE(contentOf(*file), QByteArray(Short, 'a') + QByteArray(BlockSpool::BufferSize, 'b'));
    }
}

void tst_BlockSpool::saysWhenThereIsRoomAgain()
{
    const std::shared_ptr<CaptureFile> file = newFile();
    QSemaphore disk;
    QSemaphore roomAgain;
    {
        BlockSpool spool(file, 0);
        file->setGrowthListener([&disk] { disk.acquire(); }); // A disk that takes its time
        const auto letGo = qScopeGuard([&disk] { disk.release(1000); }); // Or a failure would wait for ever
        spool.setRoomAgainCallback([&roomAgain] { roomAgain.release(); });
        for (int i = 0; i < BlockSpool::MaxBuffers; ++i) {
            QCOMPARE(spool.roomFor(BlockSpool::BufferSize), BlockSpool::MaxBuffers - i);
            QVERIFY(append(spool, BlockSpool::BufferSize, 'x'));
        }
        QVERIFY(!append(spool, 1, 'y'));
        QCOMPARE(roomAgain.available(), 0);
        QVERIFY(spool.room(1, BlockSpool::Need::Reserve)); // What must not be refused

        disk.release(1000);
        roomAgain.acquire();
        QVERIFY(append(spool, 1, 'y'));
        file->setGrowthListener({});
    }
    QCOMPARE(file->committed(), BlockSpool::MaxBuffers * BlockSpool::BufferSize + 1);
    QVERIFY(contentOf(*file).endsWith("xy"));
}

QTEST_GUILESS_MAIN(tst_BlockSpool)
#include "tst_blockspool.moc"
