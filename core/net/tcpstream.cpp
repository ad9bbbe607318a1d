// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tcpstream.h"

#include "core/capture/capturewriter.h"
#include "core/net/nativeoptions.h"
#include "core/net/nativesocket.h"

#include <QSocketNotifier>
#include <QVariant>

#include <algorithm>

namespace Sidewire {

namespace {

// A turn of the event loop reads and writes at most this much, so that one flood does not starve other sessions.
constexpr qint64 TurnBudget = 1024 * 1024;
constexpr qsizetype ReadSize = 256 * 1024;
constexpr qsizetype WriteSize = CaptureWriter::MaxTcpPayload; // One record each

} // namespace

TcpStream::TcpStream(std::unique_ptr<QAbstractSocket> socket, StreamSink &sink, QObject *parent)
    : ByteStream(parent)
    , m_socket(std::move(socket))
    , m_sink(&sink)
    , m_local{NativeSocket::unmapped(m_socket->localAddress()), m_socket->localPort()}
    , m_peer{NativeSocket::unmapped(m_socket->peerAddress()), m_socket->peerPort()}
{
    m_closeTimer.setSingleShot(true);
    connect(&m_closeTimer, &QTimer::timeout, this, &TcpStream::onCloseTimeout);
    connect(m_socket.get(), &QAbstractSocket::readyRead, this, &TcpStream::read);
    connect(m_socket.get(), &QAbstractSocket::bytesWritten, this, &TcpStream::onBytesWritten);
    connect(m_socket.get(), &QAbstractSocket::errorOccurred, this, &TcpStream::onSocketError);
}

TcpStream::~TcpStream()
{
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
}

void TcpStream::start()
{
    readLater();
}

void TcpStream::readLater()
{
    QMetaObject::invokeMethod(this, &TcpStream::read, Qt::QueuedConnection);
}

void TcpStream::read()
{
    qint64 budget = TurnBudget;
    while (budget > 0) {
        if (m_isOver || m_isFinReceived || m_isPaused) {
            return;
        }
        if (m_readingLimit >= 0 && m_queued > m_readingLimit) {
            m_isStalled = true;
            return;
        }
        const std::span<char> room = m_sink->reserve(ReadSize);
        m_isReading = true;
        const NativeSocket::Received received = NativeSocket::receive(*m_socket, room, m_peer);
        m_isReading = false;
        if (!room.empty()) {
            m_sink->received(received.size > 0 ? static_cast<qsizetype>(received.size) : -1);
        }
        switch (received.what) {
        case NativeSocket::Received::What::Data:
            m_isStalled = room.empty();
            if (m_isStalled) {
                return;
            }
            budget -= received.size;
            break;
        case NativeSocket::Received::What::Nothing:
            armNotifier();
            return;
        case NativeSocket::Received::What::End:
            onPeerEnd();
            return;
        case NativeSocket::Received::What::Failed:
            onFailure(received.error);
            return;
        }
    }
    armNotifier();
}

/// Qt waits for its next read before it tells of anything more. This one is of nothing, as the peer's FIN may be there.
void TcpStream::armNotifier()
{
    if (!m_isOver) {
        m_socket->read(nullptr, 0);
    }
}

void TcpStream::onPeerEnd()
{
    m_isFinReceived = true;
    m_isPeerFirst = !m_isFinSent;
    m_failureWatch = new QSocketNotifier(m_socket->socketDescriptor(), QSocketNotifier::Exception, this);
    connect(m_failureWatch, &QSocketNotifier::activated, this, [this] {
        m_failureWatch->setEnabled(false);
        const Result<void> state = NativeSocket::connectResult(m_socket->socketDescriptor(), m_peer.toString());
        if (!state) {
            onFailure(state.error());
        }
    });
    Q_EMIT finReceived();
    finishIfBothEnded();
}

Result<void> TcpStream::send(const QByteArray &bytes)
{
    if (m_isOver || m_wantsFin) {
        return Error{Error::Code::Closed, QStringLiteral("the connection does not take anything more")};
    }
    if (m_queued + bytes.size() > MaxQueued) {
        return Error{Error::Code::TooLarge,
                     QStringLiteral("%1 bytes are still queued; at most %2 can wait").arg(m_queued).arg(MaxQueued)};
    }
    if (!bytes.isEmpty()) {
        m_queue.push_back(bytes);
        m_queued += bytes.size();
        pump();
    }
    return {};
}

void TcpStream::pump()
{
    if (m_isPumping) {
        return;
    }
    m_isPumping = true;
    qint64 budget = TurnBudget;
    while (!m_isOver && !m_queue.empty() && m_handedOver == 0 && m_sink->canTakeSent()) {
        if (budget <= 0) {
            QMetaObject::invokeMethod(this, &TcpStream::pump, Qt::QueuedConnection);
            break;
        }
        budget -= WriteSize;
        if (!handOver()) {
            break;
        }
    }
    m_isPumping = false;
    // The FIN waits for the sink too, or it would be recorded ahead of the last bytes.
    if (!m_isOver && m_queue.empty() && m_wantsFin && !m_isFinSent && m_sink->canTakeSent()) {
        sendFin();
    }
}

bool TcpStream::handOver()
{
    const QByteArray &front = m_queue.front();
    const qint64 size = std::min<qint64>(front.size() - m_frontTaken, WriteSize);
    const qint64 before = m_socket->bytesToWrite();
    const qint64 written = m_socket->write(front.constData() + m_frontTaken, size);
    if (written < 0) {
        // Not from inside of whoever sends: an end must not come while a send is still being answered.
        QMetaObject::invokeMethod(this, &TcpStream::onSocketError, Qt::QueuedConnection);
        return false;
    }
    // Unbuffered, Qt writes at once and keeps what the kernel does not take; only the rest shows in bytesWritten().
    m_handedOver = written;
    take(written - (m_socket->bytesToWrite() - before));
    return true;
}

void TcpStream::onBytesWritten(qint64 bytes)
{
    take(std::min(bytes, m_handedOver));
    pump();
}

void TcpStream::take(qint64 bytes)
{
    if (bytes <= 0) {
        return;
    }
    m_sink->sent(QByteArrayView(m_queue.front()).sliced(m_frontTaken, bytes));
    m_handedOver -= bytes;
    m_queued -= bytes;
    m_frontTaken += bytes;
    if (m_frontTaken == m_queue.front().size()) {
        m_queue.pop_front();
        m_frontTaken = 0;
    }
    if (m_closeTimer.isActive()) {
        m_closeTimer.start(m_closeTimeout);
    }
    if (m_isStalled && m_readingLimit >= 0 && m_queued <= m_readingLimit) {
        m_isStalled = false;
        readLater();
    }
}

void TcpStream::finishSending()
{
    m_wantsFin = true;
    pump();
}

void TcpStream::sendFin()
{
    if (m_isClosing && NativeOptions::lingerOf(m_socket->socketDescriptor()) == 0) {
        reset(); // That is what SO_LINGER of no seconds asks of closing.
        return;
    }
    m_isFinSent = true;
    if (!NativeSocket::shutdownWrite(m_socket->socketDescriptor())) {
        m_isFinReceived = true; // No half-close here, or nobody is there any more: it is the end of both directions.
    }
    if (m_closeTimer.isActive()) {
        m_closeTimer.start(m_closeTimeout);
    }
    Q_EMIT finSent();
    finishIfBothEnded();
}

void TcpStream::close()
{
    if (m_isOver) {
        return;
    }
    m_isClosing = true;
    if (m_isFinSent && NativeOptions::lingerOf(m_socket->socketDescriptor()) == 0) {
        reset();
        return;
    }
    m_closeTimer.start(m_closeTimeout);
    finishSending();
    resumeReading();
}

void TcpStream::reset()
{
    if (!m_isOver) {
        end({StreamEnd::How::Reset, false, 0, {}});
    }
}

void TcpStream::pauseReading()
{
    m_isPaused = !m_isClosing; // The peer's FIN is waited for.
}

void TcpStream::resumeReading()
{
    m_isPaused = false;
    readLater();
}

void TcpStream::onRoomAgain()
{
    m_isStalled = false;
    readLater();
    pump();
}

qintptr TcpStream::descriptor() const
{
    return m_isOver ? -1 : m_socket->socketDescriptor();
}

void TcpStream::finishIfBothEnded()
{
    if (!m_isOver && m_isFinSent && m_isFinReceived) {
        end({StreamEnd::How::Fin, m_isPeerFirst, 0, {}});
    }
}

void TcpStream::onSocketError()
{
    if (m_isReading || m_isOver) {
        return; // read() goes on with it once the reservation is over
    }
    switch (m_socket->error()) {
    case QAbstractSocket::RemoteHostClosedError:
        onFailure({Error::Code::Closed, QStringLiteral("connection reset by %1").arg(m_peer.toString())});
        return;
    case QAbstractSocket::TemporaryError:
        return;
    default:
        onFailure({Error::Code::Network, QStringLiteral("%1: %2").arg(m_peer.toString(), m_socket->errorString())});
    }
}

void TcpStream::onFailure(const Error &error)
{
    if (m_isOver) {
        return;
    }
    const bool isReset = error.code == Error::Code::Closed;
    end({isReset ? StreamEnd::How::Reset : StreamEnd::How::Error, true, 0, error});
}

void TcpStream::onCloseTimeout()
{
    const double seconds = static_cast<double>(m_closeTimeout.count()) / 1000.0;
    const QString what = m_isFinSent ? QStringLiteral("the peer did not close its side within %1 s")
        : m_sink->canTakeSent()      ? QStringLiteral("the peer took nothing of what was queued for %1 s")
                                     : QStringLiteral("the log had no room for %1 s");
    end({StreamEnd::How::Timeout, m_isPeerFirst, 0, {Error::Code::Timeout, what.arg(seconds)}});
}

void TcpStream::end(StreamEnd result)
{
    m_isOver = true;
    m_closeTimer.stop();
    if (m_failureWatch) {
        m_failureWatch->setEnabled(false);
    }
    result.discarded = m_queued;
    m_queue.clear();
    m_queued = 0;
    m_handedOver = 0;
    m_socket->disconnect(this);
    const bool isOrderly = result.how == StreamEnd::How::Fin || (result.how == StreamEnd::How::Timeout && m_isFinSent);
    if (!isOrderly && m_socket->socketDescriptor() >= 0) {
        NativeSocket::resetOnClose(m_socket->socketDescriptor());
    }
    const bool waits = isOrderly && NativeOptions::lingerOf(m_socket->socketDescriptor()).value_or(0) > 0;
    const qintptr waiting = waits ? NativeSocket::duplicate(m_socket->socketDescriptor()) : -1;
    m_socket->abort();
    if (waiting >= 0) {
        NativeSocket::closeWaiting(waiting);
    }
    Q_EMIT ended(result);
}

} // namespace Sidewire
