// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "conversationevents.h"

namespace Sidewire::ConversationEvents {

namespace {

Event event(EventType type, const Conversation &conversation, qint64 time, const QString &message)
{
    Event event;
    event.time = time;
    event.type = type;
    event.connection = conversation.id;
    event.message = message;
    return event;
}

QString who(Direction direction)
{
    return direction == Direction::Out ? QStringLiteral("us") : QStringLiteral("peer");
}

QString end(const Conversation &conversation, Direction direction)
{
    return (direction == Direction::Out ? conversation.key.local() : conversation.key.peer()).toString();
}

} // namespace

Event opened(const Conversation &conversation, qint64 time)
{
    const bool isTcp = conversation.key.transport == Transport::Tcp;
    const QString local = conversation.key.local().toString();
    const QString peer = conversation.key.peer().toString();
    Event opened = event(EventType::Opened, conversation, time,
                         QStringLiteral("%1 conversation of %2 with %3")
                             .arg(isTcp ? QStringLiteral("TCP") : QStringLiteral("UDP"), local, peer));
    opened.data = {
        {QStringLiteral("transport"), isTcp ? QStringLiteral("tcp") : QStringLiteral("udp")},
        {QStringLiteral("role"), QStringLiteral("client")},
        {QStringLiteral("local"), local},
        {QStringLiteral("peer"), peer},
    };
    return opened;
}

Event phaseStarted(const Conversation &conversation, const QString &phase, qint64 time)
{
    Event started = event(EventType::PhaseStarted, conversation, time,
                          phase == u"open" ? QStringLiteral("Open") : QStringLiteral("TCP handshake"));
    started.data = {{QStringLiteral("phase"), phase}};
    return started;
}

Event phaseEnded(const Conversation &conversation, const QString &phase, bool isGood, qint64 time)
{
    Event ended = event(EventType::PhaseEnded, conversation, time,
                        isGood ? QStringLiteral("TCP handshake done") : QStringLiteral("TCP handshake failed"));
    ended.data = {
        {QStringLiteral("phase"), phase},
        {QStringLiteral("ms"), static_cast<double>(time - conversation.begin) / 1e6},
        {QStringLiteral("result"), isGood ? QStringLiteral("ok") : QStringLiteral("failed")},
    };
    return ended;
}

Event directionChanged(const Conversation &conversation, Direction direction, const QString &state, qint64 time)
{
    const QString sentence =
        state == u"fin" ? QStringLiteral("%1 sent FIN") : QStringLiteral("The stream from %1 is open");
    Event changed = event(EventType::DirectionChanged, conversation, time, sentence.arg(end(conversation, direction)));
    changed.data = {
        {QStringLiteral("direction"), direction == Direction::In ? QStringLiteral("in") : QStringLiteral("out")},
        {QStringLiteral("state"), state},
    };
    return changed;
}

Event heard(const Conversation &conversation, qint64 time)
{
    return event(EventType::Heard, conversation, time,
                 QStringLiteral("First datagram from %1").arg(end(conversation, Direction::In)));
}

Event closed(const Conversation &conversation, End how, Direction by, qint64 time)
{
    QString sentence;
    QString name;
    switch (how) {
    case End::Fin:
        name = QStringLiteral("fin");
        sentence = QStringLiteral("Closed; %1 sent its FIN first").arg(end(conversation, by));
        break;
    case End::Rst:
        name = QStringLiteral("rst");
        sentence = QStringLiteral("%1 reset the connection").arg(end(conversation, by));
        break;
    case End::Refused:
        name = QStringLiteral("refused");
        sentence = QStringLiteral("%1 refused the connection").arg(end(conversation, by));
        break;
    case End::EndOfCapture:
        name = QStringLiteral("stopped");
        sentence = QStringLiteral("The capture ends here");
        break;
    }
    Event closed = event(EventType::Closed, conversation, time, sentence);
    closed.data = {
        {QStringLiteral("state"), how == End::Refused ? QStringLiteral("failed") : QStringLiteral("closed")},
        {QStringLiteral("by"), how == End::EndOfCapture ? QStringLiteral("nobody") : who(by)},
        {QStringLiteral("how"), name},
    };
    if (how == End::Refused) {
        closed.severity = Event::Severity::Error;
        closed.data.insert(QStringLiteral("error"), sentence);
    }
    return closed;
}

} // namespace Sidewire::ConversationEvents
