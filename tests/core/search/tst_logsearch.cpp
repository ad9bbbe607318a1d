// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/search/logsearch.h"
#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <map>
#include <random>

using namespace Sidewire;
using Mode = SearchQuery::Mode;
using Scope = SearchQuery::Scope;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;

class tst_LogSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { TestSupport::failOnWarnings(); }

    void findsWhatIsSplitOverRecords();
    void keepsStreamsApart();
    void neverJoinsDatagrams();
    void looksInOneDirectionOrConnection();
    void findsWhatIsMasked();
    void findsWhatIsSplitOverFrames();
    void looksIntoManyMessagesInTheirOrder();
    void findsWhatChunksDivide();
    void looksAtTheWireWhereAskedTo();
    void goesOnWithTheTraffic();
    void isOutdatedByAnotherLens();
    void stepsThroughTheHits();
    void tellsWhatToMark();
    void endsWhenCancelled();
    void agreesWithASimpleSearch_data();
    void agreesWithASimpleSearch();
};

namespace {

SearchQuery query(const QString &text, Mode mode = Mode::Text, bool isCaseSensitive = true)
{
    SearchQuery query;
    query.text = text;
    query.mode = mode;
    query.isCaseSensitive = isCaseSensitive;
    return query;
}

std::shared_ptr<LogSearch> search(const std::shared_ptr<SessionLog> &log, const SearchQuery &query)
{
    auto search = LogSearch::create(log, query);
    if (!search) {
        qFatal("%s", qPrintable(search.error().detail));
    }
    (*search)->update();
    if (!QTest::qWaitFor([&] { return (*search)->isUpToDate(); }, 60'000)) {
        qFatal("The search has no end");
    }
    return *search;
}

QString toText(const SearchHit &hit)
{
    const QString direction = hit.direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out");
    const QString place = hit.isInContent() ? QStringLiteral("no.%1@%2").arg(hit.message).arg(hit.contentOffset)
                                            : QStringLiteral("@%1").arg(hit.begin);
    return QStringLiteral("%1%2%3+%4").arg(toNumber(hit.connection)).arg(direction, place).arg(hit.length);
}

/// "0in@3+5": connection, direction, place, length.
QStringList dump(const LogSearch &search)
{
    QStringList hits;
    for (auto hit = search.first(); hit;) {
        hits += toText(*hit);
        SearchHit::Key next = hit->key();
        ++next.contentOffset;
        hit = search.firstFrom(next);
    }
    return hits;
}

using TestSupport::upgradeRequest;
using TestSupport::upgradeResponse;

struct RandomLog
{
    std::shared_ptr<SessionLog> log;
    std::map<std::pair<quint32, Direction>, QByteArray> streams;
};

/// Three connections in turn, in records of any size: more than a batch holds, of records or of bytes.
const RandomLog &randomLog(bool isLarge)
{
    static std::map<bool, RandomLog> logs;
    RandomLog &made = logs[isLarge];
    if (made.log) {
        return made;
    }
    constexpr unsigned Seed = 20261122;
    std::mt19937 random(Seed);
    LogBuilder builder;
    for (int connection = 0; connection < 3; ++connection) {
        builder.open();
    }
    const int count = isLarge ? 250 : 70'000;
    for (int record = 0; record < count; ++record) {
        QByteArray bytes(static_cast<qsizetype>(1 + random() % (isLarge ? 40'000 : 12)), '\0');
        for (char &byte : bytes) {
            byte = "aab01\n"[random() % 6];
        }
        const quint32 connection = random() % 3;
        const Direction direction = random() % 2 == 0 ? Direction::In : Direction::Out;
        made.streams[{connection, direction}] += bytes;
        if (direction == Direction::In) {
            builder.in(bytes, ConnectionId{connection});
        } else {
            builder.out(bytes, ConnectionId{connection});
        }
    }
    made.log = builder.finish(QStringLiteral("reads"));
    return made;
}

} // namespace

void tst_LogSearch::findsWhatIsSplitOverRecords()
{
    LogBuilder builder;
    builder.open();
    builder.in("an err").out("err").in("o").in("r, err").in("or").out("or");
    const auto log = builder.finish(QStringLiteral("reads"));
    const auto found = search(log, query(QStringLiteral("error")));
    QCOMPARE(dump(*found),
             (QStringList{QStringLiteral("0in@3+5"), QStringLiteral("0in@10+5"), QStringLiteral("0out@0+5")}));
    const auto expression = search(log, query(QStringLiteral("er+o."), Mode::Regex));
    QCOMPARE(dump(*expression), dump(*found));

    const auto place = found->placeOf(*found->first());
    QVERIFY(place);
    QCOMPARE(place->spans, (std::vector<ByteSpan>{{3, 8}}));
    QCOMPARE(place->firstRecord, 0);
    QCOMPARE(place->lastRecord, 3);
}

void tst_LogSearch::keepsStreamsApart()
{
    LogBuilder builder;
    builder.open();
    builder.open();
    builder.in("ne", ConnectionId{0})
        .in("edle", ConnectionId{1})
        .out("edle", ConnectionId{0})
        .in("edle", ConnectionId{0});
    const auto found = search(builder.finish(QStringLiteral("reads")), query(QStringLiteral("needle")));
    QCOMPARE(dump(*found), QStringList{QStringLiteral("0in@0+6")});
}

void tst_LogSearch::neverJoinsDatagrams()
{
    LogBuilder builder;
    builder.open(Transport::Udp);
    builder.in("nee").in("dle").in("a needle");
    const auto found = search(builder.finish(QStringLiteral("datagrams")), query(QStringLiteral("needle")));
    QCOMPARE(dump(*found), QStringList{QStringLiteral("0in@8+6")});
    QCOMPARE(found->first()->order, 2);
}

void tst_LogSearch::looksInOneDirectionOrConnection()
{
    LogBuilder builder;
    builder.open();
    builder.open();
    builder.in("x", ConnectionId{0}).out("x", ConnectionId{0}).in("x", ConnectionId{1});
    const auto log = builder.finish(QStringLiteral("reads"));
    SearchQuery out = query(QStringLiteral("x"));
    out.direction = Direction::Out;
    QCOMPARE(dump(*search(log, out)), QStringList{QStringLiteral("0out@0+1")});
    SearchQuery second = query(QStringLiteral("x"));
    second.connections = ConnectionFilter({ConnectionId{1}});
    QCOMPARE(dump(*search(log, second)), QStringList{QStringLiteral("1in@0+1")});
}

void tst_LogSearch::findsWhatIsMasked()
{
    LogBuilder builder;
    builder.open();
    const QByteArray response = upgradeResponse();
    builder.out(upgradeRequest()).in(response);
    builder.out(FrameBuilder::text("an error").masked().toWire()).in(FrameBuilder::text("no error").toWire());
    const auto log = builder.finish(QStringLiteral("websocket"));
    const auto found = search(log, query(QStringLiteral("error")));
    // Each of them once, also the one that can be read on the wire.
    QCOMPARE(dump(*found), (QStringList{QStringLiteral("0outno.2@3+5"), QStringLiteral("0inno.3@3+5")}));
    QCOMPARE(found->contents(), 2);

    // The search reads past the cache, so its bytes are fetched first.
    QTRY_VERIFY(found->placeOf(*found->last()));
    const auto place = found->placeOf(*found->last());
    const qint64 begin = response.size() + 2 + 3;
    QCOMPARE(place->spans, (std::vector<ByteSpan>{{begin, begin + 5}}));
    // What is no message is looked at as it crossed.
    QCOMPARE(search(log, query(QStringLiteral("Upgrade: websocket")))->count(), 2);
}

void tst_LogSearch::findsWhatIsSplitOverFrames()
{
    LogBuilder builder;
    builder.open();
    const QByteArray first = FrameBuilder::text("an er").notFinal().masked().toWire();
    const QByteArray ping = FrameBuilder::ping("x").masked().toWire();
    const QByteArray last = FrameBuilder::continuation("ror").masked("abcd").toWire();
    const QByteArray request = upgradeRequest();
    builder.out(request).in(upgradeResponse()).out(first + ping + last);
    const auto found = search(builder.finish(QStringLiteral("websocket")), query(QStringLiteral("error")));
    QCOMPARE(found->count(), 1);
    // The search reads past the cache, so its bytes are fetched first.
    QTRY_VERIFY(found->placeOf(*found->first()));
    const auto place = found->placeOf(*found->first());
    const qint64 begin = request.size();
    const qint64 second = begin + first.size() + ping.size();
    QCOMPARE(place->spans, (std::vector<ByteSpan>{{begin + 6 + 3, begin + 6 + 5}, {second + 6, second + 9}}));
}

void tst_LogSearch::looksIntoManyMessagesInTheirOrder()
{
    // More than one worker's batch, of messages and of bytes.
    constexpr int Records = 400;
    constexpr int MessagesInEach = 100;
    LogBuilder builder;
    builder.open();
    builder.out(upgradeRequest()).in(upgradeResponse());
    const QByteArray frame =
        FrameBuilder::text(QByteArray(250, '-') + "needle" + QByteArray(30, '-')).masked().toWire();
    for (int record = 0; record < Records; ++record) {
        builder.out(frame.repeated(MessagesInEach));
    }
    const auto found = search(builder.finish(QStringLiteral("websocket")), query(QStringLiteral("needle")));
    QCOMPARE(found->count(), Records * MessagesInEach);
    QCOMPARE(found->contents(), Records * MessagesInEach);
    qint64 message = 2; // After the two heads
    for (auto hit = found->first(); hit; ++message) {
        QCOMPARE(hit->message, message);
        QCOMPARE(hit->order, 2 + (message - 2) / MessagesInEach);
        QCOMPARE(hit->contentOffset, 250u);
        SearchHit::Key next = hit->key();
        ++next.contentOffset;
        hit = found->firstFrom(next);
    }
    QCOMPARE(message, 2 + Records * MessagesInEach);
}

void tst_LogSearch::findsWhatChunksDivide()
{
    const QByteArray head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    LogBuilder builder;
    builder.open();
    builder.out("GET / HTTP/1.1\r\nHost: needle\r\n\r\n");
    builder.in(head + "b\r\na needle, n\r\n3;x=y\r\need\r\n").in("8\r\nle needl\r\n0\r\n\r\n");
    const auto log = builder.finish(QStringLiteral("http"));
    const auto found = search(log, query(QStringLiteral("needle")));
    // What stands on the wire as it is, is found there, and only once.
    const qint64 body = head.size();
    QCOMPARE(dump(*found),
             (QStringList{QStringLiteral("0out@22+6"), QStringLiteral("0in@%1+6").arg(body + 5),
                          QStringLiteral("0inno.1@%1+6").arg(body + 10)}));
    QVERIFY(found->hasContentHits());
    QCOMPARE(found->contents(), 0);
    QTRY_VERIFY(found->placeOf(*found->last()));
    QCOMPARE(found->placeOf(*found->last())->spans,
             (std::vector<ByteSpan>{{body + 13, body + 14}, {body + 23, body + 26}, {body + 31, body + 33}}));

    SearchQuery wire = query(QStringLiteral("needle"));
    wire.scope = Scope::Wire;
    QCOMPARE(search(log, wire)->count(), 2);
}

void tst_LogSearch::looksAtTheWireWhereAskedTo()
{
    LogBuilder builder;
    builder.open();
    const QByteArray response = upgradeResponse();
    builder.out(upgradeRequest()).in(response);
    builder.out(FrameBuilder::text("an error").masked().toWire()).in(FrameBuilder::text("no error").toWire());
    SearchQuery wire = query(QStringLiteral("error"));
    wire.scope = Scope::Wire;
    const auto found = search(builder.finish(QStringLiteral("websocket")), wire);
    QCOMPARE(dump(*found), QStringList{QStringLiteral("0in@%1+5").arg(response.size() + 2 + 3)});
}

void tst_LogSearch::goesOnWithTheTraffic()
{
    LogBuilder builder;
    builder.open();
    const auto log = builder.follow(QStringLiteral("reads"));
    builder.in("a needle, then nee");
    builder.publish(*log);
    const auto found = search(log, query(QStringLiteral("needle")));
    const auto expression = search(log, query(QStringLiteral("ne+dle"), Mode::Regex));
    QCOMPARE(found->count(), 1);
    builder.in("dle and need").in("le");
    builder.publish(*log);
    for (const auto &each : {found, expression}) {
        each->update();
        QTRY_VERIFY(each->isUpToDate());
        QCOMPARE(dump(*each),
                 (QStringList{QStringLiteral("0in@2+6"), QStringLiteral("0in@15+6"), QStringLiteral("0in@26+6")}));
        QCOMPARE(each->percent(), 100);
    }
}

void tst_LogSearch::isOutdatedByAnotherLens()
{
    LogBuilder builder;
    builder.open();
    builder.in("a\nb\n");
    const auto log = builder.finish(QStringLiteral("reads"));
    const auto found = search(log, query(QStringLiteral("a")));
    SearchQuery wire = query(QStringLiteral("a"));
    wire.scope = Scope::Wire;
    const auto onWire = search(log, wire);
    QVERIFY(!found->isOutdated());
    log->setLens(LensSpec::parse(QStringLiteral("lines")).value());
    log->waitUntilCaughtUp();
    QVERIFY(found->isOutdated());
    QVERIFY(!onWire->isOutdated());
}

void tst_LogSearch::stepsThroughTheHits()
{
    LogBuilder builder;
    builder.open();
    builder.out(upgradeRequest()).in(upgradeResponse());
    for (int i = 0; i < 5; ++i) {
        builder.out(FrameBuilder::text("a key and a key").masked().toWire());
    }
    const auto log = builder.finish(QStringLiteral("websocket"));
    const auto found = search(log, query(QStringLiteral("key"), Mode::Text, false));
    // One in the heads (Sec-WebSocket-Key), ten in messages.
    QCOMPARE(found->count(), 11);
    QVERIFY(!found->first()->isInContent());
    QVERIFY(found->last()->isInContent());
    qint64 number = 0;
    for (auto hit = found->first(); hit; ++number) {
        QCOMPARE(found->numberOf(*hit), number);
        const auto before = found->lastBefore(hit->key());
        QCOMPARE(before.has_value(), number > 0);
        if (before) {
            QCOMPARE(found->numberOf(*before), number - 1);
        }
        SearchHit::Key next = hit->key();
        ++next.contentOffset;
        hit = found->firstFrom(next);
    }
    QCOMPARE(number, 11);
}

void tst_LogSearch::tellsWhatToMark()
{
    LogBuilder builder;
    builder.open();
    builder.in("one two o").out("one").in("ne one");
    const auto log = builder.finish(QStringLiteral("reads"));
    const auto found = search(log, query(QStringLiteral("one")));
    const auto marks = [&](qint64 record, const ByteSpan &span) {
        QStringList texts;
        for (const SearchHit &hit : found->onWire(record, span)) {
            texts += toText(hit);
        }
        return texts.join(u' ');
    };
    QCOMPARE(marks(0, {0, 9}), QStringLiteral("0in@0+3 0in@8+3"));
    QCOMPARE(marks(0, {1, 2}), QStringLiteral("0in@0+3"));
    QCOMPARE(marks(0, {3, 8}), QString());
    QCOMPARE(marks(1, {0, 3}), QStringLiteral("0out@0+3"));
    QCOMPARE(marks(2, {9, 15}), QStringLiteral("0in@8+3 0in@12+3"));
    QCOMPARE(marks(2, {12, 15}), QStringLiteral("0in@12+3"));
    const auto table = log->messages();
    QCOMPARE(found->onWire(table->at(0)).size(), 2u);
    QCOMPARE(found->onWire(table->at(1)).size(), 1u);
    QCOMPARE(found->onWire(table->at(2)).size(), 2u);
}

void tst_LogSearch::endsWhenCancelled()
{
    LogBuilder builder;
    builder.open();
    builder.in("needle");
    const auto log = builder.finish(QStringLiteral("reads"));
    const auto found = LogSearch::create(log, query(QStringLiteral("needle"))).value();
    found->cancel();
    found->update();
    QVERIFY(found->isCancelled());
    QVERIFY(!found->isUpToDate());
    QCOMPARE(found->count(), 0);
}

void tst_LogSearch::agreesWithASimpleSearch_data()
{
    QTest::addColumn<SearchQuery>("what");
    QTest::addColumn<QString>("reference"); // As an expression of another engine
    QTest::addColumn<bool>("isLarge");

    for (const bool isLarge : {false, true}) {
        const char *size = isLarge ? "large" : "small";
        QTest::addRow("a literal, %s", size) << query(QStringLiteral("ab0")) << QStringLiteral("ab0") << isLarge;
        QTest::addRow("one that overlaps itself, %s", size)
            << query(QStringLiteral("aa")) << QStringLiteral("aa") << isLarge;
        QTest::addRow("digits, %s", size)
            << query(QStringLiteral("[01]{3,9}b"), Mode::Regex) << QStringLiteral("[01]{3,9}b") << isLarge;
        QTest::addRow("ends of lines, %s", size) << query(QStringLiteral("^[ab]+[01]*$"), Mode::Regex)
                                                 << QStringLiteral("^[ab]+[01]*(?=\\n|\\z)") << isLarge;
        QTest::addRow("greedy, %s", size)
            << query(QStringLiteral("b0[^\\n]*1"), Mode::Regex) << QStringLiteral("b0[^\\n]*1") << isLarge;
        QTest::addRow("many, %s", size) << query(QStringLiteral("a+"), Mode::Regex) << QStringLiteral("a+") << isLarge;
    }
}

void tst_LogSearch::agreesWithASimpleSearch()
{
    QFETCH(SearchQuery, what);
    QFETCH(QString, reference);
    QFETCH(bool, isLarge);

    const RandomLog &random = randomLog(isLarge);
    QStringList expected;
    const QRegularExpression expression(reference, QRegularExpression::MultilineOption);
    for (const auto &[stream, bytes] : random.streams) {
        const QString text = QString::fromLatin1(bytes);
        for (auto matches = expression.globalMatch(text); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            SearchHit hit;
            hit.connection = ConnectionId{stream.first};
            hit.direction = stream.second;
            hit.begin = match.capturedStart();
            hit.length = static_cast<quint32>(match.capturedLength());
            expected += toText(hit);
        }
    }
    const auto found = search(random.log, what);
    QStringList hits = dump(*found);
    QCOMPARE(hits.size(), expected.size());
    hits.sort();
    expected.sort();
    for (qsizetype i = 0; i < hits.size(); ++i) {
        QVERIFY2(hits[i] == expected[i], qPrintable(hits[i] + QLatin1String(" is not ") + expected[i]));
    }
}

QTEST_GUILESS_MAIN(tst_LogSearch)
#include "tst_logsearch.moc"
