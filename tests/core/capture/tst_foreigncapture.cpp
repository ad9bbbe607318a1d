// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/capturereader.h"
#include "core/capture/connectioninfo.h"
#include "tests/support/capturelog.h"
#include "tests/support/pcapngbuilder.h"
#include "tests/support/testsupport.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;
using namespace Sidewire::TestSupport::Wire;

namespace {

const QByteArray A("\x0a\0\0\x01", 4);
const QByteArray B("\x0a\0\0\x02", 4);
const QByteArray A6 = QByteArray("\xfe\x80", 2) + QByteArray(13, '\0') + '\x01';
const QByteArray B6 = QByteArray("\xfe\x80", 2) + QByteArray(13, '\0') + '\x02';

constexpr quint32 Isn = 0xffff'fff0; // The sequence numbers of most tests wrap

QByteArray out(quint32 offset, const QByteArray &payload, int flags = Ack)
{
    return ipv4(A, B, 6, tcp(5000, 80, Isn + 1 + offset, flags, payload));
}

QByteArray in(quint32 offset, const QByteArray &payload, int flags = Ack)
{
    return ipv4(B, A, 6, tcp(80, 5000, 1 + offset, flags, payload));
}

PcapngBuilder handshake()
{
    PcapngBuilder builder;
    builder.section("dumpcap").interface(101);
    builder.packet(ipv4(A, B, 6, tcp(5000, 80, Isn, Syn)), 1000);
    builder.packet(ipv4(B, A, 6, tcp(80, 5000, 0, Syn | Ack)), 1500);
    builder.packet(out(0, {}), 2000);
    return builder;
}

/// Opens `bytes` as a file and reads it to the end.
struct Opened
{
    explicit Opened(const QByteArray &bytes)
    {
        QFile target(folder.filePath(QStringLiteral("foreign.pcapng")));
        if (!target.open(QFile::WriteOnly) || target.write(bytes) != bytes.size()) {
            return;
        }
        target.close();
        auto opened = CaptureFile::open(target.fileName());
        if (!opened) {
            return;
        }
        file = *opened;
        auto made = CaptureReader::open(file);
        if (!made) {
            return;
        }
        reader = std::move(made).value();
        status = log.readAll(*reader, file.get());
    }

    QStringList rowsWithout(const QStringList &prefixes) const
    {
        QStringList rows = log.rows;
        rows.removeIf([&](const QString &row) {
            return std::ranges::any_of(prefixes, [&](const QString &prefix) { return row.startsWith(prefix); });
        });
        return rows;
    }

    /// Without the rows about states, which have tests of their own.
    QStringList bytes() const
    {
        return rowsWithout({QStringLiteral("opened"), QStringLiteral("phase"), QStringLiteral("direction"),
                            QStringLiteral("closed"), QStringLiteral("heard")});
    }

    QTemporaryDir folder;
    std::shared_ptr<CaptureFile> file;
    std::unique_ptr<CaptureReader> reader;
    CaptureLog log;
    CaptureReader::Status status = CaptureReader::Status::Failed;
};

} // namespace

/// Captures that other programs made.
class tst_ForeignCapture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void tellsTheLifeOfAConversation();
    void tellsARefusal();
    void tellsAReset();
    void findsIpInEveryLinkType_data();
    void findsIpInEveryLinkType();
    void readsBothByteOrdersAndEveryPacketBlock();
    void readsEveryTimeResolution_data();
    void readsEveryTimeResolution();
    void readsSeveralSectionsAndInterfaces();
    void putsSegmentsInOrder();
    void namesWhatIsRetransmitted();
    void namesWhatIsMissing();
    void namesWhatTheSnapLengthCut();
    void takesTheHigherPortForTheClientWithoutASyn();
    void startsAnotherConnectionWithAnotherSyn();
    void countsWhatItDoesNotShow();
    void saysWhatAFileIsNot_data();
    void saysWhatAFileIsNot();
    void saysWhyAPathCannotBeOpened();
};

