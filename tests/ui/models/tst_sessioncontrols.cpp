// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tests/support/testsupport.h"
#include "ui/models/sessioncontrols.h"

#include <QTest>

using namespace Sidewire;

namespace {

SessionFacts open(Scheme scheme, Role role = Role::Client)
{
    SessionFacts facts;
    facts.spec.scheme = scheme;
    facts.spec.role = role;
    facts.isRunning = true;
    facts.hasConnection = true;
    facts.openConnections = 1;
    facts.newest.state = ConnectionState::Open;
    facts.newest.directions.fill(DirectionState::Open);
    return facts;
}

} // namespace

class tst_SessionControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void tlsIsStartedOnOpenTcpOnly();
    void aCodeGoesIntoACloseFrameOnly();
    void nothingCanBeDoneWithWhatHasEnded();
    void aHalfCloseIsDoneOnce();
};

void tst_SessionControls::tlsIsStartedOnOpenTcpOnly()
{
    QVERIFY(SessionControls::of(open(Scheme::Tcp)).canStartTls);
    QVERIFY(SessionControls::of(open(Scheme::Tcp, Role::Listener)).canStartTls);
    for (const Scheme scheme : {Scheme::Tls, Scheme::Udp, Scheme::Ws, Scheme::Wss}) {
        QVERIFY(!SessionControls::of(open(scheme)).canStartTls);
    }
    SessionFacts secured = open(Scheme::Tcp);
    secured.newest.tls.isSecured = true;
    QVERIFY(!SessionControls::of(secured).canStartTls);
    SessionFacts securing = open(Scheme::Tcp);
    securing.newest.phases.push_back({QStringLiteral("tls"), 1, 0, false, {}});
    QVERIFY(!SessionControls::of(securing).canStartTls);
    SessionFacts connecting = open(Scheme::Tcp);
    connecting.newest.state = ConnectionState::Connecting;
    QVERIFY(!SessionControls::of(connecting).canStartTls);
    SessionFacts halfClosed = open(Scheme::Tcp);
    halfClosed.newest.directions[indexOf(Direction::In)] = DirectionState::Fin;
    QVERIFY(!SessionControls::of(halfClosed).canStartTls);
    SessionFacts lonely = open(Scheme::Tcp, Role::Listener);
    lonely.openConnections = 0;
    QVERIFY(!SessionControls::of(lonely).canStartTls);
}

void tst_SessionControls::aCodeGoesIntoACloseFrameOnly()
{
    QVERIFY(SessionControls::of(open(Scheme::Ws)).canCloseWithCode);
    QVERIFY(SessionControls::of(open(Scheme::Wss, Role::Listener)).canCloseWithCode);
    QVERIFY(!SessionControls::of(open(Scheme::Tcp)).canCloseWithCode);
    SessionFacts upgrading = open(Scheme::Ws);
    upgrading.newest.state = ConnectionState::Upgrading;
    QVERIFY(!SessionControls::of(upgrading).canCloseWithCode);
}

void tst_SessionControls::nothingCanBeDoneWithWhatHasEnded()
{
    SessionFacts facts = open(Scheme::Tcp);
    facts.isRunning = false;
    QVERIFY(SessionControls::of(facts) == SessionControls());
    facts = open(Scheme::Tcp);
    facts.newest.state = ConnectionState::Closed;
    facts.reconnectAt = 5;
    SessionControls onlyAgain;
    onlyAgain.canReconnect = true;
    onlyAgain.canStopReconnecting = true;
    QVERIFY(SessionControls::of(facts) == onlyAgain);
}

void tst_SessionControls::aHalfCloseIsDoneOnce()
{
    SessionFacts facts = open(Scheme::Tls);
    QVERIFY(SessionControls::of(facts).canHalfClose);
    facts.newest.directions[indexOf(Direction::Out)] = DirectionState::Fin;
    QVERIFY(!SessionControls::of(facts).canHalfClose);
    QVERIFY(!SessionControls::of(open(Scheme::Ws)).canHalfClose);
    QVERIFY(!SessionControls::of(open(Scheme::Udp)).canHalfClose);
}

QTEST_MAIN(tst_SessionControls)
#include "tst_sessioncontrols.moc"
