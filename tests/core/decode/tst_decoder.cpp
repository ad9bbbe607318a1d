// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/decoder.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;

Q_DECLARE_METATYPE(Sidewire::Shape)

namespace {

constexpr qsizetype Limit = 1024 * 1024;

const QByteArray Json = R"({"name":"Sidewire","list":[1,2,3,1,2,3,1,2,3]})";
const QByteArray Gzip =
    QByteArray::fromHex("1f8b0800000000000203ab56ca4bcc4d55b2520ace4c492dcf2c4a55d251cac92c2e51b28a36"
                        "d431d231d64122636b0185b914d12e000000");

} // namespace

class tst_Decoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void knowsShapes_data();
    void knowsShapes();
    void choosesWhatFitsBest_data();
    void choosesWhatFitsBest();
    void takesOffWhatIsWrappedTwice();
    void saysWhyItDoesNotApply_data();
    void saysWhyItDoesNotApply();
    void endsAfterSomeLayers();
    void saysWhatFollows();
    void boundsWhatComesOut();
    void putsFormFieldsIntoLines();
    void survivesMutations();
};

void tst_Decoder::knowsShapes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Shape>("shape");
    QTest::newRow("nothing") << QByteArray() << Shape::Empty;
    QTest::newRow("text") << QByteArray("hello\r\n") << Shape::Text;
    QTest::newRow("object") << QByteArray(" {\"a\": 1}\n") << Shape::Json;
    QTest::newRow("array") << QByteArray("[]") << Shape::Json;
    QTest::newRow("a number alone is text") << QByteArray("42") << Shape::Text;
    QTest::newRow("broken object") << QByteArray("{\"a\": }") << Shape::Text;
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << Shape::Binary;
    QTest::newRow("no UTF-8") << QByteArray("\xff\xfe") << Shape::Binary;
    QTest::newRow("character cut off") << QByteArray("caf\xc3") << Shape::Text;
}

void tst_Decoder::knowsShapes()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Shape, shape);
    QVERIFY(shapeOf(bytes) == shape);
}

void tst_Decoder::choosesWhatFitsBest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("best");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("text") << QByteArray("just some words") << QString();
    QTest::newRow("JSON") << Json << QString();
    QTest::newRow("gzip") << Gzip << QStringLiteral("gzip");
    QTest::newRow("zlib") << QByteArray::fromHex(
        "789cab56ca4bcc4d55b2520ace4c492dcf2c4a55d251cac92c2e51b28a36d431d231d64122636b0149d10cd8")
                          << QStringLiteral("zlib");
    QTest::newRow("deflate") << QByteArray::fromHex("cb48cdc9c957c8c0470200") << QStringLiteral("deflate");
    QTest::newRow("form") << QByteArray("user=anna&city=K%C3%B6ln") << QStringLiteral("form fields");
    QTest::newRow("one field alone is text") << QByteArray("x=1") << QString();
    QTest::newRow("base64 of text") << QByteArray("hello, hello, hello").toBase64() << QStringLiteral("base64");
    QTest::newRow("base64 of gzip") << Gzip.toBase64() << QStringLiteral("base64 \u2192 gzip");
    QTest::newRow("a word that may be base64") << QByteArray("password") << QString();
    QTest::newRow("hex digits are base64 of noise")
        << QByteArray("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225") << QString();
    QTest::newRow("noise") << TestSupport::randomBytes(64, 3) << QString();
    QTest::newRow("a percent sign in text") << QByteArray("100% sure") << QString();
}

void tst_Decoder::choosesWhatFitsBest()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, best);
    const std::optional<Decoder> decoder = bestFit(bytes);
    QCOMPARE(decoder.has_value(), !best.isEmpty());
    if (decoder) {
        const Result<Unwrapped> unwrapped = unwrap(bytes, *decoder, Limit);
        QVERIFY(unwrapped);
        QCOMPARE(unwrapped->names(), best);
    }
}

