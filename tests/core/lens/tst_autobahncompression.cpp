// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/lens/contentstore.h"
#include "core/lens/lensspec.h"
#include "core/protocol/websocket/violation.h"
#include "tests/support/autobahncases.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <zlib.h>

using namespace Sidewire;
using namespace TestSupport;

namespace {

/// The suite sends 1,000 messages a case. So many that they are 128 KiB together do by default, to be done in seconds;
/// AUTOBAHN_MESSAGES=1000 runs it all.
constexpr qsizetype DefaultVolume = 128 * 1024;
constexpr qsizetype SuiteMessages = 1000;

struct Case
{
    QByteArray data;
    QByteArray offer;
    QByteArray answer;
    qsizetype size = 0;
    qsizetype frameSize = 0;
};

struct Data
{
    bool isText = false;
    QByteArray bytes;
};

/// Bytes that can be compressed about as well as what their name says.
QByteArray made(const QByteArray &name, qsizetype size)
{
    static const QByteArrayList Words{"Habe", "nun",   "ach", "und",  "leider", "auch",
                                      "mit",  "Muehe", "da",  "steh", "ich"};
    QRandomGenerator random(static_cast<quint32>(size));
    QByteArray bytes;
    bytes.reserve(size + 1000);
    while (bytes.size() < size) {
        const QByteArray number = QByteArray::number(random.bounded(1000));
        const QByteArray &word = Words[random.bounded(int(Words.size()))];
        if (name == "json") {
            bytes +=
                "{\"id\": " + number + ", \"name\": \"" + word + "\", \"values\": [" + number + ".5, true, null]},\n";
        } else if (name == "html") {
            bytes += "<li class=\"item\"><a href=\"/" + word + "?" + number + "\">" + word + "</a></li>\n";
        } else if (name == "prose") {
            bytes += word + (random.bounded(9) == 0 ? ",\n" : " ");
        } else if (name == "bitmap") { // A gradient with some noise
            bytes += static_cast<char>(bytes.size() / 1024 + bytes.size() % 512 / 4 + random.bounded(4));
        } else { // Streams that are compressed already, and what is around them
            bytes +=
                number + " 0 obj\n<< /Length 500 >>\nstream\n" + randomBytes(500, random.generate()) + "\nendstream\n";
        }
    }
    return bytes.first(size);
}

/// One end's compression, as RFC 7692, 7.2.1 has it, with nothing of the code under test.
class Sender
{
public:
    Sender(const QByteArray &role, const QByteArray &answer)
        : m_forgets(answer.contains(role + "_no_context_takeover"))
    {
        const QByteArray name = role + "_max_window_bits=";
        const qsizetype at = answer.indexOf(name);
        const int bits = at < 0 ? 15 : answer.mid(at + name.size()).split(';').front().trimmed().toInt();
        if (deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
            qFatal("zlib refuses %d bits", bits);
        }
    }
    ~Sender() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Sender)

    QByteArray compress(const QByteArray &content)
    {
        QByteArray bytes(static_cast<qsizetype>(deflateBound(&m_stream, static_cast<uLong>(content.size()))) + 64,
                         '\0');
        QByteArray input = content;
        m_stream.next_in = reinterpret_cast<Bytef *>(input.data());
        m_stream.avail_in = static_cast<uInt>(input.size());
        m_stream.next_out = reinterpret_cast<Bytef *>(bytes.data());
        m_stream.avail_out = static_cast<uInt>(bytes.size());
        deflate(&m_stream, Z_SYNC_FLUSH);
        bytes.chop(static_cast<qsizetype>(m_stream.avail_out));
        if (m_stream.avail_in != 0 || !bytes.endsWith(QByteArray("\0\0\xff\xff", 4))) {
            qFatal("not flushed");
        }
        if (m_forgets) {
            deflateReset(&m_stream);
        }
        return bytes.chopped(4);
    }

private:
    z_stream m_stream{};
    bool m_forgets;
};

/// The frames of a compressed message: RSV1 on the first (RFC 7692, 6.1).
QByteArray frames(const QByteArray &payload, bool isText, qsizetype frameSize, bool isMasked)
{
    const qsizetype step = frameSize > 0 ? frameSize : std::max<qsizetype>(payload.size(), 1);
    QByteArray wire;
    for (qsizetype at = 0; at < payload.size(); at += step) {
        AutobahnCase::Frame frame;
        frame.opcode = at > 0 ? 0 : isText ? 1 : 2;
        frame.isFinal = at + step >= payload.size();
        frame.reserved = at == 0 ? 4 : 0;
        frame.payload = payload.mid(at, step);
        wire += frame.toWire(isMasked);
    }
    return wire;
}

/// Keeps contents until they are taken.
class Contents final : public ContentStore
{
public:
    quint32 append(QByteArrayView piece, quint32 previous) override
    {
        m_pieces[m_next] = {piece.toByteArray(), previous};
        return m_next++;
    }

