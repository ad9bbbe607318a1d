// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/messagedeflate.h"
#include "tests/support/testsupport.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace Sidewire;
using Status = MessageInflater::Status;

Q_DECLARE_METATYPE(Sidewire::MessageInflater::Status)

namespace {

constexpr qint64 NoLimit = 1 << 30;

struct Inflated
{
    QByteArray content;
    Status status = Status::Ok;

    friend bool operator==(const Inflated &, const Inflated &) = default;
};

Inflated inflate(MessageInflater &inflater, const QByteArray &payload, qsizetype step = NoLimit, qint64 limit = NoLimit)
{
    Inflated found;
    const auto sink = [&found](QByteArrayView piece) {
        QVERIFY(!piece.isEmpty() && piece.size() <= 64 * 1024);
        found.content += piece;
    };
    for (qsizetype at = 0; at < payload.size(); at += step) {
        inflater.feed(QByteArrayView(payload).sliced(at, std::min(step, payload.size() - at)), limit, sink);
    }
    found.status = inflater.finish(limit, sink);
    return found;
}

Inflated inflated(const QByteArray &payload, ContextTakeover takeover = ContextTakeover::On)
{
    MessageInflater inflater(takeover);
    return inflate(inflater, payload);
}

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

/// Text with repetitions near and far, as a conversation has them.
QByteArray repetitive(qsizetype size, quint32 seed)
{
    const QByteArray words = TestSupport::randomBytes(4096, seed);
    std::minstd_rand random(seed);
    QByteArray text;
    while (text.size() < size) {
        const qsizetype length = static_cast<qsizetype>(random() % 40 + 3);
        text += words.mid(static_cast<qsizetype>(random() % 4000), length);
    }
    return text.first(size);
}

} // namespace

class tst_MessageDeflate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void inflatesTheExamplesOfTheRfc_data();
    void inflatesTheExamplesOfTheRfc();
    void sharesTheWindowBetweenMessages();
    void forgetsTheWindowWithoutTakeover();
    void keepsTheWindowAfterAFinalBlock();
    void findsWhatIsNoDeflateData_data();
    void findsWhatIsNoDeflateData();
    void findsWhatIsCutOff();
    void splittingNeverChangesTheResult();
    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void findsALargerWindowThanAgreedOn_data();
    void findsALargerWindowThanAgreedOn();
    void leavesTheTailOut();
    void endsABombAtTheLimit_data();
    void endsABombAtTheLimit();
    void aMessageOfExactlyTheLimitIsRight();
    void goesOnAfterAGap();
    void aGapInsideEndsTheMessage();
    void survivesMutations();
};

void tst_MessageDeflate::inflatesTheExamplesOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("content");

    // RFC 7692, 7.2.3.1 to 7.2.3.6, and what else is allowed
    QTest::newRow("one block") << hex("f248cdc9c90700") << QByteArray("Hello");
    QTest::newRow("no compression") << hex("000500faff48656c6c6f00") << QByteArray("Hello");
    QTest::newRow("final block") << hex("f348cdc9c9070000") << QByteArray("Hello");
    QTest::newRow("two blocks") << hex("f248050000 00ffffcac9c90700") << QByteArray("Hello");
    QTest::newRow("empty") << hex("00") << QByteArray();
    QTest::newRow("empty, fixed codes") << hex("0200") << QByteArray();
    QTest::newRow("final block without the byte behind it") << hex("f348cdc9c90700") << QByteArray("Hello");
    QTest::newRow("final blocks in a row") << hex("f348cdc9c90700f348cdc9c90700") << QByteArray("HelloHello");
    QTest::newRow("the tail left in") << hex("f248cdc9c907000000ffff00") << QByteArray("Hello");
}

void tst_MessageDeflate::inflatesTheExamplesOfTheRfc()
{
    QFETCH(const QByteArray, payload);
    QFETCH(const QByteArray, content);
    for (const ContextTakeover takeover : {ContextTakeover::On, ContextTakeover::Off}) {
        MessageInflater inflater(takeover);
        for (int i = 0; i < 3; ++i) {
            const Inflated found = inflate(inflater, payload);
            QCOMPARE(found.status, Status::Ok);
            QCOMPARE(found.content, content);
        }
    }
}

