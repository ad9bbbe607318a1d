// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketconnection.h"

#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/closecode.h"
#include "core/protocol/websocket/frameencoder.h"

#include <QRandomGenerator>
#include <QStringDecoder>

#include <algorithm>
#include <bit>
#include <utility>

namespace Sidewire {

namespace {

constexpr qsizetype MaxControlPayload = 125; // RFC 6455, 5.5

std::optional<QString> toText(QByteArrayView bytes)
{
    // Unlike QString::fromUtf8() it keeps a byte order mark and tells of broken bytes.
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    if (decoder.hasError()) {
        return std::nullopt;
    }
    return text;
}

std::array<quint8, 4> randomKey()
{
    return std::bit_cast<std::array<quint8, 4>>(QRandomGenerator::system()->generate());
}

} // namespace

WebSocketConnection::WebSocketConnection(std::unique_ptr<ConnectionRecorder> connectionRecorder,
                                         std::unique_ptr<QAbstractSocket> socket, Direction client, QObject *parent)
    : StreamConnection(std::move(connectionRecorder), std::move(socket), parent)
    , m_client(client)
    , m_in(client == Direction::In ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server)
    , m_out(client == Direction::Out ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server)
{
    m_closeWait.setSingleShot(true);
    connect(&m_closeWait, &QTimer::timeout, this, [this] { stream().close(); });
}

WebSocketConnection::~WebSocketConnection() = default;

void WebSocketConnection::begin()
{
    // Pongs and echoes queue up when the peer does not read; then it is not read from either.
    setReadingLimit(ByteStream::MaxQueued / 2);
    recorder().setReceivedTap([this](const QByteArray &bytes) { take(Direction::In, bytes); });
    recorder().setSentTap([this](QByteArrayView bytes) { take(Direction::Out, bytes); });
    recorder().startPhase(QStringLiteral("upgrade"));
}

void WebSocketConnection::take(Direction direction, QByteArrayView bytes)
{
    Half &side = half(direction);
    QByteArray rest;
    if (!side.isHeadOver) {
        const qint64 searched = side.head.size();
        side.head.append(bytes);
        const std::optional<qint64> end = findHeadEnd(side.head, searched);
        if (!end) {
            if (side.head.size() > MaxHttpHead) {
                side.isHeadOver = true;
                fail({Error::Code::TooLarge, QStringLiteral("the HTTP head of the upgrade has no end")},
                     QStringLiteral("error"));
            }
            return;
        }
        side.isHeadOver = true;
        rest = side.head.mid(*end);
        side.head.truncate(*end);
        onHead(direction, side.head);
        bytes = rest;
    }
    if (bytes.isEmpty()) {
        return;
    }
    if (!m_isUpgraded) {
        if (direction == Direction::In) {
            onBodyBytes(bytes.size());
        }
        return;
    }
    for (const ControlFrame &frame : side.scanner.feed(bytes)) {
        onControl(direction, frame);
    }
    if (direction == Direction::In) {
        onFrameBytes(bytes.toByteArray());
    } else {
        onSentFrameBytes();
    }
}

void WebSocketConnection::onControl(Direction direction, const ControlFrame &frame)
{
    if (frame.opcode == Opcode::Close && !half(direction).isClosed) {
        half(direction).isClosed = true;
        if (m_closedBy == ClosedBy::Nobody) {
            m_closedBy = direction == Direction::In ? ClosedBy::Peer : ClosedBy::Us;
        }
        beginClosing();
        recorder().closeFrame(direction, closeCodeOf(frame.payload).value_or(1005),
                              QString::fromUtf8(frame.payload.mid(2)));
        finishAfterClose();
    }
    if (direction == Direction::In) {
        relayControl(frame.wire);
    }
}

// RFC 6455, 7.1.1: the server ends the TCP connection first, the client waits for it, but not for ever.
void WebSocketConnection::finishAfterClose()
{
    if (m_in.isClosed && m_out.isClosed && m_client == Direction::In) {
        stream().close();
    } else if (!m_closeWait.isActive()) {
        m_closeWait.start(m_closeTimeout);
    }
}

Result<void> WebSocketConnection::send(const SendRequest &request)
{
    QWebSocket *socket = webSocket();
    if (!socket || !m_isUpgraded || m_out.isClosed || stream().isOver()) {
        return Error{Error::Code::Closed, QStringLiteral("the WebSocket is not open")};
    }
    if (queued() + request.bytes.size() > ByteStream::MaxQueued) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 bytes are still queued").arg(queued())};
    }
    const std::optional<QString> text =
        request.kind == SendRequest::Kind::Binary ? std::nullopt : toText(request.bytes);
    switch (request.kind) {
    case SendRequest::Kind::Binary:
        socket->sendBinaryMessage(request.bytes);
        break;
    case SendRequest::Kind::Bytes:
        if (!text) {
            socket->sendBinaryMessage(request.bytes);
            break;
        }
        [[fallthrough]];
    case SendRequest::Kind::Text:
        if (!text) {
            return Error{Error::Code::Malformed, QStringLiteral("a text message must be valid UTF-8")};
        }
        socket->sendTextMessage(*text);
        break;
    case SendRequest::Kind::Ping:
        if (request.bytes.size() > MaxControlPayload) {
            return Error{Error::Code::TooLarge, QStringLiteral("a ping holds at most 125 bytes")};
        }
        socket->ping(request.bytes);
        break;
    case SendRequest::Kind::Close:
        return sendClose(*socket, request.closeCode, request.bytes);
    }
    return {};
}

