// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/framedecoder.h"
#include "core/protocol/websocket/frameencoder.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using Sender = FrameDecoder::Sender;

namespace {

struct Decoded
{
    std::vector<Frame> frames;
    std::optional<Frame> unfinished;
    qint64 unfinishedBegin = 0;

    friend bool operator==(const Decoded &, const Decoded &) = default;
};

/// Feeds pieces of the sizes that `nextSize` gives.
template<typename Sizes>
Decoded decode(QByteArrayView wire, Sender sender, Sizes nextSize)
{
    FrameDecoder decoder(sender);
    Decoded decoded;
    while (!wire.isEmpty()) {
        const qsizetype size = std::min<qsizetype>(nextSize(), wire.size());
        decoder.feed(wire.first(size), decoded.frames);
        wire = wire.sliced(size);
    }
    if (decoder.unfinished()) {
        decoded.unfinished = *decoder.unfinished();
    }
    decoded.unfinishedBegin = decoder.unfinishedBegin();
    return decoded;
}

Decoded decodeWhole(QByteArrayView wire, Sender sender = Sender::Server)
{
    return decode(wire, sender, [&wire] { return wire.size(); });
}

/// Every opcode, every header size, masked and not, right and wrong.
QByteArray conversation()
{
    QByteArray wire;
    for (const int size : {0, 1, 125, 126, 300, 65536}) {
        wire += FrameBuilder::binary(QByteArray(size, 'x')).toWire();
        wire += FrameBuilder::text(QByteArray(size, 'y')).masked().toWire();
    }
    for (int opcode = 0; opcode < 16; ++opcode) {
        wire += FrameBuilder(opcode, "payload").withReserved(opcode % 8).toWire();
        wire += FrameBuilder(opcode, "payload").notFinal().withLengthBytes(9).toWire();
    }
    return wire + FrameBuilder::binary("cut").withDeclaredLength(1000).toWire();
}

quint32 violationsOf(const Frame &frame)
{
    return frame.violations;
}

} // namespace

class tst_FrameDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void findsFrames_data();
    void findsFrames();
    void readsTheFieldsOfTheHeader();
    void reportsBrokenRules_data();
    void reportsBrokenRules();
    void goesOnAfterABrokenRule();
    void showsWhatIsIncomplete_data();
    void showsWhatIsIncomplete();
    void splittingNeverChangesTheResult();
    void aHostileLengthCostsNothing();
    void skipsOnlyInsideAPayload();
    void survivesMutations();
    void masksLikeTheRfc();
    void understandsTheEncoder();
};

void tst_FrameDecoder::findsFrames_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("lengthBytes");

    // The headers of RFC 6455, 5.2, on both sides of each boundary.
    const std::pair<int, int> rows[] = {{0, 1}, {1, 1}, {125, 1}, {126, 3}, {127, 3}, {65535, 3}, {65536, 9}};
    for (const auto &[size, lengthBytes] : rows) {
        QTest::addRow("%d bytes", size) << size << lengthBytes;
    }
}

void tst_FrameDecoder::findsFrames()
{
    QFETCH(const int, size);
    QFETCH(const int, lengthBytes);
    const QByteArray payload(size, 'x');
    const QByteArray wire = FrameBuilder::binary(payload).masked().toWire();

    const Decoded decoded = decodeWhole(wire + wire, Sender::Client);

    QCOMPARE(decoded.frames.size(), 2u);
    QVERIFY(!decoded.unfinished);
    const Frame &second = decoded.frames[1];
    QCOMPARE(second.begin, wire.size());
    QCOMPARE(second.payloadBegin, 2 * wire.size() - size);
    QCOMPARE(second.payloadLength, size);
    QCOMPARE(second.end(), 2 * wire.size());
    QCOMPARE(int(second.lengthBytes), lengthBytes);
    QCOMPARE(second.violations, 0u);
}

void tst_FrameDecoder::readsTheFieldsOfTheHeader()
{
    const QByteArray wire =
        FrameBuilder::text("hi").masked(QByteArray::fromHex("01020304")).withReserved(4).notFinal().toWire();

    const Frame frame = decodeWhole(wire, Sender::Client).frames.at(0);

    QVERIFY(frame.opcode == Opcode::Text);
    QVERIFY(!frame.isFinal);
    QVERIFY(frame.isMasked);
    QVERIFY(!frame.isControl());
    QCOMPARE(int(frame.reserved), 4);
    QCOMPARE(frame.maskingKey, (std::array<quint8, 4>{1, 2, 3, 4}));
}

