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
