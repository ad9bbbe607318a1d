// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/peers/builtinpeers.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QSet>
#include <QTest>

using namespace Sidewire;

class tst_BuiltinPeers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }
    void listenOnLoopbackWithAFreePort();
    void areReachedByTheirTarget();
};

void tst_BuiltinPeers::listenOnLoopbackWithAFreePort()
{
    QSet<QString> ids;
    for (const BuiltinPeer &peer : builtinPeers()) {
        ids.insert(peer.id);
        QVERIFY(peer.listener.role == Role::Listener);
        QCOMPARE(peer.listener.host, QStringLiteral("127.0.0.1"));
        QCOMPARE(peer.listener.port, quint16(0));
        QVERIFY(peer.listener.options.answer.kind != AnswerOptions::Kind::None);
        QVERIFY(!peer.title.isEmpty() && !peer.description.isEmpty());
    }
    QCOMPARE(ids.size(), 7);
    QCOMPARE(builtinPeers().front().id, QStringLiteral("tcp-echo"));
}

void tst_BuiltinPeers::areReachedByTheirTarget()
{
    for (const BuiltinPeer &peer : builtinPeers()) {
        const Result<SessionSpec> spec = SessionSpec::fromTarget(clientTarget(peer, 40123));
        QVERIFY(spec);
        QVERIFY(spec->role == Role::Client);
        QVERIFY(spec->scheme == peer.listener.scheme);
        QCOMPARE(spec->port, quint16(40123));
    }
}

QTEST_GUILESS_MAIN(tst_BuiltinPeers)
#include "tst_builtinpeers.moc"
