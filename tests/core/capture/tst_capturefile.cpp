// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/capture/filedevice.h"
#include "tests/support/testsupport.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

class tst_CaptureFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void isPrivateAndLockedWhileItExists();
    void replacesAnOldFileButNotOneInUse();
    void showsOnlyWhatIsCommitted();
    void staysReadableWithoutItsName();
    void tellsItsListenerUntilItIsRemoved();
};

void tst_CaptureFile::isPrivateAndLockedWhileItExists()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    QVERIFY(!CaptureFile::isLockedByOther(path));
    auto file = CaptureFile::create(path);
    QVERIFY(file);
    QCOMPARE(QFileInfo(path).permissions(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser);
    QVERIFY(CaptureFile::isLockedByOther(path));
    std::move(file).value().reset();
    QVERIFY(!CaptureFile::isLockedByOther(path));
}

void tst_CaptureFile::replacesAnOldFileButNotOneInUse()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    QFile old(path);
    QVERIFY(old.open(QFile::WriteOnly) && old.write("old") == 3 && old.flush());
    const auto reader = CaptureFile::open(path);
    QVERIFY(reader);

    const auto file = CaptureFile::create(path);
    QVERIFY(file);
    QCOMPARE(QFileInfo(path).size(), 0);
    char bytes[3] = {};
    QCOMPARE((*reader)->read(0, bytes), 3); // Who had opened the old one keeps it
    QCOMPARE(QByteArray(bytes, 3), "old");

    const auto second = CaptureFile::create(path);
    QVERIFY(!second);
    QVERIFY(second.error().detail.endsWith(QStringLiteral("another session is writing it")));
    QVERIFY(!CaptureFile::create(folder.path()));
    QVERIFY(!CaptureFile::create(folder.filePath(QStringLiteral("no/such/folder"))));
}

void tst_CaptureFile::showsOnlyWhatIsCommitted()
{
    const auto file = CaptureFile::create({});
    QVERIFY(file);
    QVERIFY((*file)->path().isEmpty());
    QVERIFY(!FileDevice::writeAt((*file)->descriptor(), 0, std::span("0123456789", 10)).error);
    char bytes[10] = {};
    QCOMPARE((*file)->read(0, bytes), 0);
    (*file)->commit(6);
    QCOMPARE((*file)->read(2, bytes), 4);
    QCOMPARE(QByteArray(bytes, 4), "2345");
    QCOMPARE((*file)->read(6, bytes), 0);
    QCOMPARE((*file)->read(-1, bytes), 0);
    QVERIFY((*file)->isGrowing());
    (*file)->finish();
    QVERIFY(!(*file)->isGrowing());
}

void tst_CaptureFile::staysReadableWithoutItsName()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a"));
    QFile target(path);
    QVERIFY(target.open(QFile::WriteOnly) && target.write("abc") == 3 && target.flush());
    const auto file = CaptureFile::open(path);
    QVERIFY(file);
    QVERIFY(target.remove());
    char bytes[3] = {};
    QCOMPARE((*file)->read(0, bytes), 3);
    QVERIFY(!CaptureFile::open(path));
}

void tst_CaptureFile::tellsItsListenerUntilItIsRemoved()
{
    const auto file = CaptureFile::create({});
    QVERIFY(file);
    int calls = 0;
    (*file)->setGrowthListener([&calls] { ++calls; });
    (*file)->commit(0);
    (*file)->finish();
    QCOMPARE(calls, 2);
    (*file)->setGrowthListener({});
    (*file)->commit(0);
    QCOMPARE(calls, 2);
}

QTEST_GUILESS_MAIN(tst_CaptureFile)
#include "tst_capturefile.moc"