void tst_FrameDecoder::reportsBrokenRules_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<bool>("isClient");
    QTest::addColumn<quint32>("violations"); // of the last frame

    const auto add = [](const char *name, const QByteArray &wire, Violation violation, bool isClient = false) {
        QTest::newRow(name) << wire << isClient << bit(violation);
    };
    add("unmasked client", FrameBuilder::text("a").toWire(), Violation::UnmaskedClient, true);
    add("masked server", FrameBuilder::text("a").masked().toWire(), Violation::MaskedServer);
    for (const int reserved : {1, 2, 4}) {
        add(qPrintable(QStringLiteral("reserved bit %1").arg(reserved)),
            FrameBuilder::text("a").withReserved(reserved).toWire(), Violation::ReservedBit);
    }
    for (const int opcode : {3, 7, 11, 15}) {
        add(qPrintable(QStringLiteral("reserved opcode %1").arg(opcode)), FrameBuilder(opcode, "a").toWire(),
            Violation::ReservedOpcode);
    }
    add("fragmented ping", FrameBuilder::ping().notFinal().toWire(), Violation::FragmentedControl);
    add("ping of 126 bytes", FrameBuilder::ping(QByteArray(126, 'p')).toWire(), Violation::ControlTooLong);
    add("125 in three bytes", FrameBuilder::binary(QByteArray(125, 'b')).withLengthBytes(3).toWire(),
        Violation::LengthNotMinimal);
    add("65535 in nine bytes", FrameBuilder::binary(QByteArray(65535, 'b')).withLengthBytes(9).toWire(),
        Violation::LengthNotMinimal);
    add("stray continuation", FrameBuilder::continuation("a").toWire(), Violation::StrayContinuation);
    add("text inside fragments", FrameBuilder::text("a").notFinal().toWire() + FrameBuilder::text("b").toWire(),
        Violation::DataInsideFragmented);
    add("data after close", FrameBuilder::close(1000).toWire() + FrameBuilder::text("a").toWire(),
        Violation::DataAfterClose);
    // 0x8000000000000004: the top bit is cut off, four bytes are left.
    QTest::newRow("top bit of the length")
        << FrameBuilder::binary("four").withLengthBytes(9).withDeclaredLength((quint64(1) << 63) + 4).toWire() << false
        << (bit(Violation::LengthTopBit) | bit(Violation::LengthNotMinimal));
}

void tst_FrameDecoder::reportsBrokenRules()
{
    QFETCH(const QByteArray, wire);
    QFETCH(const bool, isClient);
    QFETCH(const quint32, violations);

    const Decoded decoded = decodeWhole(wire, isClient ? Sender::Client : Sender::Server);

    QVERIFY(!decoded.frames.empty());
    QCOMPARE(decoded.frames.back().violations, violations);
    QCOMPARE(decoded.frames.back().end(), wire.size());
}

void tst_FrameDecoder::goesOnAfterABrokenRule()
{
    const QByteArray wire = FrameBuilder(5, "odd").withReserved(7).toWire()
        + FrameBuilder::text("a").notFinal().toWire() + FrameBuilder::ping().toWire()
        + FrameBuilder::continuation("b").toWire() + FrameBuilder::text("c").toWire();

    const Decoded decoded = decodeWhole(wire);

    std::vector<quint32> violations;
    std::transform(decoded.frames.begin(), decoded.frames.end(), std::back_inserter(violations), violationsOf);
    const quint32 odd = bit(Violation::ReservedBit) | bit(Violation::ReservedOpcode);
    QCOMPARE(violations, (std::vector<quint32>{odd, 0, 0, 0, 0}));
}

void tst_FrameDecoder::showsWhatIsIncomplete_data()
{
    QTest::addColumn<int>("have");
    QTest::addColumn<bool>("hasHeader");

    // A masked frame with a nine-byte length has a header of 14 bytes.
    for (const int have : {1, 2, 9, 10, 13}) {
        QTest::addRow("%d header bytes", have) << have << false;
    }
    QTest::newRow("header") << 14 << true;
    QTest::newRow("some payload") << 20 << true;
}

void tst_FrameDecoder::showsWhatIsIncomplete()
{
    QFETCH(const int, have);
    QFETCH(const bool, hasHeader);
    const QByteArray before = FrameBuilder::ping().toWire();
    const QByteArray wire = FrameBuilder::binary(QByteArray(70000, 'b')).masked().toWire();

    const Decoded decoded = decodeWhole(before + wire.first(have));

    QCOMPARE(decoded.frames.size(), 1u);
    QCOMPARE(decoded.unfinished.has_value(), hasHeader);
    QCOMPARE(decoded.unfinishedBegin, before.size());
    if (hasHeader) {
        QCOMPARE(decoded.unfinished->begin, before.size());
        QCOMPARE(decoded.unfinished->payloadLength, 70000);
    }
}

