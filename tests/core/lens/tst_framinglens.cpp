// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/lens/slipframing.h"
#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

} // namespace

/// The lenses that frame a stream: delimiter, between, fixed, length, slip, json; and offsets and choices per direction.
class tst_FramingLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void cuts_data();
    void cuts();
    void splittingNeverChangesTheResult_data();
    void splittingNeverChangesTheResult();
    void aMisfitShowsTheRestAsReads();
    void aHostileLengthCostsNothing();
    void aGapEndsTheMessage();
    void framesWhatItCuts_data();
    void framesWhatItCuts();
    void saysWhatItCannotFrame_data();
    void saysWhatItCannotFrame();
    void idleEndsWithSilence();
    void randomBytesNeverBreakIt();
};

void tst_FramingLens::cuts_data()
{
    QTest::addColumn<QString>("lens");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("expected");

    const auto add = [](const char *name, const char *lens, const QByteArray &bytes, const QStringList &expected) {
        QTest::newRow(name) << QString::fromLatin1(lens) << bytes << expected;
    };
    // Good
    add("delimiter", "delimiter:7c7c", "a||bc||", {"in frame 0+3 \"0+1\"", "in frame 3+4 \"0+2\""});
    add("delimiter with a false start", "delimiter:616162", "aaab", {"in frame 0+4 \"0+1\""});
    add("empty", "delimiter:00", QByteArray(2, '\0'), {"in frame 0+1 \"0+0\"", "in frame 1+1 \"0+0\""});
    add("fixed", "fixed:3", "abcdef", {"in frame 0+3 \"0+3\"", "in frame 3+3 \"0+3\""});
    add("u8", "length:u8", hex("0161") + hex("00") + hex("026162"),
        {"in frame 0+2 \"1+1\"", "in frame 2+1 \"1+0\"", "in frame 3+3 \"1+2\""});
    add("u16be", "length:u16be", hex("0002") + "ab", {"in frame 0+4 \"2+2\""});
    add("u16le", "length:u16le", hex("0200") + "ab", {"in frame 0+4 \"2+2\""});
    add("u24be", "length:u24be", hex("000001") + "a", {"in frame 0+4 \"3+1\""});
    add("u24le", "length:u24le", hex("010000") + "a", {"in frame 0+4 \"3+1\""});
    add("u32le", "length:u32le", hex("01000000") + "a", {"in frame 0+5 \"4+1\""});
    add("u64be", "length:u64be", hex("0000000000000001") + "a", {"in frame 0+9 \"8+1\""});
    add("u64le", "length:u64le", hex("0100000000000000") + "a", {"in frame 0+9 \"8+1\""});
    add("varint", "length:varint", hex("0161") + hex("8001") + QByteArray(128, 'x'),
        {"in frame 0+2 \"1+1\"", "in frame 2+130 \"2+128\""});
    add("Modbus TCP", "length:u16be,offset=4,adjust=6", hex("000100000006010300000002"), {"in frame 0+12 \"6+6\""});
    add("the whole is counted", "length:u16be,adjust=0", hex("0004") + "ab", {"in frame 0+4 \"2+2\""});
    add("trailer", "length:u8,trailer=2", hex("0161") + "zz", {"in frame 0+4 \"1+1\""});
    add("SLIP", "slip", hex("c06162c0c063c0"), {"in frame 0+4 \"1+2\"", "in frame 4+3 \"1+1\""});
    add("SLIP without a first END", "slip", hex("61c0"), {"in frame 0+2 \"0+1\""});
    add("between", "between:02,03", hex("026103") + hex("0203"), {"in frame 0+3 \"1+1\"", "in frame 3+2 \"1+0\""});
    add("between with an escape", "between:02,03,10", hex("0261100310106203"), {"in frame 0+8 \"1+6\""});
    add("between with noise", "between:02,03", "xy" + hex("026103"), {"in frame 0+5 \"3+1\""});
    add("long marks", "between:3c3c,3e3e", "<<a>b>>", {"in frame 0+7 \"2+3\""});
    add("JSON", "json", R"({"a":"}\"{"}[1,[2]] "x" 12 true )",
        {"in frame 0+12 \"0+12\"", "in frame 12+7 \"0+7\"", "in frame 19+4 \"1+3\"", "in frame 23+4 \"1+2\"",
         "in frame 27+5 \"0+4\""});
    add("JSON lines", "json", "{}\n[]\r\n", {"in frame 0+2 \"0+2\"", "in frame 2+3 \"1+2\""});
    // Incomplete
    add("no delimiter yet", "delimiter:0d0a", "ab\r", {"* in frame 0+3 \"0+3\"", "in frame 0+3 \"0+3\" unterminated"});
    add("part of a fixed one", "fixed:3", "ab", {"* in frame 0+2 \"0+2\"", "in frame 0+2 \"0+2\" unterminated"});
    add("no length yet", "length:u16be", hex("00"), {"* in frame 0+1 \"1+0\"", "in frame 0+1 \"1+0\" unterminated"});
    add("no trailer yet", "length:u8,trailer=2", hex("016161"),
        {"* in frame 0+3 \"1+2\"", "in frame 0+3 \"1+2\" unterminated"});
    add("open bracket", "json", " {\"a\"", {"* in frame 0+5 \"1+4\"", "in frame 0+5 \"1+4\" unterminated"});
    add("only END", "slip", hex("c0c0"), {});
    add("only blanks", "json", " \n", {});
    add("noise only", "between:02,03", "xy", {"* in frame 0+2 \"2+0\"", "in frame 0+2 \"2+0\" unterminated"});
    // Malformed
    add("too long", "length:u32be", hex("474554202f"), {"in read 0+5 \"0+5\" misfit"});
    add("too short", "length:u16be,adjust=0", hex("000361") + hex("0001"),
        {"in frame 0+3 \"2+1\"", "in read 3+2 \"0+2\" misfit"});
    add("endless varint", "length:varint", QByteArray(12, '\xff'), {"in read 0+12 \"0+12\" misfit"});
    add("no JSON", "json", "{} hello", {"in frame 0+2 \"0+2\"", "in read 2+6 \"0+6\" misfit"});
    // Offsets
    add("from an offset", "fixed:2@3", "abcdefg",
        {"in read 0+3 \"0+3\"", "in frame 3+2 \"0+2\"", "in frame 5+2 \"0+2\""});
    add("in by another lens", "in=fixed:2/out=lines", "abcd", {"in frame 0+2 \"0+2\"", "in frame 2+2 \"0+2\""});
}

