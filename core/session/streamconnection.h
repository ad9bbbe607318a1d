// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/tcpstream.h"
#include "core/session/connectionrecorder.h"
#include "core/session/engine.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace Sidewire {

/// A connection over TCP, from the connected socket to its Closed event. What it carries is up to the subclass.
class StreamConnection : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StreamConnection)

public:
    StreamConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                     QObject *parent);
    ~StreamConnection() override;

    /// Begins to read. The recorder's Endpoints event is written here.
    virtual void start();

    virtual Result<void> send(const SendRequest &request) = 0;
    virtual qint64 queued() const { return m_stream->queued(); }

    virtual void close(); ///< Orderly, within a few seconds
    virtual void closeWithin(std::chrono::milliseconds timeout);
    void reset();
    void finishSending();
    void pauseReading();
    void resumeReading();

    ConnectionId id() const { return m_recorder->id(); }
    bool isOver() const { return m_stream->isOver(); }

Q_SIGNALS:
    void over(); ///< The Closed event has been written

protected:
    virtual void onFinReceived() {}

    /// What the subclass knows of the end beyond what the stream tells. `end` is filled from `stream`.
    virtual void describeEnd(const StreamEnd &stream, ConnectionEnd &end);

    ConnectionRecorder &recorder() { return *m_recorder; }
    ByteStream &stream() { return *m_stream; }
    const ByteStream &stream() const { return *m_stream; }

    /// Ends the present phase: from now on the connection is closing.
    virtual void beginClosing();

private:
    void onEnded(const StreamEnd &end);

    std::unique_ptr<ConnectionRecorder> m_recorder;
    std::unique_ptr<ByteStream> m_stream;
};

} // namespace Sidewire
