// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/lens/suggestlens.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>

#include <functional>

using namespace Sidewire;
using namespace TestSupport;

namespace {

using Samples = std::vector<LensSample>;

/// Contents of sizes that no number is common to.
std::vector<QByteArray> contents(int count)
{
    QRandomGenerator random(7);
    std::vector<QByteArray> list;
    for (int i = 0; i < count; ++i) {
        QByteArray content;
        for (int size = random.bounded(3, 90); content.size() < size;) {
            content += static_cast<char>(random.bounded(256));
        }
        list.push_back(content);
    }
    return list;
}

QByteArray bigEndian(qsizetype value, int width)
{
    QByteArray bytes;
    for (int byte = width - 1; byte >= 0; --byte) {
        bytes += static_cast<char>(value >> (8 * byte) & 0xff);
    }
    return bytes;
}

QByteArray littleEndian(qsizetype value, int width)
{
    QByteArray bytes = bigEndian(value, width);
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

/// Alternately sent and received.
Samples framed(const std::function<QByteArray(const QByteArray &content)> &frame, int count = 12)
{
    Samples samples;
    for (const QByteArray &content : contents(count)) {
        samples.push_back({samples.size() % 2 == 0 ? Direction::Out : Direction::In, frame(content)});
    }
    return samples;
}

Samples received(const QList<QByteArray> &records)
{
    Samples samples;
    for (const QByteArray &record : records) {
        samples.push_back({Direction::In, record});
    }
    return samples;
}

QString suggested(const Samples &samples)
{
    const std::optional<LensSuggestion> found = suggestLens(samples, {});
    return found ? found->lens.toString() : QString();
}

} // namespace

class tst_SuggestLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void suggests_data();
    void suggests();
    void suggestsNothing_data();
    void suggestsNothing();
    void randomBytesSuggestNothing();
    void saysWhy();
    void forgivesAReadThatEndsElsewhere();
    void looksAtNoMoreThanItsLimit();
};

void tst_SuggestLens::suggests_data()
{
    QTest::addColumn<Samples>("samples");
    QTest::addColumn<QString>("lens");

    const auto add = [](const char *name, const Samples &samples, const char *lens) {
        QTest::newRow(name) << samples << QString::fromLatin1(lens);
    };
    const auto addLength = [](const char *lens, const std::function<QByteArray(const QByteArray &)> &frame) {
        QTest::newRow(lens) << framed(frame) << QString::fromLatin1(lens);
    };
    addLength("length:u8", [](const QByteArray &c) { return bigEndian(c.size(), 1) + c; });
    addLength("length:u16be", [](const QByteArray &c) { return bigEndian(c.size(), 2) + c; });
    addLength("length:u16le", [](const QByteArray &c) { return littleEndian(c.size(), 2) + c; });
    addLength("length:u24be", [](const QByteArray &c) { return bigEndian(c.size(), 3) + c; });
    addLength("length:u32be", [](const QByteArray &c) { return bigEndian(c.size(), 4) + c; });
    addLength("length:u32le", [](const QByteArray &c) { return littleEndian(c.size(), 4) + c; });
    addLength("length:u64be", [](const QByteArray &c) { return bigEndian(c.size(), 8) + c; });
    addLength("length:u32be,adjust=0", [](const QByteArray &c) { return bigEndian(c.size() + 4, 4) + c; });
    addLength("length:u16be,offset=1", [](const QByteArray &c) { return 'T' + bigEndian(c.size(), 2) + c; });
    addLength("length:u32be,offset=1,adjust=0",
              [](const QByteArray &c) { return 'Q' + bigEndian(c.size() + 5, 4) + c; });
    addLength("length:u16be,trailer=2", [](const QByteArray &c) { return bigEndian(c.size(), 2) + c + "\xab\xcd"; });
    int transaction = 0;
    addLength("length:u16be,offset=4,adjust=6", [&transaction](const QByteArray &c) {
        return bigEndian(++transaction, 2) + bigEndian(0, 2) + bigEndian(c.size() + 2, 2) + "\x01\x03" + c;
    });
    addLength("length:varint", [](const QByteArray &c) {
        const QByteArray content = c.repeated(4);
        return (content.size() < 128 ? QByteArray() : QByteArray(1, static_cast<char>(content.size() | 0x80)))
            + static_cast<char>(content.size() < 128 ? content.size() : content.size() >> 7) + content;
    });

    add("lines", received({"one\n", "two and three\r\n", "four\nfive\n", "six\n"}), "lines");
    add("NUL", received({QByteArray("a\0", 2), QByteArray("bc\0", 3), QByteArray("d\0ef\0", 5), QByteArray("g\0", 2)}),
        "delimiter:00");
    add("ETX", received({"a\x03", "bc\x03", "d\x03", "efg\x03"}), "delimiter:03");
    add("CR", received({"a\r", "bc\r", "d\r", "efg\r"}), "delimiter:0d");
    add("STX and ETX", received({"\x02\xff\x03", "\x02zz\x03", "\x02z\xfe\x03", "\x02\x03\x02qqq\x03"}),
        "between:02,03");
    add("JSON over several lines", received({"{\"a\":\n1}\n", "{\"b\":\n[2]}\n", "{\n}\n", "{\"c\":\n3}\n"}), "json");
    add("JSON without line ends", received({"{\"a\":1}", "{\"b\":[2]}{}", "{\"c\":\"}\"}", "[]"}), "json");
    add("JSON a line is lines", received({"{\"a\":1}\n", "{\"b\":2}\n", "{}\n", "[]\n"}), "lines");
    add("SLIP", received({"\xc0zzz\xc0", "\xc0z\xdb\xdcz\xc0", "\xc0\xff\x01\xc0", "\xc0y\xc0"}), "slip");
    add("a fixed size",
        received({QByteArray(12, '\1'), QByteArray(24, '\2'), QByteArray(12, '\3'), QByteArray(12, '\4'),
                  QByteArray(36, '\5'), QByteArray(12, '\6'), QByteArray(12, '\7'), QByteArray(24, '\1')}),
        "fixed:12");
    add("HTTP", received({"HTTP/1.1 200 OK\r\n\r\n"}), "http");
}

