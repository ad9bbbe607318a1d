// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/lensspec.h"
#include "core/lens/messagejoiner.h"
#include "core/protocol/http/httphead.h"

#include <array>
#include <optional>

namespace Sidewire {

/// HTTP requests and responses up to an accepted upgrade, WebSocket messages after it (RFC 6455).
///
/// A response that accepts nothing spans its body too. Bytes that are no HTTP are said to be a malformed head, and the
/// rest of that direction is cut into reads. A client that sends frames before it was answered is followed all the same.
class WebSocketLens final : public Lens
{
public:
    explicit WebSocketLens(const LensContext &context);

    bool needsBytes() const override;
    void feed(const LensInput &input, std::vector<Message> &messages) override;
    void gap(const LensInput &input, std::vector<Message> &messages) override;
    void endOfStream(Direction direction, qint64 time, std::vector<Message> &messages) override;
    std::optional<Message> unfinished(Direction direction) const override;
    std::optional<Decision> decision() const override { return Decision{"websocket", {}}; }

private:
    enum class State {
        Head, ///< Between HTTP messages or inside a head
        Body, ///< `bodyLeft` bytes are to come
        UntilEnd, ///< A body without a length
        Frames,
        Reads, ///< Not understood
    };
    struct Side
    {
        State state = State::Head;
        QByteArray head; ///< What has come of it
        qint64 bodyLeft = 0;
        std::optional<Message> message; ///< The HTTP message that has begun
        std::optional<MessageJoiner> frames;
    };

    bool isClient(const Side &side) const { return &side == &m_sides[indexOf(m_client)]; }
    qsizetype feedHead(Side &side, const LensInput &rest, std::vector<Message> &messages);
    qsizetype feedBody(Side &side, const LensInput &rest, std::vector<Message> &messages);
    void feedFrames(Side &side, const LensInput &rest, std::vector<Message> &messages);
    void startMessage(Side &side, const LensInput &rest);
    void onRequest(Side &side, const HttpHead &head);
    void onResponse(Side &side, const HttpHead &head);
    void giveUp(Side &side, const LensInput &rest, std::vector<Message> &messages);

    Direction m_client;
    std::array<Side, DirectionCount> m_sides;

    std::optional<HttpHead> m_request; ///< The upgrade that has not been answered
    qint64 m_requestNumber = 0; ///< Which of the requests that is
    qint64 m_requests = 0;
    qint64 m_responses = 0; ///< Final ones: each answers one request, in order
    bool m_isUpgraded = false;
    MessageJoiner::Deflate m_deflate = MessageJoiner::Deflate::Off;
};

} // namespace Sidewire
