// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/messagereader.h"
#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/relay.h"
#include "tests/support/testsupport.h"

#include <QRandomGenerator>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <limits>

using namespace Sidewire;
using namespace TestSupport;

namespace {

constexpr int MessageCount = 10'000;
constexpr int BatchSize = 500; ///< Sent before both sides wait for each other

/// A message as somebody sent or got it.
struct Said
{
    MessageKind kind = MessageKind::Text;
    QByteArray content;
};

/// Sizes on both sides of where the coding of the length changes (RFC 6455, 5.2), and what lies between.
int randomSize(QRandomGenerator &random)
{
    switch (random.bounded(20)) {
    case 0:
        return 0;
    case 1:
    case 2:
        return random.bounded(124, 129);
    case 3:
        return random.bounded(8) == 0 ? random.bounded(65534, 65539) : 1;
    case 4:
        return random.bounded(5000);
    default:
        return random.bounded(200);
    }
}

QByteArray randomText(QRandomGenerator &random, int size)
{
    static const QByteArray Characters[] = {"a", "Z", " ", "\n", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
    QByteArray text;
    text.reserve(size);
    while (text.size() < size) {
        const QByteArray &next = Characters[random.bounded(7)];
        text += text.size() + next.size() <= size ? next : QByteArray("x");
    }
    return text;
}

QByteArray randomBinary(QRandomGenerator &random, int size)
{
    return randomBytes(size, random.generate());
}

Said randomMessage(QRandomGenerator &random)
{
    const int size = randomSize(random);
    switch (random.bounded(10)) {
    case 0:
        return {MessageKind::Ping, randomBinary(random, std::min(size, 125))};
    case 1:
    case 2:
    case 3:
        return {MessageKind::Binary, randomBinary(random, size)};
    default:
        return {MessageKind::Text, randomText(random, size)};
    }
}

/// A QWebSocket of the test's own, which knows nothing of Sidewire: what it says and what it was told.
class Peer
{
public:
    void use(QWebSocket *socket)
    {
        m_socket = socket;
        QObject::connect(socket, &QWebSocket::textMessageReceived, socket, [this](const QString &text) {
            heard.push_back({MessageKind::Text, text.toUtf8()});
        });
        QObject::connect(socket, &QWebSocket::binaryMessageReceived, socket, [this](const QByteArray &bytes) {
            heard.push_back({MessageKind::Binary, bytes});
        });
        QObject::connect(socket, &QWebSocket::pong, socket, [this](quint64, const QByteArray &payload) {
            pongs.push_back({MessageKind::Pong, payload});
        });
    }

    void say(const Said &message, QRandomGenerator &random)
    {
        // QWebSocket cuts what is longer into fragments.
        m_socket->setOutgoingFrameSize(random.bounded(3) == 0 ? 1 + random.bounded(5000u)
                                                              : QWebSocket::maxOutgoingFrameSize());
        switch (message.kind) {
        case MessageKind::Text:
            m_socket->sendTextMessage(QString::fromUtf8(message.content));
            break;
        case MessageKind::Binary:
            m_socket->sendBinaryMessage(message.content);
            break;
        default:
            m_socket->ping(message.content);
            break;
        }
        said.push_back(message);
    }

    std::vector<Said> said;
    std::vector<Said> heard; ///< Text and binary
    std::vector<Said> pongs;

private:
    QWebSocket *m_socket = nullptr;
};

SendRequest toRequest(const Said &message)
{
    SendRequest request;
    request.kind = message.kind == MessageKind::Text ? SendRequest::Kind::Text
        : message.kind == MessageKind::Binary        ? SendRequest::Kind::Binary
                                                     : SendRequest::Kind::Ping;
    request.bytes = message.content;
    return request;
}

using Kinds = QList<MessageKind>;

std::vector<Said> ofKinds(const std::vector<Said> &all, const Kinds &kinds)
{
    std::vector<Said> some;
    std::copy_if(all.begin(), all.end(), std::back_inserter(some),
                 [&](const Said &message) { return kinds.contains(message.kind); });
    return some;
}

void compare(const std::vector<Said> &found, const std::vector<Said> &expected)
{
    QCOMPARE(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const bool isEqual = found[i].kind == expected[i].kind && found[i].content == expected[i].content;
        QVERIFY2(isEqual, qPrintable(QStringLiteral("message %1").arg(i)));
    }
}

/// What the log holds of one direction, read as the views read it.
class Shown
{
public:
    Shown(const SessionLog &log, Direction direction)
    {
        const MessageReader reader(log);
        const std::shared_ptr<const MessageTable> table = log.messages();
        for (qint64 row = 0; row < table->count(); ++row) {
            const Message &message = table->at(row);
            if (message.direction == direction) {
                constexpr qint64 Everything = std::numeric_limits<qint32>::max();
                messages.push_back(message);
                said.push_back({message.kind, *reader.content(message, Everything, MessageReader::Wait::Yes)});
                wires.push_back(*reader.wire(message, Everything, MessageReader::Wait::Yes));
                slices.push_back(reader.slices(message));
            }
        }
    }

    /// The bytes of all messages put where they belong are the stream, each byte once.
    void compareWith(const QByteArray &stream) const
    {
        QByteArray joined(stream.size(), '\0');
        std::vector<bool> isCovered(static_cast<std::size_t>(stream.size()), false);
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message &message = messages[i];
            QVERIFY(message.begin >= 0 && message.begin < message.end && message.end <= stream.size());
            QVERIFY(wires[i] == QByteArrayView(stream).sliced(message.begin, message.end - message.begin));
            QCOMPARE(said[i].content.size(), message.contentLength);
            qint64 at = message.begin;
            for (const RecordSlice &slice : slices[i]) {
                QCOMPARE(slice.streamOffset, at);
                at += slice.length;
            }
            QCOMPARE(at, message.end);
            for (qint64 byte = message.begin; byte < message.end; ++byte) {
                const bool wasCovered = isCovered[static_cast<std::size_t>(byte)];
                QVERIFY(!wasCovered);
                isCovered[static_cast<std::size_t>(byte)] = true;
            }
            joined.replace(message.begin, wires[i].size(), wires[i]);
            QCOMPARE(message.violations, 0u);
        }
        QVERIFY(joined == stream);
    }

    std::vector<Message> messages;
    std::vector<Said> said;
    std::vector<QByteArray> wires;
    std::vector<std::vector<RecordSlice>> slices;
};

} // namespace

