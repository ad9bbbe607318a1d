// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/protocol/websocket/messagedeflate.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/lensrunner.h"
#include "tests/support/memorycontents.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

namespace {

// RFC 7692, 7.2.3.1 and 7.2.3.2: "Hello", and "Hello" again by what is in the window
const QByteArray Hello = QByteArray::fromHex("f248cdc9c90700");
const QByteArray HelloAgain = QByteArray::fromHex("f200110000");

/// A block without compression.
QByteArray stored(const QByteArray &content)
{
    const auto size = static_cast<char>(content.size());
    return QByteArray("\0", 1) + size + '\0' + static_cast<char>(~size) + '\xff' + content + '\0';
}

QByteArray compressed(const QByteArray &payload)
{
    return FrameBuilder::text(payload).withReserved(4).toWire();
}

QByteArray compressedByClient(const QByteArray &payload)
{
    return FrameBuilder::text(payload).withReserved(4).masked().toWire();
}

std::vector<Transfer> handshake(const QByteArray &parameters)
{
    return {
        {Direction::Out, upgradeRequest("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n")},
        {Direction::In, upgradeResponse("Sec-WebSocket-Extensions: permessage-deflate" + parameters + "\r\n")}};
}

/// "in text Hello", with flags and violations behind; the two of the handshake left out.
QStringList run(std::vector<Transfer> conversation, const QByteArray &parameters = {}, qint64 limit = 1 << 20,
                const NextSize &size = {})
{
    MemoryContents contents;
    const LensContext context{Transport::Tcp, true, Direction::Out, &contents, limit};
    const std::vector<Transfer> opening = handshake(parameters);
    conversation.insert(conversation.begin(), opening.begin(), opening.end());
    QStringList lines;
    for (const Message &message : runLens(QStringLiteral("websocket"), context, conversation, size).messages) {
        if (!message.has(MessageFlag::WebSocket)) {
            continue;
        }
        QString line = message.direction == Direction::In ? QStringLiteral("in ") : QStringLiteral("out ");
        line += QLatin1String(toString(message.kind).data()) + u' ';
        if (message.has(MessageFlag::Compressed)) {
            const QByteArray content = contents.content(message.contentOffset);
            line += content.size() == message.contentLength ? QString::fromLatin1(content.left(40))
                                                            : QStringLiteral("lengths differ");
        } else {
            line += QString::number(message.contentLength);
        }
        line += message.has(MessageFlag::Gap) ? QStringLiteral(" gap") : QString();
        line += message.has(MessageFlag::Unterminated) ? QStringLiteral(" unterminated") : QString();
        for (const ViolationText &violation : describeViolations(message.violations)) {
            line += QStringLiteral(" !%1").arg(QLatin1String(violation.sentence.data()));
        }
        lines.append(line);
    }
    return lines;
}

const QString Corrupt = QStringLiteral(" !A compressed message could not be inflated");
const QString Limit = QStringLiteral(" !A compressed message inflates to more than the limit");
const QString Utf8 = QStringLiteral(" !A text message was not valid UTF-8");
const QString Window = QStringLiteral(" !A message was compressed with a larger window than agreed on");

std::vector<Transfer> conversation()
{
    const QByteArray far = MessageDeflater(ContextTakeover::Off).deflate(randomBytes(2000, 1).toHex().repeated(2));
    return {
        {Direction::In, compressed(Hello) + FrameBuilder::text("plain").toWire() + compressed(HelloAgain)},
        {Direction::Out, compressedByClient(Hello) + FrameBuilder::ping("\xff").masked().toWire()},
        {Direction::In, compressed(QByteArray::fromHex("06")) + compressed(HelloAgain) + compressed(Hello)},
        {Direction::Out, compressedByClient(stored("\xc3")) + compressedByClient(far) + compressedByClient(HelloAgain)},
        {Direction::In,
         FrameBuilder::binary(far.first(100)).notFinal().withReserved(4).toWire() + FrameBuilder::ping("p").toWire()
             + FrameBuilder::continuation(far.sliced(100)).toWire()},
        {Direction::In, compressed(far).chopped(7)},
    };
}

} // namespace

