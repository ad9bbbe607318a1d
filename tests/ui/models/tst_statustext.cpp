// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/models/endingtext.h"
#include "ui/models/statustext.h"
#include "ui/models/units.h"

#include <QTest>

using namespace Sidewire;

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Start = 1000 * Second;

/// A connected tcp session, one second after it opened.
SessionFacts connected(Scheme scheme = Scheme::Tcp)
{
    SessionFacts facts;
    facts.spec.scheme = scheme;
    facts.spec.host = QStringLiteral("127.0.0.1");
    facts.spec.port = 9001;
    facts.isRunning = true;
    facts.hasConnection = true;
    facts.connections = 1;
    facts.now = Start + Second;
    ConnectionInfo &info = facts.newest;
    info.local = Endpoint::fromString(QStringLiteral("127.0.0.1:50214"));
    info.peer = Endpoint::fromString(QStringLiteral("127.0.0.1:9001"));
    info.state = ConnectionState::Open;
    info.directions.fill(DirectionState::Open);
    info.openedAt = Start;
    info.phases = {{QStringLiteral("tcp"), Start - 200'000, Start, false, {}}};
    if (scheme == Scheme::Ws) {
        info.httpStatus = 101;
        info.phases.push_back({QStringLiteral("upgrade"), Start, Start + 1'100'000, false, {}});
        info.phases.push_back({QStringLiteral("open"), Start, 0, false, {}});
    }
    if (scheme == Scheme::Udp) {
        info.transport = Transport::Udp;
    }
    return facts;
}

QString dump(const SessionFacts &facts)
{
    QStringList cells;
    for (const StripCell &cell : StatusText::cells(facts)) {
        cells.append(QStringList{cell.layer, cell.state, cell.detail}.join(QLatin1Char(' ')).trimmed());
    }
    return cells.join(QStringLiteral(" | "));
}

SessionFacts ended(SessionFacts facts, ClosedBy by, const char *how)
{
    facts.newest.state = ConnectionState::Closed;
    facts.newest.closedBy = by;
    facts.newest.how = QString::fromLatin1(how);
    facts.newest.closedAt = facts.now;
    facts.newest.directions.fill(DirectionState::Closed);
    facts.newest.attempts = {{facts.newest.peer, QStringLiteral("connected"), 0.2, {}}};
    return facts;
}

SessionFacts refused()
{
    SessionFacts facts = connected();
    facts.newest.state = ConnectionState::Failed;
    facts.newest.directions.fill(DirectionState::NotOpen);
    facts.newest.how = QStringLiteral("refused");
    facts.newest.phases.back().hasFailed = true;
    facts.newest.attempts = {{Endpoint::fromString(QStringLiteral("[::1]:9")), QStringLiteral("refused"), 0.1, {}},
                             {Endpoint::fromString(QStringLiteral("127.0.0.1:9")), QStringLiteral("refused"), 0.2, {}}};
    return facts;
}

} // namespace

class tst_StatusText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void writesDurations_data();
    void writesDurations();
    void writesSizes();
    void countsAndTellsTheNewestReply();
    void oneCellALayerWithItsStateAndTime();
    void udpIsBoundAndNeverOpen();
    void eachDirectionEndsOnItsOwn();
    void theEndSaysWhoAndHow();
    void aCloseFrameIsNamedWithItsCodeAndReason();
    void aRefusalNamesEveryAddressAndOffersARetry();
    void anUpgradeThatIsRefusedShowsTheStatus();
    void aRefusedUpgradeIsSaidBeforeTheServerCloses();
    void theDirectionsOfUdpAreNeverOpen();
    void silenceIsExplainedAfterThreeSeconds();
    void anHttpReplyIsRecognised();
    void aListenerCountsItsClients();
    void sendingIsRefusedWithAReason();
    void everyStateHasAMark();
    void percentSignsOfAPeerAreLeftAlone();
    void tlsHasItsCell();
    void aProxyHasItsCell();
    void reconnectingIsCounted();
    void aRedirectCanBeOpened();
    void anEncryptedKeyAsksForItsPassphrase();
};

