// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/httpjoiner.h"
#include "core/lens/lensspec.h"
#include "core/lens/messagejoiner.h"
#include "core/protocol/websocket/deflateparameters.h"

#include <array>
#include <deque>
#include <optional>

namespace Sidewire {

/// HTTP/1.1 on both sides of a connection, and what it is upgraded to: WebSocket messages (RFC 6455), or reads behind a
/// CONNECT and any other upgrade. The lenses `http`, `websocket` and `sse` are this one under three names; they differ in
/// what they take for granted.
///
/// Bytes that are no HTTP are said to be a malformed head, and the rest of that direction is cut into reads. A client that
/// sends frames before it was answered is followed all the same.
class HttpLens final : public Lens
{
public:
    enum class Use {
        Http,
        WebSocket, ///< Every upgrade is one to WebSocket
        Events, ///< A text/event-stream is cut into its events
        Guess, ///< The same; it calls itself by what came
    };
    HttpLens(const LensContext &context, Use use);

    bool needsBytes() const override;
    qint64 passesOver(Direction direction) const override;
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override;
    std::optional<Decision> decision() const override;

private:
    enum class Cutting { Http, Frames, Reads };
    struct Side
    {
        Cutting cutting = Cutting::Http;
        std::optional<HttpJoiner> http;
        std::optional<MessageJoiner> frames;
        qint64 misfit = -1; ///< Where what is no HTTP began
    };

    /// Which request is meant by what: they are answered in order (RFC 9112, 9.3.2).
    struct Exchanges
    {
        static constexpr std::size_t MaxSpecial = 4096; ///< More at once are taken for ordinary ones

        struct Special
        {
            qint64 number = 0;
            HttpRequestKind kind = HttpRequestKind::Ordinary;
        };
        qint64 requests = 0;
        qint64 responses = 0; ///< Final ones
        std::deque<Special> special; ///< Not answered yet
        std::optional<HttpHead> upgrade; ///< The request for WebSocket that has not been answered
        qint64 upgradeNumber = 0;
    };

    bool isClient(const Side &side) const { return &side == &m_sides[indexOf(m_context.client)]; }
    bool mustSwitch(const Side &side, const LensInput &rest) const;
    qsizetype feedHttp(Side &side, const LensInput &rest, std::vector<Message> &messages);
    void startInflating(Side &side);
    void feedFrames(Side &side, const LensInput &rest, std::vector<Message> &messages);
    HttpBody onRequest(const HttpHead &head, Message &message);
    HttpBody onResponse(const HttpHead &head, Message &message);
    HttpRequestKind answer(const HttpHead &head);
    void onSwitch(const HttpHead &head, const std::optional<HttpHead> &request, Message &message);
    QByteArray misfits() const;

    LensContext m_context;
    Use m_use;
    std::array<Side, DirectionCount> m_sides;
    Exchanges m_exchanges;
    Cutting m_next = Cutting::Http; ///< What follows the messages that have begun
    std::optional<DeflateParameters> m_deflate; ///< As agreed on
};

} // namespace Sidewire
