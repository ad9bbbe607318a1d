// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

#include "pcapngbuilder.h"

#include <QtEndian>

namespace Sidewire::TestSupport {

namespace {

template<typename T>
QByteArray bigEndian(T value)
{
    QByteArray bytes(sizeof value, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

template<typename T>
QByteArray littleEndian(T value)
{
    QByteArray bytes(sizeof value, '\0');
    qToLittleEndian(value, bytes.data());
    return bytes;
}

QByteArray padded(QByteArray bytes)
{
    while (bytes.size() % 4 != 0) {
        bytes.append('\0');
    }
    return bytes;
}

} // namespace

QByteArray PcapngBuilder::u16(quint16 value) const
{
    return m_order == Order::Big ? bigEndian(value) : littleEndian(value);
}

QByteArray PcapngBuilder::u32(quint32 value) const
{
    return m_order == Order::Big ? bigEndian(value) : littleEndian(value);
}

QByteArray PcapngBuilder::option(quint16 code, const QByteArray &value) const
{
    return u16(code) + u16(static_cast<quint16>(value.size())) + padded(value);
}

PcapngBuilder &PcapngBuilder::block(quint32 type, const QByteArray &body)
{
    const QByteArray whole = padded(body);
    const QByteArray length = u32(static_cast<quint32>(whole.size() + 12));
    m_bytes += u32(type) + length + whole + length;
    return *this;
}

PcapngBuilder &PcapngBuilder::section(const QByteArray &application, const QByteArray &comment)
{
    QByteArray body = u32(0x1a2b3c4d) + u16(1) + u16(0) + QByteArray(8, '\xff');
    if (!application.isEmpty()) {
        body += option(4, application);
    }
    if (!comment.isEmpty()) {
        body += option(1, comment);
    }
    return block(0x0a0d0d0a, body);
}

PcapngBuilder &PcapngBuilder::interface(int linkType, int resolution, qint64 timeOffset)
{
    QByteArray body = u16(static_cast<quint16>(linkType)) + u16(0) + u32(0);
    if (resolution >= 0) {
        body += option(9, QByteArray(1, static_cast<char>(resolution)));
    }
    if (timeOffset != 0) {
        body += option(14, m_order == Order::Big ? bigEndian(timeOffset) : littleEndian(timeOffset));
    }
    return block(1, body + u32(0));
}

PcapngBuilder &PcapngBuilder::packet(const QByteArray &bytes, quint64 ticks, int interface, qint64 wireSize, int flags)
{
    QByteArray body = u32(static_cast<quint32>(interface)) + u32(static_cast<quint32>(ticks >> 32))
        + u32(static_cast<quint32>(ticks)) + u32(static_cast<quint32>(bytes.size()))
        + u32(static_cast<quint32>(wireSize < 0 ? bytes.size() : wireSize)) + padded(bytes);
    if (flags >= 0) {
        body += option(2, u32(static_cast<quint32>(flags))) + u32(0);
    }
    return block(6, body);
}

PcapngBuilder &PcapngBuilder::simplePacket(const QByteArray &bytes)
{
    return block(3, u32(static_cast<quint32>(bytes.size())) + bytes);
}

PcapngBuilder &PcapngBuilder::obsoletePacket(const QByteArray &bytes, quint64 ticks)
{
    return block(2,
                 u16(0) + u16(0) + u32(static_cast<quint32>(ticks >> 32)) + u32(static_cast<quint32>(ticks))
                     + u32(static_cast<quint32>(bytes.size())) + u32(static_cast<quint32>(bytes.size())) + bytes);
}

namespace Wire {

QByteArray tcp(quint16 from, quint16 to, quint32 sequence, int flags, const QByteArray &payload,
               const QByteArray &options)
{
    const auto words = static_cast<char>((20 + options.size()) / 4 << 4);
    return bigEndian(from) + bigEndian(to) + bigEndian(sequence) + QByteArray(4, '\0') + words
        + static_cast<char>(flags) + QByteArray(6, '\0') + options + payload;
}

QByteArray udp(quint16 from, quint16 to, const QByteArray &payload)
{
    return bigEndian(from) + bigEndian(to) + bigEndian(static_cast<quint16>(payload.size() + 8)) + QByteArray(2, '\0')
        + payload;
}

QByteArray ipv4(const QByteArray &from, const QByteArray &to, int protocol, const QByteArray &payload, quint16 fragment,
                const QByteArray &options)
{
    const auto version = static_cast<char>(0x40 + (20 + options.size()) / 4);
    return version + QByteArray(1, '\0') + bigEndian(static_cast<quint16>(20 + options.size() + payload.size()))
        + QByteArray(2, '\0') + bigEndian(fragment) + '\x40' + static_cast<char>(protocol) + QByteArray(2, '\0') + from
        + to + options + payload;
}

QByteArray ipv6(const QByteArray &from, const QByteArray &to, int protocol, const QByteArray &payload)
{
    return QByteArray("\x60\0\0\0", 4) + bigEndian(static_cast<quint16>(payload.size())) + static_cast<char>(protocol)
        + '\x40' + from + to + payload;
}

QByteArray ethernet(quint16 etherType, const QByteArray &payload)
{
    return QByteArray(12, '\x02') + bigEndian(etherType) + payload;
}

QByteArray vlan(quint16 etherType, const QByteArray &payload)
{
    return bigEndian(quint16(42)) + bigEndian(etherType) + payload;
}

QByteArray linuxSll(quint16 etherType, const QByteArray &payload)
{
    return QByteArray(14, '\0') + bigEndian(etherType) + payload;
}

QByteArray linuxSll2(quint16 etherType, const QByteArray &payload)
{
    return bigEndian(etherType) + QByteArray(18, '\0') + payload;
}

} // namespace Wire

} // namespace Sidewire::TestSupport
