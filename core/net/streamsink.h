// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>

#include <span>

namespace Sidewire {

/// Where a TcpStream puts what it reads and reports what it has sent, byte for byte.
class StreamSink
{
public:
    virtual ~StreamSink() = default;

    /// Room for the next read, of up to `size` bytes. Empty: reading stops until TcpStream::onRoomAgain().
    virtual std::span<char> reserve(qsizetype size) = 0;

    /// The first `size` bytes of the room were read; -1: nothing was. Always follows a reserve() that gave room.
    virtual void received(qsizetype size) = 0;

    /// False: nothing more, not even FIN, is handed to the kernel until TcpStream::onRoomAgain().
    virtual bool canTakeSent() = 0;

    /// The kernel took these bytes. Must not be refused.
    virtual void sent(QByteArrayView bytes) = 0;
};

} // namespace Sidewire