void tst_FramingLens::cuts()
{
    QFETCH(const QString, lens);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QStringList, expected);
    QCOMPARE(runLens(lens, {}, {{Direction::In, bytes}}).toLines(), expected);
}

void tst_FramingLens::splittingNeverChangesTheResult_data()
{
    QTest::addColumn<QString>("lens");
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("delimiter") << "delimiter:61616261" << QByteArray("xaabaaabaabay aab a");
    QTest::newRow("fixed") << "fixed:5" << QByteArray("0123456789abcdef");
    QTest::newRow("length") << "length:u16le,offset=1,adjust=3,trailer=1"
                            << hex("ff0200616200") + hex("ff000001") + hex("ff0300");
    QTest::newRow("varint") << "length:varint" << hex("00") + hex("8201") + QByteArray(130, 'x') + hex("05616263");
    QTest::newRow("slip") << "slip" << hex("c0c061dbdc62c063c0c0db");
    QTest::newRow("between") << "between:7b7b,7d7d,5c" << QByteArray("x{{a\\}}}b}}{ {{}} y{{{c");
    QTest::newRow("between plain") << "between:0202,03" << hex("020161020202026103620202");
    QTest::newRow("json") << "json" << QByteArray(R"( {"a":[1,"]\\",{}]}[] "\"" 1 null {"b")");
    QTest::newRow("both ways") << "in=length:u8/out=lines" << hex("036162630161");
}

