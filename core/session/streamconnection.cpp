// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "streamconnection.h"

#include "core/session/layerevents.h"

namespace Sidewire {

namespace {

constexpr std::chrono::milliseconds RefusedFin{250}; // For the FIN of a proxy that has said all

} // namespace

StreamConnection::StreamConnection(std::unique_ptr<ConnectionRecorder> recorder,
                                   std::unique_ptr<QAbstractSocket> socket, QObject *parent)
    : QObject(parent)
    , m_recorder(std::move(recorder))
    , m_stream(std::make_unique<TcpStream>(std::move(socket), *m_recorder))
{
    m_layerTimer.setSingleShot(true);
    connect(&m_layerTimer, &QTimer::timeout, this, &StreamConnection::onLayerTimeout);
    watchStream();
}

StreamConnection::~StreamConnection() = default;

void StreamConnection::watchStream()
{
    const QString end = m_isSecure ? QStringLiteral("close_notify") : QStringLiteral("FIN");
    connect(m_stream.get(), &ByteStream::finReceived, this, [this, end] {
        m_recorder->finished(Direction::In, end);
        if (m_isReady) {
            onFinReceived();
        } else if (!m_isSecure) {
            fail({Error::Code::Protocol,
                  QStringLiteral("the proxy %1 sent FIN before it had answered").arg(m_layers.proxy->name)},
                 QStringLiteral("error"));
        }
    });
    connect(m_stream.get(), &ByteStream::finSent, this, [this, end] { m_recorder->finished(Direction::Out, end); });
    connect(m_stream.get(), &ByteStream::ended, this, &StreamConnection::onEnded);
    connect(&m_recorder->session(), &SessionRecorder::roomAgain, m_stream.get(), &ByteStream::onRoomAgain);
}

void StreamConnection::start()
{
    m_recorder->endpoints(m_stream->local(), m_stream->peer());
    if (m_layers.proxy) {
        askProxy();
    } else {
        climb();
    }
}

void StreamConnection::askProxy()
{
    m_recorder->startPhase(QStringLiteral("proxy"));
    m_layerTimer.start(m_layers.timeout);
    m_recorder->setBorder([this](QByteArrayView bytes) {
        const qsizetype used = m_layers.proxy->handshake->feed(bytes);
        m_isTooEarly = used < bytes.size();
        return used;
    });
    m_recorder->setReceivedTap([this](const QByteArray &) { onProxyAnswer(); });
    m_stream->start();
    onProxyAnswer();
}

void StreamConnection::onProxyAnswer()
{
    if (m_failure) {
        return; // What follows a refusal is recorded and nothing else
    }
    const StreamLayers::Proxy &proxy = *m_layers.proxy;
    if (const QByteArray output = proxy.handshake->takeOutput(); !output.isEmpty()) {
        (void)m_stream->send(output);
    }
    if (proxy.handshake->state() == ProxyHandshake::State::Asking) {
        return;
    }
    LayerEvents::proxied(*m_recorder, proxy.name, proxy.target, *proxy.handshake);
    if (proxy.handshake->state() == ProxyHandshake::State::Refused) {
        m_layerTimer.stop();
        m_stream->setCloseTimeout(RefusedFin);
        fail(proxy.handshake->error(), QStringLiteral("refused"));
        return;
    }
    m_recorder->setBorder({});
    m_recorder->setReceivedTap({});
    m_recorder->endPhase();
    LayerEvents::streamBegins(*m_recorder, LayerEvents::Layer::Tunnel);
    if (m_layers.tls && m_isTooEarly) {
        fail({Error::Code::Protocol, QStringLiteral("the peer sent something before TLS had begun")},
             QStringLiteral("error"));
        return;
    }
    climb();
}

/// Above the proxy, if there is one.
void StreamConnection::climb()
{
    if (m_layers.tls) {
        secure(*m_layers.tls);
        return;
    }
    m_stream->start();
    onReady();
}

Result<void> StreamConnection::startTls(const StreamLayers::Tls &tls, std::chrono::milliseconds timeout)
{
    if (m_isSecure) {
        return Error{Error::Code::Unsupported, QStringLiteral("TLS has been started already")};
    }
    if (!m_isReady || isOver() || m_stream->isClosing() || m_stream->isFinSent() || m_stream->isFinReceived()) {
        return Error{Error::Code::Closed, QStringLiteral("TLS needs a connection that is open in both directions")};
    }
    if (queued() > 0) {
        return Error{Error::Code::Unsupported,
                     QStringLiteral("TLS cannot start while %1 bytes are still queued").arg(queued())};
    }
    m_layers.timeout = timeout;
    secure(tls);
    return {};
}

void StreamConnection::secure(const StreamLayers::Tls &tls)
{
    m_isReady = false;
    m_isSecure = true;
    m_recorder->startPhase(QStringLiteral("tls"));
    m_layerTimer.start(m_layers.timeout);

    m_stream->disconnect(this);
    disconnect(&m_recorder->session(), nullptr, m_stream.get(), nullptr);
    std::unique_ptr<TcpStream> tcp(static_cast<TcpStream *>(m_stream.release()));
    if (m_isPaused) {
        tcp->resumeReading();
    }
    auto tlsStream = std::make_unique<TlsStream>(std::move(tcp), *m_recorder, tls.context, tls.host);
    TlsStream *stream = tlsStream.get();
    connect(stream, &TlsStream::secured, this, [this, stream] { onSecured(stream->facts()); });
    connect(stream, &TlsStream::verifyFailed, this,
            [this, stream](bool isFatal) { LayerEvents::verifyFailed(*m_recorder, stream->facts(), isFatal); });
    m_stream = std::move(tlsStream);
    m_stream->setReadingLimit(m_readingLimit);
    watchStream();
    m_stream->start();
}

void StreamConnection::onSecured(const TlsFacts &facts)
{
    if (m_hasBegun) {
        LayerEvents::streamBegins(*m_recorder, LayerEvents::Layer::Tls);
    }
    LayerEvents::secured(*m_recorder, facts);
    onReady();
}

void StreamConnection::onReady()
{
    m_layerTimer.stop();
    m_isReady = true;
    if (m_isPaused) {
        m_stream->pauseReading();
    }
    if (m_hasBegun) {
        m_recorder->startPhase(QStringLiteral("open"));
        return;
    }
    m_hasBegun = true;
    begin();
}

void StreamConnection::onLayerTimeout()
{
    const QString what = m_isSecure ? QStringLiteral("the TLS handshake was not done")
                                    : QStringLiteral("the proxy %1 did not answer").arg(m_layers.proxy->name);
    setFailure(
        {Error::Code::Timeout, QStringLiteral("timed out: %1 within %2 ms").arg(what).arg(m_layers.timeout.count())},
        QStringLiteral("timeout"));
    m_stream->reset(); // Who is mute will not answer a FIN either
}

void StreamConnection::close()
{
    if (isOver()) {
        return;
    }
    if (!m_isReady) {
        m_isGivenUp = !m_failure;
        m_stream->reset();
        return;
    }
    beginClosing();
    m_stream->close();
}

void StreamConnection::closeWithin(std::chrono::milliseconds timeout)
{
    m_stream->setCloseTimeout(timeout);
    close();
}

void StreamConnection::reset()
{
    m_stream->reset();
}

void StreamConnection::finishSending()
{
    if (m_isReady) {
        m_stream->finishSending();
    }
}

void StreamConnection::pauseReading()
{
    if (!isOver() && !m_stream->isClosing()) {
        m_isPaused = true;
        if (m_isReady) {
            m_stream->pauseReading();
        }
        m_recorder->paused();
    }
}

void StreamConnection::resumeReading()
{
    if (!isOver() && !m_stream->isClosing()) {
        m_isPaused = false;
        m_recorder->resumed();
        m_stream->resumeReading();
    }
}

void StreamConnection::setReadingLimit(qint64 queued)
{
    m_readingLimit = queued;
    m_stream->setReadingLimit(queued);
}

void StreamConnection::beginClosing()
{
    // There is no phase any more after one that has failed.
    const QString phase = m_recorder->phase();
    if (!phase.isEmpty() && phase != QLatin1String("closing")) {
        m_recorder->startPhase(QStringLiteral("closing"));
    }
}

void StreamConnection::fail(const Error &error, const QString &how)
{
    setFailure(error, how);
    m_stream->close();
}

void StreamConnection::setFailure(const Error &error, const QString &how)
{
    if (!m_failure) {
        m_failure = error;
        m_failedHow = how;
        m_recorder->failPhase(error.detail);
    }
}

void StreamConnection::describeEnd(const StreamEnd &, ConnectionEnd &)
{}

void StreamConnection::onEnded(const StreamEnd &stream)
{
    m_layerTimer.stop();
    ConnectionEnd end;
    end.by = stream.isByPeer ? ClosedBy::Peer : ClosedBy::Us;
    switch (stream.how) {
    case StreamEnd::How::Fin:
        end.how = QStringLiteral("fin");
        break;
    case StreamEnd::How::Reset:
        end.how = QStringLiteral("rst");
        m_recorder->wasReset(stream.isByPeer ? Direction::In : Direction::Out);
        break;
    case StreamEnd::How::Timeout:
        end.how = QStringLiteral("timeout");
        break;
    case StreamEnd::How::Error:
        end.how = QStringLiteral("error");
        end.by = ClosedBy::Nobody;
        break;
    }
    if (!stream.error.detail.isEmpty()) {
        end.error = stream.error;
        end.hasFailed = stream.how == StreamEnd::How::Reset || stream.how == StreamEnd::How::Error;
        if (!m_isReady && !m_isSecure) {
            end.error->detail = QStringLiteral("the proxy %1: %2").arg(m_layers.proxy->name, stream.error.detail);
        }
    }
    if (stream.discarded > 0) {
        m_recorder->discarded(stream.discarded);
    }
    if (m_hasBegun) {
        describeEnd(stream, end);
    }
    if (m_failure) {
        end.error = m_failure;
        end.how = m_failedHow;
        end.hasFailed = true;
    } else if (m_isGivenUp) {
        end.how = QStringLiteral("stopped");
        end.message = QStringLiteral("Connecting was given up");
    }
    m_recorder->closed(end);
    Q_EMIT over();
}

} // namespace Sidewire
