// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/inflate.h"
#include "tests/support/testsupport.h"

#include <QTest>

#include <zlib.h>

using namespace Sidewire;
using Inflate::Container;

Q_DECLARE_METATYPE(Sidewire::Inflate::Container)

namespace {

constexpr qsizetype Limit = 1024 * 1024;

const QByteArray Json = R"({"name":"Sidewire","list":[1,2,3,1,2,3,1,2,3]})";
const QByteArray Gzip =
    QByteArray::fromHex("1f8b0800000000000203ab56ca4bcc4d55b2520ace4c492dcf2c4a55d251cac92c2e51b28a36"
                        "d431d231d64122636b0185b914d12e000000");
const QByteArray Zlib =
    QByteArray::fromHex("789cab56ca4bcc4d55b2520ace4c492dcf2c4a55d251cac92c2e51b28a36d431d231d64122636b0149d10cd8");
const QByteArray Raw = QByteArray::fromHex("cb48cdc9c957c8c0470200");

/// `size` zero bytes as gzip, a thousandth of that.
QByteArray bomb(qsizetype size)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY)
        != Z_OK) {
        return {};
    }
    QByteArray zeros(size, '\0');
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(size))), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(zeros.data());
    stream.avail_in = static_cast<uInt>(size);
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

} // namespace

class tst_Inflate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void inflates_data();
    void inflates();
    void everyCutIsIncomplete();
    void refuses_data();
    void refuses();
    void aBombStopsAtTheLimit();
    void exactlyTheLimitIsNotCut();
    void takesAllMembersOfAGzipFile();
    void saysHowMuchItUsed();
};

void tst_Inflate::inflates_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Container>("container");
    QTest::newRow("gzip") << Gzip << Json << Container::Gzip;
    QTest::newRow("zlib") << Zlib << Json << Container::Zlib;
    QTest::newRow("raw") << Raw << QByteArray("hello hello hello hello hello hello") << Container::Raw;
    QTest::newRow("nothing, deflated") << QByteArray::fromHex("0300") << QByteArray() << Container::Raw;
}

void tst_Inflate::inflates()
{
    QFETCH(const QByteArray, packed);
    QFETCH(const QByteArray, bytes);
    QFETCH(const Container, container);
    const auto inflated = Inflate::inflate(packed, Limit);
    QVERIFY(inflated);
    QCOMPARE(*inflated, (Inflate::Inflated{bytes, container, packed.size(), false, false}));
}

void tst_Inflate::everyCutIsIncomplete()
{
    for (qsizetype size = 3; size < Gzip.size(); ++size) {
        const auto inflated = Inflate::inflate(Gzip.first(size), Limit);
        QVERIFY(inflated);
        QVERIFY(inflated->isIncomplete);
        QVERIFY(Json.startsWith(inflated->bytes));
    }
}

void tst_Inflate::refuses_data()
{
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QString>("why");
    QTest::newRow("nothing") << QByteArray() << QStringLiteral("There is nothing to inflate");
    QTest::newRow("block type 3") << QByteArray::fromHex("07") << QStringLiteral("invalid block type at byte 1");
    QByteArray wrong = Gzip;
    wrong[wrong.size() - 8] = static_cast<char>(wrong[wrong.size() - 8] ^ 1);
    QTest::newRow("checksum of gzip") << wrong
                                      << QStringLiteral("incorrect data check at byte %1").arg(wrong.size() - 4);
    wrong = Zlib;
    wrong[wrong.size() - 1] = static_cast<char>(wrong[wrong.size() - 1] ^ 1);
    QTest::newRow("checksum of zlib") << wrong << QStringLiteral("incorrect data check at byte %1").arg(wrong.size());
    QTest::newRow("a dictionary of its own") << QByteArray::fromHex("78f9062c0215cb00110a60120019910449")
                                             << QStringLiteral("A dictionary would be needed at byte 6");
}

void tst_Inflate::refuses()
{
    QFETCH(const QByteArray, packed);
    QFETCH(const QString, why);
    const auto inflated = Inflate::inflate(packed, Limit);
    QVERIFY(!inflated);
    QCOMPARE(inflated.error().detail, why);
}

void tst_Inflate::aBombStopsAtTheLimit()
{
    const QByteArray packed = bomb(32 * 1024 * 1024);
    QVERIFY(packed.size() < 64 * 1024);
    const auto inflated = Inflate::inflate(packed, Limit);
    QVERIFY(inflated);
    QVERIFY(inflated->isCut);
    QCOMPARE(inflated->bytes.size(), Limit);
}

void tst_Inflate::exactlyTheLimitIsNotCut()
{
    const auto inflated = Inflate::inflate(Gzip, Json.size());
    QVERIFY(inflated);
    QVERIFY(!inflated->isCut);
    QCOMPARE(inflated->bytes, Json);
    QVERIFY(Inflate::inflate(Gzip, Json.size() - 1)->isCut);
}

void tst_Inflate::takesAllMembersOfAGzipFile()
{
    const auto inflated = Inflate::inflate(Gzip + Gzip, Limit);
    QVERIFY(inflated);
    QCOMPARE(inflated->bytes, Json + Json);
    QCOMPARE(inflated->used, 2 * Gzip.size());
}

void tst_Inflate::saysHowMuchItUsed()
{
    const auto inflated = Inflate::inflate(Zlib + "rest", Limit);
    QVERIFY(inflated);
    QCOMPARE(inflated->bytes, Json);
    QCOMPARE(inflated->used, Zlib.size());
}

QTEST_GUILESS_MAIN(tst_Inflate)
#include "tst_inflate.moc"