void tst_FramingLens::splittingNeverChangesTheResult()
{
    QFETCH(const QString, lens);
    QFETCH(const QByteArray, bytes);
    checkSplitting(lens, {}, {{Direction::In, bytes}, {Direction::Out, "1\n2"}, {Direction::In, bytes}});
}

void tst_FramingLens::aMisfitShowsTheRestAsReads()
{
    const LensRun run =
        runLens(QStringLiteral("json"), {},
                {{Direction::In, "{}"}, {Direction::In, "HTTP"}, {Direction::Out, "{}"}, {Direction::In, "/1"}});
    QCOMPARE(run.toLines(),
             (QStringList{"in frame 0+2 \"0+2\"", "in read 2+4 \"0+4\" misfit", "out frame 0+2 \"0+2\"",
                          "in read 6+2 \"0+2\""}));
    QCOMPARE(run.decision->reason,
             QByteArray("does not fit from byte 2 in on: no JSON text begins with the byte 0x48"));
}

void tst_FramingLens::aHostileLengthCostsNothing()
{
    const LensRun run =
        runLens(QStringLiteral("length:u64be"), {}, {{Direction::In, QByteArray(8, '\xff')}, {Direction::In, "x"}});
    QCOMPARE(run.toLines(), (QStringList{"in read 0+8 \"0+8\" misfit", "in read 8+1 \"0+1\""}));
    QVERIFY(run.decision->reason.contains("18446744073709551615"));
}

void tst_FramingLens::aGapEndsTheMessage()
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("fixed:4")).value().create({});
    std::vector<Message> messages;
    lens->feed({Direction::In, 0, 1, 0, 3, "one"}, messages);
    lens->gap({Direction::In, 1, 2, 3, 10, {}}, messages);
    lens->feed({Direction::In, 1, 2, 13, 4, "four"}, messages);
    QCOMPARE(messages.size(), 2u);
    QVERIFY(messages[0].has(MessageFlag::Unterminated));
    QCOMPARE(messages[0].end, 3);
    QCOMPARE(messages[1].begin, 13);
    QCOMPARE(messages[1].end, 17);
}

void tst_FramingLens::framesWhatItCuts_data()
{
    QTest::addColumn<QString>("lens");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("wire");

    const auto add = [](const char *lens, const QByteArray &content, const QByteArray &wire) {
        QTest::newRow(lens) << QString::fromLatin1(lens) << content << wire;
    };
    add("lines", "a", "a\n");
    add("delimiter:0d0a", "a", "a\r\n");
    add("between:02,03,10", hex("02610310"), hex("02100261100310") + hex("1003"));
    add("fixed:4", "ab", QByteArray("ab\0\0", 4));
    add("length:u16be", "ab", hex("0002") + "ab");
    add("length:u32le,adjust=0", "ab", hex("06000000") + "ab");
    add("length:varint", QByteArray(200, 'x'), hex("c801") + QByteArray(200, 'x'));
    add("slip", hex("61c0db"), hex("c061dbdcdbddc0"));
    add("json", "{}", "{}\n");
    add("in=reads/out=length:u8", "ab", hex("02") + "ab");
}

void tst_FramingLens::framesWhatItCuts()
{
    QFETCH(const QString, lens);
    QFETCH(const QByteArray, content);
    QFETCH(const QByteArray, wire);

    const Result<QByteArray> wrapped = LensSpec::parse(lens).value().wrap(content);
    QVERIFY(wrapped);
    QCOMPARE(*wrapped, wire);
    const LensRun run = runLens(lens, {}, {{Direction::Out, wire}});
    QCOMPARE(run.messages.size(), 1u);
    const Message &message = run.messages.front();
    const QByteArray cut = wire.mid(message.begin + message.contentOffset, message.contentLength);
    if (lens == QLatin1String("slip")) {
        QCOMPARE(SlipFraming::unescaped(cut), content);
    } else if (!lens.startsWith(QLatin1String("between")) && !lens.startsWith(QLatin1String("fixed"))) {
        QCOMPARE(cut, content);
    }
}