void tst_StatusText::writesDurations_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clock");
    QTest::newRow("none") << qint64(0) << "0.0 ms"
                          << "0:00";
    QTest::newRow("negative") << qint64(-5) << "0.0 ms"
                              << "0:00";
    QTest::newRow("short") << qint64(200'000) << "0.2 ms"
                           << "0:00";
    QTest::newRow("below a second") << qint64(412'000'000) << "412 ms"
                                    << "0:00";
    QTest::newRow("seconds") << 60 * Second << "60.0 s"
                             << "1:00";
    QTest::newRow("minutes") << 192 * Second << "3:12 min"
                             << "3:12";
    QTest::newRow("hours") << 3723 * Second << "1:02:03 h"
                           << "1:02:03";
}

void tst_StatusText::writesDurations()
{
    QFETCH(qint64, nanoseconds);
    QTEST(Units::duration(nanoseconds), "text");
    QTEST(Units::clock(nanoseconds), "clock");
}

void tst_StatusText::countsAndTellsTheNewestReply()
{
    SessionFacts facts;
    facts.totals.records[indexOf(Direction::Out)] = 1;
    const QString counters = StatusText::counters(facts);
    QVERIFY2(counters.startsWith(QStringLiteral("out 0 B in 1 write   in 0 B in 0 reads")), qPrintable(counters));
    facts.reply = 11'200'000;
    QCOMPARE(StatusText::counters(facts), QStringLiteral("reply +11.2 ms   ") + counters);
}

