// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "websocketclientconnection.h"

#include "core/protocol/http/httpbody.h"
#include "core/session/authority.h"
#include "core/session/layerevents.h"
#include "core/session/redirect.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QWebSocketHandshakeOptions>

namespace Sidewire {

namespace {

constexpr std::chrono::milliseconds BodySilence{1000}; // Ends a body of unknown length
constexpr std::chrono::milliseconds RefusedFin{250}; // For the FIN of a server that has said all
constexpr qint64 MaxBody = 1024 * 1024;
constexpr qsizetype MaxShownLocation = 2048;

QByteArray authorization(const QString &auth)
{
    constexpr QLatin1StringView Bearer("bearer ");
    if (auth.startsWith(Bearer, Qt::CaseInsensitive)) {
        return "Bearer " + auth.mid(Bearer.size()).trimmed().toUtf8();
    }
    return "Basic " + auth.toUtf8().toBase64(); // RFC 7617
}

} // namespace

WebSocketClientConnection::WebSocketClientConnection(std::unique_ptr<ConnectionRecorder> connectionRecorder,
                                                     std::unique_ptr<QAbstractSocket> socket, const SessionSpec &spec,
                                                     QObject *parent)
    : WebSocketConnection(std::move(connectionRecorder), std::move(socket), Direction::Out, spec.options.autoPong,
                          parent)
    , m_spec(spec)
    , m_webSocket(spec.options.origin)
{
    m_upgradeTimer.setSingleShot(true);
    m_bodyTimer.setSingleShot(true);
    connect(&m_upgradeTimer, &QTimer::timeout, this, [this] {
        setFailure({Error::Code::Timeout,
                    QStringLiteral("timed out: the server did not answer the upgrade within %1 ms")
                        .arg(m_spec.options.connectTimeout.count())},
                   QStringLiteral("timeout"));
        stream().reset(); // Who is mute will not answer a FIN either
    });
    connect(&m_bodyTimer, &QTimer::timeout, this, [this] { stream().close(); });
    connect(&m_tap, &WireTap::requestHead, this, &WebSocketClientConnection::onRequest);
    connect(&m_tap, &WireTap::outgoing, this, [this](const QByteArray &bytes) { forward(bytes); });
    connect(&m_tap, &WireTap::closed, this, [this] {
        if (isUpgraded()) {
            onWebSocketClosed();
        }
    });
    connect(&m_webSocket, &QWebSocket::connected, this, [this] { beginOpen(); });
}

WebSocketClientConnection::~WebSocketClientConnection()
{
    // Its destructor would still send a Close frame.
    m_webSocket.disconnect(this);
    m_tap.disconnect(this);
    m_webSocket.abort();
}

void WebSocketClientConnection::begin()
{
    WebSocketConnection::begin();
    m_upgradeTimer.start(m_spec.options.connectTimeout);
    const Result<void> listening = m_tap.listen();
    if (!listening) {
        fail(listening.error(), QStringLiteral("error"));
        return;
    }
    QNetworkRequest handshake(m_tap.url());
    handshake.setRawHeader(WireTap::tokenField(), m_tap.token());
    QWebSocketHandshakeOptions options;
    options.setSubprotocols(m_spec.options.subprotocols);
    m_webSocket.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    m_webSocket.open(handshake, options);
}

QWebSocket *WebSocketClientConnection::webSocket() const
{
    return m_webSocket.state() == QAbstractSocket::ConnectedState ? &m_webSocket : nullptr;
}

WebSocketHead::Request WebSocketClientConnection::request() const
{
    WebSocketHead::Request result;
    result.target = WebSocketHead::encodedTarget(m_spec.path.toUtf8());
    const bool isV6 = m_spec.host.contains(u':'); // Whose scope means nothing to the server.
    result.host = bracketed(isV6 ? m_spec.host.section(u'%', 0, 0) : m_spec.host).toUtf8();
    if (m_spec.port != (m_spec.isTls() ? 443 : 80)) {
        result.host += ':' + QByteArray::number(m_spec.port);
    }
    if (!m_spec.options.auth.isEmpty()) {
        result.fields.emplace_back("Authorization", authorization(m_spec.options.auth));
    }
    if (!m_spec.options.cookies.isEmpty()) {
        result.fields.emplace_back("Cookie",
                                   m_spec.options.cookies.join(QStringLiteral("; ")).toUtf8()); // RFC 6265, 5.4
    }
    if (m_spec.options.deflate) {
        result.fields.emplace_back("Sec-WebSocket-Extensions", m_spec.options.deflate->toHeader());
    }
    for (const HttpHeader &header : m_spec.options.headers) {
        result.fields.emplace_back(header.name, header.value);
    }
    return result;
}

void WebSocketClientConnection::onRequest(const QByteArray &head)
{
    m_key = parseHttpHead(head).value("Sec-WebSocket-Key");
    const QByteArray sent = WebSocketHead::edited(head, request(), WireTap::tokenField());
    const HttpHead parsed = parseHttpHead(sent);
    m_sentKey = parsed.value("Sec-WebSocket-Key");
    for (const QByteArray &each : parsed.value("Sec-WebSocket-Protocol").split(',')) {
        m_offered.append(each.trimmed());
    }
    (void)stream().send(sent);
}

void WebSocketClientConnection::onHead(Direction direction, const QByteArray &head)
{
    if (direction == Direction::In) {
        onResponse(head);
    }
}

void WebSocketClientConnection::onResponse(const QByteArray &head)
{
    m_upgradeTimer.stop();
    const HttpHead response = parseHttpHead(head);
    const QByteArray protocol = response.value("Sec-WebSocket-Protocol");
    const Result<void> good = judge(response);
    recorder().upgraded(response.status, QString::fromLatin1(response.reason), QString::fromLatin1(protocol),
                        QString::fromLatin1(response.value("Sec-WebSocket-Extensions")), good.has_value());
    if (good) {
        setUpgraded();
        // A subprotocol of the user's own header is not known to QWebSocket.
        const bool isKnown = m_spec.options.subprotocols.contains(QString::fromLatin1(protocol));
        m_tap.relay(WebSocketHead::plainResponse(m_key, isKnown ? protocol : QByteArray()));
        return;
    }
    if (isRedirect(response.status) && !response.value("Location").isEmpty()) {
        onRedirect(response, good.error());
    } else {
        setFailure(good.error(), QStringLiteral("error"));
    }
    awaitBody(response);
}

/// A good answer also settles whether messages are compressed.
Result<void> WebSocketClientConnection::judge(const HttpHead &response)
{
    const Result<void> good = WebSocketHead::check(response, m_sentKey, m_offered);
    if (!good || !m_spec.options.deflate) {
        return good;
    }
    const Result<std::optional<DeflateParameters>> agreed =
        WebSocketHead::agreedDeflate(response, *m_spec.options.deflate);
    if (!agreed) {
        return agreed.error();
    }
    if (*agreed) {
        compress(**agreed);
    }
    return {};
}

void WebSocketClientConnection::onRedirect(const HttpHead &response, const Error &refusal)
{
    const QByteArray location = response.value("Location");
    const QString shown = QString::fromUtf8(location.left(MaxShownLocation));
    const Result<void> followed = m_follow(location);
    LayerEvents::redirected(recorder(), response.status, shown, followed);
    if (followed) {
        recorder().endPhase();
        m_followedTo = shown;
    } else {
        setFailure(
            {refusal.code, QStringLiteral("%1, Location: %2; %3").arg(refusal.detail, shown, followed.error().detail)},
            QStringLiteral("error"));
    }
}

void WebSocketClientConnection::describeEnd(const StreamEnd &streamEnd, ConnectionEnd &end)
{
    if (m_followedTo.isEmpty()) {
        WebSocketConnection::describeEnd(streamEnd, end);
        return;
    }
    end.error.reset();
    end.hasFailed = false;
    end.message = QStringLiteral("Closed: the server redirected to %1").arg(m_followedTo);
}

// The body of a refusal is worth seeing, so the FIN waits for it. Where its length is not known its end is the server's
// FIN, or silence.
void WebSocketClientConnection::awaitBody(const HttpHead &response)
{
    const HttpBody body = bodyOf(response);
    const bool isKnown = body.framing == HttpBody::Framing::None || body.framing == HttpBody::Framing::Length;
    m_bodyLength = response.status > 0 && isKnown ? std::optional(body.length) : std::nullopt;
    if (m_bodyLength || !m_followedTo.isEmpty()) {
        stream().setCloseTimeout(RefusedFin); // Such a server may well keep the connection for another request
    }
    if (m_bodyLength == 0 || !m_followedTo.isEmpty()) {
        stream().close();
    } else {
        m_bodyTimer.start(m_bodyLength ? m_spec.options.connectTimeout : BodySilence);
    }
}

void WebSocketClientConnection::onBodyBytes(qint64 size)
{
    if (!m_bodyTimer.isActive()) {
        return;
    }
    m_bodySize += size;
    if (m_bodySize > MaxBody) {
        m_bodyTimer.stop();
        stream().reset(); // After a FIN it could go on sending
    } else if (m_bodyLength && m_bodySize >= *m_bodyLength) {
        m_bodyTimer.stop();
        stream().close();
    } else if (!m_bodyLength) {
        m_bodyTimer.start(BodySilence);
    }
}

} // namespace Sidewire