void tst_FramingLens::saysWhatItCannotFrame_data()
{
    QTest::addColumn<QString>("lens");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("detail");

    QTest::newRow("reads") << "reads" << QByteArray("a") << "the lens \"reads\" frames nothing";
    QTest::newRow("fixed") << "fixed:2" << QByteArray("abc") << "3 bytes do not fit into a message of 2";
    QTest::newRow("length") << "length:u8" << QByteArray(256, 'x') << "256 bytes are too many for a length of 1 bytes";
    QTest::newRow("offset") << "length:u8,offset=1" << QByteArray("a")
                            << "what stands before the length or after the message is not known";
    QTest::newRow("end inside") << "between:02,03" << hex("6103")
                                << "the content holds the end, and there is no escape byte";
}

void tst_FramingLens::saysWhatItCannotFrame()
{
    QFETCH(const QString, lens);
    QFETCH(const QByteArray, content);
    QFETCH(const QString, detail);
    const Result<QByteArray> wrapped = LensSpec::parse(lens).value().wrap(content);
    QVERIFY(!wrapped);
    QCOMPARE(wrapped.error().detail, detail);
}

void tst_FramingLens::idleEndsWithSilence()
{
    const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("idle:5")).value().create({});
    std::vector<Message> messages;
    const auto feed = [&](Direction direction, qint64 record, qint64 milliseconds, qint64 offset) {
        lens->feed({direction, record, milliseconds * 1'000'000, offset, 3, {}}, messages);
    };
    feed(Direction::In, 0, 100, 0);
    feed(Direction::In, 1, 104, 3);
    feed(Direction::Out, 2, 104, 0);
    QVERIFY(messages.empty());
    feed(Direction::In, 3, 109, 6);
    QCOMPARE(messages.size(), 1u);
    QCOMPARE(messages[0].span(), (ByteSpan{0, 6}));
    QCOMPARE(messages[0].lastRecord, 1);
    QCOMPARE(lens->unfinished(Direction::In)->begin, 6);
    lens->endOfStream(Direction::In, 0, messages);
    QVERIFY(!messages[1].has(MessageFlag::Unterminated));
}

void tst_FramingLens::randomBytesNeverBreakIt()
{
    for (const char *const text : {"delimiter:0000", "between:00,01,02", "fixed:7", "length:u8,offset=2,adjust=-3",
                                   "length:varint,trailer=1", "slip", "json", "in=json/out=slip@5"}) {
        for (quint32 seed = 1; seed <= 200; ++seed) {
            QRandomGenerator random(seed);
            std::vector<Transfer> conversation;
            for (int i = 0; i < 20; ++i) {
                QByteArray bytes(random.bounded(1, 40), Qt::Uninitialized);
                for (char &byte : bytes) {
                    byte = static_cast<char>(random.bounded(8) == 0 ? random.bounded(256) : random.bounded(4));
                }
                conversation.push_back({random.bounded(2) ? Direction::In : Direction::Out, bytes});
            }
            qint64 end[DirectionCount] = {};
            for (const Message &message : runLens(QString::fromLatin1(text), {}, conversation).messages) {
                qint64 &last = end[indexOf(message.direction)];
                const QByteArray where = QByteArray(text) + ", seed " + QByteArray::number(seed);
                QVERIFY2(message.begin == last && message.end > message.begin, where); // No byte is lost or shown twice
                QVERIFY2(message.contentLength >= 0
                             && message.begin + message.contentOffset + message.contentLength <= message.end,
                         where);
                last = message.end;
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_FramingLens)
#include "tst_framinglens.moc"
