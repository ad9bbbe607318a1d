// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketserverconnection.h"

#include "core/net/websockethead.h"
#include "core/session/upgraderequest.h"

#include <utility>

namespace Sidewire {

namespace {

constexpr int MaxWindowBits = 15; // RFC 7692, 7.1.2: where nothing is said

// A client that does not read its answers is not read from either beyond this.
constexpr qint64 MaxAnswersQueued = ByteStream::MaxQueued / 2;

} // namespace

WebSocketServerConnection::WebSocketServerConnection(std::unique_ptr<ConnectionRecorder> connectionRecorder,
                                                     std::unique_ptr<QAbstractSocket> socket, const SessionSpec &spec,
                                                     Answer answer, QObject *parent)
    : WebSocketConnection(std::move(connectionRecorder), std::move(socket), Direction::In, spec.options.autoPong,
                          parent)
    , m_options(spec.options)
    , m_answer(std::move(answer))
    , m_server(QStringLiteral("Sidewire"), QWebSocketServer::NonSecureMode)
{
    connect(&m_server, &QWebSocketServer::newConnection, this, &WebSocketServerConnection::onNewConnection);
    m_upgradeTimer.setSingleShot(true);
    connect(&m_upgradeTimer, &QTimer::timeout, this, &WebSocketServerConnection::onUpgradeTimeout);
    connect(&m_clock, &QTimer::timeout, this, &WebSocketServerConnection::tick);
}

WebSocketServerConnection::~WebSocketServerConnection()
{
    if (m_facade) {
        m_facade->disconnect(this);
    }
    if (m_webSocket) {
        m_webSocket->disconnect(this);
    }
}

void WebSocketServerConnection::begin()
{
    m_upgradeTimer.start(m_options.connectTimeout);
    WebSocketConnection::begin();
}

QWebSocket *WebSocketServerConnection::webSocket() const
{
    return m_webSocket && m_webSocket->state() == QAbstractSocket::ConnectedState ? m_webSocket : nullptr;
}

void WebSocketServerConnection::onHead(Direction direction, const QByteArray &head)
{
    if (direction == Direction::In) {
        onRequest(head);
        return;
    }
    const HttpHead response = parseHttpHead(head);
    const bool isAccepted = response.status == 101;
    recorder().upgraded(response.status, QString::fromLatin1(response.reason),
                        QString::fromLatin1(response.value("Sec-WebSocket-Protocol")),
                        QString::fromLatin1(response.value("Sec-WebSocket-Extensions")), isAccepted);
    if (isAccepted) {
        setUpgraded();
        beginOpen();
    }
}

void WebSocketServerConnection::onRequest(const QByteArray &head)
{
    m_upgradeTimer.stop();
    m_request = head;
    const HttpHead request = parseHttpHead(head);
    const std::optional<UpgradeRefusal> refusal = refusalOf(request, m_options.upgrade);
    m_isWaiting = !refusal && m_options.upgrade.decision == UpgradeRules::Decision::Ask;
    if (asksForWebSocket(request)) {
        const UpgradeRequest asked = UpgradeRequest::from(request);
        recorder().upgradeRequested(asked.target, asked.origin, asked.subprotocols, m_isWaiting);
    }
    if (refusal) {
        refuse(*refusal);
    } else if (m_isWaiting) {
        m_upgradeTimer.start(m_options.connectTimeout);
    } else {
        accept();
    }
}

Result<void> WebSocketServerConnection::answerUpgrade(int status)
{
    if (!m_isWaiting) {
        return Error{Error::Code::Closed, QStringLiteral("no upgrade waits for an answer on this connection")};
    }
    if (status == 101) {
        accept();
    } else if (status >= 400 && status <= 599) {
        refuse({status, QStringLiteral("The upgrade was refused by hand")});
    } else {
        return Error{Error::Code::Usage,
                     QStringLiteral("an upgrade is answered with 101 or with 400 to 599, not with %1").arg(status)};
    }
    return {};
}

/// Only now does QWebSocketServer get to see the request.
void WebSocketServerConnection::accept()
{
    m_isWaiting = false;
    m_upgradeTimer.stop();
    const UpgradeRequest asked = UpgradeRequest::from(parseHttpHead(m_request));
    if (const QString chosen = asked.subprotocolOf(m_options.subprotocols); !chosen.isEmpty()) {
        m_server.setSupportedSubprotocols({chosen}); // Of several it takes any
    }
    if (m_options.deflate) {
        m_deflate = WebSocketHead::acceptedDeflate(parseHttpHead(m_request), *m_options.deflate);
    }
    m_facade = new WebSocketFacade(stream().local(), stream().peer(), this);
    connect(m_facade, &WebSocketFacade::wrote, this, &WebSocketServerConnection::onWebSocketWrote);
    connect(m_facade, &WebSocketFacade::closedByWebSocket, this, &WebSocketServerConnection::onWebSocketClosed);
    m_server.handleConnection(m_facade);
    m_facade->feed(std::exchange(m_request, {}));
}

void WebSocketServerConnection::refuse(const UpgradeRefusal &refusal)
{
    m_isWaiting = false;
    m_upgradeTimer.stop();
    const HttpHead request = parseHttpHead(m_request);
    (void)stream().send(refusalResponse(request, refusal));
    if (asksForWebSocket(request)) {
        fail({Error::Code::Protocol,
              QStringLiteral("the upgrade was refused with %1: %2").arg(refusal.status).arg(refusal.why)},
             QStringLiteral("refused"));
    } else {
        fail({Error::Code::Protocol, QStringLiteral("the client did not ask for a WebSocket")},
             QStringLiteral("error"));
    }
}

void WebSocketServerConnection::onUpgradeTimeout()
{
    const QString time = QStringLiteral("%1 ms").arg(m_options.connectTimeout.count());
    if (m_isWaiting) {
        refuse({503, QStringLiteral("Nobody answered the upgrade within %1").arg(time)});
    } else {
        fail({Error::Code::Timeout, QStringLiteral("the client did not ask for the upgrade within %1").arg(time)},
             QStringLiteral("timeout"));
    }
}

// RFC 6455, 4.1: a client waits for the answer. Of one that does not, frames would be lost.
void WebSocketServerConnection::onBodyBytes(qint64)
{
    if (m_isWaiting) {
        refuse({400, QStringLiteral("Nothing may follow the request before its answer")});
    }
}

void WebSocketServerConnection::onWebSocketWrote(const QByteArray &bytes)
{
    if (m_hasResponded) {
        forward(bytes);
        return;
    }
    m_response += bytes;
    if (const std::optional<qint64> end = findHeadEnd(m_response)) {
        m_hasResponded = true;
        respond(m_response.first(*end));
        forward(std::exchange(m_response, {}).sliced(*end));
    }
}

void WebSocketServerConnection::respond(const QByteArray &head)
{
    if (!m_deflate) {
        (void)stream().send(head);
        return;
    }
    // Before it leaves: who reads it may send at once.
    compress(*m_deflate);
    m_collector.setInflater(
        MessageInflater(m_deflate->clientNoContextTakeover ? ContextTakeover::Off : ContextTakeover::On,
                        m_deflate->clientMaxWindowBits.value_or(MaxWindowBits)));
    (void)stream().send(WebSocketHead::withField(head, "Sec-WebSocket-Extensions", m_deflate->toHeader()));
}

void WebSocketServerConnection::onNewConnection()
{
    m_webSocket = m_server.nextPendingConnection();
    m_webSocket->setParent(this);
    if (m_answer.options().kind == AnswerOptions::Kind::File) {
        setReadingLimit(0); // One may be as long as the whole queue.
    }
    for (const SendRequest &greeting : m_answer.greeting()) {
        (void)send(greeting);
    }
    if (m_answer.isClock()) {
        m_clock.start(m_answer.options().interval);
        tick();
    }
}

void WebSocketServerConnection::tick()
{
    if (!webSocket()) {
        m_clock.stop();
        return;
    }
    (void)send(m_answer.time(Answer::Form::Json));
}

void WebSocketServerConnection::giveToWebSocket(const QByteArray &frame)
{
    if (m_facade) {
        m_facade->feed(frame);
    }
}

void WebSocketServerConnection::onControlFrame(Opcode opcode, const QByteArray &frame)
{
    if (!m_answer.isReply()) {
        relayControl(opcode, frame); // Otherwise in its turn, after the answers to what came before
    }
}

void WebSocketServerConnection::onFrameBytes(QByteArrayView bytes)
{
    if (!m_answer.isReply()) {
        return;
    }
    for (MessageCollector::Message &message : m_collector.feed(bytes)) {
        m_inbox.push_back(std::move(message));
    }
    replyToInbox();
}

void WebSocketServerConnection::onSentFrameBytes()
{
    if (std::exchange(m_isInboxStalled, false)) {
        QMetaObject::invokeMethod(this, &WebSocketServerConnection::replyToInbox, Qt::QueuedConnection);
    }
}

// What is not read any more is at most one message and one read, which may wait here.
void WebSocketServerConnection::replyToInbox()
{
    while (!m_inbox.empty() && webSocket()) {
        const MessageCollector::Message &message = m_inbox.front();
        if (message.isControl) {
            relayControl(message.opcode, message.bytes);
        } else if (!hasRoomFor(message)) {
            m_isInboxStalled = true;
            setReadingLimit(0); // Whatever were read until there is room would wait here, too
            return;
        } else {
            reply(message);
        }
        m_inbox.pop_front();
    }
    const bool isFile = m_answer.options().kind == AnswerOptions::Kind::File;
    setReadingLimit(isFile ? 0 : MaxAnswersQueued);
    if (m_collector.isTooLong() && webSocket()) {
        webSocket()->close(QWebSocketProtocol::CloseCodeTooMuchData, QStringLiteral("messages are limited to 64 MiB"));
    } else if (m_collector.isCorrupt() && webSocket()) {
        webSocket()->close(QWebSocketProtocol::CloseCodeWrongDatatype,
                           QStringLiteral("a compressed message cannot be inflated")); // 1007
    }
}

bool WebSocketServerConnection::hasRoomFor(const MessageCollector::Message &message) const
{
    const bool needsAll =
        m_answer.options().kind == AnswerOptions::Kind::File || message.bytes.size() > MaxAnswersQueued / 2;
    return queued() <= (needsAll ? 0 : MaxAnswersQueued);
}

void WebSocketServerConnection::reply(const MessageCollector::Message &message)
{
    SendRequest received;
    received.kind = message.opcode == Opcode::Text ? SendRequest::Kind::Text : SendRequest::Kind::Binary;
    received.bytes = message.bytes;
    const Result<std::vector<SendRequest>> replies = m_answer.replyTo(received);
    if (!replies) {
        recorder().notAnswered(replies.error());
        return;
    }
    for (const SendRequest &each : *replies) {
        const Result<void> sent = send(each);
        if (!sent && sent.error().code == Error::Code::Malformed && webSocket()) {
            webSocket()->close(QWebSocketProtocol::CloseCodeWrongDatatype,
                               QStringLiteral("text must be valid UTF-8")); // 1007
        } else if (!sent) {
            recorder().notAnswered(sent.error());
        }
    }
}

} // namespace Sidewire
