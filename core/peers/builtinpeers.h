// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionspec.h"

#include <QString>

#include <vector>

namespace Sidewire {

/// A peer to talk to without leaving the machine: an ordinary listener session with an answer.
struct BuiltinPeer
{
    QString id; ///< "tcp-echo"
    QString title; ///< "TCP echo"
    QString description; ///< One sentence: what it does
    SessionSpec listener; ///< On loopback, port 0
};

/// All of them, in the order to offer them: tcp-echo, tcp-clock, tcp-greeter, udp-echo, udp-unruly, ws-echo, ws-ticker.
const std::vector<BuiltinPeer> &builtinPeers();

/// The client target that reaches a started peer: "ws://127.0.0.1:40123/". `port` is the one that its Listening event names.
QString clientTarget(const BuiltinPeer &peer, quint16 port);

} // namespace Sidewire
