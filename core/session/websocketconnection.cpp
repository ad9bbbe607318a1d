// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketconnection.h"

#include "core/protocol/http/httphead.h"
#include "core/protocol/websocket/closecode.h"

#include <QStringDecoder>
#include <QUtf8StringView>

#include <utility>

namespace Sidewire {

namespace {

constexpr qsizetype MaxControlPayload = 125; // RFC 6455, 5.5
constexpr std::size_t MaxWaiting = 100'000;
constexpr int MaxWindowBits = 15; // RFC 7692, 7.1.2: where nothing is said
constexpr int MaxLatePings = 1'000;

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

bool isUtf8(const QByteArray &bytes)
{
    return QUtf8StringView(bytes.constData(), bytes.size()).isValidUtf8();
}

Result<void> checkClose(quint16 code, const QByteArray &reason)
{
    if (code != 0 && !isSendableCloseCode(code)) {
        return Error{Error::Code::Unsupported, QStringLiteral("a Close frame cannot be sent with code %1").arg(code)};
    }
    if (!isUtf8(reason) || reason.size() > MaxControlPayload - 2) {
        return Error{Error::Code::Malformed, QStringLiteral("a close reason is UTF-8 of at most 123 bytes")};
    }
    if (code == 0 && !reason.isEmpty()) {
        return Error{Error::Code::Malformed, QStringLiteral("a close reason needs a close code")}; // RFC 6455, 5.5.1
    }
    return {};
}

} // namespace

WebSocketConnection::WebSocketConnection(std::unique_ptr<ConnectionRecorder> connectionRecorder,
                                         std::unique_ptr<QAbstractSocket> socket, Direction client,
                                         const AutoPong &autoPong, QObject *parent)
    : StreamConnection(std::move(connectionRecorder), std::move(socket), parent)
    , m_client(client)
    , m_autoPong(autoPong)
    , m_in(client == Direction::In ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server)
    , m_out(client == Direction::Out ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server)
    , m_outbox(sender(), [this](const QByteArray &bytes) { return stream().send(bytes); })
{
    m_closeWait.setSingleShot(true);
    connect(&m_closeWait, &QTimer::timeout, this, &WebSocketConnection::onCloseTimeout);
    connect(&m_outbox, &WebSocketOutbox::idle, this, &WebSocketConnection::handOverWaiting);
    connect(&m_outbox, &WebSocketOutbox::failed, this, [this](const Error &error) {
        if (error.code == Error::Code::TooLarge) {
            // A frame without its end would make nonsense of all that follow. Not from inside of whoever sends.
            QMetaObject::invokeMethod(this, &WebSocketConnection::reset, Qt::QueuedConnection);
        }
    });
}

WebSocketConnection::~WebSocketConnection() = default;

void WebSocketConnection::begin()
{
    // Pongs and echoes queue up when the peer does not read; then it is not read from either.
    setReadingLimit(ByteStream::MaxQueued / 2);
    recorder().setReceivedTap([this](const QByteArray &bytes) { take(Direction::In, bytes); });
    recorder().setPassedOver([this](qsizetype size) {
        return m_isUpgraded && m_in.isHeadOver && !wantsFrameBytes() && m_in.scanner.passOver(size);
    });
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
        onFrameBytes(bytes);
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
        onControlFrame(frame.opcode, frame.wire);
    }
}

void WebSocketConnection::relayControl(Opcode opcode, const QByteArray &frame)
{
    if (opcode == Opcode::Close && m_outbox.hasClosed()) {
        return; // It would answer with a second Close frame of ours
    }
    if (opcode != Opcode::Ping || m_autoPong == AutoPong()) {
        giveToWebSocket(frame);
    } else if (m_autoPong.isOn && m_latePings < MaxLatePings) { // RFC 6455, 5.5.3: not each of them needs an answer
        ++m_latePings;
        QTimer::singleShot(m_autoPong.delay, Qt::PreciseTimer, this, [this, frame] {
            --m_latePings;
            giveToWebSocket(frame);
        });
    }
}

void WebSocketConnection::compress(const DeflateParameters &agreed)
{
    const bool isClient = m_client == Direction::Out;
    const bool isForgetful = isClient ? agreed.clientNoContextTakeover : agreed.serverNoContextTakeover;
    const std::optional<int> bits = isClient ? agreed.clientMaxWindowBits : agreed.serverMaxWindowBits;
    m_outbox.setDeflater(
        MessageDeflater(isForgetful ? ContextTakeover::Off : ContextTakeover::On, bits.value_or(MaxWindowBits)));
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
    if (const Result<void> possible = check(request); !possible) {
        return possible;
    }
    const bool isBehind = m_outbox.isBusy() || !m_waiting.empty();
    if (!isBehind || request.kind == SendRequest::Kind::Ping) { // RFC 6455, 5.4: control frames may come in between
        handOver(request);
        return {};
    }
    if (m_waiting.size() >= MaxWaiting) {
        return Error{Error::Code::TooLarge,
                     QStringLiteral("%1 messages wait for frames to leave").arg(m_waiting.size())};
    }
    m_waiting.push_back(request);
    m_waitingSize += sizeOf(request);
    return {};
}

