// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tlsstream.h"

#include "core/net/tlsengine.h"

#include <algorithm>
#include <utility>

namespace Sidewire {

namespace {

constexpr std::size_t ReadSize = 64 * 1024;
// The plaintext waits above this; enough below to keep the kernel busy until the next turn of the event loop.
constexpr qint64 MaxBelow = 256 * 1024;
// Only answers to a flood of requests that TLS makes by itself reach that; the peer is not read until it takes them.
constexpr qint64 MaxAnswersBelow = 4 * MaxBelow;
// How long a peer may take to see why it was refused.
constexpr std::chrono::milliseconds AlertTime{1000};

} // namespace

TlsStream::TlsStream(std::unique_ptr<TcpStream> tcp, StreamSink &sink, std::shared_ptr<const TlsContext> context,
                     const QString &host, QObject *parent)
    : ByteStream(parent)
    , m_tcp(std::move(tcp))
    , m_sink(sink)
    , m_context(std::move(context))
    , m_room(ReadSize)
{
    const QString &wanted = m_context->settings().serverName;
    const QString name = !wanted.isEmpty() ? wanted : !host.isEmpty() ? host : m_tcp->peer().address.toString();
    m_engine = std::make_unique<TlsEngine>(m_context, TlsPeerName::of(name));
    m_closeTimer.setSingleShot(true);
    connect(&m_closeTimer, &QTimer::timeout, this, &TlsStream::onCloseTimeout);
    connect(m_tcp.get(), &TcpStream::finReceived, this, &TlsStream::onTcpFin);
    connect(m_tcp.get(), &TcpStream::finSent, this, &TlsStream::onTcpFinSent);
    connect(m_tcp.get(), &TcpStream::ended, this, &TlsStream::onTcpOver);
    m_tcp->setSink(*this);
}

TlsStream::~TlsStream() = default;

void TlsStream::start()
{
    m_state = State::Handshaking;
    m_sinceStart.start();
    m_tcp->start();
    m_tcp->resumeReading(); // Whoever used it before may have paused it.
    goOnLater();
}

void TlsStream::goOnLater()
{
    if (!m_isGoingOn) {
        m_isGoingOn = true;
        QMetaObject::invokeMethod(this, &TlsStream::goOn, Qt::QueuedConnection);
    }
}

void TlsStream::goOn()
{
    m_isGoingOn = false;
    if (m_state == State::Handshaking) {
        shakeHands();
    } else if (m_state == State::Open) {
        readPlaintext();
        pump();
    }
    m_tcp->onRoomAgain();
    if (m_tcp->isFinReceived()) {
        settle(); // It may have come before this layer began.
    }
}

std::span<char> TlsStream::reserve(qsizetype size)
{
    // Otherwise, what is dropped and the handshake are always taken.
    if (m_state == State::Open && !m_isFinReceived && (!canRead() || m_engine->hasInput())) {
        return {};
    }
    return std::span(m_room).first(std::min(static_cast<std::size_t>(size), m_room.size()));
}

void TlsStream::received(qsizetype size)
{
    if (size <= 0 || m_isFinReceived) {
        return;
    }
    if (m_state == State::Handshaking) {
        m_engine->feed({m_room.data(), size});
        shakeHands();
    } else if (m_state == State::Open) {
        m_engine->feed({m_room.data(), size});
        readPlaintext();
    }
}

bool TlsStream::canRead() const
{
    if (m_tcpResult) {
        return true; // What is left of it
    }
    return !m_isPaused && (m_readingLimit < 0 || m_queued <= m_readingLimit) && m_tcp->queued() <= MaxAnswersBelow;
}

void TlsStream::shakeHands()
{
    const TlsEngine::Step step = m_engine->shakeHands();
    m_facts = m_engine->facts();
    m_facts.milliseconds = static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e6;
    flush();
    switch (step) {
    case TlsEngine::Step::Done:
        onSecured();
        break;
    case TlsEngine::Step::NeedsMore:
        break;
    case TlsEngine::Step::Ended:
    case TlsEngine::Step::Failed:
        if (m_engine->verification().isRefused()) {
            Q_EMIT verifyFailed(true);
        }
        fail(m_engine->error(), m_engine->isFailureByPeer());
        break;
    }
}

void TlsStream::onSecured()
{
    m_state = State::Open;
    if (m_context->settings().verify == TlsSettings::Verify::Off && !m_facts.problems.empty()) {
        Q_EMIT verifyFailed(false);
    }
    Q_EMIT secured();
    readPlaintext();
    pump();
}

void TlsStream::readPlaintext()
{
    while (m_state == State::Open && !m_isFinReceived && m_engine->hasInput() && canRead()) {
        const std::span<char> room = m_sink.reserve(TlsEngine::MaxRecord);
        if (room.empty()) {
            return; // onRoomAgain() comes back
        }
        qsizetype size = 0;
        const TlsEngine::Step step = m_engine->read(room, size);
        m_sink.received(size > 0 ? size : -1);
        flush();
        if (step == TlsEngine::Step::Ended) {
            onCloseNotify();
        } else if (step == TlsEngine::Step::Failed) {
            fail(m_engine->error(), m_engine->isFailureByPeer());
        } else if (step == TlsEngine::Step::NeedsMore) {
            break;
        }
    }
    settle();
}

void TlsStream::onCloseNotify()
{
    if (m_state != State::Open) {
        return;
    }
    m_isFinReceived = true;
    m_isPeerFirst = !m_isCloseNotifySent;
    Q_EMIT finReceived();
    if (isFinSent() && !m_tcp->isOver()) {
        m_closeTimer.start(m_closeTimeout); // Only the FIN is missing
    }
    m_tcp->onRoomAgain();
}

Result<void> TlsStream::send(const QByteArray &bytes)
{
    if (m_wantsFin || m_state == State::Leaving || m_state == State::Over) {
        return Error{Error::Code::Closed, QStringLiteral("the connection does not take anything more")};
    }
    if (m_queued + bytes.size() > MaxQueued) {
        return Error{Error::Code::TooLarge,
                     QStringLiteral("%1 bytes are still queued; at most %2 can wait").arg(m_queued).arg(MaxQueued)};
    }
    if (!bytes.isEmpty()) {
        m_waiting.push_back(bytes);
        m_queued += bytes.size();
        pump();
    }
    return {};
}

void TlsStream::pump()
{
    if (m_isPumping || m_state != State::Open) {
        return;
    }
    m_isPumping = true;
    while (m_state == State::Open && !m_waiting.empty() && m_tcp->queued() < MaxBelow && encryptNext()) {}
    m_isPumping = false;
    if (m_state == State::Open && m_waiting.empty() && m_wantsFin && !m_isCloseNotifySent) {
        m_isCloseNotifySent = true;
        m_engine->sendCloseNotify();
        flush();
        m_tcp->finishSending();
    }
}

bool TlsStream::encryptNext()
{
    QByteArray &front = m_waiting.front();
    Piece piece{front, m_frontTaken, std::min(front.size() - m_frontTaken, TlsEngine::MaxRecord), 0};
    const QByteArrayView plaintext = QByteArrayView(front).sliced(piece.offset, piece.size);
    if (m_engine->write(plaintext) != TlsEngine::Step::Done) {
        // Not from inside of whoever sends: an end must not come while a send is still being answered.
        QMetaObject::invokeMethod(
            this, [this] { fail(m_engine->error(), m_engine->isFailureByPeer()); }, Qt::QueuedConnection);
        return false;
    }
    m_frontTaken += piece.size;
    if (m_frontTaken == front.size()) {
        m_waiting.pop_front();
        m_frontTaken = 0;
    }
    piece.end = m_ciphertextQueued + m_engine->ciphertextSize();
    m_leaving.push_back(std::move(piece));
    flush();
    return true;
}

void TlsStream::flush()
{
    const QByteArray ciphertext = m_engine->takeCiphertext();
    if (!ciphertext.isEmpty() && m_tcp->send(ciphertext)) {
        m_ciphertextQueued += ciphertext.size();
    }
}

bool TlsStream::canTakeSent()
{
    // What is no plaintext is not recorded.
    return m_state != State::Open || m_sink.canTakeSent();
}

void TlsStream::sent(QByteArrayView ciphertext)
{
    m_ciphertextSent += ciphertext.size();
    while (!m_leaving.empty() && m_leaving.front().end <= m_ciphertextSent) {
        const Piece piece = std::move(m_leaving.front());
        m_leaving.pop_front();
        m_queued -= piece.size;
        m_sink.sent(QByteArrayView(piece.buffer).sliced(piece.offset, piece.size));
    }
    if (m_closeTimer.isActive()) {
        m_closeTimer.start(m_closeTimeout);
    }
    if (!m_waiting.empty() || m_readingLimit >= 0 || m_tcp->isFinReceived()) {
        goOnLater(); // TcpStream counts these bytes as queued until this returns.
    }
}

void TlsStream::finishSending()
{
    m_wantsFin = true;
    pump();
}

void TlsStream::close()
{
    if (m_state == State::Over || m_state == State::Leaving) {
        return;
    }
    m_isClosing = true;
    if (m_state != State::Open && m_queued == 0) {
        leave();
        return;
    }
    m_closeTimer.start(m_closeTimeout);
    finishSending();
    resumeReading();
}

void TlsStream::reset()
{
    if (m_state != State::Over) {
        end({StreamEnd::How::Reset, false, 0, {}});
    }
}

void TlsStream::pauseReading()
{
    m_isPaused = !m_isClosing; // The peer's close_notify is waited for.
}

void TlsStream::resumeReading()
{
    m_isPaused = false;
    goOnLater();
}

void TlsStream::onRoomAgain()
{
    goOnLater();
}

void TlsStream::onTcpFin()
{
    if (m_state == State::Open) {
        readPlaintext();
    } else {
        settle();
    }
}

void TlsStream::onTcpFinSent()
{
    if (m_state == State::Open) {
        Q_EMIT finSent();
        if (m_isFinReceived && !m_tcp->isOver()) {
            m_closeTimer.start(m_closeTimeout); // Only the peer's FIN is missing.
        }
    }
}

void TlsStream::onTcpOver(const StreamEnd &result)
{
    m_tcpResult = result;
    if (m_state == State::Open) {
        readPlaintext();
    } else {
        settle();
    }
}

/// Looks at the end of TCP once everything before it is read.
void TlsStream::settle()
{
    switch (m_state) {
    case State::Idle:
    case State::Over:
        return;
    case State::Leaving:
        if (m_tcpResult) {
            end(m_failure.value_or(*m_tcpResult));
        }
        return;
    case State::Handshaking:
        if (m_tcpResult && m_tcpResult->how != StreamEnd::How::Fin) {
            end(*m_tcpResult);
        } else if (m_tcp->isFinReceived()) {
            fail({Error::Code::Protocol, QStringLiteral("the peer closed the connection during the TLS handshake")},
                 true);
        }
        return;
    case State::Open:
        break;
    }
    if (!m_isFinReceived && m_engine->hasInput()) {
        return; // The sink has no room; readPlaintext() comes back.
    }
    if (m_tcp->isFinReceived() && !m_isFinReceived) {
        if (!m_isClosing && m_queued > 0 && !m_tcpResult) {
            return; // It may still read, as ncat does; sent() comes back.
        }
        if (!m_isClosing || !m_isCloseNotifySent) {
            if (!std::exchange(m_isCloseNotifySent, true)) {
                m_engine->sendCloseNotify(); // Whoever still reads learns that this was all.
            }
            fail({Error::Code::Protocol,
                  QStringLiteral("the peer ended TCP without close_notify; what came may be cut short")},
                 true);
            return;
        }
        onCloseNotify();
    }
    if (m_tcpResult && m_state == State::Open) {
        const bool areBothEnded = m_isFinReceived && isFinSent();
        end(areBothEnded ? StreamEnd{StreamEnd::How::Fin, m_isPeerFirst, 0, {}} : *m_tcpResult);
    }
}

void TlsStream::fail(const Error &error, bool isByPeer)
{
    if (m_state == State::Handshaking || m_state == State::Open) {
        m_failure = StreamEnd{StreamEnd::How::Error, isByPeer, 0, error};
        flush();
        leave();
    }
}

void TlsStream::leave()
{
    m_state = State::Leaving;
    m_closeTimer.stop();
    m_tcp->setCloseTimeout(m_failure ? std::min(AlertTime, m_closeTimeout) : m_closeTimeout);
    m_tcp->onRoomAgain();
    m_tcp->close();
    settle();
}

void TlsStream::onCloseTimeout()
{
    if (m_isFinReceived && isFinSent()) {
        end({StreamEnd::How::Fin, m_isPeerFirst, 0, {}}); // As far as TLS goes
        return;
    }
    const QString what = m_state == State::Handshaking ? QStringLiteral("the TLS handshake was not done within %1 s")
        : isFinSent()                                  ? QStringLiteral("the peer did not close its side within %1 s")
        : m_sink.canTakeSent() ? QStringLiteral("the peer took nothing of what was queued for %1 s")
                               : QStringLiteral("the log had no room for %1 s");
    const double seconds = static_cast<double>(m_closeTimeout.count()) / 1000.0;
    end({StreamEnd::How::Timeout, m_isPeerFirst, 0, {Error::Code::Timeout, what.arg(seconds)}});
}

void TlsStream::end(StreamEnd result)
{
    m_state = State::Over;
    m_closeTimer.stop();
    result.discarded = m_queued;
    m_queued = 0;
    m_waiting.clear();
    m_leaving.clear();
    const bool isOrderly = result.how == StreamEnd::How::Fin || result.how == StreamEnd::How::Error || isFinSent();
    if (isOrderly && result.discarded == 0) {
        m_tcp->close(); // Nobody waits for it any more.
    } else {
        m_tcp->reset();
    }
    Q_EMIT ended(result);
}

} // namespace Sidewire