Result<void> WebSocketConnection::sendClose(QWebSocket &socket, quint16 code, const QByteArray &reason)
{
    if (code != 0 && !isSendableCloseCode(code)) {
        return Error{Error::Code::Unsupported, QStringLiteral("a Close frame cannot be sent with code %1").arg(code)};
    }
    const std::optional<QString> text = toText(reason);
    if (!text || reason.size() > MaxControlPayload - 2) {
        return Error{Error::Code::Malformed, QStringLiteral("a close reason is UTF-8 of at most 123 bytes")};
    }
    if (code == 0 && !reason.isEmpty()) {
        return Error{Error::Code::Malformed, QStringLiteral("a close reason needs a close code")}; // RFC 6455, 5.5.1
    }
    beginClosing();
    m_closeWait.start(m_closeTimeout);
    if (code == 0) {
        m_withheld.emplace();
    }
    socket.close(code == 0 ? QWebSocketProtocol::CloseCodeNormal : QWebSocketProtocol::CloseCode(code), *text);
    return {};
}

QByteArray WebSocketConnection::emptyCloseFrame() const
{
    const bool isClient = m_client == Direction::Out;
    return encodeFrame(Opcode::Close, {}, isClient ? std::optional(randomKey()) : std::nullopt);
}

// QWebSocket never leaves out the code. But its Close frame is the last that it writes and its length is known, so what is
// before it goes out and a Close frame of ours takes its place once there is nothing more.
Result<void> WebSocketConnection::forward(const QByteArray &bytes)
{
    if (!m_withheld) {
        return stream().send(bytes);
    }
    const qsizetype replaced = emptyCloseFrame().size() + qsizetype(sizeof(quint16)); // The code
    *m_withheld += bytes;
    const qsizetype before = std::max<qsizetype>(0, m_withheld->size() - replaced);
    const QByteArray sent = m_withheld->left(before);
    m_withheld->remove(0, before);
    return stream().send(sent);
}

void WebSocketConnection::close()
{
    QWebSocket *socket = webSocket();
    if (!socket || !m_isUpgraded || m_out.isClosed || stream().isFinReceived()) {
        StreamConnection::close();
        return;
    }
    if (!m_closeWait.isActive()) {
        beginClosing();
        m_closeWait.start(m_closeTimeout);
        stream().resumeReading();
        socket->close(QWebSocketProtocol::CloseCodeNormal);
    }
}

void WebSocketConnection::closeWithin(std::chrono::milliseconds timeout)
{
    // Half for the Close frame of the peer, half for its FIN.
    m_closeTimeout = timeout / 2;
    stream().setCloseTimeout(timeout / 2);
    close();
}

qint64 WebSocketConnection::queued() const
{
    const QWebSocket *socket = webSocket();
    return StreamConnection::queued() + (socket ? socket->bytesToWrite() : 0);
}

void WebSocketConnection::onWebSocketClosed()
{
    if (std::exchange(m_withheld, {})) {
        (void)stream().send(emptyCloseFrame());
    }
    if (!m_isUpgraded || stream().isFinReceived()) {
        stream().close();
    } else if (!m_closeWait.isActive()) {
        beginClosing();
        m_closeWait.start(m_closeTimeout);
    }
}

void WebSocketConnection::beginClosing()
{
    beginOpen();
    StreamConnection::beginClosing();
}

void WebSocketConnection::beginOpen()
{
    if (m_isUpgraded && recorder().phase() == QLatin1String("upgrade")) {
        recorder().startPhase(QStringLiteral("open"));
    }
}

QString WebSocketConnection::withoutUpgrade() const
{
    return m_in.head.isEmpty() ? QStringLiteral("the peer sent FIN without an upgrade")
                               : QStringLiteral("the peer sent FIN in the middle of the HTTP head");
}

void WebSocketConnection::onFinReceived()
{
    if (!m_isUpgraded && recorder().phase() == QLatin1String("upgrade")) {
        recorder().failPhase(withoutUpgrade());
    }
    beginClosing();
    stream().close();
}

void WebSocketConnection::describeEnd(const StreamEnd &streamEnd, ConnectionEnd &end)
{
    m_closeWait.stop();
    beginOpen();
    if (hasFailed()) {
        return;
    }
    const bool isPeersFin = streamEnd.isByPeer && streamEnd.how == StreamEnd::How::Fin;
    if (!m_isUpgraded && isPeersFin) {
        end.hasFailed = true;
        end.error = Error{Error::Code::Protocol, withoutUpgrade()};
    } else if (m_isUpgraded && stream().isFinReceived() && m_in.scanner.isInsideFrame()) {
        end.hasFailed = true;
        end.error = Error{Error::Code::Protocol, QStringLiteral("peer sent FIN in the middle of a frame")};
    } else if (m_closedBy != ClosedBy::Nobody && streamEnd.how != StreamEnd::How::Reset) {
        end.by = m_closedBy;
        end.how = QStringLiteral("close-frame");
    } else if (m_isUpgraded && isPeersFin) {
        end.message = QStringLiteral("Closed: peer sent FIN, no Close frame");
    }
}

} // namespace Sidewire
