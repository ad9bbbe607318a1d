// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/answer.h"
#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

using Kind = AnswerOptions::Kind;

namespace {

AnswerOptions options(Kind kind, const QByteArray &text = {})
{
    AnswerOptions result;
    result.kind = kind;
    result.text = text;
    return result;
}

SessionSpec listenerOf(const QString &target, const AnswerOptions &answer)
{
    SessionSpec spec = *SessionSpec::fromTarget(target);
    spec.options.answer = answer;
    return spec;
}

QByteArrayList bytesOf(const Result<std::vector<SendRequest>> &replies)
{
    QByteArrayList result;
    for (const SendRequest &each : *replies) {
        result.append(each.bytes);
    }
    return result;
}

SendRequest message(const QByteArray &bytes)
{
    SendRequest request;
    request.kind = SendRequest::Kind::Text;
    request.bytes = bytes;
    return request;
}

QStringList warnings(const LiveSession &session)
{
    QStringList result;
    for (const Event &event : session.events(EventType::Note)) {
        if (event.severity == Event::Severity::Warning) {
            result.append(event.message);
        }
    }
    return result;
}

} // namespace

class tst_Answer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void repliesByKind_data();
    void repliesByKind();
    void anEchoKeepsTheKindOfTheMessage();
    void readsTheFileAnew();
    void copiesShareTheContent();
    void refusesAFileThatIsNone_data();
    void refusesAFileThatIsNone();
    void theSameSeedIsUnrulyTheSameWay();
    void servesAFileOverTcp();
    void servesALongFileToAClientThatDoesNotRead();
    void servesAFileOverUdp();
    void saysThatAFileDoesNotFitIntoADatagram();
    void saysOnceThatTheFileIsGone();
    void greetsAPeerOverUdp();
    void tellsTheTimeOverUdp();

private:
    void write(const QByteArray &content);

    std::unique_ptr<QTemporaryDir> m_folder;
    AnswerOptions m_file;
};

void tst_Answer::init()
{
    failOnWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = options(Kind::File);
    m_file.file = m_folder->filePath(QStringLiteral("answer"));
}

