// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/dissectframes.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/fielddump.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;
using Sender = FrameDecoder::Sender;
using TestSupport::FrameBuilder;

namespace {

constexpr qint64 Begin = 100; // Where the messages lie in their streams

struct Case
{
    QByteArray wire;
    Sender sender = Sender::Server;
    std::vector<Violation> violations;
    bool isCompressed = false;
};

FrameSource sourceOf(const Case &given)
{
    quint32 violations = 0;
    for (const Violation violation : given.violations) {
        violations |= bit(violation);
    }
    return {{Begin, Begin + given.wire.size()}, given.wire, given.sender, given.isCompressed, violations};
}

/// Of a tree, the lines that hold a word.
QStringList linesWith(const std::vector<Field> &fields, const QString &word)
{
    QStringList lines;
    for (const QString &line : TestSupport::dump(fields)) {
        if (line.contains(word)) {
            lines += line.trimmed();
        }
    }
    return lines;
}

/// Empty when every bit of the message is told of once.
QString wrongPlaces(const std::vector<Field> &fields, const ByteSpan &span)
{
    const BitSpan whole = BitSpan::ofBytes(span.begin, span.end);
    QString wrong = TestSupport::notCovered(fields, whole);
    for (const Field &field : fields) {
        wrong += TestSupport::misplaced(field, whole);
        wrong += field.children.empty() ? QString() : TestSupport::notCovered(field.children, field.bits);
    }
    return wrong;
}

} // namespace
Q_DECLARE_METATYPE(Case)

class tst_DissectFrames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tellsAWholeFrameToTheBit();
    void good_data();
    void good() { check(); }
    void invalid_data();
    void invalid() { check(); }
    void malformed_data();
    void malformed() { check(); }
    void incomplete_data();
    void incomplete() { check(); }
    void namesTheMessageInsideAFragmentedOne();
    void listsNoMoreThanItsLimit();
    void saysWhatWasNotLookedAt();
    void mutationsKeepEveryFieldInItsPlace();

private:
    static void columns();
    void check();
};

void tst_DissectFrames::columns()
{
    QTest::addColumn<Case>("given");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QStringList>("lines"); // Those with the word in them
}

void tst_DissectFrames::check()
{
    QFETCH(Case, given);
    QFETCH(QString, word);
    QFETCH(QStringList, lines);
    const FrameSource source = sourceOf(given);
    const DissectedFrames found = dissectFrames(source);
    QCOMPARE(linesWith(found.fields, word), lines);
    QCOMPARE(wrongPlaces(found.fields, source.span), QString());
    QCOMPARE(source.violations & ~found.shown, 0u); // All that is broken here shows on a field
}

void tst_DissectFrames::tellsAWholeFrameToTheBit()
{
    const Case given{FrameBuilder::text("hello").masked().toWire(), Sender::Client, {}, false};
    QCOMPARE(TestSupport::dump(dissectFrames(sourceOf(given)).fields),
             (QStringList{
                 QStringLiteral("100+11 Frame: text, 11 B"),
                 QStringLiteral("  100.0+1 FIN: 1, the last frame of its message"),
                 QStringLiteral("  100.1+1 RSV1: 0"),
                 QStringLiteral("  100.2+1 RSV2: 0"),
                 QStringLiteral("  100.3+1 RSV3: 0"),
                 QStringLiteral("  100.4+4 Opcode: 1 text"),
                 QStringLiteral("  101.0+1 MASK: 1, masked"),
                 QStringLiteral("  101.1+7 Payload length: 5 (7 bits)"),
                 QStringLiteral("  102+4 Masking key: 37 fa 21 3d"),
                 QStringLiteral("  106+5 Payload: 5 B, unmasked: \"hello\""),
             }));
}

