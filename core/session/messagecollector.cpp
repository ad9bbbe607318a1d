// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "messagecollector.h"

#include "core/net/controlframescanner.h"
#include "core/protocol/websocket/messageassembler.h"

namespace Sidewire {

namespace {

constexpr quint8 Rsv1 = 4; // Of Frame::reserved; a compressed message (RFC 7692, 6)

} // namespace

std::vector<MessageCollector::Message> MessageCollector::feed(QByteArrayView bytes)
{
    std::vector<Message> result;
    if (m_isTooLong || m_isCorrupt) {
        return result;
    }
    m_room = MaxMessage;
    m_wire += bytes;
    std::vector<Frame> frames;
    m_decoder.feed(bytes, frames);
    for (const Frame &frame : frames) {
        if (frame.isControl()) {
            if (isWellFormedControl(frame)) {
                result.push_back({frame.opcode, m_wire.mid(frame.begin - m_begin, frame.end() - frame.begin), true});
            }
            continue;
        }
        if (frame.opcode != Opcode::Continuation) {
            m_messageBegin = frame.begin;
            m_opcode = frame.opcode;
            m_isCompressed = m_inflater && (frame.reserved & Rsv1) != 0;
        }
        if (frame.isFinal && m_opcode) {
            const QByteArrayView span =
                QByteArrayView(m_wire).sliced(m_messageBegin - m_begin, frame.end() - m_messageBegin);
            const QByteArray content = assembleMessage(span, MaxMessage);
            result.push_back({*m_opcode, m_isCompressed ? inflated(content) : content, false});
            m_opcode.reset();
            if (m_isTooLong || m_isCorrupt) {
                result.pop_back();
                m_wire.clear();
                return result;
            }
        }
    }
    forgetUntil(m_opcode ? m_messageBegin : m_decoder.unfinishedBegin());
    // What a header announces counts before it is there.
    const qint64 end = m_decoder.unfinished() ? m_decoder.unfinished()->end() : m_decoder.offset();
    if (end - m_begin > MaxMessage) {
        m_isTooLong = true;
        m_wire.clear();
    }
    return result;
}

QByteArray MessageCollector::inflated(const QByteArray &content)
{
    using Status = MessageInflater::Status;
    QByteArray result;
    const auto sink = [&result](QByteArrayView piece) {
        result += piece;
    };
    Status status = m_inflater->feed(content, m_room, sink);
    if (status == Status::Ok) {
        status = m_inflater->finish(m_room, sink);
    }
    m_room -= result.size();
    m_isTooLong = status == Status::TooLarge;
    m_isCorrupt = status != Status::Ok && status != Status::TooLarge;
    return result;
}

void MessageCollector::forgetUntil(qint64 offset)
{
    m_wire.remove(0, offset - m_begin);
    m_begin = offset;
}

} // namespace Sidewire
