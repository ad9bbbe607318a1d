// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/capturewriter.h"
#include "tests/support/capturelog.h"
#include "tests/support/pcapngbuilder.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

constexpr ConnectionId First{0};

Endpoint endpoint(const char *text)
{
    return Endpoint::fromString(QString::fromLatin1(text));
}

QByteArray ownLog()
{
    auto made = CaptureWriter::create({}, {});
    if (!made) {
        return {};
    }
    const auto writer = std::move(made).value();
    const auto file = writer->file();
    Event opened;
    opened.time = 1000;
    opened.type = EventType::Opened;
    opened.connection = First;
    opened.data = {{QStringLiteral("transport"), QStringLiteral("tcp")},
                   {QStringLiteral("local"), QStringLiteral("127.0.0.1:1")},
                   {QStringLiteral("peer"), QStringLiteral("127.0.0.1:2")}};
    writer->appendEvent(opened);
    writer->openFlow(First, Transport::Tcp, Direction::Out, endpoint("127.0.0.1:1"), endpoint("127.0.0.1:2"), 1000);
    for (const char *text : {"one", "two", "three"}) {
        writer->append(First, Direction::Out, text, 2000);
        writer->append(First, Direction::In, text, 3000);
    }
    writer->finishDirection(First, Direction::Out, 4000);
    writer->flush();
    while (file->committed() < writer->size()) {
        QTest::qWait(1);
    }
    QByteArray bytes(file->committed(), Qt::Uninitialized);
    return file->read(0, {bytes.data(), static_cast<std::size_t>(bytes.size())}) == bytes.size() ? bytes : QByteArray();
}

QByteArray foreignCapture()
{
    using namespace Wire;
    const QByteArray a("\x0a\0\0\x01", 4);
    const QByteArray b("\x0a\0\0\x02", 4);
    PcapngBuilder builder(PcapngBuilder::Order::Big);
    builder.section("dumpcap", "comment").interface(1, 9, 5).interface(101);
    for (quint32 i = 0; i < 8; ++i) {
        const QByteArray segment = ipv4(a, b, 6, tcp(5000, 80, 7 * (i ^ 1), Ack, "segment"));
        builder.packet(ethernet(0x8100, vlan(0x0800, segment)), i, 0, -1, 1);
        builder.packet(ipv4(b, a, 17, udp(53, 5000, "datagram")), i, 1);
    }
    return builder.bytes();
}

/// Reads `bytes` to the end and checks what every reader of a log relies on.
struct Checked
{
    explicit Checked(const QByteArray &bytes)
    {
        QFile target(folder.filePath(QStringLiteral("log.pcapng")));
        isWritten = target.open(QFile::WriteOnly) && target.write(bytes) == bytes.size();
        target.close();
        auto opened = CaptureFile::open(target.fileName());
        if (!opened) {
            return;
        }
        auto reader = CaptureReader::open(*opened);
        if (!reader) {
            isRefused = true;
            return;
        }
        isAtEnd = log.readAll(**reader, opened->get()) == CaptureReader::Status::End;
        qint64 connections = 0;
        for (const Event &event : log.events) {
            if (event.type == EventType::Opened) {
                isSound = isSound && event.connection == ConnectionId(connections);
                ++connections;
            }
            isSound = isSound && (!event.connection || toNumber(*event.connection) < connections);
        }
        for (const CaptureRecord &record : log.records) {
            isSound = isSound && toNumber(record.connection) < connections && record.length <= record.wireLength
                && record.streamOffset >= 0 && record.fileOffset >= 0
                && record.fileOffset + record.length <= bytes.size();
        }
        isUnchanged = target.open(QFile::ReadOnly) && target.readAll() == bytes;
    }

    QTemporaryDir folder;
    CaptureLog log;
    bool isWritten = false;
    bool isRefused = false;
    bool isAtEnd = false;
    bool isSound = true;
    bool isUnchanged = false;
};

} // namespace

/// Logs that a crash, a full disk or an enemy left.
class tst_DamagedLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void opensWhateverWasTornOff_data();
    void opensWhateverWasTornOff();
    void ignoresAZeroFilledTail();
    void stopsAtDamageInTheMiddle();
    void survivesMutations_data();
    void survivesMutations();
    void keepsConnectionsDense();
};

void tst_DamagedLog::opensWhateverWasTornOff_data()
{
    QTest::addColumn<QByteArray>("whole");
    QTest::newRow("ours") << ownLog();
    QTest::newRow("foreign") << foreignCapture();
}

