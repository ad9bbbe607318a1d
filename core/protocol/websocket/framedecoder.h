// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/frame.h"

#include <QByteArrayView>

#include <algorithm>
#include <vector>

namespace Sidewire {

/// Finds the frames in one direction of a WebSocket stream (RFC 6455, section 5).
///
/// Bytes go in, frames come out as spans of stream offsets; no payload is kept, so a frame of any length costs the same.
/// Lenient on purpose: a broken rule is reported on its frame and decoding goes on. The same bytes give the same frames
/// however they were split.
class FrameDecoder
{
public:
    enum class Sender { Client, Server };

    explicit FrameDecoder(Sender sender, qint64 firstOffset = 0);

    /// Appends to `frames` every frame whose last byte is in `bytes`.
    void feed(QByteArrayView bytes, std::vector<Frame> &frames);

    /// Goes over `length` bytes that are not there. Only inside a payload, its last byte excluded: otherwise the frames
    /// that follow cannot be found again, nothing is done and the answer is false.
    bool skip(qint64 length);

    /// How many bytes skip() can go over now.
    qint64 skippable() const { return std::max<qint64>(m_payloadLeft - 1, 0); }

    const Frame *unfinished() const; ///< Null unless a header is complete and its payload is not
    qint64 unfinishedBegin() const; ///< Stream offset where the unfinished frame began; offset() if there is none
    qint64 offset() const { return m_offset; } ///< Of the next byte

private:
    void parseHeader(const char *header, int size);
    void checkHeader();

    Sender m_sender;
    qint64 m_offset = 0;
    Frame m_frame;
    char m_header[14] = {};
    int m_headerSize = 0; ///< Bytes of the header that have come
    qint64 m_payloadLeft = -1; ///< -1 while the header is incomplete
    bool m_isInsideMessage = false; ///< A fragmented data message has begun
    bool m_hasClosed = false; ///< A Close frame has ended
};

/// A frame's violations where permessage-deflate was agreed on, which gives RSV1 a meaning (RFC 7692, 6).
quint32 violationsWithDeflate(const Frame &frame);

/// XORs `bytes` with the key, `offset` bytes into the payload (RFC 6455, 5.3).
void applyMask(char *bytes, qsizetype size, const std::array<quint8, 4> &key, qint64 offset = 0);

} // namespace Sidewire
