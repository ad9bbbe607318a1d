// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/index/messagereader.h"
#include "core/protocol/field.h"
#include "core/protocol/websocket/framedecoder.h"

#include <optional>

namespace Sidewire {

/// Takes messages of a log apart (see dissectMessage()), with what the log knows around them: who sent it, and the
/// request that a response answers. Holds nothing but a reference: cheap to make.
class MessageDissector
{
public:
    static constexpr qint64 MaxBytes =
        1024 * 1024; ///< Of a message that are looked at; its fields say so where there are more

    explicit MessageDissector(const SessionLog &log)
        : m_log(log)
    {}

    /// Nothing when some bytes are not in memory yet and it may not wait for them.
    std::optional<Field> dissect(const Message &message, MessageReader::Wait wait) const;

    FrameDecoder::Sender senderOf(const Message &message) const;

private:
    std::optional<Message> requestOf(const Message &response) const;

    const SessionLog &m_log;
};

} // namespace Sidewire
