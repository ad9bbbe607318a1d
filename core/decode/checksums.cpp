// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "checksums.h"

#include <algorithm>
#include <array>
#include <limits>
#include <zlib.h>

namespace Sidewire {

namespace {

using Table = std::array<quint16, 256>;

constexpr Table reflectedTable(quint16 polynomial)
{
    Table table{};
    for (quint32 byte = 0; byte < table.size(); ++byte) {
        quint32 crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? polynomial : 0U);
        }
        table[byte] = static_cast<quint16>(crc);
    }
    return table;
}

constexpr Table forwardTable(quint16 polynomial)
{
    Table table{};
    for (quint32 byte = 0; byte < table.size(); ++byte) {
        quint32 crc = byte << 8;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc << 1) ^ ((crc & 0x8000) != 0 ? polynomial : 0U);
        }
        table[byte] = static_cast<quint16>(crc);
    }
    return table;
}

constexpr Table Modbus = reflectedTable(0xa001); // 0x8005 with its bits reversed
constexpr Table Ccitt = forwardTable(0x1021);

} // namespace

void ChecksumCounter::feed(QByteArrayView bytes)
{
    for (const char c : bytes) {
        const auto byte = static_cast<quint8>(c);
        m_sums.crc16Modbus =
            static_cast<quint16>((m_sums.crc16Modbus >> 8) ^ Modbus[(m_sums.crc16Modbus ^ byte) & 0xff]);
        m_sums.crc16CcittFalse =
            static_cast<quint16>((m_sums.crc16CcittFalse << 8) ^ Ccitt[(m_sums.crc16CcittFalse >> 8) ^ byte]);
        m_sums.sum16 = static_cast<quint16>(m_sums.sum16 + byte);
        m_sums.exclusiveOr ^= byte;
    }
    m_sha256.addData(bytes);
    while (!bytes.isEmpty()) { // zlib counts in 32 bits
        const qsizetype size = std::min<qsizetype>(bytes.size(), std::numeric_limits<int>::max());
        m_sums.crc32 = static_cast<quint32>(
            crc32(m_sums.crc32, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<uInt>(size)));
        bytes = bytes.sliced(size);
    }
}

Checksums ChecksumCounter::result() const
{
    Checksums sums = m_sums;
    sums.sum8 = static_cast<quint8>(sums.sum16);
    sums.sha256 = m_sha256.result();
    return sums;
}

} // namespace Sidewire
