// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/protocol/websocket/framedecoder.h"

#include <QByteArray>

#include <vector>

namespace Sidewire {

/// A whole control frame of RFC 6455, 5.5.
struct ControlFrame
{
    Opcode opcode = Opcode::Ping;
    QByteArray wire; ///< As it crossed
    QByteArray payload; ///< Unmasked
};

/// A control frame that keeps to RFC 6455, 5.5; any other a QWebSocket would hang up on.
bool isWellFormedControl(const Frame &frame);

/// Picks the well-formed control frames out of one direction. Keeps no more than the longest of them.
class ControlFrameScanner
{
public:
    explicit ControlFrameScanner(FrameDecoder::Sender sender)
        : m_decoder(sender)
    {}

    std::vector<ControlFrame> feed(QByteArrayView bytes);

    /// Goes over so many bytes when they are all payload of a data frame and its end is not among them. Otherwise nothing is
    /// done, and the answer is false.
    bool passOver(qint64 size);

    /// Whether the bytes so far end inside a frame.
    bool isInsideFrame() const { return m_decoder.unfinishedBegin() < m_decoder.offset(); }

private:
    FrameDecoder m_decoder;
    std::vector<Frame> m_frames;
    QByteArray m_tail; ///< The last bytes before m_decoder.offset()
};

} // namespace Sidewire
