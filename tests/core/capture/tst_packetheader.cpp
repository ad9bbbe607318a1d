// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/capture/captureflow.h"
#include "core/capture/checksum.h"
#include "core/capture/packetheader.h"
#include "core/capture/packetparser.h"
#include "core/capture/pcapngblock.h"
#include "tests/support/testsupport.h"

#include <QTest>
#include <QtEndian>

using namespace Sidewire;

namespace {

/// The sum of RFC 1071, two bytes at a time: 0xffff for data that holds its own right checksum.
quint16 plainSum(const QByteArray &bytes)
{
    quint32 sum = 0;
    for (qsizetype i = 0; i < bytes.size(); i += 2) {
        sum += static_cast<quint32>(static_cast<quint8>(bytes[i])) << 8;
        sum += i + 1 < bytes.size() ? static_cast<quint8>(bytes[i + 1]) : 0;
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<quint16>(sum);
}

FlowKey key(Transport transport, const char *local, const char *peer)
{
    return FlowKey::from(transport, Endpoint::fromString(QString::fromLatin1(local)),
                         Endpoint::fromString(QString::fromLatin1(peer)));
}

QByteArray packet(const FlowKey &flow, Direction direction, const TcpFields &fields, const QByteArray &payload)
{
    const bool isTcp = flow.transport == Transport::Tcp;
    const qsizetype size = isTcp ? PacketHeader::tcpSize(flow, fields.flags) : PacketHeader::udpSize(flow);
    QByteArray bytes(size, '\x5a'); // Whatever was in the buffer
    if (isTcp) {
        PacketHeader::writeTcp(bytes.data(), flow, direction, fields, payload);
    } else {
        PacketHeader::writeUdp(bytes.data(), flow, direction, payload);
    }
    return bytes + payload;
}

/// The pseudo header and what follows the IP header.
QByteArray checked(const QByteArray &bytes, bool isIPv6)
{
    const qsizetype ipSize = isIPv6 ? 40 : 20;
    QByteArray length(4, '\0');
    qToBigEndian(static_cast<quint32>(bytes.size() - ipSize), length.data());
    const QByteArray addresses = isIPv6 ? bytes.mid(8, 32) : bytes.mid(12, 8);
    const QByteArray protocol = QByteArray(3, '\0') + (isIPv6 ? bytes[6] : bytes[9]);
    return addresses + length + protocol + bytes.mid(ipSize);
}

} // namespace

class tst_PacketHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void checksumEqualsThePlainSum();
    void carriesCorrectChecksums_data();
    void carriesCorrectChecksums();
    void isUnderstoodAgain();
    void neverSaysThatUdpHasNoChecksum();
    void sequenceNumbersFitEachOther();
    void sequenceNumbersWrap();
    void mappedAddressesAreIPv4();
};

void tst_PacketHeader::checksumEqualsThePlainSum()
{
    for (qsizetype size = 0; size < 300; ++size) {
        const QByteArray bytes = TestSupport::randomBytes(size, static_cast<quint32>(size) + 1);
        Checksum sum;
        sum.add(bytes);
        const quint16 result = sum.result();
        QByteArray stored(2, '\0');
        std::memcpy(stored.data(), &result, 2);
        QCOMPARE(qFromBigEndian<quint16>(stored.constData()), static_cast<quint16>(~plainSum(bytes)));
    }
    Checksum ones; // Every addition carries
    ones.add(QByteArray(1'000'000, '\xff'));
    QCOMPARE(ones.result(), 0);
}

void tst_PacketHeader::carriesCorrectChecksums_data()
{
    QTest::addColumn<bool>("isTcp");
    QTest::addColumn<bool>("isIPv6");
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : {0, 1, 2, 3, 7, 8, 31, 32, 33, 1460, 65495}) {
        QTest::addRow("tcp4 %d", int(size)) << true << false << size;
        QTest::addRow("tcp6 %d", int(size)) << true << true << size;
        QTest::addRow("udp4 %d", int(size)) << false << false << size;
        QTest::addRow("udp6 %d", int(size)) << false << true << size;
    }
    QTest::newRow("udp4 most") << false << false << qsizetype(65507);
    QTest::newRow("udp6 most") << false << true << qsizetype(65527);
}

void tst_PacketHeader::carriesCorrectChecksums()
{
    QFETCH(bool, isTcp);
    QFETCH(bool, isIPv6);
    QFETCH(qsizetype, size);
    const Transport transport = isTcp ? Transport::Tcp : Transport::Udp;
    const FlowKey flow = isIPv6 ? key(transport, "[fe80::1]:5000", "[2001:db8::ff]:65535")
                                : key(transport, "10.1.2.3:5000", "255.255.255.255:65535");
    const QByteArray payload = TestSupport::randomBytes(size, 9);
    for (const Direction direction : {Direction::In, Direction::Out}) {
        for (const quint8 flags : {TcpSyn, TcpAck}) {
            if (flags == TcpSyn && size > 60'000) {
                continue; // Only an opening packet has options, and it has no payload
            }
            const QByteArray bytes = packet(flow, direction, {0xffff'ffff, 0x8000'0001, flags}, payload);
            QCOMPARE(plainSum(checked(bytes, isIPv6)), 0xffff);
            if (!isIPv6) {
                QCOMPARE(plainSum(bytes.first(20)), 0xffff);
                QCOMPARE(qFromBigEndian<quint16>(bytes.constData() + 2), bytes.size());
            }
        }
    }
}