class tst_MessageInflation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void inflatesBothDirections();
    void eachSideHasItsParameters_data();
    void eachSideHasItsParameters();
    void leavesUncompressedMessagesAlone();
    void fragmentsAndPingsBetween();
    void judgesTheInflatedText();
    void goesOnAfterCorruptData();
    void endsAMessageAtTheLimit();
    void findsALargerWindowThanAgreedOn();
    void endsWhatWasNeverContinued();
    void showsWhatHasCome();
    void aGapIsNobodysFault();
    void inflatesWhatAClientSentTooEarly();
    void interleavedConnectionsKeepTheirOwn();
    void aFullStoreKeepsNoParts();
    void splittingNeverChangesTheResult();
    void survivesMutations();
};

void tst_MessageInflation::inflatesBothDirections()
{
    QCOMPARE(run({{Direction::In, compressed(Hello) + compressed(HelloAgain)},
                  {Direction::Out, compressedByClient(Hello) + compressedByClient(HelloAgain)},
                  {Direction::In, compressed(HelloAgain) + compressed(QByteArray(1, '\0'))}}),
             (QStringList{"in text Hello", "in text Hello", "out text Hello", "out text Hello", "in text Hello",
                          "in text "}));
}

void tst_MessageInflation::eachSideHasItsParameters_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("client");
    const QString kept = QStringLiteral("Hello");
    QTest::newRow("none") << QByteArray() << kept << kept;
    QTest::newRow("server") << QByteArray("; server_no_context_takeover") << QStringLiteral("H") + Corrupt << kept;
    QTest::newRow("client") << QByteArray("; client_no_context_takeover") << kept << QStringLiteral("H") + Corrupt;
    QTest::newRow("both") << QByteArray("; client_no_context_takeover; server_no_context_takeover")
                          << QStringLiteral("H") + Corrupt << QStringLiteral("H") + Corrupt;
}

void tst_MessageInflation::eachSideHasItsParameters()
{
    QFETCH(const QByteArray, parameters);
    QFETCH(const QString, server);
    QFETCH(const QString, client);
    QCOMPARE(run({{Direction::In, compressed(Hello) + compressed(HelloAgain)},
                  {Direction::Out, compressedByClient(Hello) + compressedByClient(HelloAgain)}},
                 parameters),
             (QStringList{"in text Hello", "in text " + server, "out text Hello", "out text " + client}));
}

void tst_MessageInflation::leavesUncompressedMessagesAlone()
{
    QCOMPARE(
        run({{Direction::In, compressed(Hello) + FrameBuilder::text("12345678").toWire() + compressed(HelloAgain)}}),
        (QStringList{"in text Hello", "in text 8", "in text Hello"}));
}

void tst_MessageInflation::fragmentsAndPingsBetween()
{
    const QByteArray wire = FrameBuilder::text(Hello.first(2)).notFinal().withReserved(4).toWire()
        + FrameBuilder::ping("xyz").toWire() + FrameBuilder::continuation({}).notFinal().toWire()
        + FrameBuilder::continuation(Hello.sliced(2)).toWire();
    QCOMPARE(run({{Direction::In, wire}}), (QStringList{"in ping 3", "in text Hello"}));
}

void tst_MessageInflation::judgesTheInflatedText()
{
    QCOMPARE(run({{Direction::In, compressed(stored("\xff")) + compressed(stored("\xc3")) + compressed(Hello)}}),
             (QStringList{QStringLiteral("in text \xff").left(8) + QChar(0xff) + Utf8,
                          QStringLiteral("in text ") + QChar(0xc3) + Utf8, "in text Hello"}));
    QCOMPARE(run({{Direction::In, FrameBuilder::binary(stored("\xff")).withReserved(4).toWire()}}),
             QStringList{QStringLiteral("in binary ") + QChar(0xff)});
}

void tst_MessageInflation::goesOnAfterCorruptData()
{
    QCOMPARE(run({{Direction::In,
                   compressed(Hello) + compressed(QByteArray::fromHex("06")) + compressed(HelloAgain)
                       + compressed(Hello) + compressed(HelloAgain) + compressed({})}}),
             (QStringList{"in text Hello", "in text " + Corrupt, "in text H" + Corrupt, "in text Hello",
                          "in text Hello", "in text " + Corrupt}));
}