    QByteArray take(quint32 last)
    {
        QByteArray content;
        for (quint32 piece = last; piece != None; piece = m_pieces.at(piece).second) {
            content.prepend(m_pieces.at(piece).first);
        }
        m_pieces.clear();
        return content;
    }

private:
    std::map<quint32, std::pair<QByteArray, quint32>> m_pieces;
    quint32 m_next = 0;
};

/// One connection that a lens looks at.
class Connection
{
public:
    Connection()
        : m_lens(LensSpec::parse(QStringLiteral("websocket")).value().create(context()))
    {}

    std::vector<Message> feed(Direction direction, const QByteArray &bytes)
    {
        LensInput input;
        input.direction = direction;
        input.record = m_records++;
        input.offset = m_offsets[indexOf(direction)];
        input.length = bytes.size();
        input.bytes = bytes;
        m_offsets[indexOf(direction)] += bytes.size();
        std::vector<Message> messages;
        m_lens->feed(input, messages);
        return messages;
    }

    Contents contents;

private:
    LensContext context()
    {
        LensContext context;
        context.isWebSocket = true;
        context.contents = &contents;
        return context;
    }

    std::unique_ptr<Lens> m_lens;
    std::array<qint64, DirectionCount> m_offsets{};
    qint64 m_records = 0;
};

std::map<QByteArray, Data> data()
{
    std::map<QByteArray, Data> all;
    for (const QByteArrayList &row : autobahnTable(QStringLiteral("compression.txt"))) {
        if (row[0] == "data") {
            all[row[1]] = {row[2] == "text", made(row[1], row[3].toInt())};
        }
    }
    return all;
}

} // namespace

Q_DECLARE_METATYPE(Case)

/// The compressed messages of the public Autobahn test suite come out of the lens as they went in (tests/data/autobahn).
class tst_AutobahnCompression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void hasEveryCase();
    void inflatesEachMessage_data();
    void inflatesEachMessage();

private:
    std::map<QByteArray, Data> m_data = data();
};

void tst_AutobahnCompression::hasEveryCase()
{
    std::map<QByteArray, int> rows;
    for (const QByteArrayList &row : autobahnTable(QStringLiteral("compression.txt"))) {
        ++rows[row[0]];
    }
    QCOMPARE(rows, (std::map<QByteArray, int>{{"data", 5}, {"group", 12}, {"size", 18}}));
}

void tst_AutobahnCompression::inflatesEachMessage_data()
{
    QTest::addColumn<Case>("one");
    const std::vector<QByteArrayList> table = autobahnTable(QStringLiteral("compression.txt"));
    for (const QByteArrayList &group : table) {
        for (const QByteArrayList &size : table) {
            if (group[0] == "group" && size[0] == "size") {
                QTest::newRow(group[1] + '.' + size[1])
                    << Case{group[2], group[3], group[4], size[2].toInt(), size[3].toInt()};
            }
        }
    }
}

void tst_AutobahnCompression::inflatesEachMessage()
{
    QFETCH(const Case, one);
    const Data &source = m_data.at(one.data);
    const int asked = qEnvironmentVariableIntValue("AUTOBAHN_MESSAGES");
    const qsizetype count = asked > 0 ? asked : std::clamp<qsizetype>(DefaultVolume / one.size, 2, SuiteMessages);

    Connection connection;
    const auto extension = [](const QByteArray &value) {
        return "Sec-WebSocket-Extensions: " + value + "\r\n";
    };
    QCOMPARE(connection.feed(Direction::Out, upgradeRequest(extension(one.offer))).at(0).violations, 0u);
    QCOMPARE(connection.feed(Direction::In, upgradeResponse(extension(one.answer))).at(0).violations, 0u);

    Sender client("client", one.answer);
    Sender server("server", one.answer);
    qsizetype at = 0;
    for (qsizetype n = 0; n < count; ++n) {
        QByteArray content = source.bytes.mid(at, one.size);
        content += source.bytes.first(one.size - content.size());
        at = (at + one.size) % source.bytes.size();
        for (const Direction direction : {Direction::Out, Direction::In}) {
            const bool isClient = direction == Direction::Out;
            const QByteArray payload = (isClient ? client : server).compress(content);
            const std::vector<Message> messages =
                connection.feed(direction, frames(payload, source.isText, one.frameSize, isClient));
            QCOMPARE(messages.size(), 1u);
            const Message &message = messages[0];
            QVERIFY(message.kind == (source.isText ? MessageKind::Text : MessageKind::Binary));
            QVERIFY(message.has(MessageFlag::Compressed));
            QCOMPARE(message.has(MessageFlag::Fragmented), one.frameSize > 0 && payload.size() > one.frameSize);
            QCOMPARE(message.violations, 0u);
            QCOMPARE(message.contentLength, content.size());
            QVERIFY(connection.contents.take(message.contentOffset) == content);
        }
    }
}

QTEST_GUILESS_MAIN(tst_AutobahnCompression)
#include "tst_autobahncompression.moc"
