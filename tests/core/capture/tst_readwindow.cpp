// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/readwindow.h"
#include "tests/support/testsupport.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

namespace {

constexpr qint64 FileSize = 5'000'011;

/// Bytes that tell where they stand.
QByteArray pattern()
{
    QByteArray bytes(FileSize, Qt::Uninitialized);
    for (qint64 at = 0; at < FileSize; ++at) {
        bytes[at] = static_cast<char>((at * 2654435761) >> 13);
    }
    return bytes;
}

} // namespace

class tst_ReadWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsTheFileAsItIs_data();
    void showsTheFileAsItIs();
    void endsWithTheFile();
    void aFileCutShortMeanwhileHasNoMoreBytes();
    void forgetsWhatItAskedForWhenItGoes();

private:
    QTemporaryDir m_folder;
    QString m_path;
    QByteArray m_bytes = pattern();
    std::shared_ptr<CaptureFile> m_file;
};

void tst_ReadWindow::init()
{
    TestSupport::failOnWarnings();
    m_path = m_folder.filePath(QStringLiteral("file"));
    QFile file(m_path);
    QVERIFY(file.open(QFile::WriteOnly) && file.write(m_bytes) == FileSize && file.flush());
    m_file = CaptureFile::open(m_path).value();
}

void tst_ReadWindow::showsTheFileAsItIs_data()
{
    QTest::addColumn<ReadWindow::Cores>("cores");
    QTest::addColumn<int>("largest");
    QTest::newRow("small, one core") << ReadWindow::Cores::One << 300;
    QTest::newRow("small, two cores") << ReadWindow::Cores::Two << 300;
    QTest::newRow("large, two cores") << ReadWindow::Cores::Two << 100'000;
    QTest::newRow("larger than what is kept, two cores") << ReadWindow::Cores::Two << 400'000;
}

void tst_ReadWindow::showsTheFileAsItIs()
{
    QFETCH(const ReadWindow::Cores, cores);
    QFETCH(const int, largest);

    ReadWindow window(*m_file, cores);
    QRandomGenerator random(7);
    for (int pass = 0; pass < 3; ++pass) {
        for (qint64 offset = random.bounded(1000); offset < FileSize;) {
            const qsizetype size = std::min<qint64>(1 + random.bounded(largest), FileSize - offset);
            const char *bytes = window.at(offset, size);
            QVERIFY(bytes);
            QCOMPARE(QByteArrayView(bytes, size), QByteArrayView(m_bytes).sliced(offset, size));
            switch (random.bounded(8)) {
            case 0:
                break; // The same place again
            case 1:
                offset += size / 2;
                break;
            case 2:
                offset += size + random.bounded(6000); // A payload is passed over
                break;
            case 3:
                offset += random.bounded(200) == 0 ? random.bounded(1'000'000) - 500'000 : size;
                offset = std::max<qint64>(offset, 0);
                break;
            default:
                offset += size;
            }
        }
    }
}

void tst_ReadWindow::endsWithTheFile()
{
    ReadWindow window(*m_file, ReadWindow::Cores::Two);
    qint64 offset = 0;
    for (; offset + 1000 <= FileSize; offset += 1000) {
        QVERIFY(window.at(offset, 1000));
    }
    QVERIFY(!window.at(offset, 1000));
    QVERIFY(!window.hasFailed());
    QVERIFY(window.at(offset, FileSize - offset));
}

void tst_ReadWindow::aFileCutShortMeanwhileHasNoMoreBytes()
{
    ReadWindow window(*m_file, ReadWindow::Cores::Two);
    qint64 offset = 0;
    for (; offset < FileSize / 2; offset += 1000) {
        QVERIFY(window.at(offset, 1000));
    }
    QVERIFY(QFile::resize(m_path, FileSize / 2));
    const char *bytes = nullptr;
    for (; (bytes = window.at(offset, 1000)) && offset + 1000 <= FileSize; offset += 1000) {
        QCOMPARE(QByteArrayView(bytes, 1000), QByteArrayView(m_bytes).sliced(offset, 1000)); // Was read ahead
    }
    QVERIFY(!bytes);
    QVERIFY(offset < FileSize / 2 + 600'000);
}

void tst_ReadWindow::forgetsWhatItAskedForWhenItGoes()
{
    for (int round = 0; round < 200; ++round) {
        ReadWindow window(*m_file, ReadWindow::Cores::Two);
        for (qint64 offset = 0; offset < 800'000 + round * 1000; offset += 4000) {
            QVERIFY(window.at(offset, 4000));
        }
    }
}

QTEST_APPLESS_MAIN(tst_ReadWindow)
#include "tst_readwindow.moc"