void tst_ForeignCapture::tellsTheLifeOfAConversation()
{
    PcapngBuilder builder = handshake();
    builder.packet(out(0, "GET"), 3000).packet(in(0, "200 OK"), 4000).packet(in(6, {}, Fin | Ack), 5000);
    builder.packet(out(3, "late"), 6000).packet(out(7, {}, Fin | Ack), 7000).packet(in(7, {}), 8000);
    const Opened opened(builder.bytes());

    QCOMPARE(opened.status, CaptureReader::Status::End);
    QVERIFY(opened.reader->header().isForeign);
    QCOMPARE(opened.reader->header().application, QStringLiteral("dumpcap"));
    QCOMPARE(opened.log.rows,
             (QStringList{
                 QStringLiteral("opened 10.0.0.1:5000 10.0.0.2:80"),
                 QStringLiteral("phase-started tcp"),
                 QStringLiteral("phase-ended tcp"),
                 QStringLiteral("phase-started open"),
                 QStringLiteral("direction-changed out open"),
                 QStringLiteral("direction-changed in open"),
                 QStringLiteral("0 out @0 GET"),
                 QStringLiteral("0 in @0 200 OK"),
                 QStringLiteral("direction-changed in fin"),
                 QStringLiteral("0 out @3 late"),
                 QStringLiteral("direction-changed out fin"),
                 QStringLiteral("closed closed peer fin"),
             }));
    QCOMPARE(opened.log.records[0].time, 3'000'000);

    ConnectionInfo info;
    for (const Event &event : opened.log.events) {
        info.apply(event);
    }
    QVERIFY(info.state == ConnectionState::Closed);
    QVERIFY(info.closedBy == ClosedBy::Peer);
    QCOMPARE(info.phases.front().end - info.phases.front().begin, 1'000'000);
}

void tst_ForeignCapture::tellsARefusal()
{
    PcapngBuilder builder;
    builder.section().interface(101);
    builder.packet(ipv4(A, B, 6, tcp(5000, 80, Isn, Syn)), 1000);
    builder.packet(ipv4(A, B, 6, tcp(5000, 80, Isn, Syn)), 1100); // The same SYN again
    builder.packet(ipv4(B, A, 6, tcp(80, 5000, 0, Rst | Ack)), 2000);
    const Opened opened(builder.bytes());
    QCOMPARE(opened.log.rows,
             (QStringList{QStringLiteral("opened 10.0.0.1:5000 10.0.0.2:80"), QStringLiteral("phase-started tcp"),
                          QStringLiteral("phase-ended tcp"), QStringLiteral("closed failed peer refused")}));
}

void tst_ForeignCapture::tellsAReset()
{
    PcapngBuilder builder = handshake();
    builder.packet(out(0, "a"), 3000).packet(out(1, {}, Rst), 4000).packet(in(0, {}, Rst), 5000);
    const Opened opened(builder.bytes());
    QCOMPARE(opened.log.rows.last(), QStringLiteral("closed closed us rst"));
    QCOMPARE(opened.log.rows.filter(QStringLiteral("closed closed")).size(), 1);
}

void tst_ForeignCapture::findsIpInEveryLinkType_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QByteArray>("frame");

    const QByteArray udp4 = ipv4(A, B, 17, udp(5000, 53, "hello"), 0, QByteArray(8, '\1'));
    const QByteArray udp6 = ipv6(A6, B6, 17, udp(5000, 53, "hello"));
    const QByteArray extensions = QByteArray("\x3c\0\0\0\0\0\0\0", 8) // Hop by hop, then destination options
        + QByteArray("\x33\1", 2) + QByteArray(14, '\0') // then authentication
        + QByteArray("\x11\4", 2) + QByteArray(22, '\0') + udp(5000, 53, "hello");
    QTest::newRow("raw 4") << 101 << udp4;
    QTest::newRow("raw 6") << 101 << udp6;
    QTest::newRow("ipv4") << 228 << udp4;
    QTest::newRow("ipv6") << 229 << udp6;
    QTest::newRow("ipv6 with extension headers") << 229 << ipv6(A6, B6, 0, extensions);
    QTest::newRow("ethernet") << 1 << ethernet(0x0800, udp4);
    QTest::newRow("ethernet padded to its least size") << 1 << ethernet(0x0800, udp4) + QByteArray(18, 'p');
    QTest::newRow("ethernet 6") << 1 << ethernet(0x86dd, udp6);
    QTest::newRow("vlan") << 1 << ethernet(0x8100, vlan(0x0800, udp4));
    QTest::newRow("vlan in vlan") << 1 << ethernet(0x88a8, vlan(0x8100, vlan(0x86dd, udp6)));
    QTest::newRow("sll") << 113 << linuxSll(0x0800, udp4);
    QTest::newRow("sll2") << 276 << linuxSll2(0x86dd, udp6);
    QTest::newRow("null little") << 0 << QByteArray("\x02\0\0\0", 4) + udp4;
    QTest::newRow("null big") << 0 << QByteArray("\0\0\0\x1e", 4) + udp6;
    QTest::newRow("loop") << 108 << QByteArray("\0\0\0\x02", 4) + udp4;
}

