// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/framespec.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using Coding = FrameSpec::LengthCoding;
using Masking = FrameSpec::Masking;
using Sender = FrameDecoder::Sender;

namespace {

constexpr FrameSpec::Key Random{0x37, 0xfa, 0x21, 0x3d}; // That of the builder
constexpr FrameSpec::Key Chosen{1, 2, 3, 4};

QByteArray wireOf(const FrameSpec &spec, Sender sender)
{
    QByteArray wire;
    for (qint64 index = 0; index < spec.fragmentCount(); ++index) {
        wire += spec.fragment(index, sender, Random);
    }
    return wire;
}

FrameSpec frame(int opcode, const QByteArray &payload)
{
    FrameSpec spec;
    spec.opcode = quint8(opcode);
    spec.payload = payload;
    return spec;
}

template<typename Change>
FrameSpec changed(FrameSpec spec, Change change)
{
    change(spec);
    return spec;
}

} // namespace

Q_DECLARE_METATYPE(Sidewire::FrameSpec)

class tst_FrameSpec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void leavesAsAsked_data();
    void leavesAsAsked();
    void refusesWhatCannotBeCoded_data();
    void refusesWhatCannotBeCoded();
    void knowsACloseFrame();
};

void tst_FrameSpec::leavesAsAsked_data()
{
    QTest::addColumn<FrameSpec>("spec");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("server");

    const auto row = [](const char *name, const FrameSpec &spec, const FrameBuilder &built) {
        QTest::newRow(name) << spec << built.masked().toWire() << built.toWire();
    };
    for (const int size : {0, 1, 125, 126, 65'535, 65'536}) {
        const QByteArray payload = TestSupport::randomBytes(size, 1);
        row(qPrintable(QStringLiteral("%1 bytes").arg(size)), frame(2, payload), FrameBuilder::binary(payload));
    }
    row("a reserved opcode", frame(11, "x"), FrameBuilder(11, "x"));
    row("not the last", changed(frame(1, "x"), [](FrameSpec &spec) { spec.isFinal = false; }),
        FrameBuilder::text("x").notFinal());
    row("RSV1 and RSV3", changed(frame(1, "x"), [](FrameSpec &spec) { spec.reserved = 5; }),
        FrameBuilder::text("x").withReserved(5));
    row("16 bits for a short length",
        changed(frame(1, "x"), [](FrameSpec &spec) { spec.lengthCoding = Coding::Bits16; }),
        FrameBuilder::text("x").withLengthBytes(3));
    row("64 bits for a short length",
        changed(frame(1, "x"), [](FrameSpec &spec) { spec.lengthCoding = Coding::Bits64; }),
        FrameBuilder::text("x").withLengthBytes(9));
    row("a length that is not there", changed(frame(1, {}), [](FrameSpec &spec) { spec.declaredLength = 70'000; }),
        FrameBuilder::text({}).withDeclaredLength(70'000));
    row("a length that is too short", changed(frame(1, "xyz"), [](FrameSpec &spec) { spec.declaredLength = 1; }),
        FrameBuilder::text("xyz").withDeclaredLength(1));
    row("the top bit", changed(frame(1, "x"), [](FrameSpec &spec) { spec.declaredLength = (1ULL << 63) + 1; }),
        FrameBuilder::text("x").withDeclaredLength((1ULL << 63) + 1));

    // Written out by hand from RFC 6455, 5.2.
    QTest::newRow("a length that says more follows") << changed(frame(1, "x"), [](FrameSpec &spec) {
        spec.declaredLength = 126;
        spec.lengthCoding = Coding::Bits7;
        spec.masking = Masking::Off;
    }) << QByteArray::fromHex("817e78") << QByteArray::fromHex("817e78");
    QTest::newRow("never masked") << changed(frame(1, "a"), [](FrameSpec &spec) { spec.masking = Masking::Off; })
                                  << QByteArray::fromHex("810161") << QByteArray::fromHex("810161");
    QTest::newRow("always masked") << changed(frame(1, "a"), [](FrameSpec &spec) { spec.masking = Masking::Random; })
                                   << QByteArray::fromHex("818137fa213d56") << QByteArray::fromHex("818137fa213d56");
    QTest::newRow("a chosen key") << changed(frame(1, "aa"),
                                             [](FrameSpec &spec) {
                                                 spec.masking = Masking::Chosen;
                                                 spec.key = Chosen;
                                             })
                                  << QByteArray::fromHex("8182010203046063") << QByteArray::fromHex("8182010203046063");
    QTest::newRow("fragments of two") << changed(frame(1, "abcde"),
                                                 [](FrameSpec &spec) {
                                                     spec.fragmentSize = 2;
                                                     spec.reserved = 4;
                                                     spec.masking = Masking::Off;
                                                 })
                                      << QByteArray::fromHex("41026162 00026364 800165")
                                      << QByteArray::fromHex("41026162 00026364 800165");
    QTest::newRow("a fragmented ping without an end") << changed(frame(9, "ab"), [](FrameSpec &spec) {
        spec.fragmentSize = 1;
        spec.isFinal = false;
        spec.masking = Masking::Off;
    }) << QByteArray::fromHex("090161 000162") << QByteArray::fromHex("090161 000162");
    QTest::newRow("a fragment that holds all") << changed(frame(1, "ab"), [](FrameSpec &spec) {
        spec.fragmentSize = 2;
        spec.masking = Masking::Off;
    }) << QByteArray::fromHex("81026162") << QByteArray::fromHex("81026162");
}

void tst_FrameSpec::leavesAsAsked()
{
    QFETCH(FrameSpec, spec);
    QVERIFY(spec.check().has_value());
    QTEST(wireOf(spec, Sender::Client), "client");
    QTEST(wireOf(spec, Sender::Server), "server");
    QCOMPARE(spec.wireSize(Sender::Client), wireOf(spec, Sender::Client).size());
    QCOMPARE(spec.wireSize(Sender::Server), wireOf(spec, Sender::Server).size());
}

void tst_FrameSpec::refusesWhatCannotBeCoded_data()
{
    QTest::addColumn<FrameSpec>("spec");
    QTest::addColumn<QString>("why");

    QTest::newRow("opcode") << frame(16, {}) << QStringLiteral("an opcode has four bits, RSV three");
    QTest::newRow("seven bits") << changed(frame(1, QByteArray(128, 'x')), [](FrameSpec &spec) {
        spec.lengthCoding = Coding::Bits7;
    }) << QStringLiteral("a length of 128 does not fit into 7 bits");
    QTest::newRow("sixteen bits") << changed(frame(1, {}), [](FrameSpec &spec) {
        spec.lengthCoding = Coding::Bits16;
        spec.declaredLength = 65'536;
    }) << QStringLiteral("a length of 65536 does not fit into 16 bits");
    QTest::newRow("lies in fragments") << changed(frame(1, "abc"), [](FrameSpec &spec) {
        spec.fragmentSize = 1;
        spec.declaredLength = 2;
    }) << QStringLiteral("a declared length is for one frame, and these are 3");
    QTest::newRow("very many fragments") << changed(frame(1, QByteArray(65'537, 'x')), [](FrameSpec &spec) {
        spec.fragmentSize = 1;
    }) << QStringLiteral("65537 fragments; at most 65536 are sent at once");
}

void tst_FrameSpec::refusesWhatCannotBeCoded()
{
    QFETCH(FrameSpec, spec);
    const Result<void> possible = spec.check();
    QVERIFY(!possible);
    QTEST(possible.error().detail, "why");
}

void tst_FrameSpec::knowsACloseFrame()
{
    QVERIFY(frame(8, {}).isClose());
    QVERIFY(frame(8, "x").isClose()); // Wrong inside, but the peer has to go
    QVERIFY(!frame(1, {}).isClose());
    QVERIFY(!changed(frame(8, {}), [](FrameSpec &spec) { spec.isFinal = false; }).isClose());
    QVERIFY(!changed(frame(8, {}), [](FrameSpec &spec) { spec.reserved = 4; }).isClose());
    QVERIFY(!changed(frame(8, {}), [](FrameSpec &spec) { spec.declaredLength = 2; }).isClose());
    QVERIFY(!frame(8, QByteArray(126, 'x')).isClose());
}

QTEST_GUILESS_MAIN(tst_FrameSpec)
#include "tst_framespec.moc"
