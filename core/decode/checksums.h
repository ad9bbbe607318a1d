// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCryptographicHash>

namespace Sidewire {

/// What bytes are compared by.
struct Checksums
{
    quint32 crc32 = 0; ///< As of zlib, Ethernet, PNG
    quint16 crc16Modbus = 0xffff; ///< Polynomial 0x8005 reflected, from 0xffff
    quint16 crc16CcittFalse = 0xffff; ///< Polynomial 0x1021, from 0xffff
    quint8 sum8 = 0;
    quint16 sum16 = 0; ///< Of the bytes, not of pairs of them
    quint8 exclusiveOr = 0;
    QByteArray sha256; ///< 32 bytes

    friend bool operator==(const Checksums &, const Checksums &) = default;
};

/// All of them at once, of bytes that come in pieces.
class ChecksumCounter
{
public:
    void feed(QByteArrayView bytes);
    Checksums result() const;

private:
    Checksums m_sums;
    QCryptographicHash m_sha256{QCryptographicHash::Sha256};
};

} // namespace Sidewire
