// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/framedecoder.h"
#include "core/protocol/websocket/messagedeflate.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace Sidewire {

/// Puts together the messages that a WebSocket client sends, with the control frames in their place among them.
///
/// Any legal stream gives its messages, however it was cut. After one that is too long or cannot be inflated there are none.
class MessageCollector
{
public:
    static constexpr qint64 MaxMessage =
        64 * 1024 * 1024; ///< Wire bytes, what a header announces included; and inflated

    struct Message
    {
        Opcode opcode = Opcode::Binary;
        QByteArray bytes; ///< The content; of a control frame the frame itself
        bool isControl = false;
    };

    /// Before anything is fed: compressed messages are inflated (RFC 7692, 7.2.2).
    void setInflater(MessageInflater inflater) { m_inflater = std::move(inflater); }

    std::vector<Message> feed(QByteArrayView bytes);

    bool isTooLong() const { return m_isTooLong; }
    bool isCorrupt() const { return m_isCorrupt; } ///< A compressed message was not

private:
    QByteArray inflated(const QByteArray &content);
    void forgetUntil(qint64 offset);

    FrameDecoder m_decoder{FrameDecoder::Sender::Client};
    QByteArray m_wire; ///< Since m_begin
    qint64 m_begin = 0;
    std::optional<Opcode> m_opcode; ///< Of the message that has begun
    qint64 m_messageBegin = 0;
    std::optional<MessageInflater> m_inflater;
    bool m_isCompressed = false; ///< The message that has begun
    qint64 m_room = MaxMessage; ///< For what is still inflated of this read, so that small bombs do not add up
    bool m_isTooLong = false;
    bool m_isCorrupt = false;
};

} // namespace Sidewire
