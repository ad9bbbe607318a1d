// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/base/result.h"
#include "core/protocol/websocket/framedecoder.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace Sidewire {

/// A WebSocket frame exactly as somebody wants it to leave, right or wrong (RFC 6455, 5.2).
///
/// With a fragment size it is several: the opcode and the reserved bits are on the first, FIN on the last, the others are
/// continuations.
struct FrameSpec
{
    using Key = std::array<quint8, 4>;

    enum class Masking : quint8 {
        ByRole, ///< As the RFC has it: of a client with a random key, of a server not
        Off,
        Random,
        Chosen, ///< With `key`
    };
    enum class LengthCoding : quint8 { Shortest, Bits7, Bits16, Bits64 };

    static constexpr qint64 MaxFragments = 65'536;

    quint8 opcode = 1; ///< 0 to 15
    bool isFinal = true;
    quint8 reserved = 0; ///< RSV1 = 4, RSV2 = 2, RSV3 = 1
    Masking masking = Masking::ByRole;
    Key key{};
    QByteArray payload;
    std::optional<quint64> declaredLength; ///< What the header says; nothing: the truth
    LengthCoding lengthCoding = LengthCoding::Shortest;
    qint64 fragmentSize = 0; ///< 0: one frame

    /// Whether there are such bytes: the error names what cannot be coded.
    Result<void> check() const;

    qint64 fragmentCount() const;
    qint64 payloadSize(qint64 index) const; ///< Of that fragment
    qint64 wireSize(FrameDecoder::Sender sender) const; ///< Of all fragments

    /// What leaves as fragment `index`, counted from 0. `random` is its key where that is to be random.
    QByteArray header(qint64 index, FrameDecoder::Sender sender, const Key &random) const;
    QByteArray fragment(qint64 index, FrameDecoder::Sender sender, const Key &random) const;

    bool isMaskedBy(FrameDecoder::Sender sender) const;

    /// Whether the peer takes it as the end of what we say: a Close frame that is well-formed on the outside.
    bool isClose() const;

    friend bool operator==(const FrameSpec &, const FrameSpec &) = default;
};

} // namespace Sidewire