/// Two witnesses of one long conversation, a QWebSocket and a relay, against the log.
class tst_CrossCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void theLogIsWhatBothEndsSaw_data();
    void theLogIsWhatBothEndsSaw();
};

void tst_CrossCheck::theLogIsWhatBothEndsSaw_data()
{
    QTest::addColumn<bool>("isListener");
    QTest::addColumn<quint32>("seed");
    QTest::newRow("as client") << false << 1u;
    QTest::newRow("as listener") << true << 2u;
}

void tst_CrossCheck::theLogIsWhatBothEndsSaw()
{
    QFETCH(const bool, isListener);
    QFETCH(const quint32, seed);

    Engine engine;
    QWebSocketServer server(QStringLiteral("peer"), QWebSocketServer::NonSecureMode);
    QWebSocket client;
    Peer peer;
    std::unique_ptr<LiveSession> session;
    std::unique_ptr<Relay> relay;
    if (isListener) {
        session = std::make_unique<LiveSession>(engine, QStringLiteral("ws-listen://127.0.0.1:0"));
        QTRY_VERIFY(session->port() != 0);
        relay = std::make_unique<Relay>(session->port());
        peer.use(&client);
        client.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(relay->port())));
        QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    } else {
        QVERIFY(server.listen(QHostAddress::LocalHost));
        relay = std::make_unique<Relay>(server.serverPort());
        session = std::make_unique<LiveSession>(engine, QStringLiteral("ws://127.0.0.1:%1/").arg(relay->port()));
        QTRY_VERIFY(server.hasPendingConnections());
        peer.use(server.nextPendingConnection());
    }
    QTRY_COMPARE(session->state(), QStringLiteral("open"));

    QRandomGenerator random(seed);
    std::vector<Said> sent; // By us
    for (int count = 0; count < MessageCount;) {
        for (int i = 0; i < BatchSize; ++i, ++count) {
            const Said message = randomMessage(random);
            if (random.bounded(2) == 0) {
                engine.send(session->id(), toRequest(message));
                sent.push_back(message);
            } else {
                peer.say(message, random);
            }
        }
        const std::size_t pings = ofKinds(peer.said, {MessageKind::Ping}).size();
        const std::size_t messages = ofKinds(sent, {MessageKind::Text, MessageKind::Binary}).size();
        QTRY_COMPARE_WITH_TIMEOUT(peer.pongs.size(), pings, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(peer.heard.size(), messages, 60'000);
    }
    engine.close(session->id());
    QTRY_VERIFY_WITH_TIMEOUT(session->connection().isOver(), 20'000);
    QVERIFY(session->rejected.empty());

    session->log().waitUntilCaughtUp();
    const Shown out(session->log(), Direction::Out);
    const Shown in(session->log(), Direction::In);
    out.compareWith(isListener ? relay->fromServer() : relay->fromClient());
    in.compareWith(isListener ? relay->fromClient() : relay->fromServer());
    QCOMPARE(session->stream(Direction::Out), isListener ? relay->fromServer() : relay->fromClient());
    QCOMPARE(session->stream(Direction::In), isListener ? relay->fromClient() : relay->fromServer());

    const Kinds data{MessageKind::Text, MessageKind::Binary};
    compare(ofKinds(out.said, data), ofKinds(sent, data));
    compare(ofKinds(out.said, data), peer.heard);
    compare(ofKinds(in.said, data), ofKinds(peer.said, data));
    compare(ofKinds(out.said, {MessageKind::Ping}), ofKinds(sent, {MessageKind::Ping}));
    compare(ofKinds(in.said, {MessageKind::Ping}), ofKinds(peer.said, {MessageKind::Ping}));
    compare(ofKinds(out.said, {MessageKind::Pong}), peer.pongs);
    std::vector<Said> answers = ofKinds(sent, {MessageKind::Ping});
    for (Said &answer : answers) {
        answer.kind = MessageKind::Pong;
    }
    compare(ofKinds(in.said, {MessageKind::Pong}), answers);
    QCOMPARE(sent.size() + peer.said.size(), std::size_t(MessageCount));
    QVERIFY(std::any_of(in.messages.begin(), in.messages.end(),
                        [](const Message &message) { return message.has(MessageFlag::Fragmented); }));
}

QTEST_GUILESS_MAIN(tst_CrossCheck)
#include "tst_crosscheck.moc"