void tst_FrameDecoder::splittingNeverChangesTheResult()
{
    const QByteArray wire = conversation();
    const Decoded whole = decodeWhole(wire);
    QVERIFY(whole.unfinished);

    for (qsizetype chunk = 1; chunk <= 17; ++chunk) {
        QCOMPARE(decode(wire, Sender::Server, [chunk] { return chunk; }), whole);
    }
    for (quint32 seed = 1; seed <= 20; ++seed) {
        QRandomGenerator random(seed);
        QVERIFY2(decode(wire, Sender::Server, [&random] { return random.bounded(1, 5000); }) == whole,
                 qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void tst_FrameDecoder::aHostileLengthCostsNothing()
{
    constexpr qint64 Greatest = std::numeric_limits<qint64>::max();
    const QByteArray wire =
        FrameBuilder::ping().toWire() + FrameBuilder::binary("abc").withDeclaredLength(Greatest).toWire();

    const Decoded decoded = decodeWhole(wire);

    QCOMPARE(decoded.frames.size(), 1u);
    QVERIFY(decoded.unfinished);
    QCOMPARE(decoded.unfinished->payloadLength, Greatest);
    QCOMPARE(decoded.unfinished->end(), Greatest); // and does not wrap around
}

void tst_FrameDecoder::skipsOnlyInsideAPayload()
{
    const QByteArray wire = FrameBuilder::binary("0123456789").toWire();
    std::vector<Frame> frames;
    FrameDecoder decoder(Sender::Server);
    QVERIFY(!decoder.skip(1)); // between frames
    decoder.feed(wire.first(1), frames);
    QVERIFY(!decoder.skip(1)); // inside a header
    decoder.feed(wire.sliced(1, 3), frames);
    QVERIFY(!decoder.skip(8)); // up to the end or past it

    QVERIFY(decoder.skip(7));
    decoder.feed(wire.last(1), frames);

    QCOMPARE(frames.size(), 1u);
    QCOMPARE(decoder.offset(), wire.size());
}

void tst_FrameDecoder::survivesMutations()
{
    const QByteArray original = conversation();
    for (quint32 seed = 1; seed <= 200; ++seed) {
        QRandomGenerator random(seed);
        QByteArray wire = original;
        for (int i = 0; i < 20; ++i) {
            wire[random.bounded(int(wire.size()))] = static_cast<char>(random.generate());
        }
        const Decoded whole = decodeWhole(wire);
        const Decoded pieces = decode(wire, Sender::Server, [&random] { return random.bounded(1, 100); });

        const QByteArray name = "seed " + QByteArray::number(seed);
        QVERIFY2(pieces == whole, name);
        qint64 end = 0;
        for (const Frame &frame : whole.frames) { // the frames cover the stream without holes
            QVERIFY2(frame.begin == end && frame.payloadBegin > frame.begin, name);
            end = frame.end();
        }
        QVERIFY2(whole.unfinishedBegin == end, name);
    }
}

void tst_FrameDecoder::masksLikeTheRfc()
{
    const QByteArray key = QByteArray::fromHex("37fa213d");
    const std::array<quint8, 4> maskingKey{0x37, 0xfa, 0x21, 0x3d};
    for (int size = 0; size < 40; ++size) {
        const QByteArray payload = TestSupport::randomBytes(size, 7);
        const QByteArray masked = FrameBuilder::binary(payload).masked(key).toWire().last(size);
        for (int from = 0; from <= size; ++from) { // any part of it, wherever it starts
            QByteArray part = masked.sliced(from);
            applyMask(part.data(), part.size(), maskingKey, from);
            QCOMPARE(part, payload.sliced(from));
        }
    }
}

void tst_FrameDecoder::understandsTheEncoder()
{
    const std::array<quint8, 4> key{0x37, 0xfa, 0x21, 0x3d};
    for (const int size : {0, 1, 125, 126, 65535, 65536}) {
        const QByteArray payload = TestSupport::randomBytes(size, 1);
        QCOMPARE(encodeFrame(Opcode::Binary, payload, key), FrameBuilder::binary(payload).masked().toWire());
        QCOMPARE(encodeFrame(Opcode::Pong, payload, {}), FrameBuilder::pong(payload).toWire());

        const Decoded decoded = decodeWhole(encodeFrame(Opcode::Binary, payload, key), Sender::Client);
        QCOMPARE(decoded.frames.size(), 1u);
        QCOMPARE(decoded.frames[0].payloadLength, size);
        QCOMPARE(decoded.frames[0].violations, 0u);
    }
}

QTEST_GUILESS_MAIN(tst_FrameDecoder)
#include "tst_framedecoder.moc"
