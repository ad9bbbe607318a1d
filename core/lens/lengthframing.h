// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/lens/framing.h"

#include <array>
#include <optional>

namespace Sidewire {

/// Messages that carry their own length: `offset` bytes, the length field, the rest.
///
/// The message has value + `adjust` bytes, and `trailer` more. Without an `adjust` the value counts what follows the field;
/// Modbus TCP is u16be at offset 4 with adjust 6, a length that counts the whole message has adjust 0.
class LengthFraming final : public Framing
{
public:
    static constexpr qint64 MaxMessage = qint64(1)
        << 30; ///< A longer one is taken for a sign that the lens does not fit

    struct Field
    {
        enum class Order { Big, Little, Varint }; ///< Varint: 7 bits a byte, the least significant first (LEB128)
        Order order = Order::Big;
        int width = 4; ///< Bytes, 1 to 8; of a varint at most 10
        qint64 offset = 0;
        std::optional<qint64> adjust;
        qint64 trailer = 0;
    };

    explicit LengthFraming(const Field &field);

    Step feed(QByteArrayView bytes) override;
    qint64 header() const override { return m_field.offset + m_width; }
    qint64 trailer() const override { return m_isComplete ? m_field.trailer : 0; }
    void restart() override;
    QByteArray misfit() const override { return m_misfit; }
    Result<QByteArray> wrap(QByteArrayView content) const override;

private:
    bool takeLengthByte(quint8 byte);
    bool measure();

    Field m_field;
    qint64 m_seen = 0; ///< Bytes of the message so far
    qint64 m_total = -1; ///< Of the message, once its length is known
    quint64 m_value = 0;
    int m_width = 0; ///< Bytes of the field so far
    bool m_isComplete = false;
    QByteArray m_misfit;
};

} // namespace Sidewire
