// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/bookmarks.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace Sidewire;
using TestSupport::LogScript;

class tst_Bookmarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void comeBackFromTheirEvents();
    void aLaterOneReplacesAndARemovalRemoves();
    void whatIsNoPlaceIsNoBookmark_data();
    void whatIsNoPlaceIsNoBookmark();
    void theirNumberIsBounded();
    void whatIsNotSavedIsKept();
    void standInTheLogAndInWireshark();
};

namespace {

Bookmark bookmark(qint64 offset, const QString &text = {})
{
    return {{ConnectionId{0}, Direction::In, offset}, 3, offset / 10, text};
}

} // namespace

void tst_Bookmarks::comeBackFromTheirEvents()
{
    Bookmarks bookmarks;
    bookmarks.apply(bookmark(20, QStringLiteral("late")).toEvent(1));
    bookmarks.apply(bookmark(10).toEvent(2));
    QCOMPARE(bookmarks.all(), (std::vector{bookmark(10), bookmark(20, QStringLiteral("late"))}));
    QCOMPARE(bookmark(20, QStringLiteral("why\nso late?")).toEvent(1).message,
             QStringLiteral("Note at in 0x14: why so late?"));
}

void tst_Bookmarks::aLaterOneReplacesAndARemovalRemoves()
{
    Bookmarks bookmarks;
    bookmarks.apply(bookmark(10).toEvent(1));
    Bookmark moved = bookmark(10, QStringLiteral("text"));
    moved.length = 5;
    bookmarks.apply(moved.toEvent(2));
    QCOMPARE(bookmarks.all(), std::vector{moved});
    bookmarks.apply(bookmark(10).toRemoval(3));
    QCOMPARE(bookmarks.all(), std::vector<Bookmark>{});
}

void tst_Bookmarks::whatIsNoPlaceIsNoBookmark_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");

    QTest::newRow("direction") << QStringLiteral("direction") << QJsonValue(QStringLiteral("up"));
    QTest::newRow("no offset") << QStringLiteral("offset") << QJsonValue();
    QTest::newRow("offset below 0") << QStringLiteral("offset") << QJsonValue(-5);
    QTest::newRow("length beyond all") << QStringLiteral("length") << QJsonValue(std::numeric_limits<qint64>::max());
    QTest::newRow("record") << QStringLiteral("record") << QJsonValue(QStringLiteral("first"));
}

void tst_Bookmarks::whatIsNoPlaceIsNoBookmark()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    Event event = bookmark(10).toEvent(1);
    event.data.insert(key, value);
    Bookmarks bookmarks;
    bookmarks.apply(event);
    QVERIFY(bookmarks.all().empty());
}

void tst_Bookmarks::theirNumberIsBounded()
{
    Bookmarks bookmarks;
    for (qint64 offset = 0; offset < qint64(Bookmarks::MaxCount) + 10; ++offset) {
        bookmarks.apply(bookmark(offset).toEvent(1));
    }
    QCOMPARE(bookmarks.all().size(), Bookmarks::MaxCount);
    const Bookmark long_ = bookmark(5, QString(100'000, u'x'));
    bookmarks.apply(long_.toEvent(1));
    QCOMPARE(bookmarks.all()[5].text.size(), Bookmark::MaxText);
}

void tst_Bookmarks::whatIsNotSavedIsKept()
{
    Bookmarks bookmarks;
    bookmarks.apply(bookmark(10).toEvent(1));
    QCOMPARE(bookmarks.unsaved().size(), 0u);
    bookmarks.applyUnsaved(bookmark(10).toRemoval(2));
    bookmarks.applyUnsaved(bookmark(20).toEvent(3));
    QCOMPARE(bookmarks.unsaved().size(), 2u);
    QCOMPARE(bookmarks.all(), std::vector{bookmark(20)});
    bookmarks.markSaved(1);
    QCOMPARE(bookmarks.unsaved().size(), 1u);
    QCOMPARE(bookmarks.unsaved().front().time, 3);
}

void tst_Bookmarks::standInTheLogAndInWireshark()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    LogScript script(QStringLiteral("tcp://127.0.0.1:9"), path);
    const ConnectionId connection = script.open();
    script.in(connection, "hello");
    const Event event = Bookmark{{connection, Direction::In, 1}, 2, 0, QStringLiteral("why?")}.toEvent(1);
    script.event(event.type, event.connection, event.data, event.message);
    script.finish();

    const auto log = SessionLog::open(path);
    QVERIFY(log);
    (*log)->waitUntilCaughtUp();
    Bookmarks bookmarks;
    QVERIFY(!bookmarks.follow(**log));
    const std::vector<Bookmark> found = bookmarks.all();
    QCOMPARE(found.size(), 1u);
    QCOMPARE(found.front().text, QStringLiteral("why?"));
    QCOMPARE(found.front().position.offset, 1);

    QProcess tshark;
    tshark.start(QStringLiteral("tshark"),
                 {QStringLiteral("-r"), path, QStringLiteral("-Y"),
                  QStringLiteral("systemd_journal contains \"Note at in 0x1: why?\""), QStringLiteral("-T"),
                  QStringLiteral("fields"), QStringLiteral("-e"), QStringLiteral("frame.number")});
    QVERIFY2(tshark.waitForFinished(60'000), qPrintable(tshark.errorString()));
    QCOMPARE(tshark.exitCode(), 0);
    bool isNumber = false;
    tshark.readAllStandardOutput().trimmed().toInt(&isNumber);
    QVERIFY(isNumber); // One row, and it is found by its text
}

QTEST_GUILESS_MAIN(tst_Bookmarks)
#include "tst_bookmarks.moc"
