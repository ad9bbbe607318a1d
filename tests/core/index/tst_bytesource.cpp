// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/bytesource.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <unistd.h>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

class tst_ByteSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void readsWhatTheFileHolds();
    void triesWithoutWaitingAndCallsBack();
    void readsTheLastBlockAgainWhenTheFileHasGrown();
    void forgetsWhatWasReadLongAgo();
    void aFileThatLostItsEndGivesWhatIsThere();

private:
    static QByteArray tryRead(const ByteSource &source, qint64 offset, qint64 length)
    {
        std::optional<QByteArray> bytes;
        [&] {
            QTRY_VERIFY((bytes = source.tryRead(offset, length)).has_value());
        }();
        return bytes.value_or("never came");
    }
};

namespace {

std::shared_ptr<CaptureFile> fileOf(const QTemporaryDir &folder, const QByteArray &bytes)
{
    QFile file(folder.filePath(QStringLiteral("bytes")));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("cannot write %s", qPrintable(file.fileName()));
    }
    file.close();
    return CaptureFile::open(file.fileName()).value();
}

} // namespace

void tst_ByteSource::readsWhatTheFileHolds()
{
    const QTemporaryDir folder;
    const QByteArray bytes = randomBytes(1'000'003, 5);
    const ByteSource source(fileOf(folder, bytes));
    QRandomGenerator random(77);
    for (int step = 0; step < 500; ++step) {
        const int offset = random.bounded(int(bytes.size()) + 10);
        const int length = random.bounded(200'000);
        QCOMPARE(source.read(offset, length), bytes.mid(offset, length));
        if (step % 10 == 0) {
            QCOMPARE(tryRead(source, offset, length), bytes.mid(offset, length));
        }
    }
    QCOMPARE(source.read(0, 10'000'000), bytes);
    QCOMPARE(source.read(2'000'000, 5), QByteArray());
}

void tst_ByteSource::triesWithoutWaitingAndCallsBack()
{
    const QTemporaryDir folder;
    const QByteArray bytes = randomBytes(500'000, 6);
    ByteSource source(fileOf(folder, bytes));
    std::atomic<int> calls = 0;
    source.setReadyCallback([&] { ++calls; });

    QVERIFY(!source.tryRead(60'000, 300'000)); // Six blocks
    QTRY_COMPARE(calls, 1);
    QCOMPARE(source.tryRead(60'000, 300'000).value(), bytes.mid(60'000, 300'000));
    QCOMPARE(source.tryRead(70'000, 10).value(), bytes.mid(70'000, 10));
    QVERIFY(!source.tryRead(499'000, 1000));
    QTRY_COMPARE(calls, 2);
    QCOMPARE(source.tryRead(499'000, 2000).value(), bytes.mid(499'000));
    QCOMPARE(calls, 2);
}

void tst_ByteSource::readsTheLastBlockAgainWhenTheFileHasGrown()
{
    const QTemporaryDir folder;
    const auto file = CaptureFile::create(folder.filePath(QStringLiteral("growing"))).value();
    const ByteSource source(file);
    const QByteArray bytes = randomBytes(150'000, 7);
    qint64 written = 0;
    for (const qint64 size : {10, 1000, 65'535, 65'536, 65'537, 131'072, 150'000}) {
        QCOMPARE(::pwrite(file->descriptor(), bytes.data() + written, static_cast<size_t>(size - written), written),
                 size - written);
        file->commit(size);
        written = size;
        QCOMPARE(source.read(0, 1'000'000), bytes.first(size));
        QCOMPARE(tryRead(source, size / 2, 1'000'000), bytes.sliced(size / 2, size - size / 2));
    }
    file->finish();
}

void tst_ByteSource::forgetsWhatWasReadLongAgo()
{
    const QTemporaryDir folder;
    const QByteArray bytes = randomBytes(ByteSource::CacheSize + 3 * ByteSource::BlockSize, 8);
    const ByteSource source(fileOf(folder, bytes));
    QCOMPARE(source.read(0, bytes.size()), bytes);
    QVERIFY(source.tryRead(bytes.size() - 100, 100));
    QVERIFY(!source.tryRead(0, 100));
}

void tst_ByteSource::aFileThatLostItsEndGivesWhatIsThere()
{
    const QTemporaryDir folder;
    const QByteArray bytes = randomBytes(200'000, 9);
    const auto file = fileOf(folder, bytes);
    QVERIFY(QFile::resize(file->path(), 70'000));
    const ByteSource source(file);
    QCOMPARE(source.read(10, 190'000), bytes.mid(10, 69'990));
    QCOMPARE(tryRead(source, 10, 190'000), bytes.mid(10, 69'990)); // An end, not a wait without one
}

QTEST_GUILESS_MAIN(tst_ByteSource)
#include "tst_bytesource.moc"
