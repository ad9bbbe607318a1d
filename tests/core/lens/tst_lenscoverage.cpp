// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/lensrunner.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Sidewire;
using namespace TestSupport;

namespace {

/// Lenses that take parameters, some of them.
const QStringList WithParameters{
    QStringLiteral("delimiter:0d0a"),
    QStringLiteral("between:7b,7d"),
    QStringLiteral("between:02,03,10"),
    QStringLiteral("fixed:1"),
    QStringLiteral("fixed:7"),
    QStringLiteral("length:u8"),
    QStringLiteral("length:u16be,offset=4,adjust=6"),
    QStringLiteral("length:u24le,trailer=2"),
    QStringLiteral("length:varint"),
    QStringLiteral("idle:1"),
    QStringLiteral("lines@5"),
    QStringLiteral("websocket@30"),
    QStringLiteral("in=lines/out=fixed:3"),
    QStringLiteral("in=length:u8@2/out=json"),
};

/// What streams are made of: some that fits each lens, and noise.
QByteArray randomPiece(QRandomGenerator &random)
{
    const QByteArray noise = randomBytes(random.bounded(1, 40), random.generate());
    switch (random.bounded(12)) {
    case 0:
        return "a line\n";
    case 1:
        return "another\r\n\r\n";
    case 2:
        return "{\"a\": [1, \"}\"]} ";
    case 3:
        return FrameBuilder::text(noise).toWire();
    case 4:
        return FrameBuilder::binary(noise).masked().toWire();
    case 5:
        return FrameBuilder::text("a").notFinal().toWire() + FrameBuilder::ping("p").toWire();
    case 6:
        return FrameBuilder::continuation("z").toWire() + FrameBuilder::close(1000).toWire();
    case 7:
        return "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    case 8:
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
               "12\r\ndata: a\n\nid: 2\nda\r\n0\r\n\r\n";
    case 9:
        return "data: x\nid: 7\n\n";
    case 10:
        return QByteArray("\x02stx\x03\xc0slip\xc0\x00\x00\x00\x02hi\x04", 19);
    default:
        return noise;
    }
}

std::vector<Transfer> randomConversation(quint32 seed)
{
    QRandomGenerator random(seed);
    std::vector<Transfer> transfers;
    if (seed % 3 == 0) {
        transfers.push_back({Direction::Out, upgradeRequest()});
        transfers.push_back({Direction::In, upgradeResponse()});
    } else if (seed % 3 == 1) {
        transfers.push_back({Direction::Out, "GET /events HTTP/1.1\r\nHost: a\r\n\r\n"});
    }
    for (int i = 0; i < 20; ++i) {
        transfers.push_back({random.bounded(3) == 0 ? Direction::Out : Direction::In, randomPiece(random)});
    }
    return transfers;
}

bool isControl(const Message &message)
{
    return message.kind == MessageKind::Ping || message.kind == MessageKind::Pong || message.kind == MessageKind::Close
        || message.kind == MessageKind::Frame;
}

/// Whether two messages may share bytes: a control frame lies between the fragments of another message.
bool mayOverlap(const Message &outer, const Message &inner)
{
    const bool isWebSocket = outer.has(MessageFlag::WebSocket) && inner.has(MessageFlag::WebSocket);
    return isWebSocket && isControl(inner) && inner.begin >= outer.begin && inner.end <= outer.end;
}

/// What belongs to no message: blanks between JSON texts, and the chunk framing between two events.
bool mayLieBetween(const QString &lens, const QByteArray &bytes)
{
    const QByteArray allowed = lens == u"sse" ? "0123456789abcdef\r\n" : " \r\n";
    return std::ranges::all_of(bytes, [&allowed](char byte) { return allowed.contains(byte); });
}

} // namespace

/// Whatever the lens and the bytes: each byte is shown in one message, or lies between two.
class tst_LensCoverage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void coversTheStreamOnce_data();
    void coversTheStreamOnce();
};

void tst_LensCoverage::coversTheStreamOnce_data()
{
    QTest::addColumn<QString>("lens");
    for (const QString &lens : LensSpec::names() + WithParameters) {
        QTest::newRow(qPrintable(lens)) << lens;
    }
}

void tst_LensCoverage::coversTheStreamOnce()
{
    QFETCH(const QString, lens);
    for (quint32 seed = 1; seed <= 120; ++seed) {
        const std::vector<Transfer> conversation = randomConversation(seed);
        const LensRun run = runLens(lens, {Transport::Tcp, seed % 2 == 0, Direction::Out}, conversation);
        for (const Direction direction : {Direction::In, Direction::Out}) {
            QByteArray stream;
            for (const Transfer &transfer : conversation) {
                stream += transfer.direction == direction ? transfer.bytes : QByteArray();
            }
            std::vector<Message> messages = run.messages;
            std::erase_if(messages, [direction](const Message &message) { return message.direction != direction; });
            std::ranges::stable_sort(messages, {}, &Message::begin);

            const QByteArray place = lens.toUtf8() + ", seed " + QByteArray::number(seed);
            QByteArray joined;
            const Message *last = nullptr;
            for (const Message &message : messages) {
                QVERIFY2(message.begin >= 0 && message.begin <= message.end && message.end <= stream.size(), place);
                QVERIFY2(!last || message.begin >= last->end || mayOverlap(*last, message), place);
                if (message.end <= joined.size()) {
                    continue;
                }
                const QByteArray between = stream.mid(joined.size(), message.begin - joined.size());
                QVERIFY2(mayLieBetween(lens, between), place + ": " + between.toPercentEncoding());
                joined += between + stream.mid(joined.size() + between.size(), message.end - message.begin);
                last = &message;
            }
            const QByteArray rest = stream.mid(joined.size());
            QVERIFY2(mayLieBetween(lens, rest), place + ": " + rest.toPercentEncoding());
            QVERIFY2(joined + rest == stream, place);
        }
    }
}

QTEST_GUILESS_MAIN(tst_LensCoverage)
#include "tst_lenscoverage.moc"