void tst_MessageDeflate::sharesTheWindowBetweenMessages()
{
    MessageInflater inflater(ContextTakeover::On);
    QCOMPARE(inflate(inflater, hex("f248cdc9c90700")).content, QByteArray("Hello"));
    const Inflated second = inflate(inflater, hex("f200110000")); // RFC 7692, 7.2.3.2
    QCOMPARE(second.status, Status::Ok);
    QCOMPARE(second.content, QByteArray("Hello"));
}

void tst_MessageDeflate::forgetsTheWindowWithoutTakeover()
{
    MessageInflater inflater(ContextTakeover::Off);
    QCOMPARE(inflate(inflater, hex("f248cdc9c90700")).content, QByteArray("Hello"));
    QCOMPARE(inflate(inflater, hex("f200110000")).status, Status::Corrupt);
    QCOMPARE(inflate(inflater, hex("f248cdc9c90700")), (Inflated{"Hello", Status::Ok}));
}

void tst_MessageDeflate::keepsTheWindowAfterAFinalBlock()
{
    MessageInflater inflater(ContextTakeover::On);
    QCOMPARE(inflate(inflater, hex("f348cdc9c9070000")).content, QByteArray("Hello"));
    QCOMPARE(inflate(inflater, hex("f200110000")), (Inflated{"Hello", Status::Ok}));
    QCOMPARE(inflate(inflater, hex("f348cdc9c90700")).content, QByteArray("Hello"));
    QCOMPARE(inflate(inflater, hex("f200110000")), (Inflated{"Hello", Status::Ok}));
}

void tst_MessageDeflate::findsWhatIsNoDeflateData_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("reserved block type") << hex("06");
    QTest::newRow("lengths that do not agree") << hex("000500fbff48656c6c6f00");
    QTest::newRow("refers to before the start") << hex("f200110000");
    QTest::newRow("text that is not deflated") << QByteArray("Hello, this is not deflated at all");
    QTest::newRow("zlib's head and trailer") << hex("789cf348cdc9c907000 58c01f5");
    QTest::newRow("gzip's head") << hex("1f8b08000000000000 03");
    QTest::newRow("no bytes at all") << QByteArray();
    QTest::newRow("right, then not") << hex("f248050000 00ffff07");
}

void tst_MessageDeflate::findsWhatIsNoDeflateData()
{
    QFETCH(const QByteArray, payload);
    for (const ContextTakeover takeover : {ContextTakeover::On, ContextTakeover::Off}) {
        MessageInflater inflater(takeover);
        QCOMPARE(inflate(inflater, payload).status, Status::Corrupt);
        // One that needs nothing from before can be inflated again.
        QCOMPARE(inflate(inflater, hex("f248cdc9c90700")), (Inflated{"Hello", Status::Ok}));
    }
}

void tst_MessageDeflate::findsWhatIsCutOff()
{
    // One byte alone is an empty message, and at six the tail makes up the block: those two are right.
    const QByteArray whole = hex("000500faff48656c6c6f00");
    for (const qsizetype size : {2, 3, 4, 5, 7, 8, 9, 10}) {
        QCOMPARE(inflated(whole.first(size)).status, Status::Corrupt);
    }
    const QByteArray dynamic = MessageDeflater(ContextTakeover::On).deflate(repetitive(3000, 1));
    for (qsizetype size = 1; size < dynamic.size() - 1; size += 7) {
        const Inflated found = inflated(dynamic.first(size));
        QCOMPARE(found.status, Status::Corrupt);
        QVERIFY(repetitive(3000, 1).startsWith(found.content.chopped(std::min<qsizetype>(found.content.size(), 300))));
    }
}

void tst_MessageDeflate::splittingNeverChangesTheResult()
{
    const std::vector<QByteArray> payloads = {
        hex("f248cdc9c90700"),
        hex("f200110000"),
        hex("f348cdc9c9070000"),
        hex("f348cdc9c90700f348cdc9c90700"),
        MessageDeflater(ContextTakeover::Off).deflate(repetitive(70000, 2)),
        hex("06ffff"),
        hex("e21a0000893f"), // more than the least limit, and corrupt behind it
        hex("f200110000"),
        hex("000500fbff48656c6c6f00"),
        hex("f248cdc9c90700"),
        MessageDeflater(ContextTakeover::Off).deflate(QByteArray(200000, 'x')),
    };
    for (const ContextTakeover takeover : {ContextTakeover::On, ContextTakeover::Off}) {
        for (const qint64 limit : {qint64(3), qint64(60000), NoLimit}) {
            const auto run = [&](qsizetype step) {
                MessageInflater inflater(takeover);
                std::vector<Inflated> all;
                for (const QByteArray &payload : payloads) {
                    all.push_back(inflate(inflater, payload, step, limit));
                }
                return all;
            };
            const std::vector<Inflated> whole = run(NoLimit);
            for (qsizetype step = 1; step <= 17; ++step) {
                QVERIFY(run(step) == whole);
            }
        }
    }
}

