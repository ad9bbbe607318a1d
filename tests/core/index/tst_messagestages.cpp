// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/messagestages.h"
#include "tests/support/logbuilder.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QTest>

using namespace Sidewire;
using TestSupport::FrameBuilder;
using TestSupport::LogBuilder;
using Kind = Stage::Kind;

namespace {

/// Of the message at `row` of what a client sent.
std::vector<Stage> stagesOfSent(const QByteArray &bytes, const char *lens, qint64 row, qint64 limit = 65536)
{
    LogBuilder builder;
    builder.open();
    builder.out(bytes);
    const std::shared_ptr<SessionLog> log = builder.finish(QString::fromLatin1(lens));
    const auto stages = stagesOf(*log, log->messages()->at(row), limit, MessageReader::Wait::Yes);
    return stages.value_or(std::vector<Stage>());
}

std::vector<Stage> stagesOfFrames(const QByteArray &frames, qint64 limit = 65536)
{
    return stagesOfSent(TestSupport::upgradeRequest() + frames, "websocket", 1, limit);
}

} // namespace

class tst_MessageStages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void aMaskedFrameHasTwo();
    void fragmentsAreUnmaskedAndPutTogether();
    void plainBytesHaveOne_data();
    void plainBytesHaveOne();
    void contentThatStandsNowhereOnTheWireIsAStage();
    void takesKnownWrappingsOff();
    void givesNoMoreThanTheLimitAndTellsTheWholeSize();
};

void tst_MessageStages::aMaskedFrameHasTwo()
{
    const QByteArray wire = FrameBuilder::text("hello").masked().toWire();
    QCOMPARE(stagesOfFrames(wire), (std::vector<Stage>{{Kind::Wire, wire, 11, {}}, {Kind::Payload, "hello", 5, {}}}));
}

void tst_MessageStages::fragmentsAreUnmaskedAndPutTogether()
{
    const QByteArray first = FrameBuilder::text("hello ").masked().notFinal().toWire();
    const QByteArray last = FrameBuilder::continuation("world").masked().toWire();
    const std::vector<Stage> expected{
        {Kind::Wire, first + last, 23, {}},
        {Kind::Unmasked, first.first(6) + "hello " + last.first(6) + "world", 23, {}},
        {Kind::Joined, "hello world", 11, {}},
    };
    QCOMPARE(stagesOfFrames(first + last), expected);
}

void tst_MessageStages::plainBytesHaveOne_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("lens");

    QTest::newRow("a line") << QByteArray("250 ok\r\n") << QByteArray("lines");
    QTest::newRow("a read") << QByteArray("250 ok\r\n") << QByteArray("reads");
    QTest::newRow("a length before it") << QByteArray("\0\3abc", 5) << QByteArray("length:u16be");
    QTest::newRow("a head") << TestSupport::upgradeRequest() << QByteArray("websocket");
}

void tst_MessageStages::plainBytesHaveOne()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, lens);
    QCOMPARE(stagesOfSent(bytes, lens.constData(), 0), (std::vector<Stage>{{Kind::Wire, bytes, bytes.size(), {}}}));
}

void tst_MessageStages::contentThatStandsNowhereOnTheWireIsAStage()
{
    const QByteArray wire = FrameBuilder::text("plain").toWire();
    const std::vector<Stage> stages = stagesOfFrames(wire);
    QCOMPARE(stages.size(), 2u);
    QCOMPARE(stages[1].kind, Kind::Payload);
}

void tst_MessageStages::takesKnownWrappingsOff()
{
    const QByteArray text = QByteArray("{\"a\": [1, 2, 3], \"name\": \"a longer text\"}").toBase64();
    const std::vector<Stage> stages = stagesOfSent(text + "\n", "lines", 0);
    QCOMPARE(stages.size(), 2u);
    QCOMPARE(stages[1], (Stage{Kind::Decoded, QByteArray::fromBase64(text), 41, QStringLiteral("base64")}));
}

void tst_MessageStages::givesNoMoreThanTheLimitAndTellsTheWholeSize()
{
    const std::vector<Stage> stages =
        stagesOfFrames(FrameBuilder::binary(QByteArray(1000, 'x')).masked().toWire(), 100);
    QCOMPARE(stages.size(), 2u);
    QCOMPARE(stages[0].bytes.size(), 100);
    QCOMPARE(stages[0].size, 1008);
    QVERIFY(stages[1].bytes.size() <= 100);
    QCOMPARE(stages[1].size, 1000);
}

QTEST_GUILESS_MAIN(tst_MessageStages)
#include "tst_messagestages.moc"
