// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/rawpeer.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

/// A WebSocket listener and a scripted client.
struct Answered
{
    Engine engine;
    LiveSession listener;
    std::unique_ptr<RawPeer> client;

    explicit Answered(const QString &answer)
        : listener(engine, QStringLiteral("ws-listen://127.0.0.1:0"), {QStringLiteral("answer=") + answer})
    {}

    bool open()
    {
        if (!QTest::qWaitFor([this] { return listener.port() != 0; })) {
            return false;
        }
        client = RawPeer::connectTo(listener.port());
        client->send(upgradeRequest());
        return QTest::qWaitFor([this] { return client->received().contains("\r\n\r\n"); });
    }

    QByteArray frames() { return client->received().mid(client->received().indexOf("\r\n\r\n") + 4); }
};

} // namespace

class tst_WebSocketListener : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void acceptsTheKeyOfTheRequest();
    void echoesMessagesHoweverTheyWereCut();
    void refusesTextThatIsNotUtf8();
    void refusesAMessageThatIsAnnouncedTooLong();
    void refusesFragmentsThatAreTooLongTogether();
    void takesAnyNumberOfPings();
    void ticksWithJson();
};

void tst_WebSocketListener::acceptsTheKeyOfTheRequest()
{
    Answered answered(QStringLiteral("echo"));
    QVERIFY(answered.open());
    QVERIFY(answered.client->received().startsWith("HTTP/1.1 101 "));
    QVERIFY(answered.client->received().contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
}

void tst_WebSocketListener::echoesMessagesHoweverTheyWereCut()
{
    Answered answered(QStringLiteral("echo"));
    QVERIFY(answered.open());
    const QByteArray wire = FrameBuilder::text("a\xc3").masked().notFinal().toWire()
        + FrameBuilder::ping("p").masked().toWire() + FrameBuilder::continuation("\xa9z").masked().toWire()
        + FrameBuilder::binary(QByteArray("\0\xff", 2)).masked().toWire() + FrameBuilder::text({}).masked().toWire();
    for (const char byte : wire) {
        answered.client->send(QByteArray(1, byte));
    }
    QTRY_COMPARE(answered.frames(),
                 FrameBuilder::pong("p").toWire() + FrameBuilder::text("a\xc3\xa9z").toWire()
                     + FrameBuilder::binary(QByteArray("\0\xff", 2)).toWire() + FrameBuilder::text({}).toWire());
}

void tst_WebSocketListener::refusesTextThatIsNotUtf8()
{
    Answered answered(QStringLiteral("echo"));
    QVERIFY(answered.open());
    answered.client->send(FrameBuilder::text("\xc3(").masked().toWire());
    QTRY_VERIFY(answered.frames().startsWith('\x88') && answered.frames().mid(2, 2) == QByteArray("\x03\xef")); // 1007
}

void tst_WebSocketListener::refusesAMessageThatIsAnnouncedTooLong()
{
    Answered answered(QStringLiteral("echo"));
    QVERIFY(answered.open());
    const QByteArray frame = FrameBuilder::binary("abc").masked().withDeclaredLength(quint64(1) << 62).toWire();
    answered.client->send(frame);
    QTRY_VERIFY(answered.frames().startsWith('\x88') && answered.frames().mid(2, 2) == QByteArray("\x03\xf1")); // 1009
    answered.client->send("more of it");
    answered.client->finishSending();
    QTRY_VERIFY(answered.listener.connection().isOver());
    QVERIFY(answered.listener.stream(Direction::In).endsWith(frame + "more of it"));
}

void tst_WebSocketListener::refusesFragmentsThatAreTooLongTogether()
{
    Answered answered(QStringLiteral("echo"));
    QVERIFY(answered.open());
    answered.client->send(FrameBuilder::binary("abc").masked().notFinal().toWire());
    answered.client->send(FrameBuilder::continuation("abc").masked().withDeclaredLength(64 * 1024 * 1024).toWire());
    QTRY_VERIFY(answered.frames().startsWith('\x88') && answered.frames().mid(2, 2) == QByteArray("\x03\xf1")); // 1009
}

void tst_WebSocketListener::takesAnyNumberOfPings()
{
    Answered answered(QStringLiteral("echo"));
    QVERIFY(answered.open());
    QByteArray pongs;
    for (int i = 0; i < 1000; ++i) {
        answered.client->send(FrameBuilder::ping(QByteArray::number(i)).masked().toWire());
        pongs += FrameBuilder::pong(QByteArray::number(i)).toWire();
    }
    answered.client->send(FrameBuilder::text("after").masked().toWire());
    QTRY_COMPARE(answered.frames().size(), pongs.size() + FrameBuilder::text("after").toWire().size());
    QVERIFY(answered.frames().contains(FrameBuilder::text("after").toWire()));
}

void tst_WebSocketListener::ticksWithJson()
{
    Answered answered(QStringLiteral("clock:20"));
    QVERIFY(answered.open());
    QTRY_VERIFY(answered.frames().count("\"n\":") >= 3);
    const QByteArray first = answered.frames().mid(2, answered.frames().at(1));
    QCOMPARE(answered.frames().at(0), '\x81');
    const QJsonObject tick = QJsonDocument::fromJson(first).object();
    QCOMPARE(tick.value(QStringLiteral("n")).toInt(-1), 0);
    QVERIFY(tick.contains(QStringLiteral("time")));
}

QTEST_GUILESS_MAIN(tst_WebSocketListener)
#include "tst_websocketlistener.moc"