void tst_MessageInflation::endsAMessageAtTheLimit()
{
    for (const QByteArray &parameters : {QByteArray(), QByteArray("; server_no_context_takeover")}) {
        QCOMPARE(
            run({{Direction::In, compressed(Hello) + compressed(stored("12")) + compressed(Hello)}}, parameters, 4),
            (QStringList{"in text Hell" + Limit, "in text 12", "in text Hell" + Limit}));
    }
    QCOMPARE(run({{Direction::In, compressed(Hello) + compressed(HelloAgain)}}, {}, 5),
             (QStringList{"in text Hello", "in text Hello"}));
    // The context is kept although the content is not.
    QCOMPARE(run({{Direction::In, compressed(Hello) + compressed(HelloAgain)}}, {}, 2),
             (QStringList{"in text He" + Limit, "in text He" + Limit}));
}

void tst_MessageInflation::findsALargerWindowThanAgreedOn()
{
    const QByteArray content = randomBytes(500, 1).toHex().repeated(2);
    const QByteArray far = MessageDeflater(ContextTakeover::Off).deflate(content);
    const QString line = QStringLiteral("text ") + QString::fromLatin1(content.left(40));
    QCOMPARE(run({{Direction::In, compressed(far)}, {Direction::Out, compressedByClient(far)}},
                 "; server_max_window_bits=9"),
             (QStringList{"in " + line + Window, "out " + line}));
    QCOMPARE(run({{Direction::In, compressed(far)}, {Direction::Out, compressedByClient(far)}},
                 "; client_max_window_bits=8"),
             (QStringList{"in " + line, "out " + line + Window}));
}

void tst_MessageInflation::endsWhatWasNeverContinued()
{
    const QByteArray wire =
        FrameBuilder::text(Hello).notFinal().withReserved(4).toWire() + compressed(HelloAgain) + compressed(HelloAgain);
    QCOMPARE(run({{Direction::In, wire}}),
             (QStringList{"in text Hello unterminated",
                          "in text Hello !A new message began before the fragmented one had ended", "in text Hello"}));
}

void tst_MessageInflation::showsWhatHasCome()
{
    MemoryContents contents;
    const LensContext context{Transport::Tcp, true, Direction::Out, &contents};
    std::vector<Transfer> all = handshake({});
    all.push_back({Direction::In, compressed(stored("123456789")).chopped(4)});
    const LensRun found = runLens(QStringLiteral("websocket"), context, all);
    QCOMPARE(found.unfinished.size(), 1u);
    QCOMPARE(contents.content(found.unfinished[0].contentOffset), QByteArray("123456"));
    QCOMPARE(found.unfinished[0].contentLength, 6);
    QVERIFY(found.messages.back().has(MessageFlag::Unterminated));
    QCOMPARE(found.messages.back().violations, 0u);
}

void tst_MessageInflation::aGapIsNobodysFault()
{
    MemoryContents contents;
    const LensContext context{Transport::Tcp, true, Direction::Out, &contents};
    const std::unique_ptr<Lens> lens = LensSpec::parse(QStringLiteral("websocket")).value().create(context);
    std::vector<Message> messages;
    qint64 record = 0;
    for (const Transfer &transfer : handshake({})) {
        lens->feed({transfer.direction, record, record, 0, transfer.bytes.size(), transfer.bytes}, messages);
        ++record;
    }
    qint64 at = handshake({})[1].bytes.size();
    const auto feed = [&](const QByteArray &bytes) {
        lens->feed({Direction::In, ++record, record, at, bytes.size(), bytes}, messages);
        at += bytes.size();
    };
    const QByteArray cut = compressed(stored("123456789"));
    feed(compressed(Hello) + cut.first(10));
    lens->gap({Direction::In, ++record, record, at, 3, {}}, messages);
    at += 3;
    feed(cut.sliced(13) + compressed(HelloAgain) + compressed(Hello) + compressed(HelloAgain));

    QCOMPARE(messages.size(), 7u);
    const QByteArrayList expected{"Hello", "123", "H", "Hello", "Hello"};
    const QList<bool> gaps{false, true, true, false, false};
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const Message &message = messages[static_cast<std::size_t>(i) + 2];
        QCOMPARE(contents.content(message.contentOffset), expected[i]);
        QCOMPARE(message.has(MessageFlag::Gap), gaps[i]);
        QCOMPARE(message.violations, 0u);
    }
}

void tst_MessageInflation::inflatesWhatAClientSentTooEarly()
{
    MemoryContents contents;
    const LensContext context{Transport::Tcp, true, Direction::Out, &contents};
    std::vector<Transfer> all = handshake({});
    all.insert(all.begin() + 1, {Direction::Out, FrameBuilder::text("early").masked().toWire()});
    all.push_back({Direction::Out, compressedByClient(Hello)});
    const LensRun found = runLens(QStringLiteral("websocket"), context, all);
    QCOMPARE(found.messages.size(), 4u);
    QCOMPARE(contents.content(found.messages[3].contentOffset), QByteArray("Hello"));
}

