// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/websockethead.h"
#include "core/net/wiretap.h"
#include "core/session/websocketconnection.h"

#include <QWebSocket>

#include <functional>

namespace Sidewire {

/// The client side: a QWebSocket behind a WireTap, the real stream behind the tap.
class WebSocketClientConnection final : public WebSocketConnection
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebSocketClientConnection)

public:
    WebSocketClientConnection(std::unique_ptr<ConnectionRecorder> recorder, std::unique_ptr<QAbstractSocket> socket,
                              const SessionSpec &spec, QObject *parent);
    ~WebSocketClientConnection() override;

    /// Is asked when the server answers with another address. Success: somebody else goes there, and this is over.
    using Follow = std::function<Result<void>(const QByteArray &location)>;
    void setFollow(Follow follow) { m_follow = std::move(follow); }

private:
    void begin() override;
    QWebSocket *webSocket() const override;
    void onHead(Direction direction, const QByteArray &head) override;
    void giveToWebSocket(const QByteArray &frame) override { m_tap.relay(frame); }
    void onBodyBytes(qint64 size) override;
    void onRequest(const QByteArray &head);
    void onResponse(const QByteArray &head);
    Result<void> judge(const HttpHead &response);
    void onRedirect(const HttpHead &response, const Error &refusal);
    void describeEnd(const StreamEnd &stream, ConnectionEnd &end) override;
    void awaitBody(const HttpHead &response);
    WebSocketHead::Request request() const;

    SessionSpec m_spec;
    Follow m_follow;
    QString m_followedTo;
    WireTap m_tap;
    mutable QWebSocket m_webSocket;
    QTimer m_upgradeTimer;
    QTimer m_bodyTimer; ///< Runs while the body of a refusal is awaited
    qint64 m_bodySize = 0;
    std::optional<qint64> m_bodyLength; ///< As the refusal says
    QByteArray m_key; ///< As QWebSocket made it
    QByteArray m_sentKey; ///< As it was sent: a header of the user's replaces it, and each end gets its own accept
    QByteArrayList m_offered;
};

} // namespace Sidewire
