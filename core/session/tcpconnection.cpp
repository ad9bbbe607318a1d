// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tcpconnection.h"

#include <QDateTime>

namespace Sidewire {

namespace {

// A peer that does not read its answers is not read from either beyond this.
constexpr qint64 MaxAnswersQueued = 8 * 1024 * 1024;

} // namespace

TcpConnection::TcpConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                             const AnswerOptions &answerOptions, QObject *parent)
    : StreamConnection(std::move(recorder), std::move(socket), parent)
    , m_answer(answerOptions)
{}

void TcpConnection::begin()
{
    using Kind = AnswerOptions::Kind;
    const Kind kind = m_answer.kind;
    if (kind == Kind::Echo || kind == Kind::Text || kind == Kind::Greet) {
        setReadingLimit(MaxAnswersQueued);
        recorder().setReceivedTap([this](const QByteArray &received) { answer(received); });
    }
    recorder().startPhase(QStringLiteral("open"));
    if (kind == Kind::Greet) {
        (void)stream().send(m_answer.text);
    } else if (kind == Kind::Clock) {
        connect(&m_clock, &QTimer::timeout, this, &TcpConnection::sendTime);
        m_clock.start(m_answer.interval);
        sendTime();
    }
}

Result<void> TcpConnection::send(const SendRequest &request)
{
    switch (request.kind) {
    case SendRequest::Kind::Ping:
    case SendRequest::Kind::Close:
        return Error{Error::Code::Unsupported, QStringLiteral("TCP has no pings and no close frames")};
    case SendRequest::Kind::Bytes:
    case SendRequest::Kind::Text:
    case SendRequest::Kind::Binary:
        break;
    }
    if (!isReady()) {
        return Error{Error::Code::Closed, QStringLiteral("the connection is not open yet")};
    }
    return stream().send(request.bytes);
}

// Answers fail only when the direction has ended, and then there is nobody to tell.
void TcpConnection::answer(const QByteArray &received)
{
    (void)stream().send(m_answer.kind == AnswerOptions::Kind::Text ? m_answer.text : received);
}

void TcpConnection::sendTime()
{
    if (stream().queued() > MaxAnswersQueued
        || !stream().send(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + '\n')) {
        m_clock.stop();
    }
}

void TcpConnection::onFinReceived()
{
    // Whoever answers by itself also ends by itself; a person decides otherwise.
    if (m_answer.kind != AnswerOptions::Kind::None) {
        m_clock.stop();
        beginClosing();
        finishSending();
    }
}

} // namespace Sidewire