void tst_DissectFrames::good_data()
{
    columns();
    const auto binary = [](int size) {
        return Case{FrameBuilder::binary(QByteArray(size, 'x')).toWire(), Sender::Server, {}, false};
    };
    const QString length = QStringLiteral("ength");
    QTest::newRow("125 bytes") << binary(125) << length
                               << QStringList{QStringLiteral("101.1+7 Payload length: 125 (7 bits)")};
    QTest::newRow("126 bytes") << binary(126) << length
                               << QStringList{QStringLiteral("101.1+23 Payload length: 126 (16 bits after 126)"),
                                              QStringLiteral("101.1+7 Length code: 126: 16 bits follow"),
                                              QStringLiteral("102+2 Extended length: 126 (0x007e)")};
    QTest::newRow("65536 bytes") << binary(65536) << length
                                 << QStringList{QStringLiteral("101.1+71 Payload length: 65536 (64 bits after 127)"),
                                                QStringLiteral("101.1+7 Length code: 127: 64 bits follow"),
                                                QStringLiteral("102+8 Extended length: 65536 (0x0000000000010000)")};
    QTest::newRow("binary") << Case{FrameBuilder::binary(QByteArray(20, '\x01')).toWire(), Sender::Server, {}, false}
                            << QStringLiteral("Payload:")
                            << QStringList{QStringLiteral("102+20 Payload: 20 B: ") + QStringLiteral("01 ").repeated(16)
                                           + QChar(0x2026)};
    QTest::newRow("empty") << Case{FrameBuilder::ping().toWire(), Sender::Server, {}, false}
                           << QStringLiteral("Payload:") << QStringList{QStringLiteral("- Payload: 0 B")};
    QTest::newRow("close") << Case{FrameBuilder::close(1000, "bye").toWire(), Sender::Server, {}, false}
                           << QStringLiteral("e")
                           << QStringList{QStringLiteral("100+7 Frame: close, 7 B"),
                                          QStringLiteral("100.0+1 FIN: 1, the last frame of its message"),
                                          QStringLiteral("100.4+4 Opcode: 8 close"),
                                          QStringLiteral("101.0+1 MASK: 0, not masked"),
                                          QStringLiteral("101.1+7 Payload length: 5 (7 bits)"),
                                          QStringLiteral("102+5 Payload: 5 B: 03 e8 62 79 65"),
                                          QStringLiteral("102+2 Close code: 1000 Normal Closure"),
                                          QStringLiteral("104+3 Reason: bye")};
    QTest::newRow("compressed") << Case{FrameBuilder::text("x").withReserved(4).toWire(), Sender::Server, {}, true}
                                << QStringLiteral("compressed")
                                << QStringList{QStringLiteral("100.1+1 RSV1: 1, the message is compressed"),
                                               QStringLiteral("102+1 Payload: 1 B, compressed: 78")};
    QTest::newRow("a character over two fragments")
        << Case{FrameBuilder::text("a\xc3").notFinal().toWire() + FrameBuilder::continuation("\xa9").toWire(),
                {},
                {},
                false}
        << QStringLiteral("Frame")
        << QStringList{QStringLiteral("100+4 Frame 1 of 2: text, 4 B"),
                       QStringLiteral("104+3 Frame 2 of 2: continuation, 3 B")};
}

