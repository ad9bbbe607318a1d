// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "core/index/latencytracker.h"
#include "tests/support/testsupport.h"

#include <QTest>

using namespace Sidewire;

namespace {

using Latency = std::optional<qint64>;

/// A connection on which a record crosses at each call, at the time that it is told.
class Conversation
{
public:
    explicit Conversation(std::optional<Direction> asker = {})
        : m_tracker(asker)
    {}

    void record(Direction direction, qint64 time) { m_tracker.addRecord(direction, m_record++, m_time = time); }

    /// A message that begins in record `first` (at `begin`) and ends now.
    Latency message(Direction direction, qint64 first, qint64 begin, MessageKind kind = MessageKind::Line,
                    quint32 checksum = 0)
    {
        Message message;
        message.kind = kind;
        message.direction = direction;
        message.firstRecord = first;
        message.lastRecord = m_record - 1;
        message.time = m_time;
        message.contentOffset = checksum;
        return m_tracker.addMessage(message, begin);
    }

    /// A message that is one record.
    Latency whole(Direction direction, qint64 time, MessageKind kind = MessageKind::Line, quint32 checksum = 0)
    {
        record(direction, time);
        return message(direction, m_record - 1, time, kind, checksum);
    }

private:
    LatencyTracker m_tracker;
    qint64 m_record = 0;
    qint64 m_time = 0;
};

constexpr Direction In = Direction::In;
constexpr Direction Out = Direction::Out;

} // namespace

class tst_LatencyTracker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { TestSupport::failOnWarnings(); }

    void timesTheFirstMessageOfAReply();
    void timesBothSides();
    void countsFromTheLastByteToTheFirst();
    void aMessageThatBeganBeforeIsNoReply();
    void theReplyMayBeginBehindTheEndOfAnother();
    void talkingAlongIsNoReply();
    void pongsFindTheirPings();
    void unsolicitedPongsAreNotTimed();
    void pingsAreForgottenInOrder();
    void aLongMessageDoesNotLoseTheReplies();
    void timeThatRunsBackwardsIsNotALatency();
    void anAskerDoesNotReply();
};

void tst_LatencyTracker::timesTheFirstMessageOfAReply()
{
    Conversation talk;
    QCOMPARE(talk.whole(Out, 100), Latency());
    QCOMPARE(talk.whole(In, 111), Latency(11));
    QCOMPARE(talk.whole(In, 115), Latency()); // the second one of the same reply
    QCOMPARE(talk.whole(Out, 200), Latency(85));
    QCOMPARE(talk.whole(In, 203), Latency(3));
}

void tst_LatencyTracker::anAskerDoesNotReply()
{
    Conversation talk(Out);
    QCOMPARE(talk.whole(Out, 100), Latency());
    QCOMPARE(talk.whole(In, 111), Latency(11));
    QCOMPARE(talk.whole(Out, 200), Latency()); // the next question, when it liked
    QCOMPARE(talk.whole(In, 203), Latency(3));
    QCOMPARE(talk.whole(In, 210, MessageKind::Ping, 1), Latency());
    QCOMPARE(talk.whole(Out, 212, MessageKind::Pong, 1), Latency(2));
}

void tst_LatencyTracker::timesBothSides()
{
    Conversation talk;
    QCOMPARE(talk.whole(In, 100), Latency());
    QCOMPARE(talk.whole(Out, 107), Latency(7));
}

void tst_LatencyTracker::countsFromTheLastByteToTheFirst()
{
    Conversation talk;
    talk.record(Out, 100);
    talk.record(Out, 120);
    QCOMPARE(talk.message(Out, 0, 100), Latency());
    talk.record(In, 150);
    talk.record(In, 190);
    QCOMPARE(talk.message(In, 2, 150), Latency(30));
}

