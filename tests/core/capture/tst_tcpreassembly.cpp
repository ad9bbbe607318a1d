// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/tcpreassembly.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;

namespace {

using Kind = TcpOutcome::Kind;

QString describe(const std::vector<TcpOutcome> &outcomes)
{
    static const char *const names[] = {"data", "again", "missing", "early", "fin"};
    QStringList rows;
    for (const TcpOutcome &outcome : outcomes) {
        rows.append(QStringLiteral("%1 %2-%3%4")
                        .arg(QLatin1StringView(names[static_cast<int>(outcome.kind)]))
                        .arg(outcome.span.begin)
                        .arg(outcome.span.end)
                        .arg(outcome.hasGapBefore ? QStringLiteral(" gap") : QString()));
    }
    return rows.join(QStringLiteral(", "));
}

/// Bytes [begin, end) of a stream whose first byte has sequence number `first`; its place in the file is its place in the stream.
TcpSegment segment(quint32 first, qint64 begin, qint64 end)
{
    const auto size = static_cast<quint32>(end - begin);
    return {first + static_cast<quint32>(begin), size, size, begin, begin};
}

} // namespace

class tst_TcpReassembly : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void fillsHoles();
    void takesOnlyWhatIsNew();
    void givesUpAHoleAfterAThousandSegments();
    void beginsWithTheFirstSegmentWithoutASyn();
    void tellsTheEndWhenAllBeforeItIsThere();
    void anyOrderGivesTheSameStream();
    void goesOnPastFourGibibytes();
};

void tst_TcpReassembly::fillsHoles()
{
    TcpReassembly stream;
    stream.start(100);
    std::vector<TcpOutcome> outcomes;
    stream.add(segment(100, 5, 8), outcomes);
    stream.add(segment(100, 8, 9), outcomes);
    QVERIFY(outcomes.empty());
    QCOMPARE(stream.waiting(), 2u);
    stream.add(segment(100, 0, 6), outcomes);
    QCOMPARE(describe(outcomes), QStringLiteral("data 0-6, again 5-6, data 6-8, data 8-9"));
    QCOMPARE(stream.waiting(), 0u);
}

void tst_TcpReassembly::takesOnlyWhatIsNew()
{
    TcpReassembly stream;
    stream.start(0xffff'fffe);
    std::vector<TcpOutcome> outcomes;
    stream.add(segment(0xffff'fffe, 0, 4), outcomes);
    stream.add({0xffff'fffe, 10, 7, 1000, 0}, outcomes); // Cut by the snap length too
    stream.add({0xffff'ffff, 12, 2, 2000, 0}, outcomes); // What is new is not stored at all
    QCOMPARE(describe(outcomes), QStringLiteral("data 0-4, again 0-4, data 4-10, again 1-10, data 10-13"));
    QCOMPARE(outcomes[2].fileOffset, 1004);
    QCOMPARE(outcomes[2].stored, 3u);
    QCOMPARE(outcomes[4].stored, 0u);
}

void tst_TcpReassembly::givesUpAHoleAfterAThousandSegments()
{
    TcpReassembly stream;
    stream.start(1);
    std::vector<TcpOutcome> outcomes;
    for (int i = 0; i < 1000; ++i) {
        stream.add(segment(1, 10 + i, 11 + i), outcomes);
        QVERIFY(outcomes.empty());
    }
    stream.add(segment(1, 1010, 1011), outcomes);
    QCOMPARE(outcomes.size(), 1002u);
    outcomes.resize(3);
    QCOMPARE(describe(outcomes), QStringLiteral("missing 0-10, data 10-11 gap, data 11-12"));
}

void tst_TcpReassembly::beginsWithTheFirstSegmentWithoutASyn()
{
    TcpReassembly stream;
    std::vector<TcpOutcome> outcomes;
    stream.add(segment(500, 0, 5), outcomes);
    stream.add(segment(495, 0, 5), outcomes);
    stream.add(segment(498, 0, 9), outcomes);
    QCOMPARE(describe(outcomes), QStringLiteral("data 0-5, early -5-0, early -2-0, again 0-5, data 5-7"));
}

void tst_TcpReassembly::tellsTheEndWhenAllBeforeItIsThere()
{
    TcpReassembly stream;
    stream.start(0);
    std::vector<TcpOutcome> outcomes;
    stream.finish(5, 0, outcomes);
    stream.finish(5, 0, outcomes);
    stream.add(segment(0, 3, 5), outcomes);
    QVERIFY(outcomes.empty());
    stream.add(segment(0, 0, 3), outcomes);
    QCOMPARE(describe(outcomes), QStringLiteral("data 0-3, data 3-5, fin 5-5"));
    outcomes.clear();
    stream.flush(outcomes);
    QVERIFY(outcomes.empty());

    TcpReassembly torn;
    torn.start(0);
    torn.finish(5, 0, outcomes);
    torn.add(segment(0, 3, 4), outcomes);
    torn.flush(outcomes);
    QCOMPARE(describe(outcomes), QStringLiteral("missing 0-3, data 3-4 gap, missing 4-5, fin 5-5"));
}

void tst_TcpReassembly::anyOrderGivesTheSameStream()
{
    for (quint32 seed = 1; seed <= 200; ++seed) {
        QRandomGenerator random(seed);
        const quint32 first = random.generate();
        std::vector<TcpSegment> segments;
        for (qint64 at = 0; at < 500;) {
            const qint64 size = 1 + random.bounded(20);
            segments.push_back(segment(first, std::max<qint64>(0, at - random.bounded(5)), at + size)); // Overlapping
            at += size;
        }
        const qint64 total = segments.back().fileOffset + segments.back().size;
        std::ranges::shuffle(segments, random);

        TcpReassembly stream;
        stream.start(first);
        std::vector<TcpOutcome> outcomes;
        for (const TcpSegment &each : segments) {
            stream.add(each, outcomes);
        }
        qint64 next = 0;
        for (const TcpOutcome &outcome : outcomes) {
            if (outcome.kind == Kind::Data) {
                QVERIFY2(outcome.span.begin == next && outcome.fileOffset == next,
                         qPrintable(QStringLiteral("seed %1").arg(seed)));
                next = outcome.span.end;
            }
        }
        QCOMPARE(next, total);
    }
}

void tst_TcpReassembly::goesOnPastFourGibibytes()
{
    TcpReassembly stream;
    stream.start(7);
    std::vector<TcpOutcome> outcomes;
    constexpr qint64 Step = 1 << 20;
    for (qint64 at = 0; at < 3 * (qint64(1) << 32); at += Step) {
        stream.add(segment(7, at, at + Step), outcomes);
        QCOMPARE(outcomes.size(), 1u);
        QCOMPARE(outcomes[0].span.begin, at);
        outcomes.clear();
    }
}

QTEST_GUILESS_MAIN(tst_TcpReassembly)
#include "tst_tcpreassembly.moc"
