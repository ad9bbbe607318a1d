// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/endpoint.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QObject>

#include <chrono>

namespace Sidewire {

/// How a stream ended.
struct StreamEnd
{
    enum class How {
        Fin, ///< Both directions ended in order
        Reset, ///< RST, sent or received
        Timeout, ///< Closing took too long: the peer did not take what was queued, or did not end its side
        Error,
    };
    How how = How::Fin;
    bool isByPeer = false; ///< Who ended it first
    qint64 discarded = 0; ///< Queued bytes that never left
    Error error; ///< With Reset by the peer, Timeout and Error
};

/// A stream of bytes whose two directions end one by one: TcpStream, or a TlsStream over one.
class ByteStream : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ByteStream)

public:
    static constexpr qint64 MaxQueued = 64 * 1024 * 1024;

    explicit ByteStream(QObject *parent = nullptr)
        : QObject(parent)
    {}

    virtual void start() = 0;

    /// Queues bytes. An error when the direction has ended or the queue would pass MaxQueued.
    virtual Result<void> send(const QByteArray &bytes) = 0;

    /// Ends our direction (FIN; over TLS close_notify, RFC 8446, 6.1) once everything queued has left. The peer may go on.
    virtual void finishSending() = 0;

    /// finishSending(), then waits for the peer's end, but not longer than the close timeout without progress.
    virtual void close() = 0;

    /// RST now.
    virtual void reset() = 0;

    virtual void pauseReading() = 0;
    virtual void resumeReading() = 0;

    /// The sink can take something again after it could not.
    virtual void onRoomAgain() = 0;

    /// Reading stops while more than this is queued, so that a peer which is answered must also read. No limit at first.
    virtual void setReadingLimit(qint64 queued) = 0;
    virtual void setCloseTimeout(std::chrono::milliseconds timeout) = 0;

    virtual qint64 queued() const = 0;
    virtual Endpoint local() const = 0;
    virtual Endpoint peer() const = 0;
    virtual qintptr descriptor() const = 0; ///< For what NativeSocket tells of it; -1 when it is over

    virtual bool isFinReceived() const = 0;
    virtual bool isFinSent() const = 0;
    virtual bool isOver() const = 0;
    virtual bool isClosing() const = 0;

Q_SIGNALS:
    void finReceived();
    void finSent();
    void ended(const Sidewire::StreamEnd &end); ///< Once, and nothing follows
};

} // namespace Sidewire
