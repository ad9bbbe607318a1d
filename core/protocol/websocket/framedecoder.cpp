// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "framedecoder.h"

#include "core/protocol/websocket/violation.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace Sidewire {

namespace {

constexpr qint64 MaxControlPayload = 125; // RFC 6455, 5.5
constexpr int MinHeader = 2;
constexpr int MaxHeader = 14;

/// RFC 6455, 5.2: two bytes, a longer length, a masking key.
int headerSize(const char *header)
{
    const auto second = static_cast<quint8>(header[1]);
    const int length = second & 0x7f;
    return MinHeader + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((second & 0x80) != 0 ? 4 : 0);
}

} // namespace

FrameDecoder::FrameDecoder(Sender sender, qint64 firstOffset)
    : m_sender(sender)
    , m_offset(firstOffset)
{}

void FrameDecoder::feed(QByteArrayView bytes, std::vector<Frame> &frames)
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    while (at != end) {
        if (m_payloadLeft < 0) {
            if (m_headerSize == 0 && end - at >= MaxHeader) {
                const int size = headerSize(at); // all of it is here: no copy
                parseHeader(at, size);
                at += size;
            } else {
                m_header[m_headerSize++] = *at++;
                if (m_headerSize < MinHeader || m_headerSize < headerSize(m_header)) {
                    ++m_offset;
                    continue;
                }
                m_offset -= m_headerSize - 1;
                parseHeader(m_header, m_headerSize);
                m_headerSize = 0;
            }
        }

        // The payload is skipped, not copied: whoever wants it reads it from the capture.
        const qint64 skipped = std::min<qint64>(m_payloadLeft, end - at);
        at += skipped;
        m_offset += skipped;
        m_payloadLeft -= skipped;

        if (m_payloadLeft == 0) {
            m_payloadLeft = -1;
            m_hasClosed = m_hasClosed || m_frame.opcode == Opcode::Close;
            frames.push_back(m_frame);
        }
    }
}

bool FrameDecoder::skip(qint64 length)
{
    if (length > skippable()) {
        return false;
    }
    m_payloadLeft -= length;
    m_offset += length;
    return true;
}

const Frame *FrameDecoder::unfinished() const
{
    return m_payloadLeft > 0 ? &m_frame : nullptr;
}

qint64 FrameDecoder::unfinishedBegin() const
{
    return m_payloadLeft > 0 ? m_frame.begin : m_offset - m_headerSize;
}

void FrameDecoder::parseHeader(const char *header, int size)
{
    const auto first = static_cast<quint8>(header[0]);
    const auto second = static_cast<quint8>(header[1]);
    m_frame = {};
    m_frame.begin = m_offset;
    m_offset += size;
    m_frame.payloadBegin = m_offset;
    m_frame.isFinal = (first & 0x80) != 0;
    m_frame.reserved = (first >> 4) & 7;
    m_frame.opcode = static_cast<Opcode>(first & 15);
    m_frame.isMasked = (second & 0x80) != 0;

    quint64 length = second & 0x7f;
    if (length == 126) {
        length = qFromBigEndian<quint16>(header + 2);
        m_frame.lengthBytes = 3;
    } else if (length == 127) {
        length = qFromBigEndian<quint64>(header + 2);
        m_frame.lengthBytes = 9;
        if ((length >> 63) != 0) {
            m_frame.violations |= bit(Violation::LengthTopBit);
        }
    }
    m_frame.payloadLength = static_cast<qint64>(length & ~(quint64(1) << 63));
    if (m_frame.isMasked) {
        std::memcpy(m_frame.maskingKey.data(), header + size - 4, 4);
    }
    m_payloadLeft = m_frame.payloadLength;
    checkHeader();
}

void FrameDecoder::checkHeader()
{
    const auto report = [this](Violation violation) {
        m_frame.violations |= bit(violation);
    };
    const qint64 length = m_frame.payloadLength;
    const int opcode = static_cast<int>(m_frame.opcode);

    if (m_sender == Sender::Client && !m_frame.isMasked) {
        report(Violation::UnmaskedClient); // RFC 6455, 5.1
    }
    if (m_sender == Sender::Server && m_frame.isMasked) {
        report(Violation::MaskedServer); // RFC 6455, 5.1
    }
    if (m_frame.reserved != 0) {
        report(Violation::ReservedBit); // RFC 6455, 5.2
    }
    if ((m_frame.lengthBytes == 3 && length < 126) || (m_frame.lengthBytes == 9 && length <= 0xffff)) {
        report(Violation::LengthNotMinimal); // RFC 6455, 5.2
    }
    if ((opcode > 2 && opcode < 8) || opcode > 10) {
        report(Violation::ReservedOpcode); // RFC 6455, 5.2
    }
    if (m_frame.isControl()) {
        if (!m_frame.isFinal) {
            report(Violation::FragmentedControl); // RFC 6455, 5.5
        }
        if (length > MaxControlPayload) {
            report(Violation::ControlTooLong); // RFC 6455, 5.5
        }
        return;
    }
    const bool isContinuation = m_frame.opcode == Opcode::Continuation;
    if (isContinuation && !m_isInsideMessage) {
        report(Violation::StrayContinuation); // RFC 6455, 5.4
    }
    if (!isContinuation && m_isInsideMessage) {
        report(Violation::DataInsideFragmented); // RFC 6455, 5.4
    }
    if (m_hasClosed) {
        report(Violation::DataAfterClose); // RFC 6455, 5.5.1
    }
    m_isInsideMessage = !m_frame.isFinal;
}

void applyMask(char *bytes, qsizetype size, const std::array<quint8, 4> &key, qint64 offset)
{
    // The key, turned to where the payload stands, twice: eight bytes at a time whatever their alignment.
    std::array<quint8, 8> turned{};
    for (std::size_t i = 0; i < turned.size(); ++i) {
        turned[i] = key[(static_cast<quint64>(offset) + i) % 4];
    }
    quint64 mask = 0;
    std::memcpy(&mask, turned.data(), sizeof mask);

    qsizetype at = 0;
    for (; size - at >= 8; at += 8) {
        quint64 word = 0;
        std::memcpy(&word, bytes + at, sizeof word);
        word ^= mask;
        std::memcpy(bytes + at, &word, sizeof word);
    }
    for (; at < size; ++at) {
        bytes[at] = static_cast<char>(bytes[at] ^ turned[static_cast<std::size_t>(at % 4)]);
    }
}

quint32 violationsWithDeflate(const Frame &frame)
{
    if ((frame.reserved & 4) == 0) {
        return frame.violations;
    }
    const quint32 others =
        (frame.reserved & 3) != 0 ? frame.violations : frame.violations & ~bit(Violation::ReservedBit);
    const bool beginsMessage = !frame.isControl() && frame.opcode != Opcode::Continuation;
    return beginsMessage ? others : others | bit(Violation::MisplacedCompressedBit);
}

} // namespace Sidewire
