// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/types.h"

#include <optional>
#include <string_view>

namespace Sidewire {

/// What a message is, as printed in transcripts, exports and the message view.
enum class MessageKind : quint8 {
    Text, ///< WebSocket text message
    Binary, ///< WebSocket binary message
    Ping,
    Pong,
    Close,
    Request, ///< HTTP request head (and body)
    Response, ///< HTTP response head (and body)
    Line,
    Read, ///< One read or write, as it crossed the socket
    Datagram,
    Frame, ///< A unit of any other lens
};

/// The lower-case name: "text", "binary", "ping" ...
std::string_view toString(MessageKind kind);
std::optional<MessageKind> messageKindFromString(std::string_view name);

enum class MessageFlag : quint16 {
    WebSocket = 0x01, ///< The span holds WebSocket frames: the content must be decoded from them
    Fragmented = 0x02, ///< More than one data frame; frames of other messages may lie in the span
    Masked = 0x04,
    Compressed = 0x08, ///< RSV1 of a negotiated permessage-deflate (RFC 7692)
    Unterminated = 0x10, ///< The stream ended (or a gap began) before the message was complete
    Gap = 0x20, ///< Bytes are missing inside (foreign captures, dropped data)
    Misfit = 0x40, ///< Here the lens stopped fitting; from here on each record is a message
    Chunked = 0x80, ///< Chunk framing lies in the span: the content must be taken out of it (ChunkDecoder::contentOf())
};

/// A fixed-size row of a message table: what a lens found and where. It holds no payload.
///
/// The content of a message without the WebSocket flag is [begin + contentOffset, begin + contentOffset +
/// contentLength) of its stream (so a line's content is without its ending). With the flag, the content is what the data
/// frames in [begin, end) carry, unmasked (see core/protocol/websocket/messageassembler.h); contentOffset then has other
/// meanings: of a Compressed message the number of its inflated content (ContentStore; contentLength is the inflated one),
/// of Ping and Pong the CRC-32 of the payload, by which they are paired.
///
/// The content of a Chunked message is without the chunk framing. That begins behind the head of a request or response,
/// and contentOffset bytes behind the beginning of a Frame (a server-sent event that crosses chunks).
struct Message
{
    qint64 time = 0; ///< Of the record that completed it, nanoseconds since 1970 UTC
    qint64 begin = 0; ///< First byte in the stream, framing included
    qint64 end = 0; ///< One past the last byte
    qint64 contentLength = 0; ///< Bytes, framing excluded
    qint64 firstRecord = 0; ///< Index of the record that holds `begin`
    qint64 lastRecord = 0; ///< Index of the record that completed it
    ConnectionId connection{};
    quint32 contentOffset = 0; ///< From begin; see above
    quint32 violations = 0; ///< Violation bits (core/protocol/websocket/violation.h)
    quint16 flags = 0; ///< MessageFlag bits; a QFlags would take four bytes
    MessageKind kind = MessageKind::Read;
    Direction direction = Direction::In;

    bool has(MessageFlag flag) const { return (flags & static_cast<quint16>(flag)) != 0; }
    void set(MessageFlag flag) { flags |= static_cast<quint16>(flag); }
    ByteSpan span() const { return {begin, end}; }

    friend bool operator==(const Message &, const Message &) = default;
};
static_assert(sizeof(Message) == 64);

} // namespace Sidewire
