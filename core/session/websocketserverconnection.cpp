// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketserverconnection.h"

#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/messageassembler.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace Sidewire {

namespace {

QByteArray upgradeRequired()
{
    const QByteArray body = "This is a WebSocket server.\n";
    return "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
           "Content-Type: text/plain\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

WebSocketServerConnection::WebSocketServerConnection(std::unique_ptr<ConnectionRecorder> connectionRecorder,
                                                     std::unique_ptr<QAbstractSocket> socket, const SessionSpec &spec,
                                                     QObject *parent)
    : WebSocketConnection(std::move(connectionRecorder), std::move(socket), Direction::In, parent)
    , m_spec(spec)
    , m_server(QStringLiteral("Sidewire"), QWebSocketServer::NonSecureMode)
{
    m_server.setSupportedSubprotocols(spec.options.subprotocols);
    connect(&m_server, &QWebSocketServer::newConnection, this, &WebSocketServerConnection::onNewConnection);
    m_upgradeTimer.setSingleShot(true);
    connect(&m_upgradeTimer, &QTimer::timeout, this, [this] {
        fail({Error::Code::Timeout,
              QStringLiteral("the client did not ask for the upgrade within %1 ms")
                  .arg(m_spec.options.connectTimeout.count())},
             QStringLiteral("timeout"));
    });
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
    m_upgradeTimer.start(m_spec.options.connectTimeout);
    WebSocketConnection::begin();
}

QWebSocket *WebSocketServerConnection::webSocket() const
{
    return m_webSocket && m_webSocket->state() == QAbstractSocket::ConnectedState ? m_webSocket : nullptr;
}

void WebSocketServerConnection::relayControl(const QByteArray &frame)
{
    if (m_facade) {
        m_facade->feed(frame);
    }
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
    const HttpHead request = parseHttpHead(head);
    if (!request.isRequest || !request.hasToken("Upgrade", "websocket")) {
        (void)stream().send(upgradeRequired());
        fail({Error::Code::Protocol, QStringLiteral("the client did not ask for a WebSocket")},
             QStringLiteral("error"));
        return;
    }
    m_facade = new WebSocketFacade(stream().local(), stream().peer(), this);
    connect(m_facade, &WebSocketFacade::wrote, this, [this](const QByteArray &bytes) { (void)stream().send(bytes); });
    connect(m_facade, &WebSocketFacade::closedByWebSocket, this, &WebSocketServerConnection::onWebSocketClosed);
    m_server.handleConnection(m_facade);
    m_facade->feed(head);
}

void WebSocketServerConnection::onNewConnection()
{
    m_webSocket = m_server.nextPendingConnection();
    m_webSocket->setParent(this);
    if (m_spec.options.answer.kind == AnswerOptions::Kind::Greet) {
        m_webSocket->sendTextMessage(QString::fromUtf8(m_spec.options.answer.text));
    } else if (m_spec.options.answer.kind == AnswerOptions::Kind::Clock) {
        m_clock.start(m_spec.options.answer.interval);
        tick();
    }
}

void WebSocketServerConnection::tick()
{
    if (!webSocket()) {
        m_clock.stop();
        return;
    }
    const QJsonObject message{{QStringLiteral("n"), m_ticks++},
                              {QStringLiteral("time"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
    SendRequest request;
    request.kind = SendRequest::Kind::Text;
    request.bytes = QJsonDocument(message).toJson(QJsonDocument::Compact);
    (void)send(request);
}

void WebSocketServerConnection::onFrameBytes(const QByteArray &bytes)
{
    const AnswerOptions::Kind kind = m_spec.options.answer.kind;
    const bool isAnswering =
        kind == AnswerOptions::Kind::Echo || kind == AnswerOptions::Kind::Greet || kind == AnswerOptions::Kind::Text;
    if (!isAnswering || m_isTooLong) {
        return;
    }
    m_message += bytes;
    std::vector<Frame> frames;
    m_decoder.feed(bytes, frames);
    for (const Frame &frame : frames) {
        if (frame.isControl()) {
            continue;
        }
        if (frame.opcode != Opcode::Continuation) {
            forgetUntil(frame.begin);
            m_opcode = frame.opcode;
        }
        if (frame.isFinal && m_opcode) {
            const QByteArrayView span = QByteArrayView(m_message).first(frame.end() - m_messageBegin);
            answer(*m_opcode, assembleMessage(span, MaxMessage));
            forgetUntil(frame.end());
            m_opcode.reset();
        }
    }
    if (!m_opcode) {
        forgetUntil(m_decoder.unfinishedBegin()); // Pings between messages
    }
    // What a header announces counts before it is there.
    const qint64 end = m_decoder.unfinished() ? m_decoder.unfinished()->end() : m_decoder.offset();
    if (end - m_messageBegin > MaxMessage) {
        m_isTooLong = true;
        m_message.clear();
        if (QWebSocket *socket = webSocket()) {
            socket->close(QWebSocketProtocol::CloseCodeTooMuchData, QStringLiteral("messages are limited to 64 MiB"));
        }
    }
}

void WebSocketServerConnection::forgetUntil(qint64 offset)
{
    m_message.remove(0, offset - m_messageBegin);
    m_messageBegin = offset;
}

void WebSocketServerConnection::answer(Opcode opcode, const QByteArray &message)
{
    SendRequest request;
    request.kind = opcode == Opcode::Text ? SendRequest::Kind::Text : SendRequest::Kind::Binary;
    request.bytes = message;
    if (m_spec.options.answer.kind == AnswerOptions::Kind::Text) {
        request.kind = SendRequest::Kind::Text;
        request.bytes = m_spec.options.answer.text;
    }
    const Result<void> sent = send(request);
    QWebSocket *socket = webSocket();
    if (!sent && sent.error().code == Error::Code::Malformed && socket) {
        socket->close(QWebSocketProtocol::CloseCodeWrongDatatype, QStringLiteral("text must be valid UTF-8")); // 1007
    }
}

} // namespace Sidewire
