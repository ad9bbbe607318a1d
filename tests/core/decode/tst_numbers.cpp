// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/decode/numbers.h"
#include "core/decode/timestamps.h"
#include "tests/support/testsupport.h"

#include <QTest>
#include <QtEndian>

using namespace Sidewire;

namespace {

/// "little | big" of the row of that name; "-" where there is none.
QString row(const QByteArray &bytes, const QString &name)
{
    for (const NumberRow &number : numbersAt(bytes)) {
        if (number.name == name) {
            return number.little + QStringLiteral(" | ") + number.big;
        }
    }
    return QStringLiteral("-");
}

} // namespace

class tst_Numbers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void readsBothByteOrders_data();
    void readsBothByteOrders();
    void knowsTimes_data();
    void knowsTimes();
    void leavesOutWhatThereIsTooLittleOf();
    void survivesAnything();
};

void tst_Numbers::readsBothByteOrders_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *hex, const char *name, const QString &expected) {
        QTest::addRow("%s of %s", name, hex) << QByteArray(hex) << QString::fromUtf8(name) << expected;
    };
    add("ff", "u8", QStringLiteral("255 | 255"));
    add("ff", "i8", QStringLiteral("-1 | -1"));
    add("0100", "u16", QStringLiteral("1 | 256"));
    add("fffe", "i16", QStringLiteral("-257 | -2"));
    add("01000000", "u32", QStringLiteral("1 | 16777216"));
    add("ffffffff", "i32", QStringLiteral("-1 | -1"));
    add("ffffffffffffffff", "u64", QStringLiteral("18446744073709551615 | 18446744073709551615"));
    add("0000000000000080", "i64", QStringLiteral("-9223372036854775808 | 128"));
    add("003c", "f16", QStringLiteral("1 | 3.5763e-06"));
    add("0000803f", "f32", QStringLiteral("1 | 4.6006e-41"));
    add("3dcccccd", "f32", QStringLiteral("-4.2949213e+08 | 0.1"));
    add("0000c07f", "f32", QStringLiteral("NaN | 6.9055e-41"));
    add("000000000000f07f", "f64", QStringLiteral("inf | 3.0418e-319"));
    add("3fb999999999999a", "f64", QStringLiteral("-1.5423487136675799e-180 | 0.1"));
    add("ac02", "LEB128 (2 B)", QStringLiteral("300 | "));
    add("01", "zigzag (1 B)", QStringLiteral("-1 | "));
    add("ffffffffffffffffff01", "LEB128 (10 B)", QStringLiteral("18446744073709551615 | "));
    add("ffffffffffffffffff01", "zigzag (10 B)", QStringLiteral("-9223372036854775808 | "));
    add("ffffffffffffffffff02", "LEB128 (10 B)", QStringLiteral("-"));
    add("8080", "LEB128 (2 B)", QStringLiteral("-"));
    add("f81d4fae7dec41d0a76500a0c91e6bf6", "UUID", QStringLiteral(" | f81d4fae-7dec-41d0-a765-00a0c91e6bf6"));
    add("ae4f1df8ec7dd041a76500a0c91e6bf6", "UUID", QStringLiteral("f81d4fae-7dec-41d0-a765-00a0c91e6bf6 | "));
    add("00000000000000000000000000000000", "UUID", QStringLiteral("-"));
}

void tst_Numbers::readsBothByteOrders()
{
    QFETCH(const QByteArray, hex);
    QFETCH(const QString, name);
    QFETCH(const QString, expected);
    QCOMPARE(row(QByteArray::fromHex(hex), name), expected);
}

void tst_Numbers::knowsTimes_data()
{
    QTest::addColumn<quint64>("value");
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("text");
    const auto add = [](quint64 value, Timestamp::Format format, const char *text) {
        QTest::addRow("%llu as %s", value, qPrintable(Timestamp::name(format)))
            << value << static_cast<int>(format) << QString::fromLatin1(text);
    };
    using enum Timestamp::Format;
    add(1'769'860'800, UnixSeconds, "2026-01-31 12:00:00 UTC");
    add(631'152'000, UnixSeconds, "1990-01-01 00:00:00 UTC");
    add(631'151'999, UnixSeconds, "");
    add(4'102'444'799, UnixSeconds, "2099-12-31 23:59:59 UTC");
    add(4'102'444'800, UnixSeconds, "");
    add(0, UnixSeconds, "");
    add(1'769'860'800'123, UnixMilliseconds, "2026-01-31 12:00:00.123 UTC");
    add(1'769'860'800'000'007, UnixMicroseconds, "2026-01-31 12:00:00.000007 UTC");
    add(1'769'860'800'000'000'009, UnixNanoseconds, "2026-01-31 12:00:00.000000009 UTC");
    add((quint64(1'769'860'800 + 2'208'988'800) << 32) + 0x8000'0000, Ntp, "2026-01-31 12:00:00.500000 UTC");
    add(0, Ntp, "2036-02-07 06:28:16.000000 UTC");
    add(quint64(1) << 63, Ntp, "");
    add((1'769'860'800 + 11'644'473'600) * 10'000'000 + 1, FileTime, "2026-01-31 12:00:00.0000001 UTC");
    add(0, FileTime, "");
    add(~quint64(0), FileTime, "");
    add(~quint64(0), UnixNanoseconds, "");
    add(~quint64(0), UnixSeconds, "");
}

void tst_Numbers::knowsTimes()
{
    QFETCH(const quint64, value);
    QFETCH(const int, format);
    QFETCH(const QString, text);
    QCOMPARE(Timestamp::toText(value, static_cast<Timestamp::Format>(format)), text);
    if (!text.isEmpty()) {
        QByteArray bytes(8, '\0');
        const auto which = static_cast<Timestamp::Format>(format);
        if (Timestamp::sizeOf(which) == 8) {
            qToBigEndian(value, bytes.data());
        } else {
            qToBigEndian(static_cast<quint32>(value), bytes.data());
        }
        QVERIFY(row(bytes, Timestamp::name(which)).endsWith(text));
    }
}

void tst_Numbers::leavesOutWhatThereIsTooLittleOf()
{
    QVERIFY(numbersAt({}).empty());
    QCOMPARE(row("a", QStringLiteral("u16")), QStringLiteral("-"));
    QCOMPARE(row("abc", QStringLiteral("u32")), QStringLiteral("-"));
    QCOMPARE(row("abcdefg", QStringLiteral("u64")), QStringLiteral("-"));
}

void tst_Numbers::survivesAnything()
{
    for (quint32 seed = 0; seed < 2000; ++seed) {
        const QByteArray bytes = TestSupport::randomBytes(seed % 20, seed);
        for (const NumberRow &number : numbersAt(bytes)) {
            QVERIFY(!number.little.isEmpty() || !number.big.isEmpty());
        }
    }
}

QTEST_GUILESS_MAIN(tst_Numbers)
#include "tst_numbers.moc"