void tst_Decoder::takesOffWhatIsWrappedTwice()
{
    const Result<Unwrapped> unwrapped = unwrap(Gzip.toBase64(), Decoder::Base64, Limit);
    QVERIFY(unwrapped);
    QCOMPARE(unwrapped->bytes, Json);
    QCOMPARE(unwrapped->remarks(), QString());
    QVERIFY(shapeOf(unwrapped->bytes) == Shape::Json);
}

void tst_Decoder::saysWhyItDoesNotApply_data()
{
    QTest::addColumn<int>("decoder");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("why");
    const auto add = [](const char *name, Decoder decoder, const QByteArray &bytes, const char *why) {
        QTest::newRow(name) << static_cast<int>(decoder) << bytes << QString::fromLatin1(why);
    };
    add("base64", Decoder::Base64, "hello, world", "Not base64: Not a character of base64 at byte 5");
    add("percent", Decoder::Percent, "100% sure",
        "Not percent-encoded: No two hex digits after the percent sign at byte 3");
    add("form", Decoder::Form, "a=b&c=%zz", "Not form fields: No two hex digits after the percent sign at byte 6");
    add("inflate nothing", Decoder::Inflate, "", "Neither gzip nor zlib nor deflate: There is nothing to inflate");
    add("inflate text", Decoder::Inflate, "hello",
        "Neither gzip nor zlib nor deflate: invalid stored block lengths at byte 5");
}

void tst_Decoder::saysWhyItDoesNotApply()
{
    QFETCH(const int, decoder);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, why);
    const Result<Unwrapped> unwrapped = unwrap(bytes, static_cast<Decoder>(decoder), Limit);
    QVERIFY(!unwrapped);
    QCOMPARE(unwrapped.error().detail, why);
}

void tst_Decoder::endsAfterSomeLayers()
{
    QByteArray text = "a text of more than twelve bytes";
    for (int i = 0; i < 8; ++i) {
        text = text.toBase64();
    }
    const Result<Unwrapped> unwrapped = unwrap(text, Decoder::Base64, Limit);
    QVERIFY(unwrapped);
    QCOMPARE(unwrapped->layers.size(), std::size_t(4));
}

void tst_Decoder::saysWhatFollows()
{
    const Result<Unwrapped> unwrapped = unwrap(Gzip + "tail", Decoder::Inflate, Limit);
    QVERIFY(unwrapped);
    QCOMPARE(unwrapped->bytes, Json);
    QCOMPARE(unwrapped->remarks(), QStringLiteral("4 bytes follow the compressed data"));
}

void tst_Decoder::boundsWhatComesOut()
{
    const Result<Unwrapped> unwrapped = unwrap(Gzip, Decoder::Inflate, 10);
    QVERIFY(unwrapped);
    QCOMPARE(unwrapped->bytes, Json.first(10));
    QCOMPARE(unwrapped->remarks(), QStringLiteral("cut after 10 bytes"));
}

void tst_Decoder::putsFormFieldsIntoLines()
{
    const Result<Unwrapped> unwrapped = unwrap("q=two+words&flag&q=%00%0a\r\n", Decoder::Form, Limit);
    QVERIFY(unwrapped);
    QCOMPARE(unwrapped->bytes, QByteArray("q = two words\nflag\nq = \\x00\\n\n"));
}

void tst_Decoder::survivesMutations()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (const QByteArray &start : {Gzip, Gzip.toBase64(), Json, QByteArray("a=1&b=%41")}) {
        for (int i = 0; i < 500; ++i) {
            QByteArray bytes = start;
            for (int change = 0; change < 3; ++change) {
                bytes[random.bounded(static_cast<int>(bytes.size()))] = static_cast<char>(random.bounded(256));
            }
            for (const Decoder decoder : Decoders) {
                const int score = fit(decoder, bytes);
                QVERIFY(score >= 0 && score <= 100);
                const Result<Unwrapped> unwrapped = unwrap(bytes, decoder, Limit);
                QVERIFY(unwrapped || !unwrapped.error().detail.isEmpty());
                QVERIFY(unwrapped || score < GoodFit);
            }
        }
    }
}

QTEST_GUILESS_MAIN(tst_Decoder)
#include "tst_decoder.moc"