void tst_StatusText::writesSizes()
{
    QCOMPARE(Units::bytes(0), QStringLiteral("0 B"));
    QCOMPARE(Units::bytes(999), QStringLiteral("999 B"));
    QCOMPARE(Units::bytes(4200), QStringLiteral("4.2 kB"));
    QCOMPARE(Units::bytes(999'999), QStringLiteral("1.0 MB"));
    QCOMPARE(Units::bytes(std::numeric_limits<qint64>::max()), QStringLiteral("9.2 EB"));
}

void tst_StatusText::oneCellALayerWithItsStateAndTime()
{
    QCOMPARE(dump(connected()), QStringLiteral("TCP ESTABLISHED 0.2 ms"));
    SessionFacts facts = connected(Scheme::Ws);
    facts.now = Start + 192 * Second;
    QCOMPARE(dump(facts), QStringLiteral("TCP ESTABLISHED 0.2 ms | WebSocket OPEN 3:12 (upgrade 1.1 ms)"));
    facts.newest.state = ConnectionState::Connecting;
    facts.newest.phases = {{QStringLiteral("tcp"), Start, 0, false, {}}};
    facts.newest.httpStatus = 0;
    facts.now = Start + 4 * Second;
    QCOMPARE(dump(facts), QStringLiteral("TCP CONNECTING 0:04 | WebSocket WAITING"));
}

void tst_StatusText::udpIsBoundAndNeverOpen()
{
    SessionFacts facts = connected(Scheme::Udp);
    QCOMPARE(dump(facts), QStringLiteral("UDP BOUND :50214 nothing heard from :9001 yet"));
    facts.newest.hasHeardFromPeer = true;
    QCOMPARE(dump(facts), QStringLiteral("UDP BOUND :50214 heard from :9001"));
    facts.newest.unreachable = QStringLiteral("port unreachable");
    QCOMPARE(dump(facts), QStringLiteral("UDP BOUND :50214 :9001 port unreachable"));
    QCOMPARE(StatusText::notice(facts).text, QStringLiteral("127.0.0.1:9001: port unreachable. Nothing listens there"));
    QVERIFY(StatusText::notice(facts).actions.contains(Notice::Action::ListenHere));
}

void tst_StatusText::eachDirectionEndsOnItsOwn()
{
    SessionFacts facts = connected();
    facts.queued = 4200;
    QCOMPARE(StatusText::endpoints(facts),
             (EndpointLine{QStringLiteral("127.0.0.1:50214"), QStringLiteral("open, queued 4.2 kB"),
                           QStringLiteral("open, idle 0:01"), QStringLiteral("127.0.0.1:9001")}));
    facts.newest.directions[indexOf(Direction::In)] = DirectionState::Fin;
    QCOMPARE(StatusText::endpoints(facts).in, QStringLiteral("FIN received"));
    QCOMPARE(dump(facts), QStringLiteral("TCP FIN RECEIVED half-closed"));
    facts.newest.directions = {DirectionState::Open, DirectionState::Fin};
    QCOMPARE(StatusText::endpoints(facts).out, QStringLiteral("FIN sent"));
    QCOMPARE(dump(facts), QStringLiteral("TCP FIN SENT half-closed"));
}

void tst_StatusText::theEndSaysWhoAndHow()
{
    SessionFacts facts = ended(connected(Scheme::Ws), ClosedBy::Peer, "fin");
    QVERIFY(EndingText::sentence(connected().newest, true).isEmpty());
    facts.newest.lastTimes[0] = facts.newest.closedAt - 60 * Second;
    QCOMPARE(StatusText::notice(facts).text,
             QStringLiteral("Peer sent FIN, no Close frame, 60.0 s after the last byte"));
    QCOMPARE(dump(facts), QStringLiteral("TCP CLOSED | WebSocket CLOSED no Close frame"));

    facts = ended(connected(), ClosedBy::Us, "rst");
    facts.newest.discarded = 120;
    QCOMPARE(StatusText::notice(facts).text,
             QStringLiteral("We reset the connection (RST); 120 B were queued and never left"));
    QCOMPARE(dump(facts), QStringLiteral("TCP RESET"));
    QCOMPARE(StatusText::notice(facts).actions, QList<Notice::Action>{Notice::Action::Retry});
    facts.isRunning = false;
    QVERIFY(StatusText::notice(facts).actions.isEmpty());
}

void tst_StatusText::aCloseFrameIsNamedWithItsCodeAndReason()
{
    SessionFacts facts = ended(connected(Scheme::Ws), ClosedBy::Peer, "close-frame");
    facts.newest.closeCodes[indexOf(Direction::In)] = 1001;
    facts.newest.closeReasons[indexOf(Direction::In)] = QStringLiteral("bye\nnow");
    const QString text = StatusText::notice(facts).text;
    QVERIFY2(text.startsWith(QStringLiteral("Peer closed with 1001 ")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("“bye")) && !text.contains(QLatin1Char('\n')), qPrintable(text));
    facts.newest.closeCodes[indexOf(Direction::In)] = 1005;
    facts.newest.closeReasons[indexOf(Direction::In)].clear();
    QCOMPARE(StatusText::notice(facts).text, QStringLiteral("Peer closed with a Close frame without a code"));
}

void tst_StatusText::aRefusalNamesEveryAddressAndOffersARetry()
{
    const Notice notice = StatusText::notice(refused());
    QCOMPARE(notice.text,
             QStringLiteral("Not connected: [::1]:9 refused after 0.1 ms; 127.0.0.1:9 refused after 0.2 ms"));
    QCOMPARE(notice.actions, (QList<Notice::Action>{Notice::Action::Retry, Notice::Action::ListenHere}));
    QCOMPARE(notice.tone, Theme::Tone::Error);
    QCOMPARE(dump(refused()), QStringLiteral("TCP REFUSED 0.2 ms"));

    SessionFacts remote = refused();
    remote.newest.attempts.front().address = Endpoint::fromString(QStringLiteral("192.0.2.1:9"));
    QCOMPARE(StatusText::notice(remote).actions, QList<Notice::Action>{Notice::Action::Retry});

    SessionFacts many = refused();
    many.newest.attempts.resize(40, many.newest.attempts.front());
    QVERIFY(StatusText::notice(many).text.size() < 400);
}

void tst_StatusText::anUpgradeThatIsRefusedShowsTheStatus()
{
    SessionFacts facts = ended(connected(Scheme::Ws), ClosedBy::Peer, "error");
    facts.newest.state = ConnectionState::Failed;
    facts.newest.httpStatus = 401;
    facts.newest.phases[1].hasFailed = true;
    QCOMPARE(dump(facts), QStringLiteral("TCP CLOSED | WebSocket REFUSED HTTP 401"));
    QVERIFY(StatusText::notice(facts).text.startsWith(
        QStringLiteral("The server answered HTTP 401 instead of the upgrade to WebSocket")));
}

void tst_StatusText::aRefusedUpgradeIsSaidBeforeTheServerCloses()
{
    SessionFacts facts = connected(Scheme::Ws);
    facts.newest.state = ConnectionState::Upgrading;
    facts.newest.httpStatus = 401;
    facts.newest.directions[indexOf(Direction::Out)] = DirectionState::Fin;
    QCOMPARE(dump(facts), QStringLiteral("TCP FIN SENT half-closed | WebSocket REFUSED HTTP 401"));
    QVERIFY(StatusText::notice(facts).text.contains(QStringLiteral("HTTP 401")));
}

void tst_StatusText::theDirectionsOfUdpAreNeverOpen()
{
    SessionFacts facts = connected(Scheme::Udp);
    facts.queued = 15;
    QCOMPARE(StatusText::endpoints(facts).out, QStringLiteral("queued 15 B"));
    QCOMPARE(StatusText::endpoints(facts).in, QStringLiteral("nothing yet"));
    facts.newest.lastTimes[indexOf(Direction::In)] = Start;
    facts.now = Start + 7 * Second;
    QCOMPARE(StatusText::endpoints(facts).in, QStringLiteral("idle 0:07"));
    facts.isRunning = false;
    QCOMPARE(StatusText::endpoints(facts).in, QString());
}

void tst_StatusText::silenceIsExplainedAfterThreeSeconds()
{
    SessionFacts facts = connected();
    facts.now = Start + 2 * Second;
    QCOMPARE(StatusText::notice(facts), Notice());
    facts.now = Start + 3 * Second;
    QCOMPARE(StatusText::notice(facts).text, QStringLiteral("Connected. Nothing received; many servers wait for you."));
    facts.newest.records[indexOf(Direction::In)] = 1;
    QCOMPARE(StatusText::notice(facts), Notice());
}

void tst_StatusText::anHttpReplyIsRecognised()
{
    SessionFacts facts = connected();
    facts.speaksHttp = true;
    QCOMPARE(StatusText::notice(facts).text, QStringLiteral("This peer speaks HTTP; open as ws://"));
    QCOMPARE(StatusText::notice(facts).actions, QList<Notice::Action>{Notice::Action::OpenAsWebSocket});
    QVERIFY(StatusText::notice(ended(facts, ClosedBy::Peer, "fin")).actions.contains(Notice::Action::OpenAsWebSocket));
}

void tst_StatusText::aListenerCountsItsClients()
{
    SessionFacts facts;
    facts.spec.role = Role::Listener;
    facts.isRunning = true;
    QCOMPARE(dump(facts), QStringLiteral("TCP STARTING"));
    facts.listening = QStringLiteral("127.0.0.1:9001");
    facts.openConnections = 40;
    QVERIFY(dump(facts).startsWith(QStringLiteral("TCP LISTENING 40 client")));
    QCOMPARE(StatusText::endpoints(facts).local, QStringLiteral("127.0.0.1:9001"));
    QCOMPARE(StatusText::endpoints(facts).peer, QString()); // UDP has none
    facts.session.backlog = 512;
    QCOMPARE(StatusText::endpoints(facts).peer, QStringLiteral("backlog 512"));
    facts.session.listenState = ListenState::AcceptPaused;
    QCOMPARE(dump(facts), QStringLiteral("TCP LISTENING 40 clients, accepting paused"));
    facts.session.listenState = ListenState::Stopped;
    QCOMPARE(dump(facts), QStringLiteral("TCP STOPPED 40 clients"));
    QCOMPARE(sessionMark(facts), SessionMark::Ended);
    facts.listenError = QStringLiteral("Port 9001 is in use");
    QCOMPARE(dump(facts), QStringLiteral("TCP NOT LISTENING"));
    QCOMPARE(StatusText::notice(facts).text, facts.listenError);
}

void tst_StatusText::sendingIsRefusedWithAReason()
{
    QCOMPARE(StatusText::whyNotSend(connected()), QString());
    QVERIFY(!StatusText::whyNotSend(refused()).isEmpty());
    SessionFacts halfClosed = connected();
    halfClosed.newest.directions = {DirectionState::Open, DirectionState::Fin};
    QVERIFY(StatusText::whyNotSend(halfClosed).contains(QStringLiteral("FIN")));
    halfClosed.newest.directions = {DirectionState::Fin, DirectionState::Open};
    QCOMPARE(StatusText::whyNotSend(halfClosed), QString());
    SessionFacts log = connected();
    log.isOpenedLog = true;
    QVERIFY(StatusText::whyNotSend(log).contains(QStringLiteral("opened log")));
}

void tst_StatusText::everyStateHasAMark()
{
    QCOMPARE(sessionMark(connected()), SessionMark::Open);
    QCOMPARE(sessionMark(refused()), SessionMark::Failed);
    QCOMPARE(sessionMark(ended(connected(), ClosedBy::Peer, "fin")), SessionMark::Ended);
    SessionFacts facts = connected();
    facts.newest.isPaused = true;
    QCOMPARE(sessionMark(facts), SessionMark::Paused);
    facts.isOpenedLog = true;
    QCOMPARE(sessionMark(facts), SessionMark::OpenedLog);
    for (int mark = 0; mark <= static_cast<int>(SessionMark::OpenedLog); ++mark) {
        QVERIFY(!StatusText::markName(static_cast<SessionMark>(mark)).isEmpty());
    }
}

void tst_StatusText::percentSignsOfAPeerAreLeftAlone()
{
    SessionFacts facts = ended(connected(Scheme::Ws), ClosedBy::Peer, "close-frame");
    facts.newest.closeCodes[indexOf(Direction::In)] = 4000;
    facts.newest.closeReasons[indexOf(Direction::In)] = QStringLiteral("%1 %2 <b>");
    QVERIFY(StatusText::notice(facts).text.contains(QStringLiteral("%1 %2 <b>")));
}

void tst_StatusText::tlsHasItsCell()
{
    SessionFacts facts = connected(Scheme::Tls);
    facts.newest.state = ConnectionState::Securing;
    facts.newest.phases.push_back({QStringLiteral("tls"), Start, 0, false, {}});
    QCOMPARE(dump(facts), QStringLiteral("TCP ESTABLISHED 0.2 ms | TLS SECURING 0:01"));

    facts.newest.state = ConnectionState::Open;
    facts.newest.phases.back().end = Start + 4'200'000;
    facts.newest.tls.isSecured = true;
    facts.newest.tls.protocol = QStringLiteral("TLS 1.3");
    facts.newest.tls.milliseconds = 4.2;
    facts.newest.tls.verification = QStringLiteral("verified");
    QCOMPARE(dump(facts), QStringLiteral("TCP ESTABLISHED 0.2 ms | TLS SECURED TLS 1.3 4.2 ms"));
    QCOMPARE(StatusText::cells(facts).last().tone, Theme::Tone::Success);
    facts.newest.tls.verification = QStringLiteral("off");
    QCOMPARE(dump(facts), QStringLiteral("TCP ESTABLISHED 0.2 ms | TLS SECURED TLS 1.3 4.2 ms, not verified"));
    QCOMPARE(StatusText::cells(facts).last().tone, Theme::Tone::Warning);

    SessionFacts failed = ended(connected(Scheme::Tls), ClosedBy::Us, "error");
    failed.newest.state = ConnectionState::Failed;
    failed.newest.phases.push_back({QStringLiteral("tls"), Start, Start + 1, true, {}});
    failed.newest.tls.problems = {{0, QStringLiteral("self-signed")}};
    QCOMPARE(dump(failed), QStringLiteral("TCP CLOSED | TLS FAILED certificate not accepted"));
    QVERIFY(StatusText::notice(failed).text.contains(QStringLiteral("the certificate of 127.0.0.1 was not accepted")));

    // Begun by hand on tcp.
    SessionFacts started = connected();
    started.newest.tls.isSecured = true;
    started.newest.tls.protocol = QStringLiteral("TLS 1.2");
    QVERIFY(dump(started).contains(QStringLiteral("| TLS SECURED TLS 1.2")));
    SessionFacts refusedTls = refused();
    refusedTls.spec.scheme = Scheme::Tls;
    QVERIFY(dump(refusedTls).endsWith(QStringLiteral("| TLS NOT REACHED")));
}

void tst_StatusText::aProxyHasItsCell()
{
    SessionFacts facts = connected();
    facts.newest.phases.push_back({QStringLiteral("proxy"), Start, 0, false, {}});
    facts.newest.state = ConnectionState::Proxying;
    QCOMPARE(dump(facts), QStringLiteral("TCP ESTABLISHED 0.2 ms | Proxy ASKING 0:01"));
    facts.newest.phases.back().end = Start + 3'000'000;
    facts.newest.state = ConnectionState::Open;
    QCOMPARE(dump(facts), QStringLiteral("TCP ESTABLISHED 0.2 ms | Proxy OPEN 3.0 ms"));
    facts.newest.phases.back().hasFailed = true;
    QCOMPARE(dump(facts), QStringLiteral("TCP ESTABLISHED 0.2 ms | Proxy REFUSED"));
}

void tst_StatusText::reconnectingIsCounted()
{
    SessionFacts facts = ended(connected(), ClosedBy::Peer, "fin");
    QVERIFY(!StatusText::needsClock(facts));
    facts.reconnectAt = facts.now + 5 * Second / 2;
    facts.reconnectAttempt = 4;
    const Notice notice = StatusText::notice(facts);
    QCOMPARE(notice.text, QStringLiteral("Peer sent FIN. Reconnecting in 3 s (attempt 4)"));
    QVERIFY(notice.actions.contains(Notice::Action::StopReconnecting));
    QVERIFY(StatusText::needsClock(facts));
    QVERIFY(sessionMark(facts) == SessionMark::Busy);
}

void tst_StatusText::aRedirectCanBeOpened()
{
    SessionFacts facts = ended(connected(Scheme::Ws), ClosedBy::Peer, "error");
    facts.newest.state = ConnectionState::Failed;
    facts.newest.httpStatus = 302;
    facts.newest.phases[1].hasFailed = true;
    facts.newest.redirectedTo = QStringLiteral("ws://127.0.0.1:9002/%1\nnew");
    const Notice notice = StatusText::notice(facts);
    QVERIFY2(notice.text.contains(QStringLiteral("It points to ws://127.0.0.1:9002/%1")), qPrintable(notice.text));
    QVERIFY(!notice.text.contains(u'\n'));
    QVERIFY(notice.actions.contains(Notice::Action::OpenRedirect));
}

void tst_StatusText::anEncryptedKeyAsksForItsPassphrase()
{
    SessionFacts facts = ended(connected(Scheme::Tls), ClosedBy::Nobody, "error");
    facts.newest.state = ConnectionState::Failed;
    facts.newest.error = QStringLiteral("the key k.pem is encrypted and needs its passphrase");
    QVERIFY(StatusText::whyPassphrase(facts).isEmpty()); // Nobody asked for a key: these are not our words
    facts.spec.options.tls.keyFile = QStringLiteral("k.pem");
    QCOMPARE(StatusText::whyPassphrase(facts), facts.newest.error);
    QVERIFY(StatusText::notice(facts).actions.contains(Notice::Action::GivePassphrase));
}

QTEST_MAIN(tst_StatusText)
#include "tst_statustext.moc"