void tst_PacketHeader::isUnderstoodAgain()
{
    const FlowKey flow = key(Transport::Tcp, "[fe80::1]:5000", "[fe80::2]:80");
    const QByteArray bytes = packet(flow, Direction::In, {77, 88, TcpPsh | TcpAck}, "payload");
    const PacketInfo info = parsePacket(Pcapng::LinkRaw, bytes, bytes.size());
    QVERIFY(info.kind == PacketInfo::Kind::Tcp);
    QVERIFY(info.key == flow.swapped());
    QCOMPARE(info.sequence, 77u);
    QCOMPARE(int(info.tcpFlags), TcpPsh | TcpAck);
    QCOMPARE(bytes.mid(info.payloadOffset), "payload");
    QCOMPARE(info.payloadSize, 7);
    for (qsizetype size = 0; size < bytes.size() - 7; ++size) {
        QVERIFY(parsePacket(Pcapng::LinkRaw, bytes.first(size), bytes.size()).kind == PacketInfo::Kind::HeaderCut);
    }
}

void tst_PacketHeader::neverSaysThatUdpHasNoChecksum()
{
    const FlowKey flow = key(Transport::Udp, "10.0.0.1:1", "10.0.0.2:2");
    // The payload that makes the sum come out as zero is the checksum of the packet without it.
    QByteArray bytes = packet(flow, Direction::Out, {}, QByteArray(2, '\0'));
    const QByteArray payload = bytes.mid(26, 2);
    bytes = packet(flow, Direction::Out, {}, payload);
    QCOMPARE(bytes.mid(26, 2), QByteArray("\xff\xff"));
    QCOMPARE(plainSum(checked(bytes, false)), 0xffff);
}

void tst_PacketHeader::sequenceNumbersFitEachOther()
{
    CaptureFlow flow(ConnectionId(5), key(Transport::Tcp, "10.0.0.1:1", "10.0.0.2:2"));
    const TcpFields syn = flow.next(Direction::Out, TcpSyn, 0);
    const TcpFields synAck = flow.next(Direction::In, TcpSyn | TcpAck, 0);
    QCOMPARE(syn.acknowledgement, 0u);
    QCOMPARE(synAck.acknowledgement, syn.sequence + 1);
    const TcpFields data = flow.next(Direction::Out, TcpAck, 10);
    QCOMPARE(data.sequence, syn.sequence + 1);
    QCOMPARE(data.acknowledgement, synAck.sequence + 1);
    const TcpFields fin = flow.next(Direction::Out, TcpFin | TcpAck, 0);
    QCOMPARE(fin.sequence, data.sequence + 10);
    QVERIFY(flow.isFinished(Direction::Out));
    QVERIFY(!flow.isFinished(Direction::In));
    QCOMPARE(flow.next(Direction::In, TcpAck, 1).acknowledgement, fin.sequence + 1);

    for (int i = 1; i < CaptureFlow::AcknowledgeEvery; ++i) {
        flow.next(Direction::In, TcpAck, 1);
    }
    QVERIFY(flow.needsAcknowledgement(Direction::In));
    flow.next(Direction::Out, TcpAck, 0);
    QVERIFY(!flow.needsAcknowledgement(Direction::In));
    QVERIFY(!flow.isReset());
    flow.next(Direction::Out, TcpRst | TcpAck, 0);
    QVERIFY(flow.isReset());
}

void tst_PacketHeader::sequenceNumbersWrap()
{
    CaptureFlow flow(ConnectionId(0), key(Transport::Tcp, "10.0.0.1:1", "10.0.0.2:2"));
    const quint32 first = flow.next(Direction::In, TcpSyn, 0).sequence + 1;
    quint64 sent = 0;
    while (sent < quint64(9) << 30) { // Twice around
        QCOMPARE(flow.next(Direction::In, TcpAck, 65495).sequence, first + static_cast<quint32>(sent));
        sent += 65495;
    }
    QCOMPARE(flow.next(Direction::Out, TcpAck, 0).acknowledgement, first + static_cast<quint32>(sent));
}

void tst_PacketHeader::mappedAddressesAreIPv4()
{
    QVERIFY(key(Transport::Tcp, "[::ffff:10.0.0.1]:1", "10.0.0.2:2")
            == key(Transport::Tcp, "10.0.0.1:1", "10.0.0.2:2"));
    QVERIFY(key(Transport::Tcp, "[fe80::1%lo]:1", "[fe80::2]:2") == key(Transport::Tcp, "[fe80::1]:1", "[fe80::2]:2"));
    const FlowKey mixed = key(Transport::Tcp, "[::1]:1", "10.0.0.2:2"); // Cannot be on a wire; still told apart
    QVERIFY(mixed.isIPv6);
    QCOMPARE(mixed.peer().address.toIPv4Address(), 0x0a000002u);
    QVERIFY(!(mixed == mixed.swapped()));
}

QTEST_GUILESS_MAIN(tst_PacketHeader)
#include "tst_packetheader.moc"
