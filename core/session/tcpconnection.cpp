// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "tcpconnection.h"

namespace Sidewire {

namespace {

// A peer that does not read its answers is not read from either beyond this.
constexpr qint64 MaxAnswersQueued = 8 * 1024 * 1024;

} // namespace

TcpConnection::TcpConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                             Answer answer, QObject *parent)
    : StreamConnection(std::move(recorder), std::move(socket), parent)
    , m_answer(std::move(answer))
{}

void TcpConnection::begin()
{
    if (m_answer.isReply()) {
        // A file may be as long as the whole queue, so that the next waits for the one before.
        const bool isFile = m_answer.options().kind == AnswerOptions::Kind::File;
        setReadingLimit(isFile ? 0 : MaxAnswersQueued);
        recorder().setReceivedTap([this](const QByteArray &received) { reply(received); });
    }
    recorder().startPhase(QStringLiteral("open"));
    for (const SendRequest &greeting : m_answer.greeting()) {
        (void)send(greeting);
    }
    if (m_answer.isClock()) {
        connect(&m_clock, &QTimer::timeout, this, &TcpConnection::sendTime);
        m_clock.start(m_answer.options().interval);
        sendTime();
    }
}

Result<void> TcpConnection::send(const SendRequest &request)
{
    switch (request.kind) {
    case SendRequest::Kind::Ping:
    case SendRequest::Kind::Close:
    case SendRequest::Kind::Frames:
        return Error{Error::Code::Unsupported, QStringLiteral("TCP has no frames")};
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

void TcpConnection::reply(const QByteArray &received)
{
    SendRequest request;
    request.bytes = received;
    const Result<std::vector<SendRequest>> replies = m_answer.replyTo(request);
    if (!replies) {
        recorder().notAnswered(replies.error());
        return;
    }
    for (const SendRequest &each : *replies) {
        const Result<void> sent = send(each);
        if (!sent) {
            recorder().notAnswered(sent.error());
        }
    }
}

void TcpConnection::sendTime()
{
    if (!isReady()) {
        return; // TLS is on its way
    }
    if (stream().queued() > MaxAnswersQueued || !send(m_answer.time(Answer::Form::Line))) {
        m_clock.stop();
    }
}

void TcpConnection::onFinReceived()
{
    if (m_answer.endsWithPeer()) {
        m_clock.stop();
        beginClosing();
        finishSending();
    }
    Q_EMIT finReceived();
}

} // namespace Sidewire
