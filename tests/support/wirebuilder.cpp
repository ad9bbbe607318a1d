// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "wirebuilder.h"

#include <utility>

namespace Sidewire::TestSupport {

FrameBuilder::FrameBuilder(int opcode, QByteArray payload)
    : m_opcode(opcode)
    , m_payload(std::move(payload))
{}

FrameBuilder FrameBuilder::close(int code, const QByteArray &reason)
{
    QByteArray payload;
    payload += static_cast<char>(code / 256);
    payload += static_cast<char>(code % 256);
    return FrameBuilder(8, payload + reason);
}

FrameBuilder FrameBuilder::masked(const QByteArray &key) const
{
    FrameBuilder copy = *this;
    copy.m_key = key;
    return copy;
}

FrameBuilder FrameBuilder::notFinal() const
{
    FrameBuilder copy = *this;
    copy.m_isFinal = false;
    return copy;
}

FrameBuilder FrameBuilder::withReserved(int bits) const
{
    FrameBuilder copy = *this;
    copy.m_reserved = bits;
    return copy;
}

FrameBuilder FrameBuilder::withLengthBytes(int bytes) const
{
    FrameBuilder copy = *this;
    copy.m_lengthBytes = bytes;
    return copy;
}

FrameBuilder FrameBuilder::withDeclaredLength(quint64 length) const
{
    FrameBuilder copy = *this;
    copy.m_declaredLength = length;
    return copy;
}

QByteArray FrameBuilder::toWire() const
{
    const quint64 length = m_declaredLength.value_or(static_cast<quint64>(m_payload.size()));
    const int lengthBytes = m_lengthBytes.value_or(length < 126 ? 1 : length < 65536 ? 3 : 9);
    const int shortLength = lengthBytes == 1 ? static_cast<int>(length) : lengthBytes == 3 ? 126 : 127;

    QByteArray wire;
    wire += static_cast<char>((m_isFinal ? 128 : 0) + m_reserved * 16 + m_opcode);
    wire += static_cast<char>((m_key.isEmpty() ? 0 : 128) + shortLength);
    for (int shift = (lengthBytes - 2) * 8; lengthBytes > 1 && shift >= 0; shift -= 8) {
        wire += static_cast<char>((length >> shift) & 255);
    }
    wire += m_key;
    for (int i = 0; i < m_payload.size(); ++i) {
        wire += static_cast<char>(m_key.isEmpty() ? m_payload[i] : m_payload[i] ^ m_key[i % 4]);
    }
    return wire;
}

std::vector<WireFrame> wireFrames(const QByteArray &wire)
{
    std::vector<WireFrame> frames;
    qsizetype at = 0;
    const auto number = [&](qsizetype bytes) {
        quint64 value = 0;
        for (qsizetype i = 0; i < bytes; ++i) {
            value = value << 8 | static_cast<quint8>(wire.at(at + i));
        }
        at += bytes;
        return static_cast<qsizetype>(value);
    };
    for (qsizetype begin = 0; wire.size() - begin >= 2; begin = at) {
        at = begin;
        const qsizetype first = number(1);
        const qsizetype second = number(1);
        const qsizetype coded = second & 0x7f;
        const qsizetype more = (coded == 127 ? 8 : coded == 126 ? 2 : 0) + ((second & 0x80) != 0 ? 4 : 0);
        if (wire.size() - at < more) {
            break;
        }
        const qsizetype length = coded == 127 ? number(8) : coded == 126 ? number(2) : coded;
        QByteArray key(4, 0);
        if ((second & 0x80) != 0) {
            key = wire.mid(at, 4);
            at += 4;
        }
        if (wire.size() - at < length) {
            break;
        }
        QByteArray payload = wire.mid(at, length);
        for (qsizetype i = 0; i < length; ++i) {
            payload[i] = static_cast<char>(payload.at(i) ^ key.at(i % 4));
        }
        at += length;
        frames.push_back(
            {static_cast<int>(first & 15), (first & 0x80) != 0, payload, static_cast<int>(first >> 4 & 7)});
    }
    return frames;
}

QByteArray behindHead(const QByteArray &stream)
{
    const qsizetype end = stream.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : stream.mid(end + 4);
}

QByteArray upgradeRequest(const QByteArray &fields)
{
    return "GET /chat HTTP/1.1\r\n"
           "Host: server.example.com\r\n"
           "Upgrade: websocket\r\n"
           "Connection: Upgrade\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           "Sec-WebSocket-Version: 13\r\n"
        + fields + "\r\n";
}

QByteArray upgradeResponse(const QByteArray &fields)
{
    return "HTTP/1.1 101 Switching Protocols\r\n"
           "Upgrade: websocket\r\n"
           "Connection: Upgrade\r\n"
           "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
        + fields + "\r\n";
}

} // namespace Sidewire::TestSupport