void tst_LatencyTracker::aMessageThatBeganBeforeIsNoReply()
{
    Conversation talk;
    talk.record(In, 100);
    QCOMPARE(talk.whole(Out, 110), Latency(10));
    talk.record(In, 120);
    QCOMPARE(talk.message(In, 0, 100), Latency());
    QCOMPARE(talk.whole(In, 125), Latency(15)); // the first one that began afterwards
}

void tst_LatencyTracker::theReplyMayBeginBehindTheEndOfAnother()
{
    Conversation talk;
    talk.record(In, 100);
    talk.record(Out, 110);
    talk.record(In, 120);
    QCOMPARE(talk.message(In, 0, 100), Latency());
    QCOMPARE(talk.message(In, 2, 120), Latency(10));
}

void tst_LatencyTracker::talkingAlongIsNoReply()
{
    Conversation talk;
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(talk.whole(In, i), Latency());
    }
}

void tst_LatencyTracker::pongsFindTheirPings()
{
    Conversation talk;
    QCOMPARE(talk.whole(Out, 100, MessageKind::Ping, 1), Latency());
    QCOMPARE(talk.whole(Out, 110, MessageKind::Ping, 2), Latency());
    QCOMPARE(talk.whole(In, 120), Latency(10)); // a reply like any other
    QCOMPARE(talk.whole(In, 125, MessageKind::Pong, 1), Latency(25));
    QCOMPARE(talk.whole(In, 126, MessageKind::Pong, 2), Latency(16));
    QCOMPARE(talk.whole(In, 130, MessageKind::Ping, 2), Latency());
    QCOMPARE(talk.whole(Out, 131, MessageKind::Pong, 2), Latency(1));
}

void tst_LatencyTracker::unsolicitedPongsAreNotTimed()
{
    Conversation talk;
    QCOMPARE(talk.whole(Out, 100), Latency());
    QCOMPARE(talk.whole(In, 105, MessageKind::Pong, 7), Latency());
    QCOMPARE(talk.whole(In, 109), Latency(9)); // the pong was not the reply
    QCOMPARE(talk.whole(Out, 110, MessageKind::Ping, 7), Latency());
    QCOMPARE(talk.whole(Out, 111, MessageKind::Pong, 7), Latency()); // its own ping
    QCOMPARE(talk.whole(In, 112, MessageKind::Pong, 7), Latency(2));
    QCOMPARE(talk.whole(In, 113, MessageKind::Pong, 7), Latency()); // answered already
}

void tst_LatencyTracker::pingsAreForgottenInOrder()
{
    Conversation talk;
    for (quint32 i = 0; i <= LatencyTracker::MaxPings; ++i) {
        talk.whole(Out, 100 + i, MessageKind::Ping, i);
    }
    QCOMPARE(talk.whole(In, 1000, MessageKind::Pong, 0), Latency());
    QCOMPARE(talk.whole(In, 1000, MessageKind::Pong, 3), Latency(897));
    QCOMPARE(talk.whole(In, 1000, MessageKind::Pong, 2), Latency()); // older than one that was answered
    QCOMPARE(talk.whole(In, 1000, MessageKind::Pong, 4), Latency(896));
}

void tst_LatencyTracker::aLongMessageDoesNotLoseTheReplies()
{
    Conversation talk;
    talk.record(Out, 10);
    talk.record(In, 15);
    for (int i = 0; i < 1000; ++i) { // a message in pieces while the other side talks
        talk.record(Out, 20 + 10 * i);
        talk.record(In, 25 + 10 * i);
    }
    QCOMPARE(talk.message(In, 1, 15), Latency(5));
    QCOMPARE(talk.whole(Out, 20'000), Latency(20'000 - 10'015));
    QCOMPARE(talk.whole(In, 20'004), Latency(4));
}

void tst_LatencyTracker::timeThatRunsBackwardsIsNotALatency()
{
    Conversation talk; // as in a capture of packets that were put in order
    QCOMPARE(talk.whole(Out, 100), Latency());
    QCOMPARE(talk.whole(In, 90), Latency());
}

QTEST_GUILESS_MAIN(tst_LatencyTracker)
#include "tst_latencytracker.moc"
