// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/filter/filterexpression.h"
#include "core/index/logsubject.h"
#include "tests/support/logbuilder.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

using namespace Sidewire;
using namespace TestSupport;

class tst_LogSubject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { failOnWarnings(); }

    void readsContentsUnmaskedAndPutTogether();
    void readsTheCodeOfACloseMessage();
    void tellsWhatEndedWithoutAClose();
    void readsInterleavedConnections();
    void readsWhatIsLongerThanAWindow();
};

namespace {

FilterExpression parsed(const char *text)
{
    return std::get<FilterExpression>(FilterExpression::parse(QString::fromLatin1(text)));
}

std::vector<qint64> matching(const SessionLog &log, const char *text)
{
    const FilterExpression filter = parsed(text);
    LogSubject subject(log);
    std::vector<qint64> numbers;
    const auto table = log.messages();
    for (qint64 row = 0; row < table->count(); ++row) {
        subject.set(table->at(row), row);
        if (filter.matches(subject)) {
            numbers.push_back(row);
        }
    }
    return numbers;
}

std::shared_ptr<SessionLog> finished(LogScript &script, const char *lens)
{
    auto log = SessionLog::create(script.file(), LensSpec::parse(QString::fromLatin1(lens)).value()).value();
    script.finish();
    log->waitUntilCaughtUp();
    return log;
}

ConnectionId openWebSocket(LogScript &script)
{
    const ConnectionId id = script.open();
    script.out(id, upgradeRequest());
    script.in(id, upgradeResponse());
    script.event(EventType::Upgraded, id, {{QStringLiteral("status"), 101}, {QStringLiteral("accepted"), true}});
    return id;
}

using Numbers = std::vector<qint64>;

} // namespace

void tst_LogSubject::readsContentsUnmaskedAndPutTogether()
{
    LogScript script(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId id = openWebSocket(script); // Messages 0 and 1
    script.out(id, FrameBuilder::text("hel").notFinal().masked().toWire());
    script.in(id, FrameBuilder::ping("beat").toWire());
    script.out(id, FrameBuilder::continuation("lo").masked().toWire()); // 3
    script.in(id, FrameBuilder::binary(QByteArray::fromHex("00ff0d0a")).toWire()); // 4
    const auto log = finished(script, "websocket");
    QCOMPARE(log->messages()->count(), 5);
    QCOMPARE(matching(*log, "/^hello$/"), (Numbers{3}));
    QCOMPARE(matching(*log, "hex:ff0d0a"), (Numbers{4}));
    QCOMPARE(matching(*log, "kind:ping /^beat$/"), (Numbers{2}));
    QCOMPARE(matching(*log, "invalid:utf8"), (Numbers{4}));
    QCOMPARE(matching(*log, "kind:request \"upgrade\"i"), (Numbers{0}));
    QCOMPARE(matching(*log, "n>=3"), (Numbers{3, 4}));
}

void tst_LogSubject::readsTheCodeOfACloseMessage()
{
    LogScript script(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId id = openWebSocket(script);
    script.in(id, FrameBuilder::close(1001, "away").toWire()); // 2
    script.out(id, FrameBuilder(8).masked().toWire()); // 3, without a code
    const auto log = finished(script, "websocket");
    QCOMPARE(matching(*log, "code:1001"), (Numbers{2}));
    QCOMPARE(matching(*log, "code:1005"), (Numbers{3}));
    QCOMPARE(matching(*log, "code>=1000"), (Numbers{2, 3}));
    QCOMPARE(matching(*log, "code<5000 not \"away\""), (Numbers{3}));
}

void tst_LogSubject::tellsWhatEndedWithoutAClose()
{
    LogScript script(QStringLiteral("ws://127.0.0.1:9001/"));
    const ConnectionId open = openWebSocket(script); // Messages 0 and 1
    const ConnectionId broken = openWebSocket(script); // 2, 3
    const ConnectionId orderly = openWebSocket(script); // 4, 5
    const ConnectionId refused = script.open();
    script.out(refused, upgradeRequest()); // 6
    for (const ConnectionId id : {open, broken, orderly}) {
        script.in(id, FrameBuilder::text("x").toWire()); // 7, 8, 9
    }
    script.event(EventType::CloseFrame, orderly,
                 {{QStringLiteral("direction"), QStringLiteral("in")}, {QStringLiteral("code"), 1000}});
    for (const ConnectionId id : {broken, orderly, refused}) {
        script.close(id);
    }
    const auto log = finished(script, "websocket");
    QCOMPARE(matching(*log, "code:1006"), (Numbers{2, 3, 8}));
    QCOMPARE(matching(*log, "code:1006 in kind:text"), (Numbers{8}));
}

void tst_LogSubject::readsInterleavedConnections()
{
    // Each line ends a megabyte after its beginning, behind what another connection said meanwhile.
    LogBuilder builder;
    const ConnectionId one = builder.open();
    const ConnectionId other = builder.open();
    const QByteArray padding(300'000, 'p');
    for (int round = 0; round < 8; ++round) {
        const QByteArray number = QByteArray::number(round);
        builder.in("begin" + number, one).in(padding, other).in(padding + "e" + number + '\n', other);
        builder.in(padding, one).in("end" + number + '\n', one);
    }
    const auto log = builder.finish(QStringLiteral("lines"));
    QCOMPARE(log->messages()->count(), 16);
    QCOMPARE(matching(*log, "/^begin3p+end3$/"), (Numbers{7}));
    QCOMPARE(matching(*log, "/^p+e[0-9]$/"), (Numbers{0, 2, 4, 6, 8, 10, 12, 14}));
    QCOMPARE(matching(*log, "/^begin([0-9])p+end[0-9]$/"), (Numbers{1, 3, 5, 7, 9, 11, 13, 15}));
}

void tst_LogSubject::readsWhatIsLongerThanAWindow()
{
    LogBuilder builder;
    builder.open();
    builder.in("short\n").in(QByteArray(3'000'000, 'x') + "needle" + QByteArray(100, 'x') + "\nlast\n");
    const auto log = builder.finish(QStringLiteral("lines"));
    QCOMPARE(matching(*log, "\"needle\""), (Numbers{1}));
    QCOMPARE(matching(*log, "/^x+needlex{100}$/"), (Numbers{1}));
    QCOMPARE(matching(*log, "/^last$/"), (Numbers{2}));
}

QTEST_GUILESS_MAIN(tst_LogSubject)
#include "tst_logsubject.moc"