void tst_ForeignCapture::findsIpInEveryLinkType()
{
    QFETCH(int, linkType);
    QFETCH(QByteArray, frame);
    const Opened opened(PcapngBuilder().section().interface(linkType).packet(frame).bytes());
    QCOMPARE(opened.bytes(), QStringList(QStringLiteral("0 out @0 hello")));
}

void tst_ForeignCapture::readsBothByteOrdersAndEveryPacketBlock()
{
    for (const auto order : {PcapngBuilder::Order::Little, PcapngBuilder::Order::Big}) {
        const auto datagram = [](const QByteArray &text) {
            return ipv4(A, B, 17, udp(5000, 53, text));
        };
        PcapngBuilder builder(order);
        builder.section().interface(101).packet(datagram("enhanced"), 7).simplePacket(datagram("simple"));
        builder.obsoletePacket(datagram("obsolete"), 8).block(0x0bad, QByteArray(5, 'x')).block(5, QByteArray(12, 0));
        builder.packet(datagram("again"), 9, 0, -1, 2);
        const Opened opened(builder.bytes());
        QCOMPARE(opened.bytes(),
                 (QStringList{QStringLiteral("0 out @0 enhanced"), QStringLiteral("0 out @8 simple"),
                              QStringLiteral("0 out @14 obsolete"), QStringLiteral("0 out @22 again")}));
        QCOMPARE(opened.log.records[2].time, 8000);
    }
}

