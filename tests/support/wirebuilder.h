// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace Sidewire::TestSupport {

/// Builds a WebSocket frame byte by byte from RFC 6455, 5.2, right or wrong as asked. It shares no code with the decoder
/// and the encoder, so that they are tested against the text of the RFC.
class FrameBuilder
{
public:
    explicit FrameBuilder(int opcode, QByteArray payload = {});

    static FrameBuilder continuation(const QByteArray &payload) { return FrameBuilder(0, payload); }
    static FrameBuilder text(const QByteArray &payload) { return FrameBuilder(1, payload); }
    static FrameBuilder binary(const QByteArray &payload) { return FrameBuilder(2, payload); }
    static FrameBuilder close(int code, const QByteArray &reason = {});
    static FrameBuilder ping(const QByteArray &payload = {}) { return FrameBuilder(9, payload); }
    static FrameBuilder pong(const QByteArray &payload = {}) { return FrameBuilder(10, payload); }

    FrameBuilder masked(const QByteArray &key = QByteArray::fromHex("37fa213d")) const;
    FrameBuilder notFinal() const;
    FrameBuilder withReserved(int bits) const; ///< RSV1 = 4, RSV2 = 2, RSV3 = 1
    FrameBuilder withLengthBytes(int bytes) const; ///< 1, 3 or 9 instead of the shortest
    FrameBuilder withDeclaredLength(quint64 length) const; ///< Whatever the payload is

    QByteArray toWire() const;

private:
    int m_opcode;
    QByteArray m_payload;
    QByteArray m_key;
    bool m_isFinal = true;
    int m_reserved = 0;
    std::optional<int> m_lengthBytes;
    std::optional<quint64> m_declaredLength;
};

/// A frame taken apart again, unmasked.
struct WireFrame
{
    int opcode = 0;
    bool isFinal = true;
    QByteArray payload;
    int reserved = 0;

    friend bool operator==(const WireFrame &, const WireFrame &) = default;
};

/// The whole frames at the start of `wire`. It believes their lengths.
std::vector<WireFrame> wireFrames(const QByteArray &wire);

/// What follows the HTTP head at the start of `stream`; nothing while that has no end.
QByteArray behindHead(const QByteArray &stream);

/// The handshake of RFC 6455, 1.3; `fields` are whole lines with their endings.
QByteArray upgradeRequest(const QByteArray &fields = {});
QByteArray upgradeResponse(const QByteArray &fields = {});

} // namespace Sidewire::TestSupport
