// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/lens/dissectmessage.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/fielddump.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;

namespace {

Message messageOf(const QByteArray &wire, MessageKind kind)
{
    Message message;
    message.kind = kind;
    message.begin = 16;
    message.end = 16 + wire.size();
    message.contentLength = wire.size();
    return message;
}

} // namespace

class tst_DissectMessage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tellsTheFramingOfOtherLenses_data();
    void tellsTheFramingOfOtherLenses();
    void tellsTheBodyBehindAHead();
    void aBrokenRuleThatNoFieldShowsIsOneOfItsOwn();
    void tellsWhatTheLensFound();
    void namesWhatABytesBitsAre();
};

void tst_DissectMessage::tellsTheFramingOfOtherLenses_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("header");
    QTest::addColumn<int>("content");
    QTest::addColumn<QStringList>("lines");

    const int frame = static_cast<int>(MessageKind::Frame);
    QTest::newRow("line") << QByteArray("250 ok\r\n") << static_cast<int>(MessageKind::Line) << 0 << 6
                          << QStringList{QStringLiteral("16+8 Line: in, 8 B"),
                                         QStringLiteral("  16+6 Content: 6 B: \"250 ok\""),
                                         QStringLiteral("  22+2 Line end: 0d 0a")};
    QTest::newRow("length and trailer") << QByteArray::fromHex("0003010203ff") << frame << 2 << 3
                                        << QStringList{QStringLiteral("16+6 Frame: in, 6 B"),
                                                       QStringLiteral("  16+2 Header: 00 03"),
                                                       QStringLiteral("  18+3 Content: 3 B: \"\x01\x02\x03\""),
                                                       QStringLiteral("  21+1 Trailer: ff")};
    QTest::newRow("empty") << QByteArray("\n") << static_cast<int>(MessageKind::Line) << 0 << 0
                           << QStringList{QStringLiteral("16+1 Line: in, 1 B"), QStringLiteral("  - Content: 0 B"),
                                          QStringLiteral("  16+1 Line end: 0a")};
    QTest::newRow("content that is longer than the message")
        << QByteArray("ab") << frame << 1 << 100
        << QStringList{QStringLiteral("16+2 Frame: in, 2 B"), QStringLiteral("  16+1 Header: 61"),
                       QStringLiteral("  17+1 Content: 1 B: \"b\"")};
}

void tst_DissectMessage::tellsTheFramingOfOtherLenses()
{
    QFETCH(QByteArray, wire);
    QFETCH(int, kind);
    QFETCH(int, header);
    QFETCH(int, content);
    Message message = messageOf(wire, static_cast<MessageKind>(kind));
    message.contentOffset = static_cast<quint32>(header);
    message.contentLength = content;
    const Field root = dissectMessage({message, wire, {}, {}});
    QTEST(TestSupport::dump(root), "lines");
    QCOMPARE(TestSupport::misplaced(root, BitSpan::ofBytes(16, message.end)), QString());

    // Nothing of it in memory: the places are known all the same.
    QCOMPARE(TestSupport::misplaced(dissectMessage({message, {}, {}, {}}), BitSpan::ofBytes(16, message.end)),
             QString());
}

void tst_DissectMessage::tellsTheBodyBehindAHead()
{
    const QByteArray wire("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody");
    const Field root = dissectMessage({messageOf(wire, MessageKind::Request), wire, {}, {}});
    QCOMPARE(TestSupport::dump(root).constLast(), QStringLiteral("  54+4 Body: 4 B"));
    QCOMPARE(TestSupport::notCovered(root.children, root.bits), QString());
}

void tst_DissectMessage::aBrokenRuleThatNoFieldShowsIsOneOfItsOwn()
{
    const QByteArray wire = FrameBuilder::text("\xff").toWire();
    Message message = messageOf(wire, MessageKind::Text);
    message.set(MessageFlag::WebSocket);
    message.violations = bit(Violation::InvalidUtf8) | bit(Violation::SubprotocolNotOffered);
    const Field root = dissectMessage({message, wire, FrameDecoder::Sender::Server, {}});
    QCOMPARE(
        TestSupport::dump(root).filter(QLatin1String("! ")),
        (QStringList{
            QStringLiteral("      ! 18+1 Invalid UTF-8: 0xff, byte 0 of the content // A text message was not valid "
                           "UTF-8 (RFC 6455, 8.1; RFC 3629)"),
            QStringLiteral(
                "  ! - Broken rule: The server chose a subprotocol that was not offered // RFC 6455, 4.1")}));

    // Where the bytes are not known no frame can show it.
    const Field blind = dissectMessage({message, {}, FrameDecoder::Sender::Server, {}});
    QCOMPARE(TestSupport::dump(blind).filter(QLatin1String("! ")).size(), 2);
}

void tst_DissectMessage::tellsWhatTheLensFound()
{
    Message message = messageOf("ab", MessageKind::Read);
    message.set(MessageFlag::Unterminated);
    message.set(MessageFlag::Gap);
    message.set(MessageFlag::Misfit);
    QCOMPARE(TestSupport::dump(dissectMessage({message, "ab", {}, {}})),
             (QStringList{QStringLiteral("16+2 Read: in, 2 B"),
                          QStringLiteral("  - Ending: it ended before the message was complete"),
                          QStringLiteral("  - Gap: bytes are missing inside"),
                          QStringLiteral("  - Lens: does not fit from here on; each read is a message"),
                          QStringLiteral("  16+2 Content: 2 B: \"ab\"")}));
}

void tst_DissectMessage::namesWhatABytesBitsAre()
{
    const QByteArray wire = FrameBuilder::close(1000, "bye").toWire();
    Message message = messageOf(wire, MessageKind::Close);
    message.set(MessageFlag::WebSocket);
    const Field root = dissectMessage({message, wire, FrameDecoder::Sender::Server, {}});
    const auto names = [&root](qint64 offset) {
        QStringList found;
        for (const Field *field : fieldsAt(root, offset)) {
            found += field->name;
        }
        return found.join(u' ');
    };
    QCOMPARE(names(16), QStringLiteral("FIN RSV1 RSV2 RSV3 Opcode"));
    QCOMPARE(names(17), QStringLiteral("MASK Payload length"));
    QCOMPARE(names(19), QStringLiteral("Close code"));
    QCOMPARE(names(20), QStringLiteral("Reason"));
    QCOMPARE(names(23), QString()); // Behind the message
    QCOMPARE(names(15), QString());
}

QTEST_GUILESS_MAIN(tst_DissectMessage)
#include "tst_dissectmessage.moc"
