// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagedissector.h"

#include "core/lens/dissectmessage.h"
#include "core/protocol/http/httphead.h"

#include <algorithm>

namespace Sidewire {

namespace {

/// How far back the request of a response is looked for, in messages of all connections.
constexpr qint64 MaxLook = 4096;

} // namespace

std::optional<Field> MessageDissector::dissect(const Message &message, MessageReader::Wait wait) const
{
    const MessageReader reader(m_log);
    const std::optional<QByteArray> wire = reader.wire(message, MaxBytes, wait);
    std::optional<QByteArray> request = QByteArray();
    if (message.kind == MessageKind::Response) {
        if (const std::optional<Message> found = requestOf(message)) {
            request = reader.wire(*found, MaxHttpHead, wait);
        }
    }
    if (!wire || !request) {
        return {};
    }
    return dissectMessage({message, *wire, senderOf(message), *request});
}

FrameDecoder::Sender MessageDissector::senderOf(const Message &message) const
{
    const bool isServerSide = m_log.connection(message.connection).isServerSide;
    const bool isFromClient = (message.direction == Direction::In) == isServerSide;
    return isFromClient ? FrameDecoder::Sender::Client : FrameDecoder::Sender::Server;
}

std::optional<Message> MessageDissector::requestOf(const Message &response) const
{
    const std::shared_ptr<const MessageTable> table = m_log.messages();
    const qint64 from = std::min(table->firstEndingAtOrAfter(response.lastRecord), table->count());
    for (qint64 row = from - 1; row >= std::max<qint64>(0, from - MaxLook); --row) {
        const Message &other = table->at(row);
        if (other.kind == MessageKind::Request && other.connection == response.connection
            && other.direction == opposite(response.direction)) {
            return other;
        }
    }
    return {};
}

} // namespace Sidewire