void tst_SuggestLens::suggests()
{
    QFETCH(const Samples, samples);
    QFETCH(const QString, lens);
    QCOMPARE(suggested(samples), lens);
}

void tst_SuggestLens::suggestsNothing_data()
{
    QTest::addColumn<Samples>("samples");

    const auto add = [](const char *name, const Samples &samples) {
        QTest::newRow(name) << samples;
    };
    add("nothing", {});
    add("three frames", framed([](const QByteArray &c) { return bigEndian(c.size(), 4) + c; }, 3));
    add("a length that is one too much", framed([](const QByteArray &c) { return bigEndian(c.size() + 1, 4) + c; }));
    add("a header that never changes", received(QList<QByteArray>(12, "\x05hello")));
    add("nothing but zeros",
        received({QByteArray(16, '\0'), QByteArray(17, '\0'), QByteArray(5, '\0'), QByteArray(13, '\0'),
                  QByteArray(16, '\0'), QByteArray(16, '\0')}));
    add("text without an end", received({"hello", "this is", "no line", "at all", "x"}));
    add("a line end in the middle", received({"a\nb", "c\nd", "e\nf", "g\nh", "i\nj"}));
    add("equal records", received(QList<QByteArray>(12, QByteArray(12, '\x81'))));
    add("nearly HTTP", received({"HTTP\n x"}));
    add("broken JSON", received({"{\"a\":", "{\"b\":", "{\"a\":", "{\"b\":"}));
}

void tst_SuggestLens::suggestsNothing()
{
    QFETCH(const Samples, samples);
    QCOMPARE(suggested(samples), QString());
}

void tst_SuggestLens::randomBytesSuggestNothing()
{
    for (quint32 seed = 1; seed <= 100; ++seed) {
        QRandomGenerator random(seed);
        Samples samples;
        for (int i = random.bounded(1, 60); i > 0; --i) {
            QByteArray bytes(random.bounded(1, 200), '\0');
            for (char &byte : bytes) {
                byte = static_cast<char>(random.bounded(256));
            }
            samples.push_back({random.bounded(2) == 0 ? Direction::In : Direction::Out, bytes});
        }
        QVERIFY2(suggested(samples).isEmpty(),
                 qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(suggested(samples))));
    }
}

void tst_SuggestLens::saysWhy()
{
    const auto found = suggestLens(framed([](const QByteArray &c) { return bigEndian(c.size(), 4) + c; }), {});
    QVERIFY(found);
    QCOMPARE(found->evidence, QByteArray("12 messages fit: all 12 reads and writes end where a message ends"));
}

void tst_SuggestLens::forgivesAReadThatEndsElsewhere()
{
    QByteArray stream;
    Samples samples = framed([](const QByteArray &c) { return bigEndian(c.size(), 4) + c; }, 30);
    Samples cut;
    for (LensSample &sample : samples) {
        sample.direction = Direction::In;
    }
    for (std::size_t i = 0; i < samples.size();
         ++i) { // A message in three reads, and two in one with a piece of the next
        if (i == 5) {
            for (const qsizetype at : {0, 1, 2}) {
                cut.push_back({Direction::In, at < 2 ? samples[i].bytes.mid(at, 1) : samples[i].bytes.mid(at)});
            }
        } else if (i == 9) {
            cut.push_back({Direction::In, samples[i].bytes + samples[i + 1].bytes.left(5)});
            cut.push_back({Direction::In, samples[i + 1].bytes.mid(5)});
            ++i;
        } else {
            cut.push_back(samples[i]);
        }
    }
    const auto found = suggestLens(cut, {});
    QVERIFY(found);
    QCOMPARE(found->lens.toString(), QStringLiteral("length:u32be"));
    QVERIFY2(found->evidence.contains("29 of 30 reads"), found->evidence.constData());
}

void tst_SuggestLens::looksAtNoMoreThanItsLimit()
{
    Samples samples = framed([](const QByteArray &c) { return bigEndian(c.size(), 4) + c; });
    samples.push_back({Direction::In, QByteArray(MaxLensSampleBytes, '\xff')}); // Would not fit
    QCOMPARE(suggested(samples), QStringLiteral("length:u32be"));
    QCOMPARE(suggested({{Direction::In, QByteArray(MaxLensSampleBytes + 1, '\n')}}), QString());
}

QTEST_GUILESS_MAIN(tst_SuggestLens)
#include "tst_suggestlens.moc"
