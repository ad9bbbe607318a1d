// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/sessionlog.h"
#include "tests/support/logscript.h"
#include "tests/support/testsupport.h"
#include "tests/support/wirebuilder.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

LensSpec lens(const QString &name)
{
    return LensSpec::parse(name).value();
}

void phase(LogScript &script, ConnectionId id, const char *name)
{
    script.event(EventType::PhaseStarted, id, {{QStringLiteral("phase"), QString::fromLatin1(name)}});
}

void begin(LogScript &script, ConnectionId id, const char *layer)
{
    script.event(EventType::StreamBegins, id, {{QStringLiteral("layer"), QString::fromLatin1(layer)}});
}

const QByteArray Request = "CONNECT example.test:80 HTTP/1.1\r\n\r\n";
const QByteArray Answer = "HTTP/1.1 200 OK\r\n\r\n";

/// As far as the tunnel through a proxy.
void connectThroughProxy(LogScript &script, ConnectionId id)
{
    phase(script, id, "proxy");
    script.out(id, Request);
    script.in(id, Answer);
    begin(script, id, "tunnel");
}

std::shared_ptr<SessionLog> finished(LogScript &script, const QString &lensName)
{
    const auto log = SessionLog::create(script.file(), lens(lensName)).value();
    script.finish();
    log->waitUntilCaughtUp();
    return log;
}

} // namespace

/// Where the bytes of a connection begin to be another stream.
class tst_StreamBegins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { failOnWarnings(); }

    void endsWhatHadBegunInBothDirections();
    void concernsItsOwnConnectionAlone();
    void cutsWhatGoesToAProxyIntoReads();
    void cutsARefusalOfAProxyIntoReads();
    void findsAWebSocketBehindAProxy();
    void guessesAnew();
    void isHarmlessWithoutBytes();
    void aLiveLogAndItsReopenedFileAgree_data();
    void aLiveLogAndItsReopenedFileAgree();
};

void tst_StreamBegins::endsWhatHadBegunInBothDirections()
{
    LogScript script(QStringLiteral("tcp://127.0.0.1:9001"));
    const ConnectionId id = script.open();
    script.in(id, "220 ready\n250 half");
    script.out(id, "STARTTLS");
    begin(script, id, "tls");
    script.in(id, " way\n");
    script.out(id, "EHLO\n");
    script.close(id);
    const auto log = finished(script, QStringLiteral("lines"));

    const QByteArrayList expected{"0 in line 9 220 ready", "0 in line! 8 250 half", "0 out line! 8 STARTTLS",
                                  "0 in line 4  way", "0 out line 4 EHLO"};
    QCOMPARE(dumpMessages(*log), expected);
    QCOMPARE(log->messages()->at(3).begin, 18); // The offsets of the connection go on
}

void tst_StreamBegins::concernsItsOwnConnectionAlone()
{
    LogScript script(QStringLiteral("tcp-listen://127.0.0.1:9001"));
    const ConnectionId first = script.open();
    const ConnectionId second = script.open();
    script.in(first, "a");
    script.in(second, "b");
    begin(script, first, "tls");
    script.in(second, "c\n");
    script.in(first, "d\n");
    const auto log = finished(script, QStringLiteral("lines"));
    QCOMPARE(dumpMessages(*log), QByteArrayList({"0 in line! 1 a", "1 in line 2 bc", "0 in line 1 d"}));
}

void tst_StreamBegins::cutsWhatGoesToAProxyIntoReads()
{
    LogScript script(QStringLiteral("tcp://example.test:80"));
    const ConnectionId id = script.open();
    connectThroughProxy(script, id);
    script.in(id, "one\ntwo\n");
    const auto log = finished(script, QStringLiteral("lines"));

    const auto table = log->messages();
    QCOMPARE(table->count(), 4);
    QVERIFY(table->at(0).kind == MessageKind::Read);
    QCOMPARE(table->at(0).contentLength, Request.size());
    QVERIFY(table->at(1).kind == MessageKind::Read);
    QCOMPARE(table->at(1).contentLength, Answer.size());
    QVERIFY(table->at(2).kind == MessageKind::Line);
    QCOMPARE(table->at(2).begin, Answer.size());
}

