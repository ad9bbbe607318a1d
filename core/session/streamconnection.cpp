// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "streamconnection.h"

namespace Sidewire {

StreamConnection::StreamConnection(std::unique_ptr<ConnectionRecorder> recorder,
                                   std::unique_ptr<QAbstractSocket> socket, QObject *parent)
    : QObject(parent)
    , m_recorder(std::move(recorder))
    , m_stream(std::make_unique<TcpStream>(std::move(socket), *m_recorder))
{
    connect(m_stream.get(), &ByteStream::finReceived, this, [this] {
        m_recorder->finished(Direction::In);
        onFinReceived();
    });
    connect(m_stream.get(), &ByteStream::finSent, this, [this] { m_recorder->finished(Direction::Out); });
    connect(m_stream.get(), &ByteStream::ended, this, &StreamConnection::onEnded);
    connect(&m_recorder->session(), &SessionRecorder::roomAgain, m_stream.get(), &ByteStream::onRoomAgain);
}

StreamConnection::~StreamConnection() = default;

void StreamConnection::start()
{
    m_recorder->endpoints(m_stream->local(), m_stream->peer());
    m_stream->start();
}

void StreamConnection::close()
{
    if (!isOver()) {
        beginClosing();
        m_stream->close();
    }
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
    m_stream->finishSending();
}

void StreamConnection::pauseReading()
{
    if (!isOver() && !m_stream->isClosing()) {
        m_stream->pauseReading();
        m_recorder->paused();
    }
}

void StreamConnection::resumeReading()
{
    if (!isOver() && !m_stream->isClosing()) {
        m_recorder->resumed();
        m_stream->resumeReading();
    }
}

void StreamConnection::beginClosing()
{
    // There is no phase any more after one that has failed.
    const QString phase = m_recorder->phase();
    if (!phase.isEmpty() && phase != QLatin1String("closing")) {
        m_recorder->startPhase(QStringLiteral("closing"));
    }
}

void StreamConnection::describeEnd(const StreamEnd &, ConnectionEnd &)
{}

void StreamConnection::onEnded(const StreamEnd &stream)
{
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
    }
    if (stream.discarded > 0) {
        m_recorder->discarded(stream.discarded);
    }
    describeEnd(stream, end);
    m_recorder->closed(end);
    Q_EMIT over();
}

} // namespace Sidewire
