// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/session/engine.h"
#include "tests/support/livesession.h"
#include "tests/support/testsupport.h"

#include <QObject>
#include <QTest>

using namespace Sidewire;
using namespace Sidewire::TestSupport;

namespace {

constexpr std::size_t In = indexOf(Direction::In);
constexpr std::size_t Out = indexOf(Direction::Out);

SendRequest bytes(const QByteArray &content)
{
    SendRequest request;
    request.bytes = content;
    return request;
}

/// A client and a listener of ours, open; each in turn is the one whose peer half-closes.
struct Pair
{
    Engine engine;
    LiveSession listener;
    std::unique_ptr<LiveSession> client;

    explicit Pair(const QString &scheme)
        : listener(engine, QStringLiteral("%1-listen://127.0.0.1:0").arg(scheme))
    {
        [&] {
            QTRY_VERIFY(listener.port() != 0);
        }();
        SessionSpec spec =
            SessionSpec::fromTarget(QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(listener.port())).value();
        spec.options.tls.verify = TlsSettings::Verify::Off;
        client = std::make_unique<LiveSession>(engine, spec);
    }
    bool isOpen() const
    {
        return client->state() == QLatin1String("open") && listener.state() == QLatin1String("open");
    }
};

} // namespace

/// One direction has ended, the other goes on.
class tst_HalfClose : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }
    void goesOnSendingAfterThePeersEnd_data();
    void goesOnSendingAfterThePeersEnd();
    void losesNothingThatWasQueued_data() { goesOnSendingAfterThePeersEnd_data(); }
    void losesNothingThatWasQueued();
};

void tst_HalfClose::goesOnSendingAfterThePeersEnd_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<bool>("isClientFirst");
    for (const QString &scheme : {QStringLiteral("tcp"), QStringLiteral("tls")}) {
        QTest::addRow("%s, the client ends first", qPrintable(scheme)) << scheme << true;
        QTest::addRow("%s, the listener ends first", qPrintable(scheme)) << scheme << false;
    }
}

void tst_HalfClose::goesOnSendingAfterThePeersEnd()
{
    QFETCH(const QString, scheme);
    QFETCH(const bool, isClientFirst);
    Pair pair(scheme);
    QTRY_VERIFY(pair.isOpen());
    const LiveSession &first = isClientFirst ? *pair.client : pair.listener;
    const LiveSession &other = isClientFirst ? pair.listener : *pair.client;

    pair.engine.send(first.id(), bytes("my last words"));
    pair.engine.finishSending(first.id());
    QTRY_COMPARE(other.connection().directions[In], DirectionState::Fin);
    QCOMPARE(other.stream(Direction::In), QByteArray("my last words"));
    QCOMPARE(other.state(), QStringLiteral("open"));
    QCOMPARE(other.events(EventType::DirectionChanged).back().message,
             scheme == QLatin1String("tls") ? QStringLiteral("close_notify received") : QStringLiteral("FIN received"));

    for (const QByteArray &answer : {QByteArray("one "), QByteArray("two "), QByteArray("three")}) {
        const QByteArray expected = first.stream(Direction::In) + answer;
        pair.engine.send(other.id(), bytes(answer));
        QTRY_COMPARE(first.stream(Direction::In), expected);
    }
    pair.engine.send(first.id(), bytes("but"));
    QTRY_COMPARE(first.rejected.size(), 1u);

    pair.engine.close(other.id());
    QTRY_VERIFY(first.connection().isOver() && other.connection().isOver());
    QCOMPARE(first.connection().how, QStringLiteral("fin"));
    QCOMPARE(other.connection().how, QStringLiteral("fin"));
    QVERIFY(first.connection().closedBy == ClosedBy::Us);
    QVERIFY(other.connection().closedBy == ClosedBy::Peer);
    QVERIFY(first.connection().error.isEmpty() && other.connection().error.isEmpty());
}

void tst_HalfClose::losesNothingThatWasQueued()
{
    QFETCH(const QString, scheme);
    QFETCH(const bool, isClientFirst);
    Pair pair(scheme);
    QTRY_VERIFY(pair.isOpen());
    const LiveSession &first = isClientFirst ? *pair.client : pair.listener;
    const LiveSession &other = isClientFirst ? pair.listener : *pair.client;

    const QByteArray content = randomBytes(12'000'000, 1);
    pair.engine.pauseReading(first.id());
    QTRY_VERIFY(first.connection().isPaused);
    pair.engine.send(other.id(), bytes(content));
    pair.engine.finishSending(first.id());
    QTRY_COMPARE(other.connection().directions[In], DirectionState::Fin);
    QVERIFY(other.connection().bytes[Out] < content.size()); // The rest is queued when the end comes
    pair.engine.resumeReading(first.id());
    QTRY_COMPARE_WITH_TIMEOUT(first.connection().bytes[In], content.size(), 30'000);
    QCOMPARE(first.stream(Direction::In), content);
    QCOMPARE(other.stream(Direction::Out), content);
    QCOMPARE(other.connection().discarded, 0);
}

QTEST_GUILESS_MAIN(tst_HalfClose)
#include "tst_halfclose.moc"
