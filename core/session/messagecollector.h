// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/framedecoder.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace Sidewire {

/// Puts together the messages that a WebSocket client sends, with the control frames in their place among them.
///
/// Any legal stream gives its messages, however it was cut. After a message that is too long there are no more.
class MessageCollector
{
public:
    static constexpr qint64 MaxMessage = 64 * 1024 * 1024; ///< Wire bytes, what a header announces included

    struct Message
    {
        Opcode opcode = Opcode::Binary;
        QByteArray bytes; ///< The content; of a control frame the frame itself
        bool isControl = false;
    };

    std::vector<Message> feed(QByteArrayView bytes);

    bool isTooLong() const { return m_isTooLong; }

private:
    void forgetUntil(qint64 offset);

    FrameDecoder m_decoder{FrameDecoder::Sender::Client};
    QByteArray m_wire; ///< Since m_begin
    qint64 m_begin = 0;
    std::optional<Opcode> m_opcode; ///< Of the message that has begun
    qint64 m_messageBegin = 0;
    bool m_isTooLong = false;
};

} // namespace Sidewire