void tst_Answer::write(const QByteArray &content)
{
    QFile file(m_file.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

void tst_Answer::repliesByKind_data()
{
    QTest::addColumn<AnswerOptions::Kind>("kind");
    QTest::addColumn<QByteArrayList>("greeting");
    QTest::addColumn<QByteArrayList>("replies");
    QTest::newRow("none") << Kind::None << QByteArrayList() << QByteArrayList();
    QTest::newRow("discard") << Kind::Discard << QByteArrayList() << QByteArrayList();
    QTest::newRow("echo") << Kind::Echo << QByteArrayList() << QByteArrayList{"came"};
    QTest::newRow("text") << Kind::Text << QByteArrayList() << QByteArrayList{"ours"};
    QTest::newRow("greet") << Kind::Greet << QByteArrayList{"ours"} << QByteArrayList{"came"};
}

void tst_Answer::repliesByKind()
{
    QFETCH(AnswerOptions::Kind, kind);
    Answer answer(options(kind, "ours"));
    QTEST(bytesOf(answer.greeting()), "greeting");
    QTEST(bytesOf(answer.replyTo(message("came"))), "replies");
}

void tst_Answer::anEchoKeepsTheKindOfTheMessage()
{
    Answer answer(options(Kind::Echo));
    SendRequest binary = message("came");
    binary.kind = SendRequest::Kind::Binary;
    QCOMPARE((*answer.replyTo(binary)).front().kind, SendRequest::Kind::Binary);
    QCOMPARE((*answer.replyTo(message("came"))).front().kind, SendRequest::Kind::Text);
}

void tst_Answer::readsTheFileAnew()
{
    Answer answer(m_file);
    write("first");
    QCOMPARE(bytesOf(answer.replyTo(message({}))), QByteArrayList{"first"});
    write("other");
    QCOMPARE(bytesOf(answer.replyTo(message({}))), QByteArrayList{"other"});
}

void tst_Answer::copiesShareTheContent()
{
    Answer prototype(m_file);
    Answer one(prototype);
    Answer another(prototype);
    write("content");
    const QByteArray first = (*one.replyTo(message({}))).front().bytes;
    const QByteArray second = (*another.replyTo(message({}))).front().bytes;
    QCOMPARE(second, QByteArray("content"));
    QCOMPARE(static_cast<const void *>(second.constData()), static_cast<const void *>(first.constData()));
}

void tst_Answer::refusesAFileThatIsNone_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("why");
    QTest::newRow("missing") << QStringLiteral("/nonexistent/answer") << QStringLiteral("there is no such file");
    QTest::newRow("folder") << QStringLiteral("/") << QStringLiteral("not a regular file");
    QTest::newRow("endless") << QStringLiteral("/dev/zero") << QStringLiteral("not a regular file");
    QTest::newRow("no name") << QString() << QStringLiteral("cannot be read");
}

void tst_Answer::refusesAFileThatIsNone()
{
    QFETCH(QString, path);
    QFETCH(QString, why);
    m_file.file = path;
    Answer answer(m_file);
    const Result<std::vector<SendRequest>> replies = answer.replyTo(message({}));
    QVERIFY(!replies);
    QVERIFY2(replies.error().detail.contains(path) && replies.error().detail.contains(why),
             qPrintable(replies.error().detail));
}

void tst_Answer::theSameSeedIsUnrulyTheSameWay()
{
    const Answer prototype(options(Kind::Unruly));
    Answer one(prototype);
    Answer another(prototype);
    qsizetype count = 0;
    for (int i = 0; i < 100; ++i) {
        const QByteArrayList replies = bytesOf(one.replyTo(message(QByteArray::number(i))));
        QCOMPARE(bytesOf(another.replyTo(message(QByteArray::number(i)))), replies);
        count += replies.size();
    }
    QVERIFY(count > 50 && count < 150);
}

void tst_Answer::servesAFileOverTcp()
{
    const QByteArray content = randomBytes(100'000, 7);
    write(content);
    Engine engine;
    LiveSession listener(engine, listenerOf(QStringLiteral("tcp-listen://127.0.0.1:0"), m_file));
    QTRY_VERIFY(listener.port() != 0);
    const auto client = RawPeer::connectTo(listener.port());
    client->send("GET\n");
    QTRY_COMPARE(client->received(), content);
    write("short");
    client->send("GET\n");
    QTRY_COMPARE(client->received(), content + "short");
    client->finishSending();
    QTRY_VERIFY(client->isFinReceived());
}

void tst_Answer::servesALongFileToAClientThatDoesNotRead()
{
    const QByteArray content(20'000'000, 'f'); // Three would pass what can be queued
    write(content);
    Engine engine;
    LiveSession listener(engine, listenerOf(QStringLiteral("ws-listen://127.0.0.1:0"), m_file));
    QTRY_VERIFY(listener.port() != 0);
    const auto client = RawPeer::connectTo(listener.port());
    client->send(upgradeRequest());
    QTRY_VERIFY(client->received().contains("\r\n\r\n"));
    const qsizetype head = client->received().size();
    client->setReading(false);
    QByteArray four;
    for (int i = 0; i < 4; ++i) {
        four += FrameBuilder::text("more").masked().toWire();
    }
    client->send(four + FrameBuilder::close(1000).masked().toWire());
    QTRY_VERIFY(listener.connection().closeCodes[indexOf(Direction::In)]);
    client->setReading(true);
    const QByteArray close = FrameBuilder::close(1000).toWire();
    QTRY_VERIFY_WITH_TIMEOUT(client->received().endsWith(close), 60'000);
    QCOMPARE(client->received().mid(head).count('f'), 4 * content.size());
    QCOMPARE(warnings(listener), QStringList());
}

void tst_Answer::servesAFileOverUdp()
{
    write("from the file");
    Engine engine;
    LiveSession listener(engine, listenerOf(QStringLiteral("udp-listen://127.0.0.1:0"), m_file));
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket client;
    client.writeDatagram("?", 1, QHostAddress(QHostAddress::LocalHost), listener.port());
    QTRY_VERIFY(client.hasPendingDatagrams());
    QByteArray received(100, '\0');
    received.resize(client.readDatagram(received.data(), received.size()));
    QCOMPARE(received, QByteArray("from the file"));
}

void tst_Answer::saysThatAFileDoesNotFitIntoADatagram()
{
    write(QByteArray(70'000, 'x'));
    Engine engine;
    LiveSession listener(engine, listenerOf(QStringLiteral("udp-listen://127.0.0.1:0"), m_file));
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket client;
    client.writeDatagram("?", 1, QHostAddress(QHostAddress::LocalHost), listener.port());
    QTRY_COMPARE(warnings(listener),
                 QStringList{QStringLiteral("Not answered: 70000 bytes do not fit into one datagram")});
}

void tst_Answer::saysOnceThatTheFileIsGone()
{
    Engine engine;
    LiveSession listener(engine, listenerOf(QStringLiteral("tcp-listen://127.0.0.1:0"), m_file));
    QTRY_VERIFY(listener.port() != 0);
    const auto client = RawPeer::connectTo(listener.port());
    client->send("one");
    QTRY_COMPARE(listener.stream(Direction::In), QByteArray("one"));
    client->send("two");
    QTRY_COMPARE(listener.stream(Direction::In), QByteArray("onetwo"));
    QCOMPARE(warnings(listener),
             QStringList{QStringLiteral("Not answered: %1 cannot be read: there is no such file").arg(m_file.file)});
    QCOMPARE(client->received(), QByteArray());
    QCOMPARE(listener.state(), QStringLiteral("open"));
}

void tst_Answer::greetsAPeerOverUdp()
{
    Engine engine;
    LiveSession listener(engine, listenerOf(QStringLiteral("udp-listen://127.0.0.1:0"), options(Kind::Greet, "hi")));
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket client;
    client.writeDatagram("1", 1, QHostAddress(QHostAddress::LocalHost), listener.port());
    QTRY_COMPARE(listener.records(Direction::Out), (std::vector<QByteArray>{"hi", "1"}));
    client.writeDatagram("2", 1, QHostAddress(QHostAddress::LocalHost), listener.port());
    QTRY_COMPARE(listener.records(Direction::Out), (std::vector<QByteArray>{"hi", "1", "2"}));
}

void tst_Answer::tellsTheTimeOverUdp()
{
    Engine engine;
    LiveSession listener(engine, listenerOf(QStringLiteral("udp-listen://127.0.0.1:0"), options(Kind::Clock)));
    QTRY_VERIFY(listener.port() != 0);
    QUdpSocket client;
    client.writeDatagram("?", 1, QHostAddress(QHostAddress::LocalHost), listener.port());
    QTRY_COMPARE(listener.records(Direction::Out).size(), 1u);
    const QByteArray line = listener.records(Direction::Out).front();
    QVERIFY(QDateTime::fromString(QString::fromLatin1(line.trimmed()), Qt::ISODateWithMs).isValid());
}

QTEST_GUILESS_MAIN(tst_Answer)
#include "tst_answer.moc"