Result<void> WebSocketConnection::check(const SendRequest &request) const
{
    using Kind = SendRequest::Kind;
    const bool isByHand = request.kind == Kind::Frames;
    const bool isToClose = m_isCloseWaiting && !m_isHandingOver;
    const bool isOpen = isByHand || (webSocket() && !m_out.isClosed && !m_outbox.hasClosed() && !isToClose);
    if (!isOpen || !m_isUpgraded || stream().isOver() || stream().isClosing() || stream().isFinSent()) {
        return Error{Error::Code::Closed, QStringLiteral("the WebSocket is not open")};
    }
    for (const FrameSpec &frame : request.frames) {
        if (Result<void> possible = frame.check(); !possible) {
            return possible;
        }
    }
    if (queued() + sizeOf(request) > ByteStream::MaxQueued) {
        return Error{Error::Code::TooLarge, QStringLiteral("%1 bytes are still queued").arg(queued())};
    }
    if (request.kind == Kind::Text && !isUtf8(request.bytes)) {
        return Error{Error::Code::Malformed, QStringLiteral("a text message must be valid UTF-8")};
    }
    if (request.kind == Kind::Ping && request.bytes.size() > MaxControlPayload) {
        return Error{Error::Code::TooLarge, QStringLiteral("a ping holds at most 125 bytes")};
    }
    return request.kind == Kind::Close ? checkClose(request.closeCode, request.bytes) : Result<void>();
}

FrameDecoder::Sender WebSocketConnection::sender() const
{
    return m_client == Direction::Out ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server;
}

qint64 WebSocketConnection::sizeOf(const SendRequest &request) const
{
    return request.kind == SendRequest::Kind::Frames ? WebSocketOutbox::wireSize(request.frames, sender())
                                                     : request.bytes.size();
}

/// Of what has been checked.
void WebSocketConnection::handOver(const SendRequest &request)
{
    QWebSocket *socket = webSocket();
    switch (request.kind) {
    case SendRequest::Kind::Frames:
        m_outbox.enqueue({request.frames, request.pause});
        break;
    case SendRequest::Kind::Bytes:
    case SendRequest::Kind::Text:
        m_outbox.expect();
        if (const std::optional<QString> text = toText(request.bytes)) {
            socket->sendTextMessage(*text);
        } else {
            socket->sendBinaryMessage(request.bytes);
        }
        break;
    case SendRequest::Kind::Binary:
        m_outbox.expect();
        socket->sendBinaryMessage(request.bytes);
        break;
    case SendRequest::Kind::Ping:
        m_outbox.expect();
        socket->ping(request.bytes);
        break;
    case SendRequest::Kind::Close:
        beginClosing();
        m_closeWait.start(m_closeTimeout);
        if (request.closeCode == 0) {
            m_outbox.emptyNextClose();
        }
        socket->close(request.closeCode == 0 ? QWebSocketProtocol::CloseCodeNormal
                                             : QWebSocketProtocol::CloseCode(request.closeCode),
                      toText(request.bytes).value_or(QString()));
        break;
    }
}

void WebSocketConnection::handOverWaiting()
{
    if (std::exchange(m_isHandingOver, true)) {
        return; // Frames that wait among others make the outbox idle once more
    }
    while (!m_waiting.empty() && !m_outbox.isBusy()) {
        const SendRequest request = m_waiting.front();
        m_waiting.pop_front();
        m_waitingSize -= sizeOf(request);
        if (const Result<void> possible = check(request); possible) {
            handOver(request);
        } else {
            recorder().notSent(possible.error());
        }
    }
    m_isHandingOver = false;
    if (m_isCloseWaiting && m_waiting.empty() && !m_outbox.isBusy()) {
        closeNow();
    }
}

/// The log says how much of it never left.
void WebSocketConnection::discardWaiting()
{
    const qint64 size = m_outbox.discard() + std::exchange(m_waitingSize, 0);
    m_waiting.clear();
    if (size > 0) {
        recorder().discarded(size);
    }
}

void WebSocketConnection::close()
{
    if (!webSocket() || !m_isUpgraded || m_out.isClosed || m_outbox.hasClosed() || stream().isFinReceived()) {
        StreamConnection::close();
        return;
    }
    if (m_closeWait.isActive()) {
        return;
    }
    beginClosing();
    if (m_outbox.isBusy() || !m_waiting.empty()) {
        m_isCloseWaiting = true; // What is queued goes first, if that does not take long
        m_closeWait.start(m_closeTimeout);
    } else {
        closeNow();
    }
}

void WebSocketConnection::closeNow()
{
    m_isCloseWaiting = false;
    m_closeWait.start(m_closeTimeout);
    stream().resumeReading();
    if (QWebSocket *socket = webSocket()) {
        socket->close(QWebSocketProtocol::CloseCodeNormal);
    }
}

void WebSocketConnection::onCloseTimeout()
{
    discardWaiting();
    if (m_isCloseWaiting) {
        closeNow();
    } else {
        stream().close();
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
    return StreamConnection::queued() + m_outbox.queued() + m_waitingSize + (socket ? socket->bytesToWrite() : 0);
}

void WebSocketConnection::onWebSocketClosed()
{
    discardWaiting();
    m_outbox.expectNothing();
    m_isCloseWaiting = false;
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
    discardWaiting();
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
