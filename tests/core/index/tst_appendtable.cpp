// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/appendtable.h"
#include "core/index/texttable.h"
#include "tests/support/testsupport.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Sidewire;

class tst_AppendTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void rowsStayWhereTheyAre();
    void rowsAreSeenOnlyOncePublished();
    void anotherThreadReadsWhatIsPublished();
    void textsCrossTheEdgesOfChunks();
    void theCacheFolderIsPrivateAndStaysEmpty();
    void aFolderThatCannotBeMadeIsAnError();
};

namespace {

struct Row
{
    qint64 number;
    qint64 squared;
    char rest[8];
};

} // namespace

void tst_AppendTable::rowsStayWhereTheyAre()
{
    // Past the last doubling for this size, so that every rule of the layout is used.
    constexpr qint64 Count = 6'000'000;
    AppendTable<Row> table;
    const Row *first = nullptr;
    for (qint64 row = 0; row < Count; ++row) {
        QVERIFY(table.append({row, row * row, {}}));
        if (row == 0) {
            QVERIFY(table.publish());
            first = &table.at(0);
        }
    }
    QVERIFY(table.publish());

    QCOMPARE(table.count(), Count);
    QCOMPARE(&table.at(0), first);
    for (qint64 row = 0; row < Count; ++row) {
        if (table.at(row).number != row || table.at(row).squared != row * row) {
            QFAIL(qPrintable(QStringLiteral("row %1 holds %2").arg(row).arg(table.at(row).number)));
        }
    }
}

void tst_AppendTable::rowsAreSeenOnlyOncePublished()
{
    AppendTable<qint64> table;
    QVERIFY(table.append(7));
    QCOMPARE(table.count(), 0);
    QCOMPARE(table.written(), 1);
    QVERIFY(table.publish());
    QCOMPARE(table.count(), 1);
    QCOMPARE(table.at(0), 7);
}

void tst_AppendTable::anotherThreadReadsWhatIsPublished()
{
    constexpr qint64 Count = 300'000;
    AppendTable<qint64> table;
    qint64 wrong = 0;
    std::thread reader([&] {
        for (qint64 seen = 0; seen < Count;) {
            for (const qint64 count = table.count(); seen < count; ++seen) {
                wrong += table.at(seen) != seen * 3;
            }
        }
    });
    bool isWritten = true;
    // Batches of a few rows, and of more than are written at once; none ends with a page.
    qint64 batch = 1;
    for (qint64 row = 0; row < Count;) {
        for (const qint64 end = std::min(Count, row + batch); row < end; ++row) {
            isWritten = isWritten && table.append(row * 3);
        }
        isWritten = isWritten && table.publish();
        batch = batch * 7 % 40'009;
    }
    reader.join();
    QVERIFY(isWritten);
    QCOMPARE(wrong, 0);
}

void tst_AppendTable::textsCrossTheEdgesOfChunks()
{
    TextTable table;
    std::vector<std::pair<qint64, QByteArray>> texts;
    for (quint32 seed = 1; seed <= 40; ++seed) {
        const QByteArray text = TestSupport::randomBytes(seed * 997 % 50'000, seed);
        const auto offset = table.append(text);
        QVERIFY(offset);
        texts.emplace_back(*offset, text);
    }
    QVERIFY(table.publish());
    for (const auto &[offset, text] : texts) {
        QCOMPARE(table.read(offset, text.size()), text);
    }
    QCOMPARE(table.read(0, 0), QByteArray());
}

void tst_AppendTable::theCacheFolderIsPrivateAndStaysEmpty()
{
    QTemporaryDir home;
    const QByteArray before = qgetenv("XDG_CACHE_HOME");
    QStandardPaths::setTestModeEnabled(false);
    qputenv("XDG_CACHE_HOME", home.path().toUtf8());
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
    {
        AppendTable<qint64> table;
        QVERIFY(!QFileInfo::exists(folder)); // An empty table costs nothing
        QVERIFY(table.append(1));
        QVERIFY(folder.startsWith(home.path()));
        QCOMPARE(QFile::permissions(folder) & 0x077, QFile::Permissions());
        QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    }
    qputenv("XDG_CACHE_HOME", before);
    QStandardPaths::setTestModeEnabled(true);
}

void tst_AppendTable::aFolderThatCannotBeMadeIsAnError()
{
    QTemporaryDir home;
    QFile file(home.filePath(QStringLiteral("occupied")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray before = qgetenv("XDG_CACHE_HOME");
    QStandardPaths::setTestModeEnabled(false);
    qputenv("XDG_CACHE_HOME", file.fileName().toUtf8());

    AppendTable<qint64> table;
    const auto result = table.append(1);
    QVERIFY(!result);
    QCOMPARE(result.error().code, Error::Code::Io);
    QVERIFY2(result.error().detail.contains(file.fileName()), qPrintable(result.error().detail));
    QCOMPARE(table.written(), 0);

    qputenv("XDG_CACHE_HOME", before);
    QStandardPaths::setTestModeEnabled(true);
}

QTEST_GUILESS_MAIN(tst_AppendTable)
#include "tst_appendtable.moc"
