// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagejoiner.h"

#include "core/protocol/websocket/closecode.h"
#include "core/protocol/websocket/violation.h"

#include <algorithm>
#include <cstring>
#include <zlib.h>

namespace Sidewire {

namespace {

/// Records are taken in pieces, so that a flood of tiny frames needs no long list and text is unmasked on the stack.
constexpr qsizetype PieceSize = 4096;

using Unmasked = std::array<char, PieceSize>;

/// What of the frame's payload lies in the piece; unmasked in `buffer` if need be. Never null, for zlib's sake.
QByteArrayView payloadIn(const Frame &frame, const LensInput &piece, Unmasked &buffer)
{
    const qint64 from = std::max(frame.payloadBegin, piece.offset);
    const qint64 to = std::min(frame.end(), piece.offset + piece.bytes.size());
    if (from >= to) {
        return {buffer.data(), 0};
    }
    const QByteArrayView bytes = piece.bytes.sliced(from - piece.offset, to - from);
    if (!frame.isMasked) {
        return bytes;
    }
    std::memcpy(buffer.data(), bytes.data(), static_cast<std::size_t>(bytes.size()));
    applyMask(buffer.data(), bytes.size(), frame.maskingKey, from - frame.payloadBegin);
    return {buffer.data(), bytes.size()};
}

MessageKind kindOf(const Frame &frame)
{
    switch (frame.opcode) {
    case Opcode::Text:
        return MessageKind::Text;
    case Opcode::Binary:
    case Opcode::Continuation: // a stray one: what it continues is not known
        return MessageKind::Binary;
    case Opcode::Close:
        return MessageKind::Close;
    case Opcode::Ping:
        return MessageKind::Ping;
    case Opcode::Pong:
        return MessageKind::Pong;
    }
    return MessageKind::Frame;
}

} // namespace

MessageJoiner::MessageJoiner(FrameDecoder::Sender sender, Direction direction, qint64 firstOffset)
    : m_decoder(sender, firstOffset)
    , m_direction(direction)
{}

qint64 MessageJoiner::passesOver() const
{
    const Frame *frame = m_decoder.unfinished();
    const bool isLookedAt =
        !frame || frame->isControl() || m_data.kind == MessageKind::Text || m_data.has(MessageFlag::Compressed);
    return isLookedAt ? 0 : m_decoder.skippable();
}

void MessageJoiner::feed(const LensInput &input, std::vector<Message> &messages)
{
    if (input.bytes.isEmpty() && m_decoder.skip(input.length)) {
        m_lastRecord = input.record;
        m_lastTime = input.time;
        return;
    }
    LensInput piece = input;
    for (qsizetype at = 0; at < input.bytes.size(); at += PieceSize) {
        piece.bytes = input.bytes.sliced(at, std::min(PieceSize, input.bytes.size() - at));
        piece.offset = input.offset + at;
        piece.length = piece.bytes.size();
        feedPiece(piece, messages);
    }
}

void MessageJoiner::feedPiece(const LensInput &piece, std::vector<Message> &messages)
{
    m_lastRecord = piece.record;
    m_lastTime = piece.time;
    m_frames.clear();
    m_decoder.feed(piece.bytes, m_frames);
    for (const Frame &frame : m_frames) {
        if (!m_isFrameOpen) {
            begin(frame, piece, messages);
        }
        look(frame, piece);
        end(frame, piece, messages);
    }
    if (const Frame *frame = m_decoder.unfinished()) {
        if (!m_isFrameOpen) {
            begin(*frame, piece, messages);
        }
        look(*frame, piece);
    }
    if (m_decoder.unfinishedBegin() >= piece.offset) {
        m_headerRecord = piece.record;
    }
}

bool MessageJoiner::skip(const LensInput &input)
{
    if (!m_decoder.skip(input.length)) {
        return false;
    }
    Message &message = m_decoder.unfinished()->isControl() ? m_control : m_data;
    message.set(MessageFlag::Gap);
    if (message.has(MessageFlag::Compressed)) {
        m_inflation->loseContext();
    }
    return true;
}

void MessageJoiner::begin(const Frame &frame, const LensInput &piece, std::vector<Message> &messages)
{
    m_isFrameOpen = true;
    if (frame.isControl()) {
        m_control = started(frame, piece);
        m_reason = {};
        return;
    }
    if (frame.opcode == Opcode::Continuation && m_isDataOpen) {
        m_data.set(MessageFlag::Fragmented);
        return;
    }
    if (m_isDataOpen) { // never continued: a new message begins in its place
        m_data.set(MessageFlag::Unterminated);
        endData();
        messages.push_back(m_data);
    }
    m_data = started(frame, piece);
    m_isDataOpen = true;
    m_text = {};
    if (m_data.has(MessageFlag::Compressed)) {
        m_inflation->begin(m_data.kind);
    }
}

Message MessageJoiner::started(const Frame &frame, const LensInput &piece) const
{
    Message message;
    message.kind = kindOf(frame);
    message.direction = m_direction;
    message.begin = frame.begin;
    message.firstRecord = frame.begin >= piece.offset ? piece.record : m_headerRecord;
    const bool hasChecksum = frame.opcode == Opcode::Ping || frame.opcode == Opcode::Pong;
    message.contentOffset = hasChecksum ? 0 : static_cast<quint32>(frame.payloadBegin - frame.begin);
    message.set(MessageFlag::WebSocket);
    // RFC 7692, 6: RSV1 marks a compressed message, on its first frame only.
    if (m_inflation && !frame.isControl() && frame.opcode != Opcode::Continuation && (frame.reserved & 4) != 0) {
        message.set(MessageFlag::Compressed);
    }
    return message;
}

void MessageJoiner::look(const Frame &frame, const LensInput &piece)
{
    if (frame.isControl()) {
        lookAtControl(frame, piece);
    } else if (m_data.has(MessageFlag::Compressed)) {
        if (!m_data.has(MessageFlag::Gap)) {
            Unmasked buffer; // NOLINT: filled as far as it is read
            m_inflation->feed(payloadIn(frame, piece, buffer));
        }
    } else if (m_data.kind == MessageKind::Text) {
        Unmasked buffer; // NOLINT: as above
        m_text.feed(payloadIn(frame, piece, buffer));
    }
}

void MessageJoiner::lookAtControl(const Frame &frame, const LensInput &piece)
{
    Unmasked buffer; // NOLINT: filled as far as it is read
    QByteArrayView bytes = payloadIn(frame, piece, buffer);
    if (frame.opcode == Opcode::Ping || frame.opcode == Opcode::Pong) {
        // By the CRC-32 of what it carries a ping finds its pong.
        const auto *data = reinterpret_cast<const Bytef *>(bytes.data());
        m_control.contentOffset =
            static_cast<quint32>(crc32(m_control.contentOffset, data, static_cast<uInt>(bytes.size())));
    } else if (frame.opcode == Opcode::Close) {
        qint64 at = std::max(frame.payloadBegin, piece.offset) - frame.payloadBegin;
        for (; at < 2 && !bytes.isEmpty(); ++at) {
            m_closeCode[static_cast<std::size_t>(at)] = bytes.front();
            bytes = bytes.sliced(1);
        }
        m_reason.feed(bytes);
    }
}

void MessageJoiner::end(const Frame &frame, const LensInput &piece, std::vector<Message> &messages)
{
    m_isFrameOpen = false;
    Message &message = frame.isControl() ? m_control : m_data;
    add(frame, message);
    message.end = frame.end();
    message.contentLength += frame.payloadLength;
    message.lastRecord = piece.record;
    message.time = piece.time;
    if (frame.isControl()) {
        judgeClose();
        messages.push_back(m_control);
    } else if (frame.isFinal) {
        endData();
        messages.push_back(m_data);
        m_isDataOpen = false;
    }
}

/// Marks a message with what a frame of it shows.
void MessageJoiner::add(const Frame &frame, Message &message) const
{
    if (frame.isMasked) {
        message.set(MessageFlag::Masked);
    }
    message.violations |= m_inflation ? violationsWithDeflate(frame) : frame.violations;
}

void MessageJoiner::endData()
{
    if (m_data.has(MessageFlag::Compressed)) {
        m_inflation->finish(m_data);
    } else if (!m_data.has(MessageFlag::Unterminated)) {
        judgeText();
    }
}

/// RFC 6455, 8.1: over the whole message, wherever it was cut into fragments.
void MessageJoiner::judgeText()
{
    if (m_data.kind == MessageKind::Text && !m_data.has(MessageFlag::Gap) && !m_text.isComplete()) {
        m_data.violations |= bit(Violation::InvalidUtf8);
    }
}

/// RFC 6455, 5.5.1: nothing, or a code and a reason.
void MessageJoiner::judgeClose()
{
    if (m_control.kind != MessageKind::Close || m_control.contentLength == 0 || m_control.has(MessageFlag::Gap)) {
        return;
    }
    if (m_control.contentLength == 1 || !m_reason.isComplete()) {
        m_control.violations |= bit(Violation::InvalidCloseBody);
    }
    if (m_control.contentLength > 1 && !isSendableCloseCode(*closeCodeOf(m_closeCode))) {
        m_control.violations |= bit(Violation::InvalidCloseCode);
    }
}

void MessageJoiner::finish(qint64 time, std::vector<Message> &messages)
{
    const auto complete = [&](Message message) {
        message.set(MessageFlag::Unterminated);
        message.time = time;
        messages.push_back(message);
    };
    const Frame *frame = m_decoder.unfinished();
    if (m_isDataOpen && frame && frame->isControl()) {
        complete(provisional(m_control, frame));
    }
    if (const std::optional<Message> message = unfinished()) {
        complete(*message);
    }
    m_isDataOpen = false;
    m_isFrameOpen = false;
}

std::optional<Message> MessageJoiner::unfinished() const
{
    const Frame *frame = m_decoder.unfinished();
    if (m_isDataOpen) {
        return provisional(m_data, frame && !frame->isControl() ? frame : nullptr);
    }
    if (frame) {
        return provisional(m_control, frame);
    }
    if (m_decoder.unfinishedBegin() == m_decoder.offset()) {
        return {};
    }
    Message message; // some bytes of a header: nothing is known yet
    message.kind = MessageKind::Frame;
    message.direction = m_direction;
    message.begin = m_decoder.unfinishedBegin();
    message.firstRecord = m_headerRecord;
    message.set(MessageFlag::WebSocket);
    return provisional(message, nullptr);
}

/// The message as far as it has come; `frame` is the one of its frames that has not ended, if any.
Message MessageJoiner::provisional(Message message, const Frame *frame) const
{
    message.end = m_decoder.offset();
    message.lastRecord = m_lastRecord;
    message.time = m_lastTime;
    if (frame) {
        add(*frame, message);
        message.contentLength += m_decoder.offset() - frame->payloadBegin;
    }
    if (message.has(MessageFlag::Compressed)) {
        m_inflation->show(message);
    }
    return message;
}

} // namespace Sidewire