void tst_MessageDeflate::readsWhatItWrites_data()
{
    QTest::addColumn<int>("deflaterBits");
    QTest::addColumn<int>("inflaterBits");
    QTest::addColumn<ContextTakeover>("takeover");
    for (int bits = 8; bits <= 15; ++bits) {
        QTest::addRow("%d bits, takeover", bits) << bits << bits << ContextTakeover::On;
        QTest::addRow("%d bits, no takeover", bits) << bits << bits << ContextTakeover::Off;
        QTest::addRow("%d bits for one of 15", bits) << bits << 15 << ContextTakeover::On;
    }
}

void tst_MessageDeflate::readsWhatItWrites()
{
    QFETCH(const int, deflaterBits);
    QFETCH(const int, inflaterBits);
    QFETCH(const ContextTakeover, takeover);
    MessageDeflater deflater(takeover, deflaterBits);
    MessageInflater inflater(takeover, inflaterBits);
    for (const qsizetype size : {0, 0, 1, 5, 255, 256, 257, 1000, 0, 40000, 100000, 100000}) {
        const QByteArray content = repetitive(size, static_cast<quint32>(size % 3));
        const Inflated found = inflate(inflater, deflater.deflate(content));
        QCOMPARE(found.status, Status::Ok);
        QVERIFY(found.content == content);
    }
}

void tst_MessageDeflate::findsALargerWindowThanAgreedOn_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<qsizetype>("distance");
    QTest::addColumn<Status>("status");
    for (int bits = 8; bits < 15; ++bits) {
        const qsizetype window = qsizetype(1) << bits;
        QTest::addRow("%d bits, just within", bits) << bits << window << Status::Ok;
        QTest::addRow("%d bits, one too far", bits) << bits << window + 1 << Status::TooFarBack;
    }
    QTest::newRow("15 bits") << 15 << qsizetype(32000) << Status::Ok;
}

void tst_MessageDeflate::findsALargerWindowThanAgreedOn()
{
    QFETCH(const int, bits);
    QFETCH(const qsizetype, distance);
    QFETCH(const Status, status);
    // Ten bytes that come again after others that do not: the deflater refers back to them over just that distance. Only
    // 64 different ones, so that deflating is worth it.
    QByteArray content = TestSupport::randomBytes(distance, 5);
    std::for_each(content.begin(), content.end(), [](char &byte) { byte = static_cast<char>(byte & 63); });
    content += content.first(10);
    const QByteArray payload = MessageDeflater(ContextTakeover::On).deflate(content);
    for (const qsizetype step : {qsizetype(1), qsizetype(7), qsizetype(1) << 20}) {
        MessageInflater inflater(ContextTakeover::Off, bits);
        for (int i = 0; i < 2; ++i) {
            const Inflated found = inflate(inflater, payload, step);
            QCOMPARE(found.status, status);
            QVERIFY(found.content == content);
        }
    }
}

void tst_MessageDeflate::leavesTheTailOut()
{
    MessageDeflater deflater(ContextTakeover::On);
    QCOMPARE(deflater.deflate("Hello").toHex(), QByteArray("f248cdc9c90700"));
    QCOMPARE(deflater.deflate("Hello").toHex(), QByteArray("f200110000")); // the window is used
    QCOMPARE(deflater.deflate({}).toHex(), QByteArray("00"));
    QCOMPARE(deflater.deflate({}).toHex(), QByteArray("00"));

    MessageDeflater forgetful(ContextTakeover::Off);
    QCOMPARE(forgetful.deflate("Hello").toHex(), QByteArray("f248cdc9c90700"));
    QCOMPARE(forgetful.deflate("Hello").toHex(), QByteArray("f248cdc9c90700"));
}

void tst_MessageDeflate::endsABombAtTheLimit_data()
{
    QTest::addColumn<ContextTakeover>("takeover");
    QTest::addColumn<int>("bits");
    QTest::newRow("takeover") << ContextTakeover::On << 15;
    QTest::newRow("no takeover") << ContextTakeover::Off << 15;
    QTest::newRow("takeover, small window") << ContextTakeover::On << 9;
}

