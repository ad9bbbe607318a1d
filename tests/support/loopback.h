// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractSocket>

#include <memory>

namespace Sidewire::TestSupport {

/// Two unbuffered sockets with a TCP connection between them, as TcpStream wants them. Null when the system refuses.
struct SocketPair
{
    std::unique_ptr<QAbstractSocket> client;
    std::unique_ptr<QAbstractSocket> server;

    static SocketPair open();
};

/// An unbuffered socket connected to a listener on 127.0.0.1.
std::unique_ptr<QAbstractSocket> socketTo(quint16 port);

} // namespace Sidewire::TestSupport