void tst_StreamBegins::cutsARefusalOfAProxyIntoReads()
{
    LogScript script(QStringLiteral("tcp://example.test:80"));
    const ConnectionId id = script.open();
    phase(script, id, "proxy");
    script.out(id, Request);
    script.in(id, "HTTP/1.1 403 No\r\n\r\n");
    script.in(id, "no\nno\n");
    script.close(id);
    const auto log = finished(script, QStringLiteral("lines"));
    QCOMPARE(log->messages()->count(), 3);
}

void tst_StreamBegins::findsAWebSocketBehindAProxy()
{
    LogScript script(QStringLiteral("ws://example.test/"));
    const ConnectionId id = script.open();
    connectThroughProxy(script, id);
    script.out(id, upgradeRequest());
    script.in(id, upgradeResponse() + FrameBuilder::text("hello").toWire());
    const auto log = finished(script, QStringLiteral("auto"));

    const auto table = log->messages();
    QCOMPARE(table->count(), 5);
    QVERIFY(table->at(2).kind == MessageKind::Request);
    QCOMPARE(table->at(2).violations, 0u);
    QVERIFY(table->at(3).kind == MessageKind::Response);
    QCOMPARE(table->at(3).violations, 0u);
    QCOMPARE(dumpMessages(*log).last(), QByteArray("0 in text 5 hello"));
}

void tst_StreamBegins::guessesAnew()
{
    LogScript script(QStringLiteral("tcp://127.0.0.1:9001"));
    const auto log = SessionLog::create(script.file(), lens(QStringLiteral("auto"))).value();
    const ConnectionId id = script.open();
    script.in(id, "220 ready\n");
    script.flush();
    QTRY_COMPARE(log->messages()->decision().lens, QByteArray("lines"));
    begin(script, id, "tls");
    script.in(id, QByteArray("\0\0binary\n", 9));
    script.finish();
    log->waitUntilCaughtUp();
    QCOMPARE(log->messages()->decision().lens, QByteArray("reads"));
    QCOMPARE(log->messages()->count(), 2);
}

void tst_StreamBegins::isHarmlessWithoutBytes()
{
    LogScript script(QStringLiteral("tcp://127.0.0.1:9001"));
    begin(script, ConnectionId{0}, "tls"); // Of a connection that was not opened
    const ConnectionId id = script.open();
    begin(script, id, "tls");
    begin(script, id, "tls");
    script.in(id, "a\n");
    const auto log = finished(script, QStringLiteral("lines"));
    QCOMPARE(dumpMessages(*log), QByteArrayList({"0 in line 1 a"}));
}

void tst_StreamBegins::aLiveLogAndItsReopenedFileAgree_data()
{
    QTest::addColumn<QString>("lensName");
    for (const QString &name : {QStringLiteral("reads"), QStringLiteral("lines"), QStringLiteral("auto")}) {
        QTest::addRow("%s", qPrintable(name)) << name;
    }
}

void tst_StreamBegins::aLiveLogAndItsReopenedFileAgree()
{
    QFETCH(const QString, lensName);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.pcapng"));
    LogScript script(QStringLiteral("tcp://127.0.0.1:9001"), path);
    const auto live = SessionLog::create(script.file(), lens(lensName)).value();
    const ConnectionId id = script.open();
    connectThroughProxy(script, id);
    for (int round = 0; round < 20; ++round) {
        script.in(id, "some text\nand a be");
        script.flush(); // Many batches, some of which end at the border
        script.out(id, "asked");
        if (round % 5 == 3) {
            begin(script, id, "tls");
            script.flush();
        }
        script.in(id, "ginning\n");
    }
    script.finish();
    live->waitUntilCaughtUp();
    const auto reopened = SessionLog::open(path, lens(lensName)).value();
    reopened->waitUntilCaughtUp();
    QCOMPARE(dump(*live), dump(*reopened));
}

QTEST_GUILESS_MAIN(tst_StreamBegins)
#include "tst_streambegins.moc"
