// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "ui/views/streamwalk.h"

#include <QTest>

using namespace Sidewire;
using TestSupport::LogBuilder;

namespace {

// Record: 0 out "ab", 1 in "cde", 2 of another connection, 3 in "fg", 4 out "h".
std::shared_ptr<SessionLog> mixedLog()
{
    LogBuilder builder;
    builder.open();
    const ConnectionId other = builder.open();
    builder.out("ab").in("cde").in("zz", other).in("fg").out("h");
    return builder.finish(QStringLiteral("reads"));
}

} // namespace

class tst_StreamWalk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void stepsOverWhatLiesBetween();
    void stepsOverEmptyDatagrams();
    void stopsAtBothEnds();
    void findsTheEndsOfAStream();
    void staysInTheStreamOfTheAnchor();
    void ordersWhatLiesBetweenTwoPlaces();
};

void tst_StreamWalk::stepsOverWhatLiesBetween()
{
    const auto log = mixedLog();
    const StreamWalk walk(*log);
    QCOMPARE(walk.next({1, 1}), (BytePlace{1, 2}));
    QCOMPARE(walk.next({1, 2}), (BytePlace{3, 3}));
    QCOMPARE(walk.previous({3, 3}), (BytePlace{1, 2}));
    QCOMPARE(walk.next({0, 1}), (BytePlace{4, 2}));
    QVERIFY(walk.isSameStream(1, 3));
    QVERIFY(!walk.isSameStream(0, 1)); // The other direction
    QVERIFY(!walk.isSameStream(1, 2)); // Another connection
}

void tst_StreamWalk::stepsOverEmptyDatagrams()
{
    LogBuilder builder;
    builder.open(Transport::Udp);
    builder.in("a").in("").in("").in("b");
    const auto log = builder.finish(QStringLiteral("datagrams"));
    const StreamWalk walk(*log);
    QCOMPARE(walk.next({0, 0}), (BytePlace{3, 1}));
    QCOMPARE(walk.previous({3, 1}), (BytePlace{0, 0}));
}

void tst_StreamWalk::stopsAtBothEnds()
{
    const auto log = mixedLog();
    const StreamWalk walk(*log);
    QVERIFY(!walk.previous({0, 0}));
    QVERIFY(!walk.previous({1, 0}));
    QVERIFY(!walk.next({3, 4}));
    QVERIFY(!walk.next({4, 2}));
}

void tst_StreamWalk::findsTheEndsOfAStream()
{
    const auto log = mixedLog();
    const StreamWalk walk(*log);
    for (const BytePlace place : {BytePlace{1, 1}, BytePlace{3, 3}}) {
        QCOMPARE(walk.first(place), (BytePlace{1, 0}));
        QCOMPARE(walk.last(place), (BytePlace{3, 4}));
    }
    QCOMPARE(walk.first({2, 1}), (BytePlace{2, 0}));
    QCOMPARE(walk.last({2, 0}), (BytePlace{2, 1}));
}

void tst_StreamWalk::staysInTheStreamOfTheAnchor()
{
    const auto log = mixedLog();
    const StreamWalk walk(*log);
    QCOMPARE(walk.towards({3, 4}, {1, 1}), (BytePlace{3, 4}));
    QCOMPARE(walk.towards({4, 2}, {1, 1}), (BytePlace{3, 4})); // Back from the other direction: the last byte before it
    QCOMPARE(walk.towards({2, 0}, {3, 3}), (BytePlace{3, 3})); // Forth to the anchor's own record
    QCOMPARE(walk.towards({0, 0}, {3, 4}), (BytePlace{1, 0}));
    QCOMPARE(walk.towards({1, 0}, {0, 1}), (BytePlace{0, 1})); // Nothing of the stream on the way
}

void tst_StreamWalk::ordersWhatLiesBetweenTwoPlaces()
{
    const auto log = mixedLog();
    const StreamWalk walk(*log);
    const TrafficSelection expected{ConnectionId{0}, Direction::In, {{1, 5}}, 1, 3};
    QCOMPARE(walk.between({1, 1}, {3, 4}), expected);
    QCOMPARE(walk.between({3, 4}, {1, 1}), expected);
    QCOMPARE(walk.between({4, 2}, {4, 2}).spans, (std::vector<ByteSpan>{{2, 3}}));
}

QTEST_GUILESS_MAIN(tst_StreamWalk)
#include "tst_streamwalk.moc"