void tst_DamagedLog::opensWhateverWasTornOff()
{
    QFETCH(QByteArray, whole);
    const Checked complete(whole);
    QVERIFY(complete.isAtEnd && complete.isSound);
    std::size_t previous = 0;
    qsizetype complained = 0;
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const Checked torn(whole.first(size));
        QVERIFY(torn.isWritten);
        if (torn.isRefused) {
            QCOMPARE(previous, 0u);
            continue;
        }
        QVERIFY2(torn.isAtEnd && torn.isSound && torn.isUnchanged, qPrintable(QString::number(size)));
        QVERIFY(torn.log.records.size() >= previous);
        previous = torn.log.records.size();
        const QString last = torn.log.events.empty() ? QString() : torn.log.events.back().message;
        if (last.contains(QStringLiteral("beginning of a block"))) {
            ++complained;
            QVERIFY(last.startsWith(QStringLiteral("The last ")));
        }
    }
    QVERIFY(complained > whole.size() / 2);
    QVERIFY(previous + 2 >= complete.log.records.size());
}

void tst_DamagedLog::ignoresAZeroFilledTail()
{
    const QByteArray whole = ownLog();
    const Checked zeros(whole + QByteArray(5000, '\0'));
    QVERIFY(zeros.isAtEnd && zeros.isSound && zeros.isUnchanged);
    QCOMPARE(zeros.log.records.size(), 6u);
    QCOMPARE(zeros.log.events.back().message,
             QStringLiteral("The last 5000 bytes of the file, from byte %1 on, are zeros, as a crash leaves them; they "
                            "are not shown")
                 .arg(whole.size()));
    QCOMPARE(zeros.log.events.back().time, 4000);
}

void tst_DamagedLog::stopsAtDamageInTheMiddle()
{
    QByteArray bytes = ownLog();
    bytes[bytes.indexOf("three") + 20] = '\x55'; // After padding and options: the length at the end of the block
    const Checked damaged(bytes);
    QVERIFY(damaged.isAtEnd && damaged.isSound);
    QCOMPARE(damaged.log.records.size(), 4u);
    QVERIFY(damaged.log.events.back().message.endsWith(QStringLiteral("are damaged; they are not shown")));
}

void tst_DamagedLog::survivesMutations_data()
{
    opensWhateverWasTornOff_data();
}

void tst_DamagedLog::survivesMutations()
{
    QFETCH(QByteArray, whole);
    for (quint32 seed = 1; seed <= 1500; ++seed) {
        QRandomGenerator random(seed);
        QByteArray bytes = whole;
        for (quint32 i = random.bounded(1u, 9u); i > 0; --i) {
            const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(bytes.size())));
            switch (random.bounded(4)) {
            case 0:
                bytes[at] = static_cast<char>(random.generate());
                break;
            case 1:
                bytes[at] = '\xff';
                break;
            case 2:
                bytes.remove(at, random.bounded(8));
                break;
            default:
                bytes.insert(at, bytes.mid(static_cast<qsizetype>(random.bounded(100u)), random.bounded(64)));
                break;
            }
        }
        const Checked mutated(bytes);
        QVERIFY2(mutated.isRefused || (mutated.isAtEnd && mutated.isSound && mutated.isUnchanged),
                 qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

void tst_DamagedLog::keepsConnectionsDense()
{
    const auto journal = [](const QByteArray &json) {
        return "MESSAGE=m\nPRIORITY=6\nSIDEWIRE_EVENT=" + json + "\n";
    };
    PcapngBuilder builder;
    builder.section({}, R"({"format":"sidewire/1"})").interface(101, 9);
    builder.block(9, journal(R"({"type":"heard","time":1,"connection":0})")); // Before its connection opens
    builder.block(9, journal(R"({"type":"opened","time":2,"connection":7})")); // Out of order
    builder.block(9, journal(R"({"type":"opened","time":3})")); // Of no connection
    builder.block(9, journal(R"({"type":"opened","time":4,"connection":0})"));
    builder.block(9, journal(R"({"type":"opened","time":5,"connection":4294967295})"));
    builder.block(9, journal(R"({"type":"from the future","time":6,"connection":0})"));
    builder.section({}, R"({"format":"sidewire/1"})"); // Numbers start again
    builder.block(9, journal(R"({"type":"opened","time":7,"connection":0})"));
    builder.block(9, "MESSAGE=not ours\n");
    builder.block(9, journal("{"));
    const Checked log(builder.bytes());
    QVERIFY(log.isAtEnd && log.isSound);
    QCOMPARE(log.log.rows,
             (QStringList{QStringLiteral("note"), QStringLiteral("note"), QStringLiteral("note"),
                          QStringLiteral("opened"), QStringLiteral("note"), QStringLiteral("opened")}));
    QVERIFY(log.log.events[4].connection == First);
    QVERIFY(log.log.events[5].connection == ConnectionId(1));
}

QTEST_GUILESS_MAIN(tst_DamagedLog)
#include "tst_damagedlog.moc"