void tst_DissectFrames::invalid_data()
{
    columns();
    const auto add = [](const char *name, const FrameBuilder &frame, Violation violation, const char *line) {
        QTest::newRow(name) << Case{frame.toWire(), Sender::Server, {violation}, false} << QStringLiteral("! ")
                            << QStringList{QString::fromUtf8(line)};
    };
    add("masked server", FrameBuilder::text("x").masked(), Violation::MaskedServer,
        "! 101.0+1 MASK: 1, masked // A server frame was masked (RFC 6455, 5.1)");
    add("RSV2", FrameBuilder::text("x").withReserved(2), Violation::ReservedBit,
        "! 100.2+1 RSV2: 1 // A reserved bit was set without an extension that gives it a meaning (RFC 6455, 5.2)");
    add("reserved opcode", FrameBuilder(5, "x"), Violation::ReservedOpcode,
        "! 100.4+4 Opcode: 5 reserved 5 // The opcode is reserved (RFC 6455, 5.2)");
    add("fragmented ping", FrameBuilder::ping().notFinal(), Violation::FragmentedControl,
        "! 100.0+1 FIN: 0, more frames follow // A control frame was fragmented (RFC 6455, 5.5)");
    add("long ping", FrameBuilder::ping(QByteArray(126, 'x')), Violation::ControlTooLong,
        "! 101.1+23 Payload length: 126 (16 bits after 126) // A control frame carried more than 125 bytes (RFC 6455, "
        "5.5)");
    add("length not minimal", FrameBuilder::text("x").withLengthBytes(3), Violation::LengthNotMinimal,
        "! 101.1+23 Payload length: 1 (16 bits after 126) // The length was coded with more bytes than it needs (RFC "
        "6455, "
        "5.2)");
    add("stray continuation", FrameBuilder::continuation("x"), Violation::StrayContinuation,
        "! 100.4+4 Opcode: 0 continuation // A continuation frame came without a message to continue (RFC 6455, 5.4)");
    add("data inside a fragmented message", FrameBuilder::text("x"), Violation::DataInsideFragmented,
        "! 100.4+4 Opcode: 1 text // A new message began before the fragmented one had ended (RFC 6455, 5.4)");
    add("data after close", FrameBuilder::text("x"), Violation::DataAfterClose,
        "! 100.4+4 Opcode: 1 text // Data followed a Close frame (RFC 6455, 5.5.1)");
    add("close code", FrameBuilder::close(1005), Violation::InvalidCloseCode,
        "! 102+2 Close code: 1005 No Status Rcvd // A Close frame carried a code that must not be sent (RFC 6455, "
        "7.4)");
    add("close reason", FrameBuilder::close(1000, "\xff"), Violation::InvalidCloseBody,
        "! 104+1 Reason: \xef\xbf\xbd // The body of a Close frame was one byte, or its reason not UTF-8 (RFC 6455, "
        "5.5.1)");
    add("invalid UTF-8", FrameBuilder::text("ab\xff"), Violation::InvalidUtf8,
        "! 104+1 Invalid UTF-8: 0xff, byte 2 of the content // A text message was not valid UTF-8 (RFC 6455, 8.1; RFC "
        "3629)");
    add("a character cut off", FrameBuilder::text("ab\xc3"), Violation::InvalidUtf8,
        "! 102+3 Payload: 3 B: \"ab\xef\xbf\xbd\" // A text message was not valid UTF-8 (RFC 6455, 8.1; RFC 3629); its "
        "last "
        "character is cut off");

    QTest::newRow("unmasked client")
        << Case{FrameBuilder::text("x").toWire(), Sender::Client, {Violation::UnmaskedClient}, false}
        << QStringLiteral("! ")
        << QStringList{
               QStringLiteral("! 101.0+1 MASK: 0, not masked // A client frame was not masked (RFC 6455, 5.1)")};
    QTest::newRow("invalid UTF-8 in the second fragment, masked")
        << Case{FrameBuilder::text("a\xc3").notFinal().masked().toWire()
                    + FrameBuilder::continuation("\xa9x\xe2y").masked().toWire(),
                Sender::Client,
                {Violation::InvalidUtf8},
                false}
        << QStringLiteral("! ")
        << QStringList{
               QStringLiteral("! 117+1 Invalid UTF-8: 0x79, byte 5 of the content // A text message was not valid "
                              "UTF-8 (RFC 6455, 8.1; RFC 3629)")};
    QTest::newRow("RSV3 of a compressed message")
        << Case{FrameBuilder::text("x").withReserved(5).toWire(), Sender::Server, {Violation::ReservedBit}, true}
        << QStringLiteral("RSV")
        << QStringList{
               QStringLiteral("100.1+1 RSV1: 1, the message is compressed"), QStringLiteral("100.2+1 RSV2: 0"),
               QStringLiteral("! 100.3+1 RSV3: 1 // A reserved bit was set without an extension that gives it a "
                              "meaning (RFC 6455, 5.2)")};
    const auto onlyLine = [](const char *name, const Case &given, const char *word, Violation violation) {
        const ViolationText text = describeViolations(bit(violation)).front();
        QTest::newRow(name) << given << QString::fromLatin1(word)
                            << QStringList{
                                   QStringLiteral("! %1 // %2 (%3)")
                                       .arg(QString::fromLatin1(word),
                                            QString::fromUtf8(text.sentence.data(), qsizetype(text.sentence.size())),
                                            QString::fromUtf8(text.section.data(), qsizetype(text.section.size())))};
    };
    onlyLine("RSV1 of a ping beside permessage-deflate",
             {FrameBuilder::ping("x").withReserved(4).toWire(), {}, {Violation::MisplacedCompressedBit}, false},
             "100.1+1 RSV1: 1", Violation::MisplacedCompressedBit);
    onlyLine("corrupt deflate",
             {FrameBuilder::text("x").withReserved(4).toWire(), Sender::Server, {Violation::CorruptDeflate}, true},
             "102+1 Payload: 1 B, compressed: 78", Violation::CorruptDeflate);
    onlyLine("a bomb",
             {FrameBuilder::text("x").withReserved(4).toWire(), Sender::Server, {Violation::InflateLimit}, true},
             "102+1 Payload: 1 B, compressed: 78", Violation::InflateLimit);
}