void tst_MessageDeflate::endsABombAtTheLimit()
{
    QFETCH(const ContextTakeover, takeover);
    QFETCH(const int, bits);
    MessageDeflater deflater(takeover);
    const QByteArray bomb = deflater.deflate(QByteArray(64 << 20, '\0'));
    QVERIFY(bomb.size() < 100 * 1024);
    const QByteArray next = deflater.deflate(QByteArray(300, '\0') + "end");

    MessageInflater inflater(takeover, bits);
    const Inflated found = inflate(inflater, bomb, 1000, 1 << 20);
    QCOMPARE(found.status, Status::TooLarge);
    QVERIFY(found.content == QByteArray(1 << 20, '\0'));
    QCOMPARE(inflate(inflater, next), (Inflated{QByteArray(300, '\0') + "end", Status::Ok}));
}

void tst_MessageDeflate::aMessageOfExactlyTheLimitIsRight()
{
    MessageInflater inflater(ContextTakeover::On);
    QCOMPARE(inflate(inflater, hex("f248cdc9c90700"), 1, 5), (Inflated{"Hello", Status::Ok}));
    QCOMPARE(inflate(inflater, hex("f200110000"), 1, 4), (Inflated{"Hell", Status::TooLarge}));
    QCOMPARE(inflate(inflater, hex("f200110000"), 1, 0), (Inflated{"", Status::TooLarge}));
    QCOMPARE(inflate(inflater, hex("f200110000"), 1, 5), (Inflated{"Hello", Status::Ok}));
}

void tst_MessageDeflate::goesOnAfterAGap()
{
    MessageInflater inflater(ContextTakeover::On);
    QCOMPARE(inflate(inflater, hex("f248cdc9c90700")).content, QByteArray("Hello"));
    inflater.loseContext();
    QCOMPARE(inflate(inflater, hex("f200110000")).status, Status::ContextMissing);
    QCOMPARE(inflate(inflater, hex("f248cdc9c90700")), (Inflated{"Hello", Status::Ok}));
    QCOMPARE(inflate(inflater, hex("f200110000")), (Inflated{"Hello", Status::Ok}));

    // With a whole window behind it, what cannot be inflated is the sender's fault again.
    QCOMPARE(inflate(inflater, MessageDeflater(ContextTakeover::Off).deflate(repetitive(40000, 3))).status, Status::Ok);
    QCOMPARE(inflate(inflater, hex("06")).status, Status::Corrupt);
    QCOMPARE(inflate(inflater, hex("f200110000")).status, Status::Corrupt);
}

void tst_MessageDeflate::aGapInsideEndsTheMessage()
{
    for (const ContextTakeover takeover : {ContextTakeover::On, ContextTakeover::Off}) {
        MessageInflater inflater(takeover);
        inflater.feed(hex("f248cd"), NoLimit, [](QByteArrayView) {});
        inflater.loseContext();
        QCOMPARE(inflate(inflater, hex("f248cdc9c90700")), (Inflated{"Hello", Status::Ok}));
    }
}

void tst_MessageDeflate::survivesMutations()
{
    constexpr quint32 Seed = 7692;
    qInfo("seed %u", Seed);
    std::minstd_rand random(Seed);
    MessageDeflater deflater(ContextTakeover::Off);
    const QByteArray payload = deflater.deflate(repetitive(5000, 4));
    MessageInflater inflater(ContextTakeover::On);
    for (int i = 0; i < 3000; ++i) {
        QByteArray mutated = payload;
        for (std::size_t n = random() % 4; n > 0; --n) {
            mutated[static_cast<qsizetype>(random() % static_cast<std::size_t>(mutated.size()))] =
                static_cast<char>(random());
        }
        mutated.truncate(static_cast<qsizetype>(random() % static_cast<std::size_t>(mutated.size() + 1)));
        const Inflated found = inflate(inflater, mutated, static_cast<qsizetype>(random() % 500 + 1), 10000);
        QVERIFY(found.content.size() <= 10000);
        QCOMPARE(inflate(inflater, payload).status, Status::Ok);
    }
}

QTEST_GUILESS_MAIN(tst_MessageDeflate)
#include "tst_messagedeflate.moc"
