// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/connectionrecorder.h"
#include "core/session/engine.h"
#include "core/session/streamlayers.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace Sidewire {

/// A connection over TCP, from the connected socket to its Closed event.
///
/// It puts the layers onto the socket, and then begin() is called: what the connection carries is up to the subclass, which
/// does not know what lies below. A layer that fails ends the connection.
class StreamConnection : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StreamConnection)

public:
    StreamConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                     QObject *parent);
    ~StreamConnection() override;

    /// Before start(). Without it there are none.
    void setLayers(StreamLayers layers) { m_layers = std::move(layers); }

    /// Writes the recorder's Endpoints event and begins with the lowest layer.
    void start();

    /// Puts TLS onto a connection that is open without it. What has come so far stays as it is; nothing may be queued.
    Result<void> startTls(const StreamLayers::Tls &tls, std::chrono::milliseconds timeout);

    virtual Result<void> send(const SendRequest &request) = 0;
    virtual qint64 queued() const { return m_stream->queued(); }

    virtual void close(); ///< Orderly, within a few seconds; at once while a layer is not ready
    virtual void closeWithin(std::chrono::milliseconds timeout);
    void reset();
    void finishSending();
    void pauseReading();
    void resumeReading();

    ConnectionId id() const { return m_recorder->id(); }
    bool isOver() const { return m_stream->isOver(); }
    bool hasBeenOpen() const { return m_recorder->hasBeenOpen(); }

Q_SIGNALS:
    void over(); ///< The Closed event has been written

protected:
    /// All layers are ready. Called once; nothing has been read from above them.
    virtual void begin() = 0;
    virtual void onFinReceived() {} ///< Not before begin()

    /// What the subclass knows of the end beyond what the stream tells. `end` is filled from `stream`. Not before begin().
    virtual void describeEnd(const StreamEnd &stream, ConnectionEnd &end);

    ConnectionRecorder &recorder() { return *m_recorder; }
    ByteStream &stream() { return *m_stream; }
    const ByteStream &stream() const { return *m_stream; }

    /// False while a layer is on its way.
    bool isReady() const { return m_isReady; }

    /// As ByteStream::setReadingLimit(), also for layers that come later.
    void setReadingLimit(qint64 queued);

    /// Ends the present phase: from now on the connection is closing.
    virtual void beginClosing();

    /// Ends the connection with this reason, in order. The present phase fails now.
    void fail(const Error &error, const QString &how);
    void setFailure(const Error &error, const QString &how); ///< The same, but whoever calls it ends the connection
    bool hasFailed() const { return m_failure.has_value(); }

private:
    void watchStream();
    void askProxy();
    void onProxyAnswer();
    void climb();
    void secure(const StreamLayers::Tls &tls);
    void onSecured(const TlsFacts &facts);
    void onReady();
    void onLayerTimeout();
    void onEnded(const StreamEnd &end);

    std::unique_ptr<ConnectionRecorder> m_recorder;
    std::unique_ptr<ByteStream> m_stream;
    StreamLayers m_layers;
    QTimer m_layerTimer; ///< Runs while a layer is on its way
    std::optional<Error> m_failure;
    QString m_failedHow;
    qint64 m_readingLimit = -1;
    bool m_isTooEarly = false; ///< Behind the proxy's answer came something in the same read
    bool m_isSecure = false; ///< m_stream is a TlsStream
    bool m_isReady = false;
    bool m_hasBegun = false;
    bool m_isPaused = false; ///< By hand; layers are read for all the same
    bool m_isGivenUp = false; ///< By us, while a layer was on its way
};

} // namespace Sidewire
