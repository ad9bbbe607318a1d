// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace Sidewire {

/// RFC 6455, 5.2 and 11.8. Reserved values keep their number.
enum class Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// "text", "continuation", "reserved 3" ...
std::string_view toString(Opcode opcode);

/// The header of a WebSocket frame and where the frame lies in its stream (RFC 6455, 5.2).
struct Frame
{
    qint64 begin = 0; ///< Stream offset of the first header byte
    qint64 payloadBegin = 0;
    qint64 payloadLength = 0; ///< As declared; the top bit is cut off (and LengthTopBit set)
    quint32 violations = 0; ///< Those that the frame shows by itself or by its order in the stream
    std::array<quint8, 4> maskingKey{};
    Opcode opcode = Opcode::Continuation;
    bool isFinal = false;
    bool isMasked = false;
    quint8 reserved = 0; ///< RSV1 = 4, RSV2 = 2, RSV3 = 1
    quint8 lengthBytes = 1; ///< 1, 3 or 9: how the length was coded

    /// One past the last byte. A declared length that no stream can reach ends at the greatest offset there is.
    qint64 end() const { return payloadBegin + std::min(payloadLength, MaxOffset - payloadBegin); }
    bool isControl() const { return (static_cast<quint8>(opcode) & 8) != 0; }

    friend bool operator==(const Frame &, const Frame &) = default;

    static constexpr qint64 MaxOffset = std::numeric_limits<qint64>::max();
};

} // namespace Sidewire
