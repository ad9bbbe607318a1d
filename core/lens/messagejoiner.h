// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/utf8.h"
#include "core/lens/lens.h"
#include "core/lens/messageinflation.h"
#include "core/protocol/websocket/framedecoder.h"

#include <array>

namespace Sidewire {

/// Puts the WebSocket frames of one direction together into messages and judges them (RFC 6455, 5.4 to 5.6).
///
/// Control frames are messages of their own, also between the fragments of another. Text is checked as it passes by;
/// nothing is kept but the state of the check, and what compressed messages inflate to.
class MessageJoiner
{
public:
    MessageJoiner(FrameDecoder::Sender sender, Direction direction, qint64 firstOffset);

    /// permessage-deflate was agreed on: from here on RSV1 marks compressed messages.
    void startInflating(const MessageInflation::Options &options) { m_inflation.emplace(options); }

    /// See Lens::passesOver().
    qint64 passesOver() const;

    void feed(const LensInput &input, std::vector<Message> &messages);

    /// Goes over bytes that are missing. False where the frames that follow cannot be found again (see FrameDecoder::skip()).
    bool skip(const LensInput &input);

    /// Completes what has begun as Unterminated.
    void finish(qint64 time, std::vector<Message> &messages);

    std::optional<Message> unfinished() const;

private:
    void feedPiece(const LensInput &piece, std::vector<Message> &messages);
    void begin(const Frame &frame, const LensInput &piece, std::vector<Message> &messages);
    void look(const Frame &frame, const LensInput &piece);
    void lookAtControl(const Frame &frame, const LensInput &piece);
    void end(const Frame &frame, const LensInput &piece, std::vector<Message> &messages);
    void add(const Frame &frame, Message &message) const;
    void endData();
    void judgeText();
    void judgeClose();
    Message started(const Frame &frame, const LensInput &piece) const;
    Message provisional(Message message, const Frame *frame) const;

    FrameDecoder m_decoder;
    std::vector<Frame> m_frames; ///< Of the piece that is being fed; kept for its memory
    Direction m_direction;
    std::optional<MessageInflation> m_inflation;

    Message m_data; ///< The text or binary message that has begun
    Message m_control; ///< The control frame that has begun
    Utf8Checker m_text; ///< Of the data message
    Utf8Checker m_reason; ///< Of a Close frame
    std::array<char, 2> m_closeCode{};
    bool m_isDataOpen = false;
    bool m_isFrameOpen = false; ///< The header of a frame is complete, its payload is not

    qint64 m_headerRecord = 0; ///< The record in which the unfinished frame began
    qint64 m_lastRecord = 0;
    qint64 m_lastTime = 0;
};

} // namespace Sidewire
