// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "builtinpeers.h"

namespace Sidewire {

namespace {

BuiltinPeer peer(const char *id, const char *title, const char *description, Scheme scheme, AnswerOptions answer)
{
    BuiltinPeer result;
    result.id = QString::fromLatin1(id);
    result.title = QString::fromLatin1(title);
    result.description = QString::fromLatin1(description);
    result.listener.scheme = scheme;
    result.listener.role = Role::Listener;
    result.listener.host = QStringLiteral("127.0.0.1");
    result.listener.options.answer = std::move(answer);
    return result;
}

AnswerOptions answer(AnswerOptions::Kind kind, const QByteArray &text = {})
{
    AnswerOptions result;
    result.kind = kind;
    result.text = text;
    return result;
}

} // namespace

const std::vector<BuiltinPeer> &builtinPeers()
{
    using Kind = AnswerOptions::Kind;
    static const std::vector<BuiltinPeer> peers = {
        peer("tcp-echo", "TCP echo", "Sends back every byte", Scheme::Tcp, answer(Kind::Echo)),
        peer("tcp-clock", "TCP clock", "Sends the time as a line each second", Scheme::Tcp, answer(Kind::Clock)),
        peer("tcp-greeter", "TCP greeter", "Greets first, then sends back every byte", Scheme::Tcp,
             answer(Kind::Greet, "Welcome to the Sidewire greeter\r\n")),
        peer("udp-echo", "UDP echo", "Sends back every datagram", Scheme::Udp, answer(Kind::Echo)),
        peer("udp-unruly", "UDP unruly", "Sends datagrams back, but loses, reorders and doubles some", Scheme::Udp,
             answer(Kind::Unruly)),
        peer("ws-echo", "WebSocket echo", "Sends back every message", Scheme::Ws, answer(Kind::Echo)),
        peer("ws-ticker", "WebSocket ticker", "Sends a JSON message each second", Scheme::Ws, answer(Kind::Clock)),
    };
    return peers;
}

QString clientTarget(const BuiltinPeer &peer, quint16 port)
{
    SessionSpec spec = peer.listener;
    spec.role = Role::Client;
    spec.port = port;
    return spec.target();
}

} // namespace Sidewire
