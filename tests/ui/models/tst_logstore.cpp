// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/index/bookmarks.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "ui/models/logstore.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;

namespace {

constexpr auto EndOfLog = "SIDEWIRE_EVENT={\"type\":\"ended\",\"time\":1}\nMESSAGE=done\n\n";

} // namespace

class tst_LogStore : public QObject
{
    Q_OBJECT

private:
    QString write(const char *name, const QByteArray &content, int age) const;

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init();
    void aNameTellsTimeAndTargetAndIsSafe_data();
    void aNameTellsTimeAndTargetAndIsSafe();
    void aSecondLogOfTheSameSecondHasItsOwnName();
    void theNewestComesFirstAndACrashShows();
    void theOldestGoUntilTheBudgetHolds();
    void logsInUseStay();
    void aCopyHasWhatIsCommitted();
    void aCopyTakesBookmarksWithIt();
    void aCopyThatFailsSaysWhyAndLeavesTheLog();
};

void tst_LogStore::init()
{
    TestSupport::failOnWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
}

QString tst_LogStore::write(const char *name, const QByteArray &content, int age) const
{
    QFile file(m_folder->filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write(content);
    file.flush();
    file.setFileTime(QDateTime::currentDateTime().addSecs(-age), QFileDevice::FileModificationTime);
    return file.fileName();
}

void tst_LogStore::aNameTellsTimeAndTargetAndIsSafe_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("name");
    QTest::newRow("ws") << "ws://127.0.0.1:9001/chat"
                        << "2026-11-22 08.00.01 ws 127.0.0.1 9001 chat.pcapng";
    QTest::newRow("v6") << "tcp://[::1]:7"
                        << "2026-11-22 08.00.01 tcp 1 7.pcapng";
    QTest::newRow("hostile") << "ws://h:1/../../etc/passwd\n\0"
                             << "2026-11-22 08.00.01 ws h 1 .. .. etc passwd.pcapng";
    QTest::newRow("long") << QString(500, QLatin1Char('x'))
                          << "2026-11-22 08.00.01 " + QString(80, QLatin1Char('x')) + ".pcapng";
}

void tst_LogStore::aNameTellsTimeAndTargetAndIsSafe()
{
    QFETCH(QString, target);
    const LogStore store(m_folder->filePath(QStringLiteral("logs")));
    const Result<QString> path = store.newPath(target, QDateTime({2026, 11, 22}, {8, 0, 1}));
    QVERIFY(path);
    QTEST(QFileInfo(*path).fileName(), "name");
    QCOMPARE(QFileInfo(*path).absolutePath(), store.folder());
    QVERIFY(QFileInfo(store.folder()).isDir());
}

void tst_LogStore::aSecondLogOfTheSameSecondHasItsOwnName()
{
    const LogStore store(m_folder->path());
    const QDateTime now = QDateTime::currentDateTime();
    const Result<QString> first = store.newPath(QStringLiteral("udp://a:1"), now);
    QVERIFY(first);
    QFile file(*first);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(*store.newPath(QStringLiteral("udp://a:1"), now) != *first);
}

void tst_LogStore::theNewestComesFirstAndACrashShows()
{
    write("old.pcapng", EndOfLog, 100);
    write("crashed.pcapng", QByteArray("SIDEWIRE_EVENT={\"type\":\"opened\"}\n") + QByteArray(100, '\0'), 10);
    write("payload.pcapng", QByteArray("\"type\":\"ended\"\nSIDEWIRE_EVENT={\"type\":\"heard\"}\n"), 5);
    write("notes.txt", "x", 0);
    const QList<StoredLog> logs = LogStore(m_folder->path()).logs();
    QStringList seen;
    for (const StoredLog &log : logs) {
        seen.append(log.title() + (log.isLeftover ? QStringLiteral(" (left over)") : QString()));
    }
    QCOMPARE(seen,
             QStringList({QStringLiteral("payload (left over)"), QStringLiteral("crashed (left over)"),
                          QStringLiteral("old")}));
}

void tst_LogStore::theOldestGoUntilTheBudgetHolds()
{
    write("a.pcapng", QByteArray(1000, 'a'), 30);
    write("b.pcapng", QByteArray(1000, 'b'), 20);
    write("c.pcapng", QByteArray(1000, 'c'), 10);
    const LogStore store(m_folder->path());
    QCOMPARE(store.trimmed(3000).size(), 3);
    QCOMPARE(store.trimmed(2999).size(), 2);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral("a.pcapng"))));
    // The newest stays even when it alone is too much.
    QCOMPARE(store.trimmed(1).size(), 1);
    QVERIFY(QFileInfo::exists(m_folder->filePath(QStringLiteral("c.pcapng"))));
}

void tst_LogStore::logsInUseStay()
{
    const QString own = write("own.pcapng", QByteArray(1000, 'a'), 30);
    write("idle.pcapng", QByteArray(1000, 'b'), 20);
    write("new.pcapng", QByteArray(1000, 'c'), 10);
    const QList<StoredLog> left = LogStore(m_folder->path()).trimmed(0, {own});
    QCOMPARE(left.size(), 2);
    QCOMPARE(left.last().path, own);
    QVERIFY(left.last().isInUse);
    QVERIFY(!left.last().isLeftover);
}

void tst_LogStore::aCopyHasWhatIsCommitted()
{
    const QString from = write("live.pcapng", QByteArray(3'000'000, 'a'), 0);
    const auto log = CaptureFile::open(from);
    QVERIFY(log);
    // What is appended later, and even the loss of the name, change nothing.
    QFile live(from);
    QVERIFY(live.open(QIODevice::Append));
    live.write("torn");
    live.close();
    QFile::remove(from);
    const QString to = m_folder->filePath(QStringLiteral("copy.pcapng"));
    QVERIFY(LogStore::copy(**log, to));
    QFile copy(to);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), QByteArray(3'000'000, 'a'));
}

void tst_LogStore::aCopyTakesBookmarksWithIt()
{
    const QString path = m_folder->filePath(QStringLiteral("a.pcapng"));
    TestSupport::LogScript script(QStringLiteral("tcp://127.0.0.1:9"), path);
    const ConnectionId connection = script.open();
    script.in(connection, "hello");
    script.finish();
    const qint64 size = QFileInfo(path).size();
    const Bookmark bookmark{{connection, Direction::In, 1}, 2, 0, QStringLiteral("why?")};

    const auto file = CaptureFile::open(path);
    QVERIFY(file);
    const QString to = m_folder->filePath(QStringLiteral("b.pcapng"));
    QVERIFY(LogStore::copy(**file, to, {bookmark.toEvent(1)}, size));
    QCOMPARE(QFileInfo(path).size(), size);
    const auto log = SessionLog::open(to);
    QVERIFY(log);
    (*log)->waitUntilCaughtUp();
    Bookmarks bookmarks;
    bookmarks.follow(**log);
    QCOMPARE(bookmarks.all(), std::vector{bookmark});
}

void tst_LogStore::aCopyThatFailsSaysWhyAndLeavesTheLog()
{
    const QString from = write("live.pcapng", "abc", 0);
    const auto log = CaptureFile::open(from);
    QVERIFY(log);
    QVERIFY(!LogStore::copy(**log, from));
    const Result<void> nowhere = LogStore::copy(**log, m_folder->filePath(QStringLiteral("no/such/folder/x")));
    QVERIFY(!nowhere);
    QVERIFY(!nowhere.error().detail.isEmpty());
    QFile old(from);
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("abc"));
}

QTEST_MAIN(tst_LogStore)
#include "tst_logstore.moc"