void tst_DissectFrames::malformed_data()
{
    columns();
    QTest::newRow("top bit") << Case{FrameBuilder::binary("x").withDeclaredLength(quint64(1) << 63 | 1).toWire(),
                                     Sender::Server,
                                     {Violation::LengthTopBit, Violation::LengthNotMinimal},
                                     false}
                             << QStringLiteral("Payload")
                             << QStringList{QStringLiteral(
                                                "! 101.1+71 Payload length: 9223372036854775809 (64 bits after "
                                                "127) // The length was coded with more bytes than it needs (RFC "
                                                "6455, 5.2); The top bit of a 64-bit length was set (RFC 6455, 5.2)"),
                                            QStringLiteral("110+1 Payload: 1 B: 78")};
    QTest::newRow("one byte of close")
        << Case{FrameBuilder(8, "x").toWire(), Sender::Server, {Violation::InvalidCloseBody}, false}
        << QStringLiteral("! ")
        << QStringList{QStringLiteral("! 102+1 Payload: 1 B: 78 // The body of a Close frame was "
                                      "one byte, or its reason not UTF-8 (RFC 6455, 5.5.1)")};
    QTest::newRow("a length that no stream can reach")
        << Case{FrameBuilder::binary("xy").withDeclaredLength(~quint64(0) >> 1).toWire(), Sender::Server, {}, false}
        << QStringLiteral("Payload:")
        << QStringList{QStringLiteral("110+2 Payload: 9223372036854775807 B declared, 2 B came: 78 79")};
    QTest::newRow("fragments of a length that no stream can reach")
        << Case{FrameBuilder::text("x").notFinal().toWire()
                    + FrameBuilder::continuation("y").withDeclaredLength(~quint64(0) >> 1).toWire(),
                Sender::Server,
                {},
                false}
        << QStringLiteral("Payload:")
        << QStringList{QStringLiteral("102+1 Payload: 1 B: \"x\""),
                       QStringLiteral("113+1 Payload: 9223372036854775807 B declared, 1 B came: \"y\"")};
}

void tst_DissectFrames::incomplete_data()
{
    columns();
    const auto add = [](const char *name, const QByteArray &wire, const QStringList &lines) {
        QTest::newRow(name) << Case{wire, Sender::Client, {}, false} << QString() << lines;
    };
    const QByteArray wire = FrameBuilder::binary(QByteArray(300, 'x')).masked().toWire();
    const QString bits = QStringLiteral("100.0+1 FIN: 1, the last frame of its message/100.1+1 RSV1: 0/100.2+1 RSV2: 0/"
                                        "100.3+1 RSV3: 0/100.4+4 Opcode: 2 binary");
    const QStringList first = bits.split(u'/');
    const QString mask = QStringLiteral("101.0+1 MASK: 1, masked");
    add("nothing", {}, {});
    add("one byte", wire.first(1), QStringList{QStringLiteral("100+1 Frame: header not complete, 1 B")} + first);
    add("half of the length", wire.first(3),
        QStringList{QStringLiteral("100+3 Frame: header not complete, 3 B")} + first
            + QStringList{mask, QStringLiteral("101.1+15 Payload length: not complete: 1 of 2 bytes"),
                          QStringLiteral("101.1+7 Length code: 126: 16 bits follow")});
    add("half of the key", wire.first(6),
        QStringList{QStringLiteral("100+6 Frame: header not complete, 6 B")} + first
            + QStringList{mask, QStringLiteral("101.1+23 Payload length: 300 (16 bits after 126)"),
                          QStringLiteral("101.1+7 Length code: 126: 16 bits follow"),
                          QStringLiteral("102+2 Extended length: 300 (0x012c)"),
                          QStringLiteral("104+2 Masking key: 37 fa, not complete: 2 of 4 bytes")});
    QTest::newRow("half of the payload")
        << Case{FrameBuilder::text("hello").toWire().chopped(3), Sender::Server, {}, false}
        << QStringLiteral("Payload:") << QStringList{QStringLiteral("102+2 Payload: 5 B declared, 2 B came: \"he\"")};
    QTest::newRow("a second header") << Case{FrameBuilder::text("a").notFinal().toWire() + '\x80',
                                             Sender::Server,
                                             {},
                                             false}
                                     << QStringLiteral("Frame")
                                     << QStringList{QStringLiteral("100+3 Frame 1 of 2: text, 3 B"),
                                                    QStringLiteral("103+1 Frame 2 of 2: header not complete, 1 B")};
}

