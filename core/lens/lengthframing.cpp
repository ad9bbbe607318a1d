// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "lengthframing.h"

#include <algorithm>

namespace Sidewire {

namespace {

constexpr int MaxVarint = 10; // Bytes that 64 bits take

} // namespace

LengthFraming::LengthFraming(const Field &field)
    : m_field(field)
{}

Framing::Step LengthFraming::feed(QByteArrayView bytes)
{
    if (m_isComplete) {
        restart();
    }
    qsizetype at = 0;
    while (m_total < 0) {
        if (at == bytes.size()) {
            return {Step::Outcome::More, bytes.size()};
        }
        if (m_seen < m_field.offset) {
            const qint64 skipped = std::min<qint64>(m_field.offset - m_seen, bytes.size() - at);
            at += static_cast<qsizetype>(skipped);
            m_seen += skipped;
            continue;
        }
        const bool isLast = takeLengthByte(static_cast<quint8>(bytes[at++]));
        ++m_seen;
        if (isLast && !measure()) {
            return {Step::Outcome::Misfit, 0};
        }
    }
    const qint64 left = m_total - m_seen;
    if (bytes.size() - at < left) {
        m_seen += bytes.size() - at;
        return {Step::Outcome::More, bytes.size()};
    }
    m_isComplete = true;
    return {Step::Outcome::Complete, at + static_cast<qsizetype>(left)};
}

/// True with the last byte of the field.
bool LengthFraming::takeLengthByte(quint8 byte)
{
    switch (m_field.order) {
    case Field::Order::Big:
        m_value = m_value << 8 | byte;
        break;
    case Field::Order::Little:
        m_value |= quint64(byte) << (8 * m_width);
        break;
    case Field::Order::Varint:
        if (m_width < MaxVarint - 1 || byte <= 1) { // The tenth byte has room for one bit
            m_value |= quint64(byte & 0x7f) << (7 * m_width);
        } else {
            m_value = ~quint64(0);
        }
        ++m_width;
        return (byte & 0x80) == 0 || m_width == MaxVarint;
    }
    return ++m_width == m_field.width;
}

bool LengthFraming::measure()
{
    const qint64 head = m_field.offset + m_width;
    if (m_value > quint64(MaxMessage)) {
        m_misfit = "a length of " + QByteArray::number(m_value) + " is more than the limit of 1 GiB";
        return false;
    }
    const qint64 total = qint64(m_value) + m_field.adjust.value_or(head) + m_field.trailer;
    if (total < head + m_field.trailer) {
        m_misfit = "a length of " + QByteArray::number(m_value) + " ends before its own field does";
        return false;
    }
    m_total = total;
    return true;
}

void LengthFraming::restart()
{
    m_seen = 0;
    m_total = -1;
    m_value = 0;
    m_width = 0;
    m_isComplete = false;
}

Result<QByteArray> LengthFraming::wrap(QByteArrayView content) const
{
    if (m_field.offset > 0 || m_field.trailer > 0) {
        return Error{Error::Code::Unsupported,
                     QStringLiteral("what stands before the length or after the message is not known")};
    }
    // The width of a varint depends on its value, which may depend on the width.
    for (int width = m_field.order == Field::Order::Varint ? 1 : m_field.width; width <= MaxVarint; ++width) {
        const qint64 value = content.size() + width - m_field.adjust.value_or(width);
        if (value < 0) {
            return Error{Error::Code::Usage, QStringLiteral("the length would be negative")};
        }
        QByteArray field;
        if (m_field.order == Field::Order::Varint) {
            quint64 rest = quint64(value);
            do {
                field.append(static_cast<char>((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0)));
                rest >>= 7;
            } while (rest != 0);
            if (field.size() != width) {
                continue;
            }
            return field + content.toByteArray();
        }
        if (width < 8 && quint64(value) >> (8 * width) != 0) {
            return Error{
                Error::Code::TooLarge,
                QStringLiteral("%1 bytes are too many for a length of %2 bytes").arg(content.size()).arg(width)};
        }
        for (int byte = 0; byte < width; ++byte) {
            const int shift = 8 * (m_field.order == Field::Order::Big ? width - 1 - byte : byte);
            field.append(static_cast<char>(quint64(value) >> shift & 0xff));
        }
        return field + content.toByteArray();
    }
    return Error{Error::Code::TooLarge, QStringLiteral("the length cannot be written")};
}

} // namespace Sidewire