void tst_ForeignCapture::readsEveryTimeResolution_data()
{
    QTest::addColumn<int>("resolution");
    QTest::addColumn<quint64>("ticks");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("time");

    QTest::newRow("microseconds unless said")
        << -1 << quint64(1'700'000'000'123'456) << qint64(0) << qint64(1'700'000'000'123'456'000);
    QTest::newRow("seconds") << 0 << quint64(5) << qint64(0) << qint64(5'000'000'000);
    QTest::newRow("nanoseconds") << 9 << quint64(1'700'000'000'123'456'789) << qint64(0)
                                 << qint64(1'700'000'000'123'456'789);
    QTest::newRow("picoseconds") << 12 << quint64(5'000) << qint64(0) << qint64(5);
    QTest::newRow("half seconds") << 0x81 << quint64(3) << qint64(0) << qint64(1'500'000'000);
    QTest::newRow("2^-40 s") << (0x80 | 40) << (quint64(3) << 39) << qint64(0) << qint64(1'500'000'000);
    QTest::newRow("offset") << 0 << quint64(5) << qint64(10) << qint64(15'000'000'000);
    QTest::newRow("hostile power of ten") << 127 << ~quint64(0) << qint64(0) << qint64(0);
    QTest::newRow("hostile power of two") << 0xff << ~quint64(0) << qint64(0) << qint64(0);
}

void tst_ForeignCapture::readsEveryTimeResolution()
{
    QFETCH(int, resolution);
    QFETCH(quint64, ticks);
    QFETCH(qint64, offset);
    QFETCH(qint64, time);
    const QByteArray datagram = ipv4(A, B, 17, udp(5000, 53, "x"));
    const Opened opened(PcapngBuilder().section().interface(101, resolution, offset).packet(datagram, ticks).bytes());
    QCOMPARE(opened.log.records.size(), 1u);
    QCOMPARE(opened.log.records[0].time, time);
}

void tst_ForeignCapture::readsSeveralSectionsAndInterfaces()
{
    const QByteArray datagram = ipv4(A, B, 17, udp(5000, 53, "x"));
    PcapngBuilder first;
    first.section().interface(1).interface(101).packet(datagram, 0, 1).packet(ethernet(0x0800, datagram), 0, 0);
    first.packet(datagram, 0, 2); // There is no such interface
    PcapngBuilder second(PcapngBuilder::Order::Big);
    second.section().interface(113).packet(linuxSll(0x0800, datagram));
    const Opened opened(first.bytes() + second.bytes());
    QCOMPARE(opened.log.records.size(), 3u);
    QCOMPARE(opened.log.records.back().streamOffset, 2);
    QCOMPARE(opened.log.messages().last(),
             QStringLiteral("1 packets that are neither TCP nor UDP over IP are not shown"));
}

void tst_ForeignCapture::putsSegmentsInOrder()
{
    PcapngBuilder builder = handshake();
    builder.packet(out(20, "u")).packet(out(0, "0123456789")).packet(out(15, "klmno")).packet(out(10, "abcde"));
    builder.packet(out(15, "klmno")).packet(out(21, "v"));
    const Opened opened(builder.bytes());
    QCOMPARE(opened.bytes(),
             (QStringList{
                 QStringLiteral("0 out @0 0123456789"),
                 QStringLiteral("0 out @10 abcde"),
                 QStringLiteral("0 out @15 klmno"),
                 QStringLiteral("0 out @20 u"),
                 QStringLiteral("retransmitted 5 @15 out"),
                 QStringLiteral("0 out @21 v"),
             }));
}

void tst_ForeignCapture::namesWhatIsRetransmitted()
{
    PcapngBuilder builder = handshake();
    builder.packet(out(0, "hello")).packet(out(0, "hello")).packet(out(3, "lo world")).packet(in(0, "x"));
    const Opened opened(builder.bytes());
    QCOMPARE(opened.bytes(),
             (QStringList{QStringLiteral("0 out @0 hello"), QStringLiteral("retransmitted 5 @0 out"),
                          QStringLiteral("retransmitted 2 @3 out"), QStringLiteral("0 out @5  world"),
                          QStringLiteral("0 in @0 x")}));
}

void tst_ForeignCapture::namesWhatIsMissing()
{
    PcapngBuilder builder = handshake();
    builder.packet(out(0, "ab")).packet(out(5, "fg")).packet(out(9, {}, Fin | Ack));
    const Opened opened(builder.bytes());
    QCOMPARE(opened.bytes(),
             (QStringList{QStringLiteral("0 out @0 ab"), QStringLiteral("missing 3 @2 out"),
                          QStringLiteral("0 out @5 fg gap"), QStringLiteral("missing 2 @7 out")}));
    QVERIFY(opened.log.rows.contains(QStringLiteral("direction-changed out fin")));
}

void tst_ForeignCapture::namesWhatTheSnapLengthCut()
{
    const QByteArray whole = out(0, "0123456789");
    const QByteArray datagram = ipv4(A, B, 17, udp(5000, 53, "datagram"));
    PcapngBuilder builder = handshake();
    builder.packet(whole.first(44), 0, 0, whole.size()).packet(whole.first(40), 0, 0, whole.size());
    builder.packet(out(10, "next"));
    builder.packet(datagram.first(30), 0, 0, datagram.size()).packet(datagram.first(20), 0, 0, datagram.size());
    const Opened opened(builder.bytes());
    QCOMPARE(opened.bytes(),
             (QStringList{
                 QStringLiteral("0 out @0 0123 cut of 10"),
                 QStringLiteral("cut 6 @4 out"),
                 QStringLiteral("retransmitted 10 @0 out"),
                 QStringLiteral("0 out @10 next"),
                 QStringLiteral("1 out @0 da cut of 8"),
                 QStringLiteral("cut 6 @2 out"),
                 QStringLiteral("note"),
             }));
    QCOMPARE(opened.log.messages().last(),
             QStringLiteral("1 packets were captured without their whole headers and are not shown"));
}

void tst_ForeignCapture::takesTheHigherPortForTheClientWithoutASyn()
{
    PcapngBuilder builder;
    builder.section().interface(101).packet(in(0, "reply")).packet(out(0, "ask"));
    builder.packet(ipv4(B, A, 6, tcp(9000, 80, 7, Syn | Ack))); // Only the answer to a SYN: the SYN decides
    const Opened opened(builder.bytes());
    QCOMPARE(opened.bytes(), (QStringList{QStringLiteral("0 in @0 reply"), QStringLiteral("0 out @0 ask")}));
    QCOMPARE(opened.log.rows.first(), QStringLiteral("opened 10.0.0.1:5000 10.0.0.2:80"));
    QVERIFY(opened.log.rows.contains(QStringLiteral("opened 10.0.0.1:80 10.0.0.2:9000")));
}

void tst_ForeignCapture::startsAnotherConnectionWithAnotherSyn()
{
    PcapngBuilder builder = handshake();
    builder.packet(out(0, "one")).packet(out(3, {}, Rst));
    builder.packet(ipv4(A, B, 6, tcp(5000, 80, 77, Syn)));
    builder.packet(ipv4(A, B, 6, tcp(5000, 80, 78, Ack, "two")));
    builder.packet(ipv4(A, B, 6, tcp(5000, 80, 99, Syn))); // The second was not closed
    builder.packet(ipv4(A, B, 6, tcp(5000, 80, 100, Ack, "three")));
    const Opened opened(builder.bytes());
    QCOMPARE(opened.bytes(),
             (QStringList{QStringLiteral("0 out @0 one"), QStringLiteral("1 out @0 two"),
                          QStringLiteral("2 out @0 three")}));
    QCOMPARE(opened.log.rows.filter(QStringLiteral("closed closed")).size(), 3);
}

void tst_ForeignCapture::countsWhatItDoesNotShow()
{
    PcapngBuilder builder;
    builder.section().interface(1).packet(ethernet(0x0806, "arp")).packet(ethernet(0x0800, ipv4(A, B, 1, "ping")));
    builder.packet(ethernet(0x0800, ipv4(A, B, 17, "fragment", 0x2000)));
    builder.packet(ethernet(0x86dd, ipv6(A6, B6, 44, QByteArray(16, 'f'))));
    const Opened opened(builder.bytes());
    QCOMPARE(opened.log.messages(),
             (QStringList{QStringLiteral("2 packets that are neither TCP nor UDP over IP are not shown"),
                          QStringLiteral("2 fragments of IP packets are not shown")}));
}

void tst_ForeignCapture::saysWhatAFileIsNot_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");

    const QByteArray rest(64, '\x01');
    QTest::newRow("empty") << QByteArray() << "this file is empty";
    QTest::newRow("pcap") << QByteArray("\xd4\xc3\xb2\xa1") + rest
                          << "this is a classic pcap file; editcap -F pcapng converts it";
    QTest::newRow("pcap big endian") << QByteArray("\xa1\xb2\xc3\xd4") + rest
                                     << "this is a classic pcap file; editcap -F pcapng converts it";
    QTest::newRow("pcap ns") << QByteArray("\x4d\x3c\xb2\xa1") + rest
                             << "this is a classic pcap file; editcap -F pcapng converts it";
    QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08") + rest
                          << "this file is compressed with gzip; gunzip unpacks it";
    QTest::newRow("zstd") << QByteArray("\x28\xb5\x2f\xfd") + rest
                          << "this file is compressed with zstd; unzstd unpacks it";
    QTest::newRow("text") << QByteArray("hello\nworld\n") << "this is a text file, not a pcapng capture";
    QTest::newRow("binary") << QByteArray(100, '\x02') << "this is not a pcapng capture";
    QTest::newRow("torn header") << PcapngBuilder().section().bytes().chopped(4)
                                 << "this is a pcapng file whose section header is damaged";
    QTest::newRow("later") << PcapngBuilder().section({}, R"({"format":"sidewire/9"})").bytes()
                           << "this log was written by a later version of Sidewire";
}

void tst_ForeignCapture::saysWhatAFileIsNot()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, message);
    const Opened opened(bytes);
    QVERIFY(opened.file);
    QVERIFY(!opened.reader);
    QCOMPARE(CaptureReader::open(opened.file).error().detail, message);
}

void tst_ForeignCapture::saysWhyAPathCannotBeOpened()
{
    QTemporaryDir folder;
    const auto directory = CaptureFile::open(folder.path());
    QCOMPARE(directory.error().code, Error::Code::Unsupported);
    QVERIFY(directory.error().detail.endsWith(QStringLiteral("it is a folder")));
    const auto absent = CaptureFile::open(folder.filePath(QStringLiteral("no")));
    QCOMPARE(absent.error().code, Error::Code::NotFound);
}

QTEST_GUILESS_MAIN(tst_ForeignCapture)
#include "tst_foreigncapture.moc"