void tst_DissectFrames::namesTheMessageInsideAFragmentedOne()
{
    const Case given{FrameBuilder::text("a").notFinal().toWire() + FrameBuilder::ping("p").toWire()
                         + FrameBuilder::continuation("b").toWire(),
                     Sender::Server,
                     {},
                     false};
    QCOMPARE(
        linesWith(dissectFrames(sourceOf(given)).fields, QStringLiteral("Frame")),
        (QStringList{QStringLiteral("100+3 Frame 1 of 3: text, 3 B"),
                     QStringLiteral("103+3 Frame 2 of 3: ping, 3 B // a message of its own, inside the fragmented one"),
                     QStringLiteral("106+3 Frame 3 of 3: continuation, 3 B")}));
}

void tst_DissectFrames::listsNoMoreThanItsLimit()
{
    const QByteArray rest = FrameBuilder::continuation({}).notFinal().toWire().repeated(200'000);
    const Case given{FrameBuilder::text("a").notFinal().toWire() + rest, Sender::Server, {}, false};
    const FrameSource source = sourceOf(given);
    const std::vector<Field> fields = dissectFrames(source, 10).fields;
    QCOMPARE(fields.size(), 11u);
    QCOMPARE(TestSupport::dump(fields.back()).constFirst(),
             QStringLiteral("121+399982 More frames: 199991, not listed"));
    QCOMPARE(wrongPlaces(fields, source.span), QString());
}

void tst_DissectFrames::saysWhatWasNotLookedAt()
{
    const QByteArray wire = FrameBuilder::text("abc").notFinal().toWire() + FrameBuilder::continuation("def").toWire();
    const Case given{wire, Sender::Server, {}, false};
    FrameSource source = sourceOf(given);
    source.wire = QByteArrayView(wire).first(6); // One byte of the second header
    const std::vector<Field> fields = dissectFrames(source).fields;
    QCOMPARE(linesWith(fields, QStringLiteral(" B")),
             (QStringList{QStringLiteral("100+5 Frame 1: text, 5 B"), QStringLiteral("102+3 Payload: 3 B: \"abc\""),
                          QStringLiteral("105+5 More bytes: 5 B, not looked at")}));

    source.wire = QByteArrayView(wire).first(3); // In the first payload, which is known to go on
    QCOMPARE(wrongPlaces(dissectFrames(source).fields, source.span), QString());
}

void tst_DissectFrames::mutationsKeepEveryFieldInItsPlace()
{
    constexpr quint32 Seed = 20261123;
    QRandomGenerator random(Seed);
    const QByteArray wire = FrameBuilder::text("hello").masked().notFinal().toWire() + FrameBuilder::ping("p").toWire()
        + FrameBuilder::continuation(QByteArray(200, 'y')).masked().toWire()
        + FrameBuilder::close(1000, "bye").toWire();
    for (int round = 0; round < 20'000; ++round) {
        QByteArray mutant = wire.first(random.bounded(1, static_cast<int>(wire.size()) + 1));
        for (int i = random.bounded(4); i > 0; --i) {
            mutant[random.bounded(static_cast<int>(mutant.size()))] = static_cast<char>(random.bounded(256));
        }
        FrameSource source{
            {Begin, Begin + mutant.size()}, mutant, Sender::Client, random.bounded(2) == 0, random.generate()};
        source.wire = source.wire.first(random.bounded(static_cast<int>(mutant.size()) + 1));
        const DissectedFrames found = dissectFrames(source, 3);
        const QString wrong = wrongPlaces(found.fields, source.span);
        const bool hasAny = !source.wire.isEmpty();
        QVERIFY2(!hasAny || wrong.isEmpty(),
                 qPrintable(QStringLiteral("seed %1, round %2: %3").arg(Seed).arg(round).arg(wrong)));
    }
}

QTEST_GUILESS_MAIN(tst_DissectFrames)
#include "tst_dissectframes.moc"