void tst_MessageInflation::interleavedConnectionsKeepTheirOwn()
{
    MemoryContents contents;
    const LensContext context{Transport::Tcp, true, Direction::Out, &contents};
    constexpr int Connections = 3;
    std::vector<std::unique_ptr<Lens>> lenses;
    std::vector<QByteArray> wires;
    for (int i = 0; i < Connections; ++i) {
        lenses.push_back(LensSpec::parse(QStringLiteral("websocket")).value().create(context));
        wires.push_back(handshake({})[1].bytes + compressed(stored(QByteArray(100, static_cast<char>('a' + i)))));
    }
    std::vector<std::vector<Message>> messages(Connections);
    for (qsizetype at = 0; at < wires[0].size(); at += 10) {
        for (std::size_t i = 0; i < Connections; ++i) {
            const QByteArray bytes = wires[i].mid(at, 10);
            lenses[i]->feed({Direction::In, at, at, at, bytes.size(), bytes}, messages[i]);
        }
    }
    for (std::size_t i = 0; i < Connections; ++i) {
        QCOMPARE(messages[i].size(), 2u);
        QCOMPARE(contents.content(messages[i][1].contentOffset), QByteArray(100, static_cast<char>('a' + int(i))));
    }
}

void tst_MessageInflation::aFullStoreKeepsNoParts()
{
    MemoryContents contents(1);
    const LensContext context{Transport::Tcp, true, Direction::Out, &contents};
    std::vector<Transfer> all = handshake({});
    all.push_back({Direction::In, compressed(Hello)});
    const QByteArray wire = compressed(stored("123456789"));
    all.push_back({Direction::In, wire.first(11)});
    all.push_back({Direction::In, wire.sliced(11)});
    const LensRun found = runLens(QStringLiteral("websocket"), context, all);
    QCOMPARE(contents.content(found.messages[2].contentOffset), QByteArray("Hello"));
    QCOMPARE(found.messages[3].contentOffset, ContentStore::None);
    QCOMPARE(found.messages[3].contentLength, 9);
    QVERIFY(!found.messages[2].has(MessageFlag::Gap));
    QVERIFY(found.messages[3].has(MessageFlag::Gap)); // So that nobody takes nothing for its content
}

void tst_MessageInflation::splittingNeverChangesTheResult()
{
    const QByteArray parameters = "; server_max_window_bits=9";
    for (const qint64 limit : {qint64(1000), qint64(1) << 20}) {
        const QStringList whole = run(conversation(), parameters, limit);
        QCOMPARE(whole.size(), 14);
        for (qsizetype chunk = 1; chunk <= 17; ++chunk) {
            QCOMPARE(run(conversation(), parameters, limit, [chunk] { return chunk; }), whole);
        }
        for (quint32 seed = 1; seed <= 20; ++seed) {
            QRandomGenerator random(seed);
            QCOMPARE(run(conversation(), parameters, limit, [&random] { return qsizetype(random.bounded(1, 3000)); }),
                     whole);
        }
    }
    checkSplitting(QStringLiteral("websocket"), {Transport::Tcp, true, Direction::Out}, [] {
        std::vector<Transfer> all = handshake({});
        const std::vector<Transfer> rest = conversation();
        all.insert(all.end(), rest.begin(), rest.begin() + 3);
        return all;
    }());
}

void tst_MessageInflation::survivesMutations()
{
    for (quint32 seed = 1; seed <= 200; ++seed) {
        QRandomGenerator random(seed);
        std::vector<Transfer> mutated = conversation();
        for (int i = 0; i < 4; ++i) {
            QByteArray &bytes = mutated[random.bounded(static_cast<quint32>(mutated.size()))].bytes;
            bytes[random.bounded(int(bytes.size()))] = static_cast<char>(random.generate());
        }
        const QStringList lines = run(mutated, {}, 5000, [&random] { return qsizetype(random.bounded(1, 300)); });
        QVERIFY2(!lines.isEmpty() && !lines.join(u'\n').contains(u"lengths differ"),
                 qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

QTEST_GUILESS_MAIN(tst_MessageInflation)
#include "tst_messageinflation.moc"
